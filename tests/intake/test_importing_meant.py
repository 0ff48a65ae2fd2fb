"""What a sender meant: marks for the row above, pictures, lost signs, days that can be one day."""

import json

import pytest

from tests.factories.lists import imported, looked, one, table, uscc, workbook
from tests.spreadsheets.test_meant import since_1904
from tests.spreadsheets.workbooks import workbook as sheet_of
from training_oversight.intake.cleaning import Cleaning, cleaning
from training_oversight.intake.workflow import RowOutcome

LICENCE = "299010170000123"


def read(session, county, header, *rows, filename="list.xlsx"):
    content = (table if filename.endswith(".csv") else workbook)(header, *rows)
    return looked(session, county, content, filename)[0].rows


HEADER = ["机构名称", "地址", "负责人", "联系电话"]
ABOVE = ["晨曦画室", "南塘路1号", "周明远", "13900002046"]


@pytest.mark.parametrize("mark", ["同上", "〃", "同 上", "″", '"', "”"])
@pytest.mark.parametrize("filename", ["list.xlsx", "list.csv"])
def test_a_mark_for_the_row_above_is_what_stands_there(session, county, mark, filename):
    rows = read(
        session, county, HEADER, ABOVE, ["云帆球馆", mark, mark, mark],
        ["明德书院", mark, "许芸", mark], filename=filename,
    )  # fmt: skip

    assert [row.outcome for row in rows] == [RowOutcome.NEW] * 3
    assert [row.values["address"] for row in rows] == ["南塘路1号"] * 3
    assert [row.values["responsible_person"] for row in rows] == ["周明远", "周明远", "许芸"]
    # It is seen that it was read otherwise than it is written.
    assert rows[1].cleaned["address"] == [mark, "南塘路1号"]
    assert cleaning("address", *rows[1].cleaned["address"]) is Cleaning.ABOVE


@pytest.mark.parametrize(
    ("header", "above"),
    [
        ("办学许可证号", LICENCE), ("统一社会信用代码", uscc(1)), ("全国平台编号", "P-1"),
        ("资金监管账户", "6228000011112222333"),
    ],
)  # fmt: skip
def test_a_number_that_one_institution_has_alone_is_asked_and_not_copied(
    session, county, header, above
):
    rows = read(session, county, ["机构名称", header], ["晨曦画室", above], ["云帆球馆", "同上"])

    assert [row.outcome for row in rows] == [RowOutcome.NEW, RowOutcome.REJECTED]
    assert "同上" in str(rows[1].reasons[0])


def test_a_mark_under_nothing_is_returned_and_never_kept(session, county):
    first, second = read(
        session, county, HEADER, ["晨曦画室", "同上", "", ""], ["云帆球馆", "", "同上", ""]
    )

    assert (first.outcome, second.outcome) == (RowOutcome.REJECTED,) * 2
    assert "同上" not in json.dumps([first.values, second.values], ensure_ascii=False)


def test_a_returned_row_says_itself_what_its_mark_meant(session, county):
    rows = read(
        session, county, [*HEADER, "办学许可证号"], [*ABOVE, LICENCE],
        ["云帆球馆", "同上", "同上", "同上", "同上"],
    )  # fmt: skip

    assert rows[1].cells == ["云帆球馆", *ABOVE[1:], "同上"]


def test_a_picture_is_no_number_and_no_reason_to_return_the_row(session, county):
    (row,) = read(
        session, county, ["机构名称", "办学许可证", "地址"],
        ["晨曦画室", '=DISPIMG("ID_61A4C7AE",1)', "南塘路1号"], filename="list.csv",
    )  # fmt: skip

    assert row.outcome is RowOutcome.NEW
    assert "licence_number" not in row.values
    assert "图片" in str(row.warnings[0])


@pytest.mark.parametrize("lost", ["?", "□", "??"])
def test_a_lost_sign_changes_nothing_on_the_register(session, county, lost):
    header = ["机构名称", "统一社会信用代码", "法定代表人", "地址"]
    imported(session, county, workbook(header, ["霁远画室", uscc(1), "李㛃", "南塘路1号"]))

    (row,) = read(session, county, header, ["霁远画室", uscc(1), f"李{lost}", f"{lost}塘路1号"])
    (named,) = read(session, county, header, [f"{lost}远画室", uscc(1), "李㛃", "南塘路1号"])

    assert row.outcome is RowOutcome.UNCHANGED
    assert len(row.warnings) == 2
    assert named.outcome is RowOutcome.REJECTED
    assert one(session).legal_representative == "李㛃"
    assert one(session).former_names == []


