"""What stands on a notice and on its proof of service."""

from dataclasses import replace
from datetime import date

import pytest

from tests.factories.papers import (
    NOTICE,
    RARE,
    RECEIPT,
    assert_in_order,
    pages_of,
    printed,
    written,
)
from training_oversight import documents
from training_oversight.catalogue.models import Effect
from training_oversight.documents import Particular, PrintedRecipient
from training_oversight.errors import BadInput
from training_oversight.notices import compositions, effects, receipt_form


def text_of(content):
    return printed(compositions.paper(content))


def receipt_of(content):
    return printed(receipt_form.paper(content))


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
        "如有异议，可以自收到之日起六十日内申请行政复议。",
        "联系人：王昇",
        "0877-5550101",
        "监督举报电话：0877-5550110",
        "澄江县教育局（印章）2026年11月21日",
    )


def test_a_notice_without_a_number_is_marked_as_a_draft():
    draft = text_of(replace(NOTICE, number="", issued_on=None))

    assert "（拟稿，未编号）" in draft
    assert "拟稿" not in text_of(NOTICE)


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


@pytest.mark.parametrize("effect", Effect)
def test_every_effect_says_its_own_words_before_what_it_asks_for(effect):
    (own, *_) = effects.of(effect).templates
    content = replace(NOTICE, effect=effect.value)

    words = compositions.COMPOSITIONS[own]

    assert words.lead_in.format(you="你单位") in text_of(content)
    assert text_of(replace(content, template=own)) == text_of(content)


@pytest.mark.parametrize("effect", Effect)
@pytest.mark.parametrize("number", [NOTICE.number, ""])
def test_the_word_file_says_what_the_pdf_says(effect, number):
    particulars = (Particular(label="约谈地点", value="三楼会议室"),)
    content = replace(
        NOTICE, effect=effect, number=number, particulars=particulars, attachments=("照片",)
    )

    paper = compositions.paper(content)

    # The mark of a draft lies below the text of the one and at the head of the other.
    assert written(paper) == printed(replace(paper, mark=""))


@pytest.mark.parametrize("receipt", [RECEIPT, replace(RECEIPT, number="", servers=(), method="")])
def test_the_proof_of_service_says_the_same_in_both(receipt):
    paper = receipt_form.paper(receipt)

    assert written(paper) == printed(paper)


def test_a_type_that_orders_nothing_may_be_printed_as_a_plain_letter():
    content = replace(NOTICE, effect="inform", template="letter")

    assert_in_order(
        text_of(content), "启明星文化艺术培训中心：", "现通知如下：", "停止学科类培训。"
    )


@pytest.mark.parametrize(
    ("template", "words"), [("of_old", "没有“of_old”这种文书样式"), ("letter", "不符")]
)
def test_words_that_are_unknown_or_order_less_are_not_printed(template, words):
    with pytest.raises(BadInput) as refused:
        compositions.paper(replace(NOTICE, template=template))

    assert words in str(refused.value)


def test_a_person_is_addressed_as_one():
    text = text_of(replace(NOTICE, addressed_as="你"))

    assert_in_order(text, "经查，你存在以下问题：", "现责令你限期改正")


def test_what_is_not_known_leaves_no_label_behind():
    text = text_of(
        replace(
            NOTICE,
            recipient=PrintedRecipient(name="王昇"),
            **dict.fromkeys(("facts", "contact_person", "contact_phone", "hotline"), ""),
            **dict.fromkeys(("legal_basis", "requirements"), ()),
        )
    )

    for label in ("地址：", "负责人：", "经查", "规定：", "责令你单位", "联系", "举报电话"):
        assert label not in text


def test_a_letter_names_address_and_person_below_whom_it_addresses():
    one = PrintedRecipient(name="王昇", address="环城北路118号")

    text = text_of(replace(NOTICE, effect="talk", recipient=one))

    assert_in_order(text, "王昇：", "（地址：环城北路118号）", "现场有学生17人。")


def test_attachments_are_listed():
    text = text_of(replace(NOTICE, attachments=("照片", "清单")))

    assert_in_order(text, "附件：", "1.照片", "2.清单", "联系人")


def test_a_proof_of_service_prints_what_is_known():
    text = receipt_of(RECEIPT)

    assert len(pages_of(documents.pdf(receipt_form.paper(RECEIPT)))) == 1
    assert_in_order(
        text,
        "送达回证",
        "责令限期整改通知书",
        "澄教责改〔2026〕41号",
        "启明星文化艺术培训中心",
        "环城北路118号",
        "□直接送达☑留置送达",
        "2026年11月22日10时05分",
        "送达人：王昇（执法证号：Y1）、李镕",
        "见证人：赵赟",
        "拒绝签收。",
    )


def test_nobody_has_signed_by_being_on_record():
    text = receipt_of(replace(RECEIPT, receiver="许芸", relation="负责人"))

    assert "收件人：许芸（与受送达人关系：负责人）年月日时分" in text
    assert "送达人：王昇（执法证号：Y1）、李镕年月日时分" in text
    assert "收件人：许芸年月" in receipt_of(replace(RECEIPT, receiver="许芸"))


def test_a_blank_proof_of_service_leaves_everything_else_to_the_pen():
    blank = replace(
        RECEIPT,
        number="",
        method="",
        served_at=None,
        **dict.fromkeys(("servers", "witnesses"), ()),
        refusal_reason="",
    )

    text = receipt_of(blank)

    assert "（拟稿，未编号）" in text
    assert "送达时间年月日时分" in text
    assert "☑" not in text
    assert "送达人：" not in text


@pytest.mark.parametrize(
    ("method", "left"), [("直接送达", "时分"), ("邮寄送达", ""), ("公告送达", "")]
)
def test_where_only_the_day_is_known_the_day_is_printed(method, left):
    known = replace(RECEIPT, method=method, served_at=None, served_on=date(2026, 11, 22))

    assert f"送达时间2026年11月22日{left}收件人签名" in receipt_of(known)


def test_a_long_reason_to_refuse_is_printed_whole():
    reason = "负责人称不识字，拒绝在回证上签名。" * 12

    assert_in_order(receipt_of(replace(RECEIPT, refusal_reason=reason)), reason)
