"""Hidden rows and columns, struck-out cells, halves side by side, rows that nobody filled in."""

from __future__ import annotations

import struct

import pytest
from openpyxl.styles import Font

from tests.spreadsheets.old_workbooks import STRUCK, Styled, old_workbook, record
from tests.spreadsheets.open_documents import Raw, open_document
from tests.spreadsheets.workbooks import merging, workbook
from training_oversight import spreadsheets
from training_oversight.errors import BadInput
from training_oversight.spreadsheets.left_out import (
    ADDS_UP,
    HIDDEN,
    NOT_FILLED_IN,
    REPEATS,
    STRUCK_OUT,
)

HEADER = ["机构名称", "地址", "状态"]
OPEN, GONE, LAST = ["甲", "一路", "正常"], ["乙", "二路", "停办"], ["丙", "三路", "停办"]
KNOWN = ["机构名称", "地址", "序号", "电话", "备注"]


def read(content, **wishes):
    return spreadsheets.read(content, known=KNOWN, **wishes)


def names(sheet):
    return [row.cells[sheet.header.index("机构名称")] for row in sheet.rows]


def hide(rows=(), columns=()):
    def prepare(sheet):
        for row in rows:
            sheet.row_dimensions[row].hidden = True
        for column in columns:
            sheet.column_dimensions[column].hidden = True

    return prepare


def open_row(cells, visibility):
    inside = "".join(
        f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell>'
        for cell in cells
    )
    return Raw(f'<table:table-row table:visibility="{visibility}">{inside}</table:table-row>')


@pytest.mark.parametrize(
    "content",
    [
        workbook(HEADER, OPEN, GONE, LAST, prepare=hide(rows=[3, 4])),
        old_workbook(HEADER, OPEN, GONE, LAST, hidden_rows=(3, 4)),
        open_document(HEADER, OPEN, open_row(GONE, "filter"), open_row(LAST, "collapse")),
    ],
    ids=["xlsx", "xls", "ods"],
)
def test_rows_that_the_sender_does_not_see_are_left_out_and_said(content):
    sheet = read(content)

    assert names(sheet) == ["甲"]
    assert sheet.left_out == [(3, HIDDEN), (4, HIDDEN)]


def test_a_hidden_sum_is_a_sum_and_a_hidden_title_is_none_of_the_rows():
    rows = [["台账"], HEADER, OPEN, ["合计", "1家", None]]

    sheet = read(workbook(*rows, prepare=hide(rows=[1, 4])))

    assert sheet.left_out == [(4, ADDS_UP)]


def test_a_list_of_which_nothing_is_seen_is_refused():
    with pytest.raises(BadInput) as refusal:
        read(workbook(HEADER, OPEN, GONE, prepare=hide(rows=[2, 3])))

    assert "全部隐藏" in str(refusal.value)


@pytest.mark.parametrize(
    "content",
    [
        workbook(HEADER, OPEN, prepare=hide(columns=["B"])),
        old_workbook(HEADER, OPEN, hidden_columns=(2,)),
        open_document(
            Raw('<table:table-column/><table:table-column table:visibility="collapse"/>'),
            HEADER,
            OPEN,
        ),
    ],
    ids=["xlsx", "xls", "ods"],
)
def test_a_column_that_the_sender_does_not_see_is_said(content):
    assert [str(one) for one in read(content).said] == ["隐藏的列照样读取：地址。"]


def test_what_an_old_workbook_leaves_out_of_its_rows_hides_none():
    def shorten(stream):
        whole = record(0x208, struct.pack("<HHHHHHHH", 2, 0, 9, 255, 0, 0, 0x20, 0))
        columns = record(0x7D, struct.pack("<HHHHHH", 1, 1, 2048, 0, 1, 0))
        assert whole in stream
        assert columns in stream
        # As many bytes, but the records end before they say it.
        cut = record(0x208, whole[4:12]) + record(0x20A, whole[16:])
        return stream.replace(whole, cut).replace(
            columns, record(0x7D, columns[4:8]) + record(0x20A, columns[12:])
        )

    content = old_workbook(
        HEADER, OPEN, GONE, hidden_rows=(3,), hidden_columns=(2,), mangle=shorten
    )

    assert (names(read(content)), read(content).said) == (["甲", "乙"], [])


def struck(*places):
    def prepare(sheet):
        for place in places:
            sheet[place].font = Font(strike=True)

    return prepare


STRUCK_STYLE = (
    '<style:style style:name="gone" style:family="table-cell">'
    '<style:text-properties style:text-line-through-style="solid"/></style:style>'
)


def gone(text):
    return Raw(
        '<table:table-cell office:value-type="string" table:style-name="gone">'
        f"<text:p>{text}</text:p></table:table-cell>"
    )


@pytest.mark.parametrize(
    "content",
    [
        workbook(HEADER, OPEN, GONE, LAST, prepare=struck("A3", "B3", "C3", "B4")),
        old_workbook(
            HEADER, OPEN, [Styled(cell, STRUCK) for cell in GONE],
            [LAST[0], Styled(LAST[1], STRUCK), LAST[2]],
        ),
        open_document(
            HEADER, OPEN, [gone(cell) for cell in GONE], [LAST[0], gone(LAST[1]), LAST[2]],
            styles=STRUCK_STYLE,
        ),
    ],
    ids=["xlsx", "xls", "ods"],
)  # fmt: skip
def test_a_struck_out_row_is_left_out_and_a_struck_out_cell_said(content):
    sheet = read(content)

    assert sheet.left_out == [(3, STRUCK_OUT)]
    assert names(sheet) == ["甲", "丙"]
    assert [str(one) for one in sheet.said] == ["有删除线的单元格照样读取：第4行。"]


