import json
import os
import re
import subprocess
import sys

import pytest

from tests.architecture import sources
from tools import translations

# Punctuation of Latin width that touches a Chinese character, and so belongs to a Chinese sentence.
NARROW = re.compile(r"[一-鿿”）][ ]?[,:;?!()]|[,:;?!()][ ]?[一-鿿“（]")


@pytest.fixture
def catalogue(tmp_path, monkeypatch):
    """A catalogue of one sentence, in a place of its own."""
    path = tmp_path / "messages.po"
    path.write_text(translations.written({"Draft": "拟稿"}), encoding="utf-8")
    monkeypatch.setattr(translations, "CATALOGUE", path)
    return path


def test_every_sentence_has_its_chinese():
    found = translations.faults(translations.load(), translations.used())

    assert found == []


def test_chinese_sentences_have_chinese_punctuation():
    chinese = dict(translations.load()).values()

    assert [sentence for sentence in chinese if NARROW.search(sentence)] == []


def test_the_catalogue_is_written_the_one_way_that_merges():
    stored = translations.CATALOGUE.read_text(encoding="utf-8")

    assert stored == translations.written(dict(translations.load()))


def test_a_sentence_twice_is_refused():
    pairs = [("Draft", "拟稿"), ("Draft", "草稿")]

    found = translations.faults(pairs, {"Draft": "somewhere"})

    assert found == ["twice in the catalogue: 'Draft'"]


def test_a_sentence_without_chinese_is_named_with_its_place():
    found = translations.faults([], {"Draft": "notices/workflow.py:7"})

    assert found == ["no translation: 'Draft' (notices/workflow.py:7)"]


def test_a_translation_of_nothing_is_refused():
    found = translations.faults([("Draft", "拟稿")], {})

    assert found == ["not used any more: 'Draft'"]


@pytest.mark.parametrize(
    ("english", "chinese", "agree"),
    [
        ("Due on %(day)s.", "%(day)s到期。", True),
        ("Due on %(day)s.", "到期。", False),
        ("Due on %(day)s.", "%(date)s到期。", False),
        ("%(part)s of 100%%", "%(part)s / 100%%", True),
        ("%(part)s of 100%%", "%(part)s / 100%", False),
        ("100% done", "百分之百", True),
    ],
)
def test_placeholders_must_agree(english, chinese, agree):
    answer = translations.agrees(english, chinese)

    assert answer is agree


def test_what_is_written_reads_back_the_same(catalogue):
    wanted = {'Say "why"\nin two lines': "说明“原因”\n分两行", "Draft": "拟稿", "a\\b": "甲\\乙"}

    catalogue.write_text(translations.written(wanted), encoding="utf-8")

    assert dict(translations.load()) == wanted


def test_several_people_may_add_at_once(tmp_path):
    script = (
        "import sys; from pathlib import Path; from tools import translations;"
        f"translations.CATALOGUE = Path({str(tmp_path / 'messages.po')!r});"
        "sys.exit(translations.add(replacing=False))"
    )

    writers = [
        subprocess.Popen(
            [sys.executable, "-c", script],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            cwd=sources.ROOT,
            env={**os.environ, "PYTHONUTF8": "1"},
        )
        for _ in range(4)
    ]
    for number, writer in enumerate(writers):
        writer.communicate(json.dumps({f"Sentence {number}": f"第{number}句"}).encode())

    added = translations.entries((tmp_path / "messages.po").read_text(encoding="utf-8"))
    assert [english for english, _ in added] == [f"Sentence {number}" for number in range(4)]