def test_a_question_and_a_box_to_tick_in_a_note_are_no_lost_signs(session, county):
    header = ["机构名称", "备注"]
    notes = ["是否搬迁?", "□是 □否", "地址?待查", "霁?画室旧址", "?远画室旧址"]

    rows = read(session, county, header, *([f"晨曦{n}", note] for n, note in enumerate(notes)))

    assert [row.values.get("note") for row in rows] == [
        *("是否搬迁?", "□是 □否"),
        *[None] * 3,
    ]


@pytest.mark.parametrize(
    ("header", "covered"),
    [("联系电话", "139****2046"), ("负责人", "周*远"), ("资金监管账户", "6228****333")],
)
def test_what_is_covered_with_stars_is_not_taken_for_the_whole(session, county, header, covered):
    (row,) = read(session, county, ["机构名称", header], ["晨曦画室", covered])

    assert set(row.values) == {"name"}
    assert len(row.warnings) == 1


DAYS = ["机构名称", "办学许可证号", "发证日期", "许可证有效期至"]


def test_a_day_before_there_were_such_papers_is_doubted(session, county):
    rows = read(
        session, county, DAYS, ["晨曦画室", LICENCE, "1905/7/13", "1905/7/19"],
        ["云帆球馆", "", "1981-12-31", "1981.1.1-2027.3.5"], ["明德书院", "", "1982-01-01", ""],
    )  # fmt: skip

    assert [row.outcome for row in rows] == [RowOutcome.NEW] * 3
    assert [row.values.get("licence_issued_on") for row in rows] == [None, None, "1982-01-01"]
    assert [row.values.get("licence_until") for row in rows] == [None, "2027-03-05", None]
    assert "licence_valid_from" not in rows[1].values
    assert len(rows[0].warnings) == 2


def test_a_day_after_the_year_2100_is_doubted(session, county):
    rows = read(
        session, county, DAYS, ["晨曦画室", LICENCE, "2021-03-05", "2126-03-05"],
        ["云帆球馆", "", "", "2021.3.5-2101.1.1"], ["明德书院", "", "", "2100-12-31"],
    )  # fmt: skip

    assert [row.outcome for row in rows] == [RowOutcome.NEW] * 3
    assert [row.values.get("licence_until") for row in rows] == [None, None, "2100-12-31"]
    assert rows[1].values["licence_valid_from"] == "2021-03-05"
    assert [str(one) for one in rows[0].warnings] == [
        "许可证有效期至：“2126-03-05”晚于2100年，可能写错了年份，日期未填。"
    ]
    assert str(cleaning("licence_until", "2126-03-05", "").label) == "存疑的日期暂空"


def test_a_number_of_a_workbook_of_1904_is_written_out_as_the_day_it_means(session, county):
    content = sheet_of(DAYS, ["晨曦画室", LICENCE, "", 45000], prepare=since_1904)

    (row,) = looked(session, county, content)[0].rows

    assert row.values["licence_until"] == "2027-03-16"
    # Given back in another workbook, the bare number would be another day.
    assert row.cells[3] == {"day": "2027-03-16"}


@pytest.mark.parametrize("written", ["210305", "200901"])
def test_six_digits_that_can_be_two_days_are_asked(session, county, written):
    (row,) = read(session, county, DAYS, ["晨曦画室", LICENCE, "", written])

    assert row.outcome is RowOutcome.REJECTED


def test_a_cell_that_was_damaged_costs_its_row_alone(session, county):
    content = table(["机构名称", "备注"], ["晨曦画室", "备注被截断"], ["云帆球馆", "好"])
    whole = content.decode("utf-8-sig").encode("gb18030")

    seen, _ = looked(session, county, whole.replace("断".encode("gb18030"), b"\xb6"), "list.csv")

    assert [row.outcome for row in seen.rows] == [RowOutcome.REJECTED, RowOutcome.NEW]
    assert "备注" in str(seen.rows[0].reasons[0])
