"""Files of few bytes that would fill the memory, and innocent ones that resemble them."""

from __future__ import annotations

import io
import re
import resource
import struct
import time

import openpyxl
import pytest
import xlsxwriter

from tests.spreadsheets.old_workbooks import OldSheet, old_workbook
from tests.spreadsheets.open_documents import EMPTY_REST, Raw, Spanning, cell, open_document
from tests.spreadsheets.workbooks import (
    altered,
    archive,
    merging,
    of_cells,
    text_cell,
    workbook,
)
from training_oversight import spreadsheets
from training_oversight.errors import BadInput, TooLarge
from training_oversight.spreadsheets.grids import Merge
from training_oversight.spreadsheets.headers import Top
from training_oversight.spreadsheets.left_out import IS_HEADING
from training_oversight.spreadsheets.xls.compound import MAGIC

HEADER = ["机构名称", "地址"]
NAME = text_cell("A1", "机构名称")
MEGABYTE = 1 << 20


def read(content, **wishes):
    return spreadsheets.read(content, "台账.xlsx", known=HEADER, **wishes)


@pytest.fixture(autouse=True)
def _little_memory():
    """What goes wrong here fails at once, and takes no other test with it."""
    before = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (4 << 30, before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_AS, before)


@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/media/image1.png"])
def test_an_archive_that_unpacks_without_end_is_refused(part, in_english):
    bomb = archive(**{"xl/workbook.xml": "x", part: b" " * (201 * MEGABYTE)})

    assert len(bomb) < MEGABYTE
    with pytest.raises(TooLarge) as refusal:
        read(bomb)
    assert "unpacks to more" in str(refusal.value)


def test_an_open_document_that_unpacks_without_end_is_refused():
    bomb = open_document(HEADER, **{"settings.xml": b" " * (201 * MEGABYTE)})

    with pytest.raises(TooLarge):
        read(bomb)


FAR = "XFD1048576"
DEEP = "".join(f'<row r="{row}"><c r="A{row}"><v>1</v></c></row>' for row in range(2, 200))
WIDE = "".join(f"<c><v>{place}</v></c>" for place in range(16_000))
SCATTERED = {
    "in the opposite corner": [f'<row r="9"><c r="{FAR}"><v>1</v></c></row>'],
    "in small letters": [f'<row r="9"><c r="{FAR.lower()}"><v>1</v></c></row>'],
    "further than any program reaches": ['<row r="9"><c r="AAAAA99999999"><v>1</v></c></row>'],
    "with its place last": [f'<row r="9"><c s="0" r="{FAR}"><v>1</v></c></row>'],
    "after a quoted bracket": [f"<row r=\"9\"><c s='>' r='{FAR}'><v>1</v></c></row>"],
    "over many lines": [f'<row\nr="9"><c\n\tr\n=\n"{FAR}"\n><v>1</v></c\n></row>'],
    "with a name space": [f'<x:row r="9"><x:c r="{FAR}"><x:v>1</x:v></x:c></x:row>'],
    "without a place, far down": [f'<row r="1"><c r="{FAR[:3]}1"><v>1</v></c></row>',
                                  '<row r="1048576"><c><v>1</v></c></row>'],
    "at the very end": [f'<row r="9"><c s="0" r="{FAR}"'],
    "without any place": [f"<row>{WIDE}</row>", DEEP],
    "where one part ends": [" " * (MEGABYTE - 900),
                            f'<row r="9"><c s="0" r="{FAR}" t="n"><v>1</v></c></row>' * 8],
}  # fmt: skip


@pytest.mark.parametrize("case", SCATTERED)
def test_cells_in_opposite_corners_do_not_fill_the_memory(case):
    with pytest.raises(TooLarge) as refusal:
        read(of_cells(f'<row r="1">{NAME}</row>', *SCATTERED[case]))

    assert refusal.value.text.values["columns"] >= 16_000


@pytest.mark.parametrize("place", ["A" * 10 + "1", "A1234567890", "$A$9", "&#65;1"])
def test_a_place_that_could_be_any_is_refused(place):
    with pytest.raises(BadInput) as refusal:
        read(of_cells(f'<row r="1">{NAME}</row>', f'<row r="9"><c r="{place}"><v>1</v></c></row>'))

    assert "损坏" in str(refusal.value)


def test_a_mostly_empty_sheet_is_refused_even_where_a_full_one_would_be_read(in_english):
    far = '<row r="1000000"><c r="Z1000000"><v>1</v></c></row>'

    with pytest.raises(TooLarge) as refusal:
        read(of_cells(f'<row r="1">{NAME}</row>', far), max_rows=1_000_000)

    assert "mostly empty" in str(refusal.value)


