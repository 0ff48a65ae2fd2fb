"""Tables of LibreOffice and of the national formats' programs, .ods.

Rows and cells that are alike are written once with a count, which in few bytes can say anything:
what stands in a sheet is counted while it is read.
"""

from __future__ import annotations

import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

from training_oversight.spreadsheets import archives
from training_oversight.spreadsheets.cells import EPOCH_1904, Value
from training_oversight.spreadsheets.files import Source
from training_oversight.spreadsheets.grids import Grid, Line, Merge, Unseen
from training_oversight.spreadsheets.limits import Limits
from training_oversight.spreadsheets.open_cells import NAMES, OFFICE, TABLE, value_of

CONTENT, MANIFEST = "content.xml", "META-INF/manifest.xml"
LOCKED_PACKAGE, LOCKED_PART = "encrypted-package", b"encryption-data"
TEXT, STYLE = (f"{NAMES}{part}:1.0 " for part in ("text", "style"))
# What lies upon a cell or beside it and is none of its text.
ASIDE = frozenset({f"{OFFICE}annotation", f"{TABLE}shapes"})
DRAWN = f"{NAMES}drawing:1.0 "
FIRST_OF_1904 = EPOCH_1904.isoformat()
# Rows and columns that a filter or somebody has hidden.
HIDDEN = frozenset({"collapse", "filter"})
# A forged file may hide millions.
MOST_COLUMNS = 1 << 14
# More spaces in a row say nothing more.
MOST_SPACES = 100


@dataclass
class _Sheet:
    name: str
    is_hidden: bool
    # Rows with something in them: the number of the first, how many are alike, the cells.
    rows: list[tuple[int, int, Line]] = field(default_factory=list)
    merges: list[Merge] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    struck: Counter[int] = field(default_factory=Counter)
    height: int = 0
    width: int = 0
    filled: int = 0

    def lines(self) -> Iterator[Line]:
        at = 1
        for number, count, cells in self.rows:
            for _ in range(number - at):
                yield []
            for _ in range(count):
                yield list(cells)
            at = number + count


@dataclass(frozen=True)
class OpenDocument:
    sheets: dict[str, _Sheet]

    @property
    def names(self) -> list[str]:
        return list(self.sheets)

    def grid(self, name: str) -> Grid:
        sheet = self.sheets[name]
        unseen = Unseen(sheet.hidden_rows, sheet.hidden_columns, sheet.struck)
        return Grid(name, sheet.lines, sheet.height, sheet.width, sheet.merges, unseen)


def opened(source: Source) -> OpenDocument:
    with archives.opened(source) as archive:
        if _is_locked(archive):
            raise archives.locked()
        reader = _Reader(source.limits)
        for name, chunks in archives.parts(archive, source.limits):
            for chunk in chunks:
                if name == CONTENT:
                    reader.read(chunk)
        reader.read(b"", is_last=True)
    return OpenDocument({sheet.name: sheet for sheet in reader.sheets if not sheet.is_hidden})


def _is_locked(archive: zipfile.ZipFile) -> bool:
    names = archive.namelist()
    if MANIFEST not in names:
        return False
    return LOCKED_PACKAGE in names or LOCKED_PART in next(archives.chunks(archive, MANIFEST), b"")


