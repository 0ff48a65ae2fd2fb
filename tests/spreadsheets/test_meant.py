"""Numbers that mean what the sheet shows: zeros of the format, years, days since 1904, pictures."""

from __future__ import annotations

from datetime import date

import openpyxl
import pytest

from tests.spreadsheets.old_workbooks import ZEROS, Styled, old_workbook
from tests.spreadsheets.open_documents import Raw, open_document
from tests.spreadsheets.workbooks import of_cells, text_cell, workbook
from training_oversight import spreadsheets
from training_oversight.spreadsheets import (
    DestroyedNumber,
    ErrorCell,
    NumberSince1904,
    Picture,
    number_formats,
    parse_date,
)

HEADER = ["机构名称", "电话"]


def rows_of(content, known=HEADER):
    return [row.cells for row in spreadsheets.read(content, known=known).rows]


def formatted(code, **cells):
    def prepare(sheet):
        for place, value in cells.items():
            sheet[place] = value
            sheet[place].number_format = code

    return workbook(HEADER, ["甲"], ["乙"], prepare=prepare)


def numbered(number, shown):
    return Raw(
        f'<table:table-cell office:value-type="float" office:value="{number}">'
        f"<text:p>{shown}</text:p></table:table-cell>"
    )


@pytest.mark.parametrize(
    "content",
    [
        formatted("0" * 11, B2=9901230001),
        old_workbook(HEADER, ["甲", Styled(9901230001, ZEROS)], ["乙"]),
        open_document(HEADER, ["甲", numbered(9901230001, "09901230001")], ["乙"]),
    ],
    ids=["xlsx", "xls", "ods"],
)
def test_the_zeros_that_only_the_format_shows_are_part_of_the_number(content):
    assert rows_of(content) == [["甲", "09901230001"], ["乙", ""]]


@pytest.mark.parametrize(
    ("code", "number", "shown"),
    [
        ("00000000", 12345, "00012345"), ("00000000", 123456789, "123456789"),
        ("0000-0000000", 9901230041, "0990-1230041"),
        (r"0000\-0000000", 9901230041, "0990-1230041"),
        ("00000;-00000", 7, "00007"), ("[红色]00000", 7, "00007"), ('"教民"000', 12, "教民012"),
        # These show no more digits than there are, or are rounded.
        ("0", 7, "7"), ("0.00", 7.25, "7.25"), ("#,##0", 1234, "1234"), ("00", 1.5, "1.5"),
        ("@", 7, "7"), ("General", 7, "7"),
    ],
)  # fmt: skip
def test_a_format_of_zeros_alone_is_filled_up(code, number, shown):
    assert rows_of(formatted(code, B2=number))[0] == ["甲", shown]


def test_a_number_that_excel_has_rounded_stays_so_under_any_format():
    value = rows_of(formatted("0" * 18, B2=915000000000000000))[0][1]

    assert isinstance(value, DestroyedNumber)


def test_a_format_of_nothing_but_words_shows_no_digits():
    assert number_formats.pattern_of('"00"') == ""


def since_1904(sheet):
    sheet.parent.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904


OF_1904 = Raw(
    '<table:calculation-settings><table:null-date table:date-value="1904-01-01"/>'
    "</table:calculation-settings>"
).xml


@pytest.mark.parametrize(
    "content",
    [
        workbook(HEADER, ["甲", 45000], prepare=since_1904),
        old_workbook(HEADER, ["甲", 45000], since_1904=True),
        open_document(HEADER, ["甲", 45000], before=OF_1904),
    ],
    ids=["xlsx", "xls", "ods"],
)
def test_a_number_in_a_workbook_of_1904_is_the_day_that_this_workbook_means(content):
    ((_, cell),) = rows_of(content)

    assert cell == "45000"
    assert isinstance(cell, NumberSince1904)
    assert parse_date(cell) == date(2027, 3, 16)


def test_a_count_in_a_workbook_of_1904_is_no_day():
    ((_, cell),) = rows_of(workbook(HEADER, ["甲", 120], prepare=since_1904))

    assert (cell, cell.day) == ("120", None)


@pytest.mark.parametrize("year", [1999, 2021, 2027])
@pytest.mark.parametrize("epoch", [1900, 1904])
def test_a_year_typed_into_a_cell_that_shows_days_is_that_year(year, epoch):
    def prepare(sheet):
        if epoch == 1904:
            since_1904(sheet)
        sheet["B2"] = year
        sheet["B2"].number_format = "yyyy/m/d"

    first = date(1904, 1, 1) if epoch == 1904 else date(1899, 12, 30)
    shown = date.fromordinal(first.toordinal() + year)

    new = workbook(HEADER, ["甲"], prepare=prepare)
    old = old_workbook(HEADER, ["甲", shown], since_1904=epoch == 1904)
    opened = open_document(HEADER, ["甲", shown], before=OF_1904 if epoch == 1904 else "")

    assert rows_of(new) == rows_of(old) == rows_of(opened) == [["甲", str(year)]]


def test_a_day_in_such_a_cell_stays_a_day():
    for day in (date(1982, 1, 1), date(2021, 3, 5)):
        assert rows_of(workbook(HEADER, ["甲", day])) == [["甲", day]]


DRAWN = 'DISPIMG("ID_61A4C7AE",1)'


def drawn(more, inside):
    return of_cells(
        f'<row r="1">{text_cell("A1", "机构名称")}{text_cell("B1", "电话")}</row>',
        f'<row r="2">{text_cell("A2", "甲")}<c r="B2" {more}>{inside}</c></row>',
    )


@pytest.mark.parametrize(
    "content",
    [
        drawn('t="str"', f"<f>_xlfn.{DRAWN}</f><v>={DRAWN}</v>"),
        drawn('t="e"', f"<f>_xlfn.{DRAWN}</f><v>#NAME?</v>"),
        drawn('t="e"', '<f>_xlfn.IMAGE("https://example.org/a.png")</f><v>#NAME?</v>'),
        # Excel's own picture in a cell.
        drawn('t="e" vm="1"', "<v>#VALUE!</v>"),
        drawn('t="inlineStr"', f"<is><t>={DRAWN}</t></is>"),
        old_workbook(HEADER, ["甲", f"={DRAWN}"]),
        f"机构名称,电话\n甲,\"={DRAWN.replace(chr(34), chr(34) * 2)}\"\n".encode(),
        f"机构名称,电话\n甲,\"'={DRAWN.replace(chr(34), chr(34) * 2)}\"\n".encode(),
        open_document(
            HEADER,
            ["甲", Raw('<table:table-cell table:formula="of:=DISPIMG(&quot;ID&quot;;1)" '
                      'office:value-type="string" office:string-value="">'
                      "<text:p>#NAME?</text:p></table:table-cell>")],
        ),
    ],
    ids=["wps", "error", "image", "excel", "text", "xls", "csv", "disarmed", "ods"],
)  # fmt: skip
def test_a_picture_in_a_cell_is_one(content):
    ((_, cell),) = rows_of(content)

    assert isinstance(cell, Picture)


def test_an_error_of_another_formula_is_no_picture():
    assert rows_of(drawn('t="e" vm="1"', "<f>A1</f><v>#VALUE!</v>"))[0][1] == ErrorCell("#VALUE!")
