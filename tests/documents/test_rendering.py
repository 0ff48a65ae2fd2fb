from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime

import pypdfium2
import pytest

from training_oversight import documents
from training_oversight.documents import (
    NoticeContent,
    Particular,
    Person,
    PrintedAnswer,
    PrintedRecipient,
    Requirement,
    ServiceReceiptContent,
    VisitMinutesContent,
    typefaces,
)
from training_oversight.errors import BadInput

RARE = "龑祎珺堃昇赟镕㛃"
NOTICE = NoticeContent(
    title="责令限期整改通知书",
    effect="rectify",
    authority="澄江县教育局",
    number="澄教责改〔2026〕41号",
    issued_on=date(2026, 11, 21),
    recipient=PrintedRecipient(
        name="启明星文化艺术培训中心",
        uscc="91530422MA6K8A1B2C",
        address="环城北路118号二楼",
        responsible_person=RARE,
    ),
    facts="现场有学生17人。\n培训结束时间为21:10。",
    legal_basis=("依据甲", "依据乙"),
    requirements=(
        Requirement(text="停止学科类培训。", period="立即"),
        Requirement(text="办理退费。", period="自收到本通知书之日起15个工作日内"),
    ),
    consequence="逾期不改正的，将依法处理。",
    remedies="如有异议，可以提出书面陈述。",
    contact_person="王昇",
    contact_phone="0877-5550101",
    hotline="0877-5550110",
)


def pages_of(content):
    pdf = pypdfium2.PdfDocument(documents.render(content.TEMPLATE, content.to_json()))
    return [page.get_textpage().get_text_range() for page in pdf]


def text_of(content):
    """All that is printed, in order, without spaces, line ends and page footers."""
    return re.sub(r"第\d+页共\d+页", "", re.sub(r"\s", "", "".join(pages_of(content))))


def assert_in_order(text, *pieces):
    position = 0
    for piece in (re.sub(r"\s", "", piece) for piece in pieces):
        found = text.find(piece, position)
        assert found >= 0, f"{piece} is missing after {text[:position][-40:]}"
        position = found + len(piece)


def test_a_notice_prints_everything_it_says_in_order():
    text = text_of(NOTICE)

    assert_in_order(
        text,
        "澄江县教育局",
        "责令限期整改通知书",
        "澄教责改〔2026〕41号",
        "启明星文化艺术培训中心",
        "91530422MA6K8A1B2C",
        "环城北路118号二楼",
        RARE,
        "经查，你单位",
        "现场有学生17人。培训结束时间为21:10。",
        "1.依据甲2.依据乙",
        "现责令你单位限期改正",
        "1.停止学科类培训。整改期限：立即。",
        "2.办理退费。整改期限：自收到本通知书之日起15个工作日内。",
        "逾期不改正的，将依法处理。",
        "如有异议，可以提出书面陈述。",
        "联系人：王昇",
        "0877-5550101",
        "监督举报电话：0877-5550110",
        "澄江县教育局（印章）2026年11月21日",
    )


@pytest.mark.parametrize(
    "name",
    [
        "#let x = 1 #panic() $ x^2 $ @label *strong* _emph_ `raw` \\ ~ <tag>",
        "'single' \"double\" -- --- ... // comment /* block */ [b] {c} = heading",
        'C:\\path\\n "}} {{ %(name)s',
    ],
)
def test_what_was_typed_is_printed_and_never_run(name):
    content = replace(NOTICE, facts=name, recipient=PrintedRecipient(name=name))

    text = text_of(content)

    assert_in_order(text, name, "经查", name)


def test_a_long_notice_runs_over_pages_without_losing_a_character():
    facts = "".join(f"第{n}项检查记录：{RARE}在场，学生{n % 60}人。" for n in range(300))
    requirements = tuple(Requirement(text=f"要求{n}：改正。", period="立即") for n in range(60))
    content = replace(NOTICE, facts=facts, requirements=requirements)

    pages, text = pages_of(content), text_of(content)

    assert len(pages) > 5
    assert_in_order(text, facts, *(one.text for one in requirements))
    for number, page in enumerate(pages, start=1):
        assert f"第{number}页共{len(pages)}页" in re.sub(r"\s", "", page)


def test_a_notice_without_a_number_is_marked_as_a_draft():
    draft = text_of(replace(NOTICE, number="", issued_on=None))

    assert "（拟稿，未编号）" in draft
    assert "拟稿" not in text_of(NOTICE)


def test_demo_data_says_so_on_every_page():
    long = replace(NOTICE, demo=True, facts="培训。" * 2000)

    assert all("演示数据" in page for page in pages_of(long))
    assert "演示数据" not in text_of(NOTICE)


def test_a_stop_orders_to_stop_at_once():
    text = text_of(replace(NOTICE, title="停办通知书", effect="stop"))

    assert "现责令你单位立即停止违规培训活动" in text