def test_empty_formatted_cells_far_away_do_no_harm():
    def colour(sheet):
        sheet[FAR].font = openpyxl.styles.Font(bold=True)

    assert len(read(workbook(HEADER, ["甲"], prepare=colour)).rows) == 1


def test_a_full_table_is_no_bomb_however_wide(in_english):
    rows = [[f"列{place}" for place in range(300)], *([1] * 300 for _ in range(7000))]
    content = open_document(
        HEADER, Raw(f'<table:table-row table:number-rows-repeated="7000">{CELLS}</table:table-row>')
    )

    with pytest.raises(TooLarge) as refusal:
        read(content, max_rows=10_000)
    assert "more than can be taken at once" in str(refusal.value)
    assert len(read(content, max_rows=80_000).rows) == len(rows) - 1


CELLS = (
    '<table:table-cell office:value-type="float" office:value="1" '
    'table:number-columns-repeated="300"><text:p>1</text:p></table:table-cell>'
)


def sharing(texts):
    """A workbook that keeps each text once."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        book.add_worksheet().write_column(0, 0, texts)
    return stream.getvalue()


def test_one_long_text_for_many_cells_is_refused(in_english):
    content = sharing(["机构名称", *["长" * 30_000] * 9_000])

    assert len(content) < MEGABYTE
    with pytest.raises(TooLarge):
        read(content, max_rows=20_000)


def test_one_long_text_among_many_short_ones_is_no_bomb():
    content = sharing(["机构名称", "长" * 30_000, *["甲"] * 9_000, *map(str, range(9_000))])

    sheet = read(content, max_rows=20_000)

    assert (len(sheet.rows), len(sheet.rows[0].cells[0])) == (18_001, 30_000)


def test_a_repeated_row_or_cell_of_an_open_document_does_not_fill_the_memory():
    filled = '<table:table-cell office:value-type="string"%s><text:p>甲</text:p></table:table-cell>'
    two = f"{filled % ''}{filled % ''}</table:table-row>"
    row = f'<table:table-row table:number-rows-repeated="1048576">{two}'
    cells = filled % ' table:number-columns-repeated="2000000000"'

    for rows in ([Raw(row)], [[Raw(cells)]], [Raw(row.replace("1048576", "9" * 400))]):
        with pytest.raises(TooLarge):
            read(open_document(HEADER, *rows))


def test_a_cell_far_away_in_an_open_document_is_refused():
    blank = Raw('<table:table-cell table:number-columns-repeated="16000"/>')

    with pytest.raises(TooLarge):
        read(open_document(HEADER, *([["甲"]] * 200), [blank, "x"]))


def test_the_empty_rest_of_an_open_document_does_no_harm():
    sheet = read(open_document(HEADER, ["甲"], EMPTY_REST))

    assert [row.number for row in sheet.rows] == [2]


def stretch(xml):
    return xml.replace('"A2:A3"', f'"A2:{FAR}"')


def test_a_merged_cell_over_everything_costs_nothing():
    for content in (
        open_document(HEADER, [Spanning("甲", 2_000_000_000, 2_000_000_000)], [None, "乙"]),
        old_workbook(HEADER, ["甲"], [None, "乙"], merges=[(2, 1, 65536, 256)] * 3000),
        altered(workbook(HEADER, ["甲"], [None, "乙"], prepare=merging("A2:A3")), sheet1=stretch),
    ):
        sheet = read(content)

        assert [row.cells for row in sheet.rows] == [["甲", "乙"]]
        assert sheet.left_out == [(2, IS_HEADING)]


def test_an_old_workbook_may_be_as_sparse_as_it_likes():
    blank = [[] for _ in range(40_000)]

    sheet = read(old_workbook(HEADER, *blank, [*[None] * 255, "x"]))

    assert [(row.number, row.cells[-1]) for row in sheet.rows] == [(40_002, "x")]


def test_an_old_workbook_has_no_more_columns_than_its_format():
    with pytest.raises(BadInput):
        read(old_workbook(HEADER, [*[None] * 256, "x"]))


def test_entities_that_grow_are_refused():
    entities = "".join(
        f'<!ENTITY {name} "{f"&{before};" * 10}">'
        for before, name in zip("abcdefgh", "bcdefghi", strict=True)
    )
    bomb = f'<!DOCTYPE x [<!ENTITY a "{"x" * 1000}">{entities}]>'

    def infect(xml):
        return bomb + xml.replace("台账", "&i;")

    for content in (
        open_document(**{"content.xml": bomb + "<x>&i;</x>"}),
        altered(workbook(HEADER, ["甲", "#N/A"]), workbook=infect),
    ):
        with pytest.raises(BadInput) as refusal:
            read(content)
        assert "损坏" in str(refusal.value)


WIDE = [["机构名称"], *([[]] * 118), [*[None] * 16_000, "x"]]
WIDE_ROW = Raw(
    '<table:table-row><table:table-cell table:number-columns-repeated="16000"/>'
    f"{cell('x')}</table:table-row>"
)


@pytest.mark.parametrize("kind", ["xlsx", "ods"])
def test_many_mostly_empty_sheets_are_refused_together(in_english, kind):
    bomb = (
        workbook(HEADER, sheets=[(f"表{number}", WIDE) for number in range(6)])
        if kind == "xlsx"
        else open_document(
            HEADER,
            sheets=[(f"表{number}", [["机构名称"], *([WIDE_ROW] * 118)]) for number in range(6)],
        )
    )

    assert len(bomb) < MEGABYTE
    with pytest.raises(TooLarge) as refusal:
        spreadsheets.glance(bomb, "台账.xlsx", HEADER)
    assert "a file of its own" in str(refusal.value)


def test_titles_merged_over_a_very_wide_sheet_cost_little():
    merge = Merge(1, 1, 2000, 16_000)
    rows = [["机构名称", *[""] * 15_999] for _ in range(20)]

    top = Top(rows, [merge] * 2000)

    assert len(top._merges) < 200_000


def test_a_text_of_nothing_but_separators_is_refused():
    commas = b"," * (17 * MEGABYTE)

    with pytest.raises(TooLarge):
        spreadsheets.read(commas, "a.csv", known=HEADER, max_bytes=20 * MEGABYTE)


RELATION = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'


def naming(count):
    """A workbook that names its one sheet so many times."""
    entries = "".join(
        f'<sheet {RELATION} name="表{number}" sheetId="{number}" r:id="rId1"/>'
        for number in range(1, count + 1)
    )

    def name(xml):
        return re.sub("<sheets>.*</sheets>", f"<sheets>{entries}</sheets>", xml)

    return altered(workbook(HEADER, ["甲"]), workbook=name)


@pytest.mark.parametrize("kind", ["xlsx", "ods", "xls"])
def test_ten_thousand_sheets_are_counted_and_not_looked_through(in_english, kind):
    sheets = 10_000
    bomb = {
        "xlsx": lambda: naming(sheets),
        "ods": lambda: open_document(
            HEADER, sheets=[(f"表{number}", []) for number in range(sheets)]
        ),
        "xls": lambda: old_workbook(
            HEADER, sheets=[OldSheet(f"表{number}", []) for number in range(sheets)]
        ),
    }[kind]()

    began = time.process_time()
    with pytest.raises(TooLarge) as refusal:
        spreadsheets.glance(bomb, "台账", HEADER)

    assert "at most 256" in str(refusal.value)
    assert time.process_time() - began < 10


@pytest.mark.parametrize("kind", ["xlsx", "xls"])
def test_one_sheet_under_two_names_is_damaged(kind):
    bomb = naming(2) if kind == "xlsx" else old_workbook(HEADER, mangle=twice)

    with pytest.raises(BadInput) as refusal:
        spreadsheets.glance(bomb, "台账", HEADER)

    assert "损坏" in str(refusal.value)


def twice(stream):
    """The record that names the sheet comes twice, for the same place."""
    listed = re.search(rb"\x85\x00(.)\x00", stream)
    end = listed.end() + listed[1][0]
    return stream[:end] + stream[listed.start() : end] + stream[end:]


def test_a_county_of_two_hundred_sheets_is_read():
    content = workbook(HEADER, ["甲"], sheets=[(f"表{n}", [HEADER, ["乙"]]) for n in range(200)])

    found = spreadsheets.glance(content, "台账.xlsx", HEADER)

    assert len(found.sheets) == 201


def test_a_container_that_names_more_sectors_than_it_has_is_damaged():
    sectors = 2_000
    chain = b"".join(
        struct.pack("<128I", *[0] * 127, number + 1 if number < sectors - 1 else 0xFFFFFFFE)
        for number in range(sectors)
    )
    head = struct.pack(
        "<8s16xHHHHH6xIIIIIIIII", MAGIC, 0x3E, 3, 0xFFFE, 9, 6, 0, 0, 0, 0, 4096, 0, 0, 0, 0
    )
    bomb = head + b"\xff" * (512 - len(head)) + chain

    with pytest.raises(BadInput):
        spreadsheets.read(bomb, "台账.xls", known=HEADER)
