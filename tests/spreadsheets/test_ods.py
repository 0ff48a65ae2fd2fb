"""What is particular to the tables of LibreOffice."""

from __future__ import annotations

from datetime import date

import pytest

from tests.spreadsheets.open_documents import COVERED, EMPTY_REST, Raw, Spanning, open_document
from training_oversight import spreadsheets
from training_oversight.spreadsheets import DestroyedNumber, ErrorCell, Uncomputed

HEADER = ["机构名称", "地址"]


def rows_of(*rows):
    sheet = spreadsheets.read(open_document(HEADER, *rows), "台账.ods", known=HEADER)
    return [row.cells for row in sheet.rows]


def typed(kind, text="", more=""):
    start = f'<table:table-cell office:value-type="{kind}" {more}>'
    return Raw(f"{start}<text:p>{text}</text:p></table:table-cell>")


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        (typed("string", "甲", 'office:string-value="甲乙"'), "甲"),
        (typed("string", "", 'office:string-value="甲乙"'), "甲乙"),
        (typed("float", "1.5万", 'office:value="15000"'), "15000"),
        (typed("percentage", "50%", 'office:value="0.5"'), "0.5"),
        (typed("currency", "￥80.00", 'office:value="80"'), "80"),
        (
            typed("float", "9.15E+17", 'office:value="915000000000000000"'),
            DestroyedNumber("9.15E+17"),
        ),
        (typed("date", "21/03", 'office:date-value="2021-03-05T09:30:00"'), date(2021, 3, 5)),
        (typed("time", "9:30", 'office:time-value="PT09H30M00S"'), "9:30"),
        (typed("time", "9:30", 'office:time-value="x"'), "9:30"),
        (typed("boolean", "WAHR", 'office:boolean-value="true"'), "TRUE"),
        (
            typed("string", "#N/A", 'table:formula="of:=NA()" office:string-value=""'),
            ErrorCell("#N/A"),
        ),
        (typed("float", "Err:502", 'table:formula="x" office:value="0"'), ErrorCell("Err:502")),
        (Raw('<table:table-cell table:formula="of:=A1"/>'), Uncomputed("=")),
        (Raw("<table:table-cell><text:p>甲</text:p></table:table-cell>"), "甲"),
    ],
)
def test_a_cell_holds_its_value_and_not_how_it_is_shown(cell, value):
    assert rows_of(["甲", cell]) == [["甲", value]]


def test_only_the_text_of_a_cell_is_its_text():
    cell = typed(
        "string",
        "晨<text:span>曦<text:s text:c='2'/><text:a>画</text:a></text:span>室<text:line-break/>东"
        "</text:p><office:annotation><text:p>批注</text:p></office:annotation>"
        "<draw:frame><draw:text-box><text:p>图</text:p></draw:text-box></draw:frame><text:p>西",
    )

    assert rows_of([cell]) == [["晨曦  画室\n东\n西", ""]]


def test_like_rows_and_cells_are_as_many_as_they_are_said_to_be():
    row = (
        '<table:table-row table:number-rows-repeated="3"><table:table-cell '
        'table:number-columns-repeated="2" office:value-type="string"><text:p>甲</text:p>'
        "</table:table-cell></table:table-row>"
    )
    blank = Raw(
        '<table:table-row table:number-rows-repeated="10"><table:table-cell/></table:table-row>'
    )
    content = open_document(HEADER, Raw(row), blank, ["乙"], EMPTY_REST)

    sheet = spreadsheets.read(content, known=HEADER)

    assert [row.number for row in sheet.rows] == [2, 3, 4, 15]
    assert [row.cells for row in sheet.rows] == [["甲", "甲"]] * 3 + [["乙", ""]]


def test_a_cell_merged_over_rows_stands_in_each_of_them():
    cells = rows_of(
        ["甲", Spanning("一路", rows=2)],
        ["乙", COVERED],
        ["丙", Raw("<table:covered-table-cell><text:p>藏</text:p></table:covered-table-cell>")],
    )

    assert cells == [["甲", "一路"], ["乙", "一路"], ["丙", ""]]


def test_a_table_within_a_cell_is_no_sheet_and_breaks_none():
    inner = Raw(
        '<table:table-cell><table:table table:name="内"><table:table-row><table:table-cell>'
        "<text:p>x</text:p></table:table-cell></table:table-row></table:table></table:table-cell>"
    )
    content = open_document(HEADER, [inner, "一路"], ["乙"])

    assert [found.name for found in spreadsheets.glance(content).sheets] == ["台账"]
    assert [row.cells for row in spreadsheets.read(content, known=HEADER).rows] == [
        ["", "一路"],
        ["乙", ""],
    ]


def test_a_document_without_its_kind_is_read():
    content = open_document(HEADER, ["甲"], mimetype="")

    assert spreadsheets.read(content, known=HEADER).rows[0].cells == ["甲", ""]


def test_rows_of_a_printed_heading_and_of_groups_are_rows():
    head = Raw(
        "<table:table-header-rows><table:table-row><table:table-cell><text:p>机构名称</text:p>"
        "</table:table-cell></table:table-row></table:table-header-rows>"
    )
    group = Raw(
        "<table:table-row-group><table:table-row><table:table-cell><text:p>甲</text:p>"
        "</table:table-cell></table:table-row></table:table-row-group>"
    )

    sheet = spreadsheets.read(open_document(head, group), known=HEADER)

    assert [(row.number, row.cells) for row in sheet.rows] == [(2, ["甲"])]
