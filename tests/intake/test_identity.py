"""What a list says of who an institution is: numbers by their shape, nothing of persons."""

import json

import pytest

from tests.factories import registry
from tests.factories.lists import imported, looked, one, read_in, said, workbook
from training_oversight.intake.workflow import RowOutcome

NEW, REJECTED = RowOutcome.NEW, RowOutcome.REJECTED
PERSON = "990101198709080026"
LICENCE = ["机构名称", "地址", "联系电话", "办学许可证"]


@pytest.mark.parametrize("word", ["有", "√", "见附件", "教民", "是", "同意", "已办理"])
def test_a_word_for_yes_is_no_licence_number_and_names_no_institution(session, county, word):
    first = ["霁甲艺术", "文澜街道东街1号", "19909990001", word]
    second = ["霁乙托管", "石桥镇石桥街3号", "19909990002", word]
    imported(session, county, workbook(LICENCE, first))

    counts, _ = imported(session, county, workbook(LICENCE, second))

    assert counts[NEW] == 1
    assert one(session, name="霁甲艺术").licences == []
    assert one(session, name="霁乙托管").licences == []


def test_two_rows_with_the_same_word_are_two_institutions(session, county):
    rows = [[f"霁{n}艺术", f"文澜街道东街{n}号", f"1990999000{n}", "有"] for n in (1, 2)]

    seen, _ = looked(session, county, workbook(LICENCE, *rows))

    assert [row.outcome for row in seen.rows] == [NEW, NEW]


def test_a_persons_number_in_the_column_of_codes_is_returned_without_being_repeated(
    session, county
):
    seen, _ = looked(
        session, county, workbook(["机构名称", "统一社会信用代码"], ["霁甲艺术", PERSON])
    )

    assert seen.rows[0].outcome is REJECTED
    assert said(seen.rows[0]) == "统一社会信用代码：此处是个人身份证号码，未保存。"
    assert PERSON not in json.dumps([seen.rows[0].values, seen.rows[0].cleaned])


@pytest.mark.parametrize(
    "header", ["办学许可证号", "负责人", "备注", "联系电话", "全国平台编号", "地址", "举办者"]
)
def test_a_persons_number_in_any_other_column_is_left_out_with_a_word(session, county, header):
    seen, _ = looked(
        session, county, workbook(["机构名称", header], ["霁甲艺术", f"王某 {PERSON}"])
    )

    row = seen.rows[0]
    assert row.outcome is NEW
    assert "此处是个人身份证号码，未保存" in " ".join(map(str, row.warnings))
    kept = json.dumps([row.values, row.cleaned], ensure_ascii=False)
    assert PERSON not in kept
    assert PERSON not in " ".join(map(str, row.warnings))


def test_the_page_of_the_columns_does_not_show_a_persons_number(client_as, county):
    page = read_in(
        client_as(county.officer()),
        workbook(["机构名称", "身份证号"], ["霁甲艺术", PERSON], ["霁乙托管", PERSON]),
    )

    assert PERSON not in page.text


def test_a_number_that_was_rounded_tells_no_birth(session, county):
    seen, _ = looked(
        session,
        county,
        workbook(["机构名称", "统一社会信用代码"], ["霁甲艺术", int(PERSON)]),
    )

    assert seen.rows[0].outcome is REJECTED
    assert "1987" not in said(seen.rows[0])


@pytest.mark.parametrize("number", ["990101600012345", "民证字第990101号"])
def test_the_number_of_an_older_paper_goes_into_the_note_with_a_warning(session, county, number):
    header = ["机构名称", "地址", "统一社会信用代码（或注册号）", "备注"]
    content = workbook(header, ["霁甲艺术", "文澜街道东街1号", number, "夜间有课"])

    imported(session, county, content)

    found = one(session, name="霁甲艺术")
    assert found.uscc is None
    assert found.note == f"夜间有课\n原注册号（登记证号）：{number}"
    again, _ = looked(session, county, content)
    assert again.rows[0].outcome is RowOutcome.UNCHANGED
    assert again.warnings == 1


def test_the_remark_is_added_to_what_the_register_has_noted(session, county):
    registry.institution(county, name="霁甲艺术", note="有两层")

    imported(
        session,
        county,
        workbook(["机构名称", "统一社会信用代码"], ["霁甲艺术", "990101600012345"]),
    )

    assert one(session, name="霁甲艺术").note == "有两层\n原注册号（登记证号）：990101600012345"


def test_words_that_point_elsewhere_are_no_value(session, county):
    header = ["机构名称", "负责人", "培训内容", "全国平台编号", "备注"]

    imported(session, county, workbook(header, ["霁甲艺术", "见附件", "有", "√", "见附件"]))

    found = one(session, name="霁甲艺术")
    assert (found.responsible_person, found.courses, found.platform_id) == (None, None, None)
    assert found.note == "见附件"


def test_a_persons_number_is_not_typed_in_either(client_as, county):
    place = registry.institution(county, name="霁甲艺术")
    browser = client_as(county.officer())

    page = browser.submit(
        f"/institutions/{place.id}/edit", 422, responsible_person=f"王某 {PERSON}"
    )

    assert "此处是个人身份证号码，未保存" in page.text


def test_a_character_of_a_private_font_is_warned_of(session, county):
    seen, _ = looked(
        session, county, workbook(["机构名称", "负责人"], ["李\ue000棋院", "欧阳\U000f0001霞"])
    )

    assert seen.rows[0].outcome is NEW
    assert seen.rows[0].values["name"] == "李\ue000棋院"
    told = " ".join(map(str, seen.rows[0].warnings))
    assert "机构名称：字符U+E000是自造字" in told
    assert "负责人：字符U+F0001是自造字" in told


@pytest.mark.parametrize(
    ("column", "word"), [("办学许可证", "有"), ("办学许可证", "见附件"), ("学员人数", "有")]
)
def test_a_warning_repeats_the_word_that_stands_in_the_list(session, county, column, word):
    rows = ["霁甲艺术", "文澜街道东街1号", word]

    seen, _ = looked(session, county, workbook(["机构名称", "地址", column], rows))

    assert f"“{word}”" in " ".join(map(str, seen.rows[0].warnings))
