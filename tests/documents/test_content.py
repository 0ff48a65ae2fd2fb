from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

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
)

NOTICE = NoticeContent(
    title="约谈通知书",
    effect="talk",
    authority="澄江县教育局",
    recipient=PrintedRecipient(name="启明星培训中心", address="环城北路118号"),
    number="澄教约〔2026〕3号",
    issued_on=date(2026, 11, 21),
    particulars=(Particular(label="约谈地点", value="三楼会议室"),),
    legal_basis=("依据一",),
    requirements=(Requirement(text="携带许可证原件。", period="立即"),),
)


def test_a_notice_comes_back_from_json_as_it_was_frozen():
    restored = NoticeContent.from_json(NOTICE.to_json())

    assert restored == NOTICE


def test_a_receipt_comes_back_with_its_people_and_the_minute_of_service():
    receipt = ServiceReceiptContent(
        authority="澄江县教育局",
        title="约谈通知书",
        recipient="启明星培训中心",
        served_at=datetime(2026, 11, 22, 10, 5),  # noqa: DTZ001 - a wall clock
        servers=(Person(name="王昇", certificate="Y1"), Person(name="李镕")),
    )

    assert ServiceReceiptContent.from_json(receipt.to_json()) == receipt


def test_minutes_come_back_with_their_answers():
    minutes = VisitMinutesContent(
        authority="澄江县教育局",
        institution="某中心",
        answers=(PrintedAnswer(question="是否公示"),),
    )

    assert VisitMinutesContent.from_json(minutes.to_json()) == minutes


def test_content_frozen_before_a_field_existed_still_reads():
    older = {name: value for name, value in NOTICE.to_json().items() if name != "hotline"}

    assert NoticeContent.from_json(older).hotline == ""


def test_the_hash_does_not_depend_on_the_order_of_keys():
    content = NOTICE.to_json()
    backwards = dict(reversed(content.items()))

    assert documents.content_hash(backwards) == documents.content_hash(content)


def test_the_hash_notices_one_changed_character():
    other = replace(NOTICE, number="澄教约〔2026〕4号")

    assert documents.content_hash(other.to_json()) != documents.content_hash(NOTICE.to_json())


def test_canonical_json_keeps_chinese_readable():
    assert documents.canonical_json({"b": "龑", "a": 1}) == '{"a":1,"b":"龑"}'