TWICE = ["机构名称", "地址"]
SIDES = [
    ["序号", "机构名称", "地址", "序号", "机构名称", "地址"],
    [1, "甲", "一路", 3, "丙", "三路"],
    [2, "乙", "二路", 4, "丁", "四路"],
]


def as_text(rows):
    return "\n".join(",".join(str(cell or "") for cell in row) for row in rows).encode()


@pytest.mark.parametrize(
    "make",
    [lambda rows: workbook(*rows), lambda rows: old_workbook(*rows),
     lambda rows: open_document(*rows), as_text],
    ids=["xlsx", "xls", "ods", "csv"],
)  # fmt: skip
def test_two_halves_side_by_side_are_one_list(make):
    sheet = read(make(SIDES))

    assert sheet.header == ["序号", "机构名称", "地址"]
    assert [row.cells for row in sheet.rows] == [
        ["1", "甲", "一路"], ["2", "乙", "二路"], ["3", "丙", "三路"], ["4", "丁", "四路"]
    ]  # fmt: skip
    assert [row.number for row in sheet.rows] == [2, 3, 4, 5]
    assert "右栏首行算第4行" in str(sheet.said[0])


@pytest.mark.parametrize(
    ("header", "row", "found"),
    [
        ([*TWICE, None, *TWICE], ["甲", "一路", None, "乙", "二路"], "甲乙"),
        ([*TWICE, "备注", *TWICE], ["甲", "一路", "旧", "乙", "二路"], "甲乙"),
        (["序号", *TWICE, *TWICE], [1, "甲", "一路", "乙", "二路"], "甲乙"),
        (["机构名称"] * 3, ["甲", "乙", "丙"], "甲乙丙"),
        # One column twice is not a list twice.
        (["机构名称", "电话", "电话"], ["甲", "1", "2"], "甲"),
        (["机构名称", "联系人", "电话", "联系人", "电话"], ["甲", "张", "1", "李", "2"], "甲"),
    ],
)  # fmt: skip
def test_halves_are_known_by_the_names_that_stand_twice(header, row, found):
    assert names(read(workbook(header, row))) == list(found)


def test_an_empty_place_at_the_end_of_the_right_half_is_no_institution():
    sheet = read(workbook(*SIDES[:2], SIDES[2][:3]))

    assert names(sheet) == ["甲", "乙", "丙"]


def test_what_is_merged_or_hidden_in_the_right_half_stays_with_it():
    rows = [
        ["机构名称", "地址", "机构名称", "地址"],
        ["甲", "一路", "丙", "三路"],
        ["乙", "二路", "丁", None],
    ]

    sheet = read(workbook(*rows, prepare=merging("D2:D3")))
    hidden = read(workbook(*rows, prepare=hide(rows=[3])))

    assert [row.cells for row in sheet.rows][2:] == [["丙", "三路"], ["丁", "三路"]]
    assert hidden.left_out == [(3, HIDDEN), (5, HIDDEN)]


def test_halves_that_cannot_be_laid_upon_each_other_are_refused():
    header = ["机构名称", None, "地址", "机构名称", "地址"]

    with pytest.raises(BadInput) as refusal:
        read(workbook(header, ["甲", None, "一路", "乙", "二路"]))

    assert "并排" in str(refusal.value)


FORM = ["序号", "县区", "机构名称", "地址", "人数"]
FULL = [1, "云汀县", "甲", "一路", 20]


@pytest.mark.parametrize(
    "empty",
    [
        [2, "云汀县"], [3], [4, "云汀县", None, None, 0], [5, "云汀县", None, None, "#N/A"],
        [6, None, None, None, "0.00"], [7, "云汀县", "请选择"],
    ],
)  # fmt: skip
def test_a_row_that_nobody_has_filled_in_is_no_institution(empty):
    sheet = read(workbook(FORM, FULL, [8, "云汀县", "乙", "二路", 9], empty))

    assert names(sheet) == ["甲", "乙"]
    assert sheet.left_out == [(4, NOT_FILLED_IN)]


def test_a_form_with_one_institution_has_one_and_counts_the_others():
    sheet = read(workbook(FORM, FULL, [2, "云汀县"], [3], [4, "云汀县", None, None, 0]))

    assert names(sheet) == ["甲"]
    assert sheet.left_out == [(number, NOT_FILLED_IN) for number in (3, 4, 5)]


@pytest.mark.parametrize(
    ("header", "rows"),
    [
        (["机构名称"], [["甲"], ["0"]]),
        (["机构名称", "备注"], [["甲", "旧"], ["甲", None]]),
        (["机构名称", "地址"], [["甲", "一路"], ["乙", "一路"]]),
        (FORM, [FULL]),
        # A name was forgotten: somebody is to write it.
        (FORM, [FULL, [2, "云汀县", None, "二路", 9]]),
        (FORM, [FULL, [2, "云汀县", "乙", None, None]]),
    ],
)
def test_a_row_in_which_somebody_wrote_something_is_one(header, rows):
    sheet = read(workbook(header, *rows))

    assert len(sheet.rows) == len(rows)
    assert sheet.left_out == []


def test_a_form_that_nobody_has_filled_in_has_no_rows():
    with pytest.raises(BadInput):
        read(workbook(["序号", "机构名称", "地址"], [1], [2], [3]))


def test_the_header_of_a_second_page_is_left_out_and_the_rows_below_it_are_read():
    sheet = read(workbook(HEADER, OPEN, HEADER, GONE))

    assert names(sheet) == ["甲", "乙"]
    assert sheet.left_out == [(3, REPEATS)]
