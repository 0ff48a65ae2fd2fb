"""Workbooks of 1997, .xls, written byte by byte: as much of the format as a county's list has."""

from __future__ import annotations

import struct
from dataclasses import dataclass, field
from datetime import date

SECTOR = 512
FREE, END, FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
# Built-in number formats, and one of a Chinese Excel.
GENERAL, DAY, CHINESE_DAY, ELEVEN_ZEROS = 0, 14, 164, 165
# Styles by their number: as nothing, two kinds of days, eleven zeros, struck out.
ZEROS, STRUCK = 3, 4
ERRORS = {"#NULL!": 0x00, "#DIV/0!": 0x07, "#VALUE!": 0x0F, "#REF!": 0x17, "#NAME?": 0x1D,
          "#NUM!": 0x24, "#N/A": 0x2A}  # fmt: skip


@dataclass(frozen=True)
class Formula:
    """``result`` is a number, a text, a truth or one of the errors."""

    result: object


@dataclass(frozen=True)
class Error:
    shown: str


@dataclass(frozen=True)
class Styled:
    """A number or a text in one of the styles."""

    value: object
    style: int


@dataclass
class OldSheet:
    name: str
    rows: list[list[object]]
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden: bool = False
    hidden_rows: tuple[int, ...] = ()
    hidden_columns: tuple[int, ...] = ()


def old_workbook(
    *rows, sheets=(), merges=(), since_1904=False, locked=False, mangle=None, **unseen
):
    """``mangle`` may change the stream of records before it is packed."""
    listed = [OldSheet("台账", list(rows), list(merges), **unseen), *sheets]
    stream = _records(listed, since_1904=since_1904, locked=locked)
    return compound({"Workbook": mangle(stream) if mangle else stream})


def record(kind, content=b""):
    return struct.pack("<HH", kind, len(content)) + content


def text(value, *, short=False):
    """Length, width of the signs, signs."""
    wide = any(ord(sign) > 255 for sign in value)
    units = value.encode("utf-16-le") if wide else value.encode("latin-1")
    count = len(units) // 2 if wide else len(units)
    return struct.pack("<BB" if short else "<HB", count, wide) + units


def _records(sheets, *, since_1904, locked):
    texts = list(dict.fromkeys(
        cell
        for sheet in sheets
        for row in sheet.rows
        for cell in map(_plain, row)
        if isinstance(cell, str)
    ))  # fmt: skip
    bodies = [_sheet(sheet, texts, since_1904) for sheet in sheets]
    head = record(0x809, struct.pack("<HHHHII", 0x600, 0x005, 0x0DBB, 0x07CC, 0, 6))
    if locked:
        head += record(0x2F, struct.pack("<HHH", 1, 1, 1) + b"\x5a" * 48)
    head += record(0x42, struct.pack("<H", 1200)) + record(0x22, struct.pack("<H", since_1904))
    head += record(0x41E, struct.pack("<H", CHINESE_DAY) + text('yyyy"年"m"月"d"日"'))
    head += record(0x41E, struct.pack("<H", ELEVEN_ZEROS) + text("0" * 11))
    # The fonts are counted without a fourth one: the one that strikes out is called 5.
    head += record(0x31, struct.pack("<HH", 200, 0)) * 4 + record(0x31, struct.pack("<HH", 200, 8))
    for font, number_format in (
        *((0, GENERAL), (0, DAY), (0, CHINESE_DAY)),
        *((0, ELEVEN_ZEROS), (5, GENERAL)),
    ):
        numbers = font, number_format, 0, 0, 0, 0, 0, 0, 0, 0
        head += record(0xE0, struct.pack("<HHHBBBBIIH", *numbers))
    shared = _shared_texts(texts)
    names = [text(sheet.name, short=True) for sheet in sheets]
    place = len(head) + sum(4 + 6 + len(name) for name in names) + len(shared) + 4
    for sheet, name, body in zip(sheets, names, bodies, strict=True):
        head += record(0x85, struct.pack("<IBB", place, sheet.hidden, 0) + name)
        place += len(body)
    return head + shared + record(0x0A) + b"".join(bodies)


