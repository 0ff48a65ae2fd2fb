"""What is particular to workbooks of 1997, and to the bare records that other programs write."""

from __future__ import annotations

import struct
from datetime import date

import pytest

from tests.spreadsheets.old_workbooks import (
    Error,
    Formula,
    OldSheet,
    compound,
    old_workbook,
    record,
    text,
)
from training_oversight import spreadsheets
from training_oversight.spreadsheets import ErrorCell
from training_oversight.spreadsheets.xls import formats

HEADER = ["机构名称", "地址"]


def read(content, **wishes):
    return spreadsheets.read(content, "台账.xls", known=HEADER, **wishes)


def rows_of(content):
    return [row.cells for row in read(content).rows]


def test_every_kind_of_cell_is_read():
    row = ["甲", -7, 2.5, 300_000_000_000, True, Error("#N/A"), date(2021, 3, 5)]
    formulas = [Formula("好"), Formula(""), Formula(3.0), Formula(False), Formula(Error("#REF!"))]

    (cells,) = rows_of(old_workbook(["机构名称"], [*row, *formulas]))

    assert cells == ["甲", "-7", "2.5", "300000000000", "TRUE", ErrorCell("#N/A"), date(2021, 3, 5),
                     "好", "", "3", "FALSE", ErrorCell("#REF!")]  # fmt: skip


def test_texts_that_go_on_in_the_next_record_are_whole():
    rows = [["长" * 9000, "x" * 9000], ["短", "é" * 100], *([f"机构{n}" * 9] for n in range(2000))]

    cells = rows_of(old_workbook(HEADER, *rows))

    assert [cell for row in cells for cell in row if cell] == [cell for row in rows for cell in row]


def test_texts_with_fonts_and_readings_of_their_own_are_only_texts():
    def adorn(stream):
        plain = text("机构名称") + text("甲") + text("乙")
        assert plain in stream
        fonts = struct.pack("<HBH", 4, 1 | 8, 2) + "机构名称".encode("utf-16-le") + b"\7" * 8
        reading = struct.pack("<HBI", 1, 1 | 4, 5) + "甲".encode("utf-16-le") + b"\7" * 5
        added = len(fonts + reading + text("乙")) - len(plain)
        head = stream.index(plain) - 12
        sizes = struct.pack("<HH", 0xFC, 8 + len(plain) + added)
        moved = stream[:head] + sizes + stream[head + 4 : head + 12] + fonts + reading + text("乙")
        place = stream.index(text("台账", short=True)) - 6
        (start,) = struct.unpack_from("<I", stream, place)
        moved = moved[:place] + struct.pack("<I", start + added) + moved[place + 4 :]
        return moved + stream[head + 12 + len(plain) :]

    assert rows_of(old_workbook(["机构名称"], ["甲"], ["乙"], mangle=adorn)) == [["甲"], ["乙"]]


def test_the_text_of_a_formula_may_go_on_in_the_next_record():
    def split(stream):
        whole = record(0x207, struct.pack("<HB", 4, 1) + "晨曦画室".encode("utf-16-le"))
        parts = record(0x207, struct.pack("<HB", 4, 1) + "晨曦".encode("utf-16-le"))
        parts += record(0x3C, b"\1" + "画室".encode("utf-16-le"))
        assert whole in stream
        return stream.replace(whole, parts)

    assert rows_of(old_workbook(HEADER, [Formula("晨曦画室")], mangle=split)) == [["晨曦画室", ""]]


def test_packed_numbers_are_unpacked():
    def pack(stream):
        whole = record(0x27E, struct.pack("<HHHi", 1, 1, 0, (5 << 2) | 2))
        assert whole in stream
        numbers = [(1234 << 2) | 3, struct.unpack("<i", struct.pack("<d", 0.5)[4:])[0], -3 << 2 | 2]
        packed = b"".join(struct.pack("<Hi", 0, number) for number in numbers)
        return stream.replace(whole, record(0xBD, struct.pack("<HH", 1, 1) + packed + b"\3\0"))

    cells = rows_of(old_workbook(["机构名称", "a", "b", "c"], ["甲", 5], mangle=pack))

    assert cells == [["甲", "12.34", "0.5", "-3"]]


def test_the_dates_of_a_mac_are_four_years_apart():
    assert rows_of(old_workbook(HEADER, ["甲", date(2021, 3, 5)], since_1904=True)) == [
        ["甲", date(2021, 3, 5)]
    ]


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("yyyy-mm-dd", "day"), ('yyyy"年"m"月"d"日"', "day"), ("[$-804]yyyy\\年m\\月", "day"),
        ("m/d", "day"), ("d-mmm-yy", "day"), ("yyyy/m/d h:mm", "day"), ("[DBNum1]yyyy年", "day"),
        ("[Red]mmm", "day"), ("h:mm", "time"), ("mm:ss", "time"), ("[h]:mm:ss", "time"),
        ("General", ""), ("0.00", ""), ("#,##0_);[Red](#,##0)", ""), ("@", ""), ('"第"0"名d"', ""),
        ("0.00E+00", ""), ("[Red]0", ""), ("0;d", ""), ("\\d0", ""), ("", ""),
    ],
)  # fmt: skip
def test_a_format_says_whether_a_number_is_a_day(code, kind):
    found = "day" if formats.is_day(code) else "time" if formats.is_time(code) else ""

    assert found == kind