@pytest.mark.parametrize("effect", ["refer", "inform", "talk", "assign", "urge"])
def test_a_paper_that_is_no_order_orders_nothing(effect):
    content = replace(
        NOTICE, effect=effect, particulars=(Particular(label="约谈地点", value="三楼会议室"),)
    )

    text = text_of(content)

    assert "责令你单位" not in text
    assert_in_order(text, "启明星文化艺术培训中心：", "约谈地点：三楼会议室", "停止学科类培训。")


def test_a_character_that_no_font_has_is_refused_and_named():
    content = replace(NOTICE, recipient=PrintedRecipient(name="王\U0001f600"))

    with pytest.raises(BadInput) as refused:
        documents.render(content.TEMPLATE, content.to_json())

    assert refused.value.text.values["characters"] == "\U0001f600"


def test_a_paper_of_the_office_prints_a_mark_for_a_character_that_no_font_has():
    content = replace(
        NOTICE, recipient=PrintedRecipient(name="王\U0001f600甲\U0001f468\u200d\U0001f469乙")
    )

    pdf = documents.render(content.TEMPLATE, content.to_json(), instead=documents.GETA)

    printed = "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf))
    assert re.search("王〓甲〓+乙", printed)


@pytest.mark.parametrize("sign", "\u200b\ufeff\u2060\u00ad\u200e\u202e\x85\ufffe")
def test_what_is_seen_nowhere_keeps_no_paper_from_being_printed(sign):
    assert "启明星" in text_of(replace(NOTICE, recipient=PrintedRecipient(name=f"启{sign}明星")))


def test_control_characters_pasted_into_a_text_leave_no_trace():
    text = text_of(replace(NOTICE, facts="甲\x00乙\x0b丙\r\n丁"))

    assert "甲乙丙丁" in text


def test_the_same_content_gives_the_same_bytes():
    first, second = (documents.render(NOTICE.TEMPLATE, NOTICE.to_json()) for _ in range(2))

    assert first == second


def test_a_proof_of_service_prints_what_is_known():
    receipt = ServiceReceiptContent(
        authority="澄江县教育局",
        title="责令限期整改通知书",
        number="澄教责改〔2026〕41号",
        recipient="启明星文化艺术培训中心",
        place="环城北路118号",
        method="留置送达",
        served_at=datetime(2026, 11, 22, 10, 5),  # noqa: DTZ001 - a wall clock
        servers=(Person(name="王昇", certificate="Y1"), Person(name="李镕")),
        witnesses=(Person(name="赵赟"),),
        refusal_reason="拒绝签收。",
    )

    text = text_of(receipt)

    assert len(pages_of(receipt)) == 1
    assert_in_order(
        text,
        "送达回证",
        "责令限期整改通知书",
        "澄教责改〔2026〕41号",
        "启明星文化艺术培训中心",
        "环城北路118号",
        "□直接送达☑留置送达",
        "2026年11月22日10时05分",
        "王昇（执法证号：Y1）、李镕",
        "赵赟",
        "拒绝签收。",
    )


def test_blank_minutes_can_be_printed_and_filled_in_by_hand():
    blank = VisitMinutesContent(
        authority="澄江县教育局",
        institution="",
        answers=(PrintedAnswer(question="是否公示许可证"),),
    )

    text = text_of(blank)

    assert_in_order(text, "现场检查笔录", "检查人员", "是否公示许可证", "□是□否", "（签名）")


def test_minutes_print_the_answers_recorded():
    minutes = VisitMinutesContent(
        authority="澄江县教育局",
        institution="启明星文化艺术培训中心",
        officers=(Person(name="王昇", certificate="Y1"),),
        answers=(PrintedAnswer(question="是否公示许可证", answer="否", remark="墙上无证"),),
        findings=f"{RARE}在场。",
        statement="无异议。",
    )

    assert_in_order(
        text_of(minutes), "王昇", "是否公示许可证", "否", "墙上无证", f"{RARE}在场。", "无异议。"
    )


def test_a_county_may_add_a_folder_of_its_own_fonts(tmp_path, monkeypatch):
    monkeypatch.setenv("FONTS_DIR", str(tmp_path))
    typefaces.shared.cache_clear()
    typefaces.families.cache_clear()

    text = text_of(NOTICE)

    typefaces.shared.cache_clear()
    typefaces.families.cache_clear()
    assert RARE in text


def test_the_carried_font_is_whole_and_has_its_licence():
    # A subset made by the usual tools loses characters without a word.
    font = typefaces.CARRIED / "NotoSerifCJKsc-Regular.otf"

    assert font.stat().st_size > 20_000_000
    assert "SIL OPEN FONT LICENSE" in (typefaces.CARRIED / "OFL.txt").read_text()
