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


@pytest.fixture
def written(tmp_path):
    """Source files with a sentence of each kind that knows a number."""
    (tmp_path / "code.py").write_text(
        'Counted("%(n)s step", "%(n)s steps", n=2)\nText("Draft")\n', encoding="utf-8"
    )
    (tmp_path / "page.html").write_text(
        '{{ ngettext("%(n)s row", "%(n)s rows", n, n=n | figure) }}', encoding="utf-8"
    )
    return [(tmp_path / "code.py", "python"), (tmp_path / "page.html", "jinja2")]


def test_of_a_sentence_with_a_number_the_catalogue_has_the_second_form(
    written, tmp_path, monkeypatch
):
    monkeypatch.setattr(translations, "_sources", lambda: written)
    monkeypatch.setattr(translations, "ROOT", tmp_path)

    assert translations.used().keys() == {"%(n)s steps", "Draft", "%(n)s rows"}
    assert translations.counted().keys() == {
        ("%(n)s step", "%(n)s steps"),
        ("%(n)s row", "%(n)s rows"),
    }


def test_what_is_said_of_one_asks_for_nothing_more_than_of_several():
    pairs = {("a %(day)s", "%(n)s days"): "law/x.py:1", ("a day", "%(n)s days"): "law/x.py:2"}

    assert translations.uneven(pairs) == [
        "one and several differ: 'a %(day)s' / '%(n)s days' (law/x.py:1)"
    ]
    assert translations.uneven(translations.counted()) == []


def test_no_sentence_leaves_the_plural_in_brackets():
    assert [one for one in translations.used() if "(s)" in one and "%(" in one] == []


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
