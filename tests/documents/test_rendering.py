"""How a paper is set: every sign that was typed, none that was not, and nothing that acts."""

import re

import pytest

from tests.factories.papers import RARE, assert_in_order, pages_of, printed, text_of
from training_oversight import documents
from training_oversight.documents import (
    Person,
    PrintedAnswer,
    VisitMinutesContent,
    signs,
    typefaces,
)
from training_oversight.documents.blocks import Addressee, Masthead, Paper, paragraphs
from training_oversight.errors import BadInput


def letter(text="请于本周内来电。", **values):
    """A letter of the county with this text."""
    given = {
        "title": "告知书",
        "authority": "澄江县教育局",
        "blocks": (
            Masthead(authority="澄江县教育局", title="告知书", number="澄教告〔2026〕1号"),
            Addressee(name="启明星培训中心："),
            *paragraphs(text),
        ),
    }
    return Paper(**(given | values))


def minutes_of(**values):
    content = VisitMinutesContent(**({"authority": "澄江县教育局", "institution": ""} | values))
    return text_of(documents.render(content.TEMPLATE, content.to_json()))


@pytest.mark.parametrize(
    "typed",
    [
        "#let x = 1 #panic() $ x^2 $ @label *strong* _emph_ `raw` \\ ~ <tag>",
        "'single' \"double\" -- --- ... // comment /* block */ [b] {c} = heading",
        'C:\\path\\n "}} {{ %(name)s',
    ],
)
def test_what_was_typed_is_printed_and_never_run(typed):
    assert_in_order(printed(letter(typed)), typed)


def test_a_long_paper_runs_over_pages_without_losing_a_character():
    text = "\n".join(f"第{n}项检查记录：{RARE}在场，学生{n % 60}人。" for n in range(300))

    pages = pages_of(documents.pdf(letter(text)))

    assert len(pages) > 5
    assert_in_order(printed(letter(text)), text)
    for number, page in enumerate(pages, start=1):
        assert f"第{number}页共{len(pages)}页" in re.sub(r"\s", "", page)


def test_demo_data_says_so_on_every_page():
    pages = pages_of(documents.pdf(letter("培训。" * 2000, demo=True)))

    assert all("演示数据" in page for page in pages)
    assert "演示数据" not in printed(letter())


# The second is in a face that comes with typst, and in none of ours.
@pytest.mark.parametrize("sign", ["\U0001f600", "\u0531", "\ue000", "\U000f0001"])
def test_a_character_that_no_font_has_is_refused_and_named(sign):
    with pytest.raises(BadInput) as refused:
        documents.pdf(letter(f"李{sign}棋院"))

    assert refused.value.text.values["characters"] == sign


def test_a_paper_of_the_office_prints_a_mark_for_a_character_that_no_font_has():
    typed = "王\U0001f600甲\U0001f468\u200d\U0001f469乙\ue000丙"

    text = printed(letter(typed), instead=documents.GETA)

    assert re.search("王〓甲〓+乙〓丙", text)


def test_all_that_a_chinese_keyboard_writes_can_be_printed():
    # Of these the check for missing characters takes the face's word: they are not tried.
    rows = [bytes([high, low]) for high in range(0xA1, 0xF8) for low in range(0xA1, 0xFF)]
    common = b"".join(rows).decode("gb2312", errors="ignore") + "·—" + RARE

    text = printed(letter("\n".join(common[at : at + 500] for at in range(0, len(common), 500))))

    assert len(common) > 7000
    assert signs._found_missing(common) == ""
    assert RARE in text


def test_a_box_with_a_tick_is_printed_though_no_chinese_face_has_one():
    assert "☑直接送达" in printed(letter("☑直接送达"))


@pytest.mark.parametrize("sign", "\u200b\ufeff\u2060\u00ad\u200e\u202e\x85\ufffe")
def test_what_is_seen_nowhere_keeps_no_paper_from_being_printed(sign):
    assert "启明星" in printed(letter(f"启{sign}明星"))


def test_control_characters_pasted_into_a_text_leave_no_trace():
    assert "甲乙丙丁" in printed(letter("甲\x00乙\x0b丙\r\n丁"))


def test_the_same_paper_gives_the_same_bytes():
    first, second = (documents.pdf(letter()) for _ in range(2))

    assert first == second


def test_blank_minutes_can_be_printed_and_filled_in_by_hand():
    text = minutes_of(answers=(PrintedAnswer(question="是否公示许可证"),))

    assert_in_order(text, "现场检查笔录", "检查人员", "是否公示许可证", "□是□否", "（签名）")


def test_minutes_print_the_answers_recorded():
    text = minutes_of(
        institution="启明星文化艺术培训中心",
        officers=(Person(name="王昇", certificate="Y1"),),
        answers=(PrintedAnswer(question="是否公示许可证", answer="否", remark="墙上无证"),),
        findings=f"{RARE}在场。",
        statement="无异议。",
    )

    assert_in_order(text, "王昇", "是否公示许可证", "否", "墙上无证", f"{RARE}在场。", "无异议。")


def test_a_county_may_add_a_folder_of_its_own_fonts(tmp_path, monkeypatch):
    monkeypatch.setenv("FONTS_DIR", str(tmp_path))
    typefaces.shared.cache_clear()
    typefaces.families.cache_clear()

    text = printed(letter(RARE))

    typefaces.shared.cache_clear()
    typefaces.families.cache_clear()
    assert RARE in text


def test_the_carried_font_is_whole_and_has_its_licence():
    # A subset made by the usual tools loses characters without a word.
    font = typefaces.CARRIED / "NotoSerifCJKsc-Regular.otf"

    assert font.stat().st_size > 20_000_000
    assert "SIL OPEN FONT LICENSE" in (typefaces.CARRIED / "OFL.txt").read_text()
