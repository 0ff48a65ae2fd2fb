from __future__ import annotations

import io
import struct
import zipfile
from datetime import date, datetime, time

import openpyxl
import pytest

from training_oversight import spreadsheets
from training_oversight.errors import BadInput, TooLarge
from training_oversight.spreadsheets import DestroyedNumber

KNOWN = ["机构名称", "统一社会信用代码", "地址", "发证日期"]
HEADER = ["机构名称", "统一社会信用代码", "地址"]
PNG = (
    b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sIIBBBBB", 13, b"IHDR", 1, 1, 8, 0, 0, 0, 0) + b"\0" * 9
)


def workbook(*rows, sheets=(), prepare=None):
    book = openpyxl.Workbook()
    book.active.title = "台账"
    for row in rows:
        book.active.append(row)
    for title, content in sheets:
        other = book.create_sheet(title)
        for row in content:
            other.append(row)
    if prepare:
        prepare(book.active)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def read(content, filename="台账.xlsx", **limits):
    return spreadsheets.read(content, filename, known=KNOWN, **limits)


def test_the_header_is_found_under_a_merged_title_and_a_line_of_units():
    def merge(sheet):
        sheet.merge_cells("A1:C1")

    content = workbook(
        ["星河区校外培训机构台账"],
        ["单位：教育局", None, "2026年"],
        [],
        HEADER,
        ["甲", "", "一路"],
        prepare=merge,
    )

    sheet = read(content)

    assert sheet.header == HEADER
    assert [(row.number, row.cells) for row in sheet.rows] == [(5, ["甲", "", "一路"])]


def test_a_header_is_recognised_with_spaces_full_width_letters_and_marks():
    content = workbook(["机构\n名称*", "统一社会 信用代码（必填）"], ["甲", "91"])

    assert read(content).header == ["机构名称", "统一社会信用代码"]


def test_blank_rows_are_skipped_and_the_others_keep_their_numbers():
    content = workbook(HEADER, ["甲"], [], ["  ", "\u3000"], ["乙"])

    assert [row.number for row in read(content).rows] == [2, 5]


def test_a_header_repeated_for_printing_is_no_row():
    content = workbook(HEADER, ["甲"], HEADER, ["乙"])

    assert [row.cells[0] for row in read(content).rows] == ["甲", "乙"]


def test_cells_become_text_and_days():
    content = workbook(
        ["机构名称", *"abcde", "发证日期"],
        [
            "\u3000甲\xa0",
            12.0,
            2.5,
            150019971234560,
            9.15e17,
            None,
            datetime.combine(date(2021, 3, 5), time(9)),
        ],
    )

    cells = read(content).rows[0].cells

    assert cells[:4] == ["甲", "12", "2.5", "150019971234560"]
    assert isinstance(cells[4], DestroyedNumber)
    assert cells[5:] == ["", date(2021, 3, 5)]


def test_unknown_columns_are_named_and_unnamed_ones_with_data_get_their_letter():
    content = workbook(["机构名称", "备用", None, None], ["甲", "1", None, "x"])

    sheet = read(content)

    assert sheet.unknown == ["备用", "D"]
    assert sheet.header == ["机构名称", "备用", "", ""]


def test_the_sheet_with_the_header_is_read_and_a_second_one_is_mentioned():
    content = workbook(["填表说明"], sheets=[("一", [HEADER, ["甲"]]), ("二", [HEADER, ["乙"]])])

    sheet = read(content)

    assert (sheet.name, sheet.unread, len(sheet.rows)) == ("一", ["二"], 1)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_text_tables_are_read_in_every_usual_encoding(encoding, delimiter):
    row = delimiter.join(["甲", "'=1+1", '"一路,2;3号\n后楼"'])
    text = f"台账\r\n{delimiter.join(HEADER)}\r\n\r\n{row}\r\n"

    sheet = read(text.encode(encoding), "台账.csv")

    assert sheet.header == HEADER
    assert [(r.number, r.cells) for r in sheet.rows] == [(4, ["甲", "=1+1", "一路,2;3号\n后楼"])]


