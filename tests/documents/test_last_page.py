"""No page for a few lines, and no seal on a page without the text that it stands for."""

import pytest

from tests.documents.test_rendering import letter
from tests.factories.papers import bare, pages_of
from training_oversight import documents
from training_oversight.documents import blocks, setting
from training_oversight.documents.blocks import Paragraph, Remark, Signature
from training_oversight.documents.content import canonical_json

END = (
    Signature(authority="澄江县教育局", seal="（印章）", day="2026年11月21日"),
    Remark(text="（本通知书一式两份。）"),
)


def of_lines(count):
    """A letter of so many short paragraphs, signed."""
    text = tuple(Paragraph(text=f"第{n}条。") for n in range(1, count + 1))
    return letter(blocks=(*letter().blocks[:2], *text, *END))


def as_usual(paper):
    content = {"content": canonical_json(blocks.to_json(paper))}
    return pages_of(setting.compiled("documents/paper.typ", content))


@pytest.mark.parametrize("count", range(10, 36))
def test_the_seal_stands_with_its_text(count):
    last = bare(pages_of(documents.pdf(of_lines(count)))[-1])

    assert f"第{count - 1}条。第{count}条。澄江县教育局（印章）2026年11月21日" in last
    assert "（本通知书一式两份。）第" in last


def test_lines_move_closer_where_that_spares_a_page():
    spared = [n for n in range(10, 36) if len(as_usual(of_lines(n))) == 2]
    spared = [n for n in spared if len(pages_of(documents.pdf(of_lines(n)))) == 1]

    assert len(spared) >= 4
    assert spared == list(range(spared[0], spared[-1] + 1))


def test_a_page_that_is_worth_its_paper_is_set_as_usual():
    paper = of_lines(35)

    content = {"content": canonical_json(blocks.to_json(paper))}

    assert documents.pdf(paper) == setting.compiled("documents/paper.typ", content)
    assert len(as_usual(paper)) == 2


def test_lines_do_not_move_closer_for_nothing():
    # Too much for one page however close, too little on the second to be let be.
    tried = [n for n in range(18, 36) if len(pages_of(documents.pdf(of_lines(n)))) == 2]

    assert pages_of(documents.pdf(of_lines(tried[0]))) == as_usual(of_lines(tried[0]))
