"""What other programs write into an .xlsx, and what its reader would take for empty."""

from __future__ import annotations

import re
from datetime import date

import openpyxl
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.spreadsheets.workbooks import altered, of_cells, text_cell, workbook
from training_oversight import spreadsheets
from training_oversight.spreadsheets import ErrorCell, Uncomputed
from training_oversight.spreadsheets.limits import Limits
from training_oversight.spreadsheets.xlsx.extents import Extent

HEADER = ["机构名称", "地址"]


def read(content, **wishes):
    return spreadsheets.read(content, "台账.xlsx", known=HEADER, **wishes)


def rows_of(content):
    return [row.cells for row in read(content).rows]


def test_errors_come_back_as_such():
    def spoil(sheet):
        for place, error in (("B2", "#N/A"), ("A3", "#REF!"), ("D4", "#DIV/0!")):
            sheet[place] = error
            sheet[place].data_type = "e"

    content = workbook(HEADER, ["甲"], [None, "二路"], ["丙"], prepare=spoil)

    assert rows_of(content) == [
        ["甲", ErrorCell("#N/A"), "", ""],
        [ErrorCell("#REF!"), "二路", "", ""],
        ["丙", "", "", ErrorCell("#DIV/0!")],
    ]


def test_a_formula_that_was_never_computed_is_told_from_an_empty_cell():
    content = workbook(HEADER, ["=A1&A2", "一路"], ["乙", '=""'])

    assert rows_of(content)[0] == [Uncomputed("="), "一路"]


def test_the_results_of_formulas_are_read():
    content = of_cells(
        f'<row r="1">{text_cell("A1", "机构名称")}</row>',
        '<row r="2"><c r="A2" t="str"><f>"甲"</f><v>甲</v></c><c r="B2"><f>1+1</f><v>2</v></c>'
        '<c r="C2" t="str"><f>""</f><v></v></c><c r="D2"><f si="0" t="shared"/><v>3</v></c></row>',
    )

    assert rows_of(content) == [["甲", "2", "", "3"]]


def test_the_second_sheet_has_its_own_errors():
    book = workbook(HEADER, ["甲", "x"], sheets=[("二", [HEADER, ["乙", "#N/A"]])])

    sheet = read(book, sheet="二")

    assert sheet.rows[0].cells == ["乙", ErrorCell("#N/A")]
    assert read(book).rows[0].cells == ["甲", "x"]


def test_the_dates_of_a_mac_are_four_years_apart():
    def since_1904(sheet):
        sheet.parent.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904

    content = workbook(HEADER, ["甲", date(2021, 3, 5)], prepare=since_1904)

    assert rows_of(content) == [["甲", date(2021, 3, 5)]]


def test_a_wrong_size_in_the_file_is_not_believed():
    def shrink(xml):
        return re.sub('<dimension ref="[^"]*"', '<dimension ref="A1:A1"', xml)

    assert rows_of(altered(workbook(HEADER, ["甲", "一路"]), sheet1=shrink)) == [["甲", "一路"]]


def test_cells_that_do_not_say_where_they_are_follow_each_other():
    content = of_cells(
        "<row>"
        + "".join(re.sub(' r="[^"]*"', "", text_cell("X", name)) for name in HEADER)
        + "</row>",
        "<row><c/><c><v>5</v></c></row>",
    )

    assert rows_of(content) == [["", "5"]]


def test_a_table_may_begin_anywhere():
    content = of_cells(
        f'<row r="900">{text_cell("XA900", "机构名称")}{text_cell("XB900", "地址")}</row>',
        f'<row r="1901">{text_cell("XB1901", "一路")}</row>',
    )

    sheet = read(content, header_row=900)

    assert [(row.number, row.cells[-2:]) for row in sheet.rows] == [(1901, ["", "一路"])]


def test_texts_in_several_fonts_are_one_text():
    runs = '<r><t>晨</t></r><r><rPr><b/></rPr><t xml:space="preserve">曦 </t></r>'
    rich = f'<c r="A2" t="inlineStr"><is>{runs}</is></c>'

    assert rows_of(
        of_cells(f'<row r="1">{text_cell("A1", "机构名称")}</row>', f'<row r="2">{rich}</row>')
    ) == [["晨曦"]]


CELLS = st.lists(
    st.tuples(
        st.integers(1, 30),
        st.integers(1, 800),
        st.sampled_from(["<v>1</v>", "<v></v>", '<f a=">">1</f>', "<is><t>c &lt;c</t></is>"]),
        st.sampled_from(['', ' s="1"', " s='>'", ' t="e"', "\n"]),
        st.booleans(),
    ),
    max_size=30,
)  # fmt: skip


@settings(deadline=None, max_examples=300)
@given(CELLS, st.lists(st.integers(1, 60), min_size=1))
def test_a_sheet_is_measured_alike_wherever_it_is_cut_into_parts(cells, sizes):
    content = "<sheetData><row>"
    for row, column, inside, more, is_closed in cells:
        place = f'<c r="{openpyxl.utils.get_column_letter(column)}{row}"{more}'
        content += f"{place}/>" if is_closed else f"{place}>{inside}</c>"
    whole = (content + "</row></sheetData>").encode()
    cut, once = Extent(Limits()), Extent(Limits())

    place = 0
    for size in sizes * (len(whole) // sum(sizes) + 1):
        cut.look(whole[place : place + size])
        place += size
    once.look(whole)
    cut.finish()
    once.finish()

    filled = [cell for cell in cells if not cell[4]]
    assert (cut.rows, cut.columns, cut.filled) == (once.rows, once.columns, once.filled)
    assert (once.rows, once.filled) == (max((cell[0] for cell in filled), default=0), len(filled))
    assert once.columns == max((cell[1] for cell in filled), default=0)
    assert cut.values == once.values