def _shared_texts(texts):
    """Split where a record is full: the rest of a text goes on in the next one."""
    content, done = struct.pack("<II", len(texts), len(texts)), b""
    kind = 0xFC
    for value in texts:
        wide = any(ord(sign) > 255 for sign in value)
        units = value.encode("utf-16-le" if wide else "latin-1")
        step = 2 if wide else 1
        if len(content) + 8 > 8224:
            done, content, kind = done + record(kind, content), b"", 0x3C
        content += struct.pack("<HB", len(units) // step, wide)
        while len(content) + len(units) > 8224:
            room = (8224 - len(content)) // step * step
            done += record(kind, content + units[:room])
            content, units, kind = bytes([wide]), units[room:], 0x3C
        content += units
    return done + record(kind, content)


def _sheet(sheet, texts, since_1904):
    body = record(0x809, struct.pack("<HHHHII", 0x600, 0x010, 0x0DBB, 0x07CC, 0, 6))
    for column in sheet.hidden_columns:
        body += record(0x7D, struct.pack("<HHHHHH", column - 1, column - 1, 2048, 0, 1, 0))
    for row in sheet.hidden_rows:
        body += record(0x208, struct.pack("<HHHHHHHH", row - 1, 0, 9, 255, 0, 0, 0x20, 0))
    for row, cells in enumerate(sheet.rows):
        for column, cell in enumerate(cells):
            body += _cell(row, column, cell, texts, since_1904)
    for start in range(0, len(sheet.merges), 1000):
        part = sheet.merges[start : start + 1000]
        ranges = b"".join(
            struct.pack("<HHHH", top - 1, bottom - 1, left - 1, right - 1)
            for top, left, bottom, right in part
        )
        body += record(0xE5, struct.pack("<H", len(part)) + ranges)
    return body + record(0x0A)


def _plain(cell):
    return cell.value if isinstance(cell, Styled) else cell


def _cell(row, column, cell, texts, since_1904):
    usual = cell.style if isinstance(cell, Styled) else 0

    def at(style=0):
        return struct.pack("<HHH", row, column, style or usual)

    match cell := _plain(cell):
        case None:
            return b""
        case bool():
            return record(0x205, at() + struct.pack("<BB", cell, 0))
        case int() if -(1 << 29) <= cell < 1 << 29:
            return record(0x27E, at() + struct.pack("<i", (cell << 2) | 2))
        case int() | float():
            return record(0x203, at() + struct.pack("<d", cell))
        case date():
            epoch = date(1904, 1, 1) if since_1904 else date(1899, 12, 30)
            return record(0x203, at(2) + struct.pack("<d", (cell - epoch).days))
        case Error():
            return record(0x205, at() + struct.pack("<BB", ERRORS[cell.shown], 1))
        case Formula():
            return _formula(at(), cell.result)
        case _:
            return record(0xFD, at() + struct.pack("<I", texts.index(cell)))


def _formula(at, result):
    after = b""
    match result:
        case bool():
            value = struct.pack("<BBBBHH", 1, 0, result, 0, 0, 0xFFFF)
        case Error():
            value = struct.pack("<BBBBHH", 2, 0, ERRORS[result.shown], 0, 0, 0xFFFF)
        case str():
            value = struct.pack("<BBBBHH", 0 if result else 3, 0, 0, 0, 0, 0xFFFF)
            after = record(0x207, text(result)) if result else b""
        case _:
            value = struct.pack("<d", result)
    # The formula itself: the number 1.
    code = b"\x1e\x01\x00"
    return record(0x06, at + value + struct.pack("<HIH", 0, 0, len(code)) + code) + after


def compound(streams):
    """The streams in the container that all old documents share; each long enough for sectors."""
    padded = {name: content.ljust(4096, b"\0") for name, content in streams.items()}
    counts = [-(-len(content) // SECTOR) for content in padded.values()]
    directory = -(-(len(padded) + 1) // 4)
    used = directory + sum(counts)
    tables = 1
    while (used + tables) * 4 > tables * SECTOR:
        tables += 1
    chains = [FAT] * tables + _chain(tables, directory)
    entries = [_entry("Root Entry", 5, END, 0, child=1)]
    for place, (name, content) in enumerate(padded.items(), start=1):
        start = len(chains)
        right = place + 1 if place < len(padded) else FREE
        entries.append(_entry(name, 2, start, max(len(streams[name]), 4096), right=right))
        chains += _chain(start, counts[place - 1])
        assert len(content) >= len(streams[name])
    entries += [bytes(64) + struct.pack("<HBBIII", 0, 0, 0, FREE, FREE, FREE) + bytes(48)] * (
        directory * 4 - len(entries)
    )
    allocation = chains + [FREE] * (tables * SECTOR // 4 - len(chains))
    header = struct.pack(
        "<8s16sHHHHH6xIIIIIIIII",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", bytes(16), 0x3E, 3, 0xFFFE, 9, 6,
        0, tables, tables, 0, 4096, END, 0, END, 0,
    )  # fmt: skip
    header += b"".join(struct.pack("<I", n if n < tables else FREE) for n in range(109))
    body = struct.pack(f"<{len(allocation)}I", *allocation) + b"".join(entries)
    sectors = (
        content.ljust(-(-len(content) // SECTOR) * SECTOR, b"\0") for content in padded.values()
    )
    return header + body + b"".join(sectors)


def _chain(start, count):
    return [*range(start + 1, start + count), END]


def _entry(name, kind, start, size, *, child=FREE, right=FREE):
    units = name.encode("utf-16-le") + b"\0\0"
    return (
        units.ljust(64, b"\0")
        + struct.pack("<HBBIII", len(units), kind, 1, FREE, right, child)
        + bytes(36)
        + struct.pack("<IQ", start, size)
    )