def test_a_code_that_excel_rounded_before_saving_as_text_is_flagged():
    sheet = read('机构名称,统一社会信用代码\n甲,9.15E+17\n乙,="0012"\n'.encode(), "a.csv")

    assert sheet.rows[0].cells[1] == DestroyedNumber("9.15E+17")
    assert sheet.rows[1].cells[1] == "0012"


def lying_archive():
    """A workbook whose sheet has another length than the archive's table of contents says."""
    content = bytearray(workbook(HEADER, ["甲"]))
    place = content.rindex(b"PK\x01\x02")
    content[place + 24 : place + 28] = struct.pack("<I", 10)
    return bytes(content)


def archive(**parts):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return stream.getvalue()


ENCRYPTED = b"\xd0\xcf\x11\xe0" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le")
WHOLE = workbook(HEADER, ["甲"])

REFUSED = {
    "empty": (b"", "台账.xlsx", "The file is empty."),
    "empty text": (b"", "台账.csv", "The file is empty."),
    "picture called xlsx": (PNG, "台账.xlsx", "a picture"),
    "picture called csv": (PNG, "台账.csv", "a picture"),
    "document called xlsx": (archive(**{"word/document.xml": "x"}), "a.xlsx", "another document"),
    "truncated": (WHOLE[: len(WHOLE) // 2], "台账.xlsx", "damaged or incomplete"),
    "lying": (lying_archive(), "台账.xlsx", "damaged or incomplete"),
    "hollow": (archive(**{"xl/workbook.xml": "x"}), "台账.xlsx", "damaged or incomplete"),
    "locked": (ENCRYPTED, "台账.xlsx", "password"),
    "old": (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "台账.xlsx", "old .xls"),
    "other kind": (b"%PDF-1.4", "台账.pdf", "a PDF"),
    "no header": (workbook(["甲", "乙"], ["1", "2"]), "台账.xlsx", "No header was found"),
    "no cells": (workbook(), "台账.xlsx", "No header was found"),
    "no rows": (workbook(HEADER), "台账.xlsx", "not a single row"),
    "open quotation mark": ('机构名称\n"甲\n乙\n'.encode(), "台账.csv", "quotation mark"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_file_that_is_no_table_is_refused_with_what_is_wrong(case, in_english):
    content, filename, why = REFUSED[case]

    with pytest.raises(BadInput) as refusal:
        read(content, filename)

    assert why in str(refusal.value)


def test_a_path_that_does_not_exist_is_refused_by_name(tmp_path, in_english):
    with pytest.raises(BadInput) as refusal:
        spreadsheets.read(tmp_path / "台账.xlsx", known=KNOWN)

    assert "台账.xlsx cannot be read" in str(refusal.value)


def test_a_path_is_read_like_its_content(tmp_path):
    path = tmp_path / "台账.xlsx"
    path.write_bytes(WHOLE)

    assert spreadsheets.read(path, known=KNOWN) == read(WHOLE)


def test_too_many_rows_are_counted_and_refused(in_english):
    content = workbook(HEADER, *(["甲"] for _ in range(12)))

    with pytest.raises(TooLarge) as refusal:
        read(content, max_rows=11)

    assert "12 rows" in str(refusal.value)
    assert len(read(content, max_rows=12).rows) == 12


def test_a_file_over_the_limit_of_size_is_refused(tmp_path):
    path = tmp_path / "台账.xlsx"
    path.write_bytes(WHOLE)

    for source in (WHOLE, path):
        with pytest.raises(TooLarge):
            read(source, max_bytes=100)


def test_an_archive_that_unpacks_without_end_is_refused():
    bomb = archive(**{"xl/workbook.xml": "x", "xl/worksheets/sheet1.xml": b" " * (201 << 20)})

    assert len(bomb) < 1 << 20
    with pytest.raises(TooLarge):
        read(bomb)


def test_two_cells_in_opposite_corners_do_not_fill_the_memory():
    def scatter(sheet):
        sheet["XFD1048576"] = "x"

    with pytest.raises(TooLarge):
        read(workbook(HEADER, ["甲"], prepare=scatter))


def test_empty_formatted_cells_far_away_do_no_harm():
    def colour(sheet):
        sheet["XFD1048576"].font = openpyxl.styles.Font(bold=True)

    assert len(read(workbook(HEADER, ["甲"], prepare=colour)).rows) == 1