def test_a_number_that_is_no_day_stays_a_number():
    assert formats.day(20210305.0, since_1904=False) == "20210305"
    assert formats.day(1e300, since_1904=True) == spreadsheets.DestroyedNumber("1E+300")
    assert formats.day(59.0, since_1904=False) == date(1900, 2, 28)
    assert formats.day(61.0, since_1904=False) == date(1900, 3, 1)
    assert formats.clock_time(0.5) == "12:00"
    assert formats.clock_time(1.25) == "30:00"


def test_hidden_sheets_and_charts_are_not_seen():
    def chart(stream):
        name = text("图表", short=True)
        return stream.replace(b"\0" + name, b"\2" + name)

    content = old_workbook(
        ["说明"],
        sheets=[OldSheet("藏", [HEADER, ["x"]], hidden=True), OldSheet("一", [HEADER, ["甲"]]),
                OldSheet("图表", [HEADER, ["y"]])],
        mangle=chart,
    )  # fmt: skip

    assert [found.name for found in spreadsheets.glance(content).sheets] == ["台账", "一"]
    assert read(content).name == "一"


def test_a_chart_within_the_sheet_does_not_end_it():
    def embed(stream):
        last = stream.rindex(record(0xFD, struct.pack("<HHHI", 1, 0, 0, 2)))
        inner = record(0x809, struct.pack("<HHHHII", 0x600, 0x20, 0, 0, 0, 0))
        inner += record(0xFD, struct.pack("<HHHI", 1, 1, 0, 0)) + record(0x0A)
        return stream[:last] + inner + stream[last:]

    assert rows_of(old_workbook(HEADER, ["甲"], mangle=embed)) == [["甲", ""]]


def text_record(row, column, written, style=b"\0\0"):
    content = written.encode("gbk")
    return record(
        0x204, struct.pack("<HH", row, column) + style + struct.pack("<H", len(content)) + content
    )


def cells_of_1995(version):
    rows = [HEADER, ["甲", "一路３号"]]
    cells = b"".join(
        text_record(row, column, written)
        for row, line in enumerate(rows)
        for column, written in enumerate(line)
    )
    number = record(0x203, struct.pack("<HHHd", 1, 2, 0, 12.0))
    return record(0x809, struct.pack("<HH4x", version, 0x10)) + cells + number + record(0x0A)


def test_a_workbook_of_1995_is_read_in_its_code_page():
    head = record(0x809, struct.pack("<HH4x", 0x500, 5)) + record(0x42, struct.pack("<H", 936))
    name = "台账".encode("gbk")
    place = len(head) + 4 + 7 + len(name) + 4
    head += record(0x85, struct.pack("<IBBB", place, 0, 0, len(name)) + name) + record(0x0A)

    sheet = read(compound({"Book": head + cells_of_1995(0x500)}))

    assert (sheet.name, sheet.rows[0].cells) == ("台账", ["甲", "一路３号", "12"])


@pytest.mark.parametrize("version", [0, 0x500])
def test_bare_records_are_read(version):
    assert rows_of(cells_of_1995(version)) == [["甲", "一路３号", "12"]]


def test_the_oldest_records_of_all_are_read():
    def cell(row, column, written):
        content = written.encode("gbk")
        return record(4, struct.pack("<HH3xB", row, column, len(content)) + content)

    stream = record(9, struct.pack("<HH", 2, 0x10)) + cell(0, 0, "机构名称") + cell(1, 0, "甲")
    stream += record(3, struct.pack("<HH3xd", 1, 1, 2.5)) + record(
        2, struct.pack("<HH3xH", 1, 2, 7)
    )

    assert rows_of(stream + record(0x0A)) == [["甲", "2.5", "7"]]


def test_a_small_workbook_lies_in_small_sectors():
    content = old_workbook(HEADER, ["甲"])
    whole = spreadsheets.read(content, known=HEADER)

    assert whole == read(in_small_sectors())


def in_small_sectors():
    """The same workbook in a container that keeps short streams in sectors of 64 bytes."""
    kept = []
    old_workbook(HEADER, ["甲"], mangle=lambda stream: kept.append(stream) or stream)
    stream = kept[0].ljust(-(-len(kept[0]) // 64) * 64, b"\0")
    count = len(stream) // 64
    table = struct.pack(f"<{count}I", *range(1, count), 0xFFFFFFFE).ljust(512, b"\xff")
    content = bytearray(compound({"Workbook": stream + bytes(4096), "Minis": table}))
    place = content.index("Root Entry".encode("utf-16-le"))
    entry = content.index("Workbook".encode("utf-16-le"))
    minis = content.index("Minis".encode("utf-16-le"))
    content[place + 116 : place + 124] = content[entry + 116 : entry + 124]
    content[60:68] = content[minis + 116 : minis + 120] + struct.pack("<I", 1)
    content[entry + 116 : entry + 124] = struct.pack("<II", 0, len(kept[0]))
    return bytes(content)