class _Reader:
    """Takes the document as it is unpacked, and keeps what stands in it."""

    def __init__(self, limits: Limits) -> None:
        self.sheets: list[_Sheet] = []
        self._limits = limits
        self._parser = expat.ParserCreate(namespace_separator=" ")
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._characters
        self._parser.StartDoctypeDeclHandler = self._refuse
        self._style, self._hidden_styles, self._struck = "", set[str](), set[str]()
        self._is_since_1904 = False
        self._sheet: _Sheet | None = None
        # How deep in something that is no part of a cell's text.
        self._aside = 0
        self._row, self._alike, self._column, self._columns = 0, 1, 0, 0
        self._is_hidden = False
        self._cells: list[tuple[int, int, Value]] = []
        self._cell: dict[str, str] | None = None
        self._text: list[str] = []
        self._in_paragraph = 0

    def read(self, chunk: bytes, *, is_last: bool = False) -> None:
        try:
            self._parser.Parse(chunk, is_last)
        except (expat.ExpatError, ValueError, LookupError) as error:
            raise archives.damaged() from error

    def _refuse(self, *_: object) -> None:
        raise archives.damaged()

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if self._aside or name in ASIDE or name.startswith(DRAWN):
            self._aside += 1
        elif start := STARTS.get(name):
            start(self, attributes)

    def _end(self, name: str) -> None:
        if self._aside:
            self._aside -= 1
        elif end := ENDS.get(name):
            end(self)

    def _characters(self, text: str) -> None:
        if self._in_paragraph and not self._aside:
            self._text.append(text)

    def _start_style(self, attributes: dict[str, str]) -> None:
        self._style = attributes.get(f"{STYLE}name", "")

    def _start_look(self, attributes: dict[str, str]) -> None:
        if attributes.get(f"{TABLE}display") == "false":
            self._hidden_styles.add(self._style)

    def _start_letters(self, attributes: dict[str, str]) -> None:
        if attributes.get(f"{STYLE}text-line-through-style", "none") != "none":
            self._struck.add(self._style)

    def _start_count(self, attributes: dict[str, str]) -> None:
        """From when the days count."""
        self._is_since_1904 = attributes.get(f"{TABLE}date-value") == FIRST_OF_1904

    def _start_columns(self, attributes: dict[str, str]) -> None:
        count = _count(attributes, "number-columns-repeated")
        if self._sheet and attributes.get(f"{TABLE}visibility") in HIDDEN:
            last = min(self._columns + count, MOST_COLUMNS)
            self._sheet.hidden_columns.update(range(self._columns + 1, last + 1))
        self._columns += count

    def _start_table(self, attributes: dict[str, str]) -> None:
        if self._sheet is not None:  # a table within a cell
            self._aside = 1
            return
        is_hidden = attributes.get(f"{TABLE}style-name") in self._hidden_styles
        self._sheet = _Sheet(attributes.get(f"{TABLE}name", ""), is_hidden)
        self.sheets.append(self._sheet)
        self._limits.check_sheets(len(self.sheets))
        self._row = self._columns = 0

    def _end_table(self) -> None:
        self._sheet = None

    def _start_row(self, attributes: dict[str, str]) -> None:
        self._alike = _count(attributes, "number-rows-repeated")
        self._is_hidden = attributes.get(f"{TABLE}visibility") in HIDDEN
        self._column, self._cells = 0, []

    def _end_row(self) -> None:
        if self._sheet is not None and self._cells:
            self._keep(self._sheet)
        self._row += self._alike

    def _keep(self, sheet: _Sheet) -> None:
        width = max(column + alike for column, alike, _ in self._cells)
        sheet.height, sheet.width = self._row + self._alike, max(sheet.width, width)
        sheet.filled += self._alike * sum(alike for _, alike, _ in self._cells)
        self._limits.check_extent(sheet.height, sheet.width, sheet.filled)
        self._limits.check_whole(sum(each.height * each.width for each in self.sheets))
        line: Line = [""] * width
        for column, alike, value in self._cells:
            line[column : column + alike] = [value] * alike
        sheet.rows.append((self._row + 1, self._alike, line))
        if self._is_hidden:
            sheet.hidden_rows.update(range(self._row + 1, self._row + self._alike + 1))

    def _start_cell(self, attributes: dict[str, str]) -> None:
        self._cell, self._text = attributes, []

    def _end_cell(self) -> None:
        attributes, self._cell = self._cell or {}, None
        alike = _count(attributes, "number-columns-repeated")
        text = "".join(self._text).removeprefix("\n")
        if value := value_of(attributes, text, is_since_1904=self._is_since_1904):
            self._cells.append((self._column, alike, value))
            if self._sheet and attributes.get(f"{TABLE}style-name") in self._struck:
                self._sheet.struck[self._row + 1] += alike
        right = self._column + _count(attributes, "number-columns-spanned")
        bottom = self._row + _count(attributes, "number-rows-spanned")
        if self._sheet and (bottom > self._row + 1 or right > self._column + 1):
            self._sheet.merges.append(Merge(self._row + 1, self._column + 1, bottom, right))
        self._column += alike

    def _end_covered(self) -> None:
        """What lies under a merged cell is not seen."""
        attributes, self._cell = self._cell or {}, None
        self._column += _count(attributes, "number-columns-repeated")

    def _start_paragraph(self, _attributes: dict[str, str]) -> None:
        self._in_paragraph += 1
        self._text.append("\n")

    def _end_paragraph(self) -> None:
        self._in_paragraph -= 1

    def _spaces(self, attributes: dict[str, str]) -> None:
        self._characters(" " * min(int(attributes.get(f"{TEXT}c", "1")), MOST_SPACES))

    def _line_break(self, _attributes: dict[str, str]) -> None:
        self._characters("\n")


STARTS: dict[str, Callable[[_Reader, dict[str, str]], None]] = {
    f"{STYLE}style": _Reader._start_style,
    f"{STYLE}table-properties": _Reader._start_look,
    f"{STYLE}text-properties": _Reader._start_letters,
    f"{TABLE}null-date": _Reader._start_count,
    f"{TABLE}table-column": _Reader._start_columns,
    f"{TABLE}table": _Reader._start_table,
    f"{TABLE}table-row": _Reader._start_row,
    f"{TABLE}table-cell": _Reader._start_cell,
    f"{TABLE}covered-table-cell": _Reader._start_cell,
    f"{TEXT}p": _Reader._start_paragraph,
    f"{TEXT}s": _Reader._spaces,
    f"{TEXT}tab": _Reader._line_break,
    f"{TEXT}line-break": _Reader._line_break,
}
ENDS: dict[str, Callable[[_Reader], None]] = {
    f"{TABLE}table": _Reader._end_table,
    f"{TABLE}table-row": _Reader._end_row,
    f"{TABLE}table-cell": _Reader._end_cell,
    f"{TABLE}covered-table-cell": _Reader._end_covered,
    f"{TEXT}p": _Reader._end_paragraph,
}


def _count(attributes: dict[str, str], name: str) -> int:
    return max(int(attributes.get(f"{TABLE}{name}", "1")), 1)
