"""Rows, cells and files of a list that are not as they should be."""

import pytest
import sqlalchemy as sa

from tests.factories.county import County
from tests.factories.lists import HEADER, imported, judged, looked, many, one, said, uscc, workbook
from training_oversight.audit import Event
from training_oversight.errors import BadInput
from training_oversight.intake import confirming, queries
from training_oversight.intake.workflow import RowOutcome
from training_oversight.registry.models import Institution

NEW, CHANGED = RowOutcome.NEW, RowOutcome.CHANGED


UNCHANGED, REJECTED = RowOutcome.UNCHANGED, RowOutcome.REJECTED


@pytest.mark.parametrize("name", ["合计", "总 计", "小计："])
def test_a_row_of_sums_is_no_institution(session, county, name):
    rows = ["晨曦画室", "120"], [name, "120"]

    seen, _ = looked(session, county, workbook(["机构名称", "学员人数"], *rows))

    assert [row.number for row in seen.rows] == [2]
    assert [number for number, _ in seen.table.left_out] == [3]


def test_an_identical_row_twice_is_a_warning(session, county):
    row = ["小太阳托管", "托管", "文澜街道", "澄江县东街1号", "", ""]

    seen, _ = looked(session, county, workbook(HEADER, row, row))

    assert [judged.outcome for judged in seen.rows] == [NEW, UNCHANGED]
    assert seen.warnings == 1


def test_contradicting_rows_return_the_later_one(session, county):
    first = ["小太阳托管", "托管", "文澜街道", "澄江县东街1号", "", ""]
    second = ["小太阳托管", "托管", "文澜街道", "澄江县西街9号", "", ""]

    seen, _ = looked(session, county, workbook(HEADER, first, second))

    assert [judged.outcome for judged in seen.rows] == [NEW, REJECTED]
    assert said(seen.rows[1]) == (
        "与第2行名称相同，按同一机构处理，以第2行为准；本行未采用，因为以下内容不一致：地址。"
        "请改正写错的内容后重新导入。如果是另一家机构，请在两行写明各自的统一社会信用代码或乡镇街道；"
        "如果是同一机构的另一处办学场所，请在两行写同一个统一社会信用代码。"
    )


FIRST = ["小太阳托管", "托管", "文澜街道", "澄江县东街1号", uscc(1), ""]
TOLD_APART = [
    # A code of its own, another township, and a further venue under the same code.
    ["小太阳托管", "托管", "文澜街道", "澄江县西街9号", uscc(2), ""],
    ["小太阳托管", "托管", "南塘街道", "澄江县西街9号", "", ""],
    ["小太阳托管", "托管", "文澜街道", "澄江县西街9号", uscc(1), ""],
]


@pytest.mark.parametrize("second", TOLD_APART)
def test_a_row_of_one_name_that_says_what_the_sentence_asks_for_is_read(session, county, second):
    rows = judged(session, county, HEADER, FIRST, second)

    assert REJECTED not in [row.outcome for row in rows]


def test_rows_of_one_code_at_one_address_are_told_what_to_correct(session, county):
    first = ["小太阳托管", "托管", "文澜街道", "澄江县东街1号", uscc(1), "13900001111"]
    second = [*first[:5], "13900002222"]

    seen, _ = looked(session, county, workbook(HEADER, first, second))

    assert [judged.outcome for judged in seen.rows] == [NEW, REJECTED]
    assert said(seen.rows[1]) == (
        "与第2行的统一社会信用代码相同，按同一机构处理，以第2行为准；本行未采用，"
        "因为以下内容不一致：联系电话。请改正写错的内容后重新导入；"
        "如果是另一家机构，请改正统一社会信用代码。"
    )


def test_rows_of_one_record_are_told_what_to_correct(session, county):
    imported(
        session,
        county,
        workbook(HEADER, ["小太阳托管", "托管", "文澜街道", "东街1号", uscc(1), ""]),
    )
    by_code = ["小太阳托管中心", "托管", "文澜街道", "东街1号", uscc(1), ""]
    by_name = ["小太阳托管", "托管", "文澜街道", "东街1号", "", "13900002222"]

    seen, _ = looked(session, county, workbook(HEADER, by_code, by_name))

    assert "如果是另一家机构，请改正名称和证照号码。" in said(seen.rows[1])


def test_codes_of_two_institutions_in_one_row_are_returned(session, county):
    header = ["名称", "统一社会信用代码", "许可证号"]
    imported(
        session,
        county,
        workbook(header, ["甲画室", uscc(1), ""], ["乙画室", "", "299010170000777"]),
    )

    seen, _ = looked(session, county, workbook(header, ["丙画室", uscc(1), "299010170000777"]))

    assert seen.rows[0].outcome is REJECTED
    assert "甲画室" in said(seen.rows[0])


@pytest.mark.parametrize(
    ("column", "cell", "sentence"),
    [
        ("统一社会信用代码", f"{uscc(1)[:-1]}0", "对照证照"),
        ("统一社会信用代码", "9199", "18"),
        ("统一社会信用代码", 9.19901010000000012e17, "重新填写"),
        ("类别", "武术馆", "托管"),
        ("乡镇街道", "白河镇", "文澜街道"),
        ("地址", "临川县中山路1号", "临川县"),
        ("有效期至", "明年", "2021-03-05"),
        ("机构性质", "合作社", "个体"),
        ("学段", "博士", "小学"),
        ("纬度", "29.5", "经度"),
        ("名称", "", "名称"),
    ],
)
def test_a_cell_that_cannot_be_used_is_returned_with_its_reason(
    session, county, column, cell, sentence
):
    County(session, code="990202", name="临川县")
    row = {"名称": "晨曦画室", column: cell, "备注": "原样保留"}

    seen, _ = looked(session, county, workbook(list(row), list(row.values())))

    assert seen.rows[0].outcome is REJECTED
    assert sentence in said(seen.rows[0])


@pytest.mark.parametrize("cell", ["办理中", "无", "/", "　"])
def test_a_word_where_a_code_should_stand_is_an_empty_cell(session, county, cell):
    counts, _ = imported(session, county, workbook(["名称", "信用代码"], ["晨曦画室", cell]))

    assert counts[NEW] == 1
    assert one(session).uscc is None


def test_an_officer_nobody_knows_is_a_warning_and_stays_empty(session, county):
    seen, _ = looked(session, county, workbook(["名称", "监管责任人"], ["晨曦画室", "查无此人"]))

    assert seen.rows[0].outcome is NEW
    assert seen.warnings == 1
    assert "officer_in_charge_id" not in seen.rows[0].values


def test_gb18030_with_titles_above_and_unknown_columns_is_read(session, county):
    text = "澄江县校外培训机构台账,,\n（2026年春季）,,\n序号,培训机构名称,年检\n1,晨曦画室,合格\n"

    seen, _ = looked(session, county, text.encode("gb18030"), "台账.csv")

    assert seen.columns.unread == ["年检"]
    assert [(row.number, row.outcome) for row in seen.rows] == [(4, NEW)]


@pytest.mark.parametrize(
    ("content", "filename"),
    [
        (b"", "list.xlsx"),
        (workbook(HEADER, *many(30))[:900], "list.xlsx"),
        ("姓甚名谁\n晨曦画室\n".encode(), "list.xlsx"),
        (workbook(["类别", "地址"], ["体育", "东街"]), "list.xlsx"),
        (workbook(HEADER), "list.xlsx"),
        (b"%PDF-1.7", "list.pdf"),
    ],
    ids=["empty", "truncated", "text", "no names", "no rows", "other"],
)
def test_a_file_that_is_no_list_is_one_sentence(session, county, content, filename):
    with pytest.raises(BadInput) as refused:
        looked(session, county, content, filename)

    assert str(refused.value).endswith("。")


def test_five_thousand_rows_with_three_hundred_bad_are_counted_exactly(session, county, queries_of):
    content = workbook(HEADER, *many(5000, bad=300))

    with queries_of(session) as sent:
        counts, batch = imported(session, county, content)

    assert counts == dict.fromkeys(RowOutcome, 0) | {
        NEW: 4700,
        CHANGED: 0,
        UNCHANGED: 0,
        REJECTED: 300,
    }
    assert queries.counts(session, batch.id)[RowOutcome.REJECTED] == 300
    assert session.scalar(sa.select(sa.func.count()).select_from(Institution)) == 4700
    events = session.scalar(sa.select(sa.func.count()).where(Event.subject_kind == "institution"))
    assert events == 4700
    parts = 4700 / confirming.AT_ONCE
    assert len([one for one in sent if one.startswith("SELECT")]) < 40 + 10 * parts
