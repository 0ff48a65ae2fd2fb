"""Reading a table that somebody else made.

The content decides, not the name; the header is looked for under titles and
units; every row keeps the number that it has on the sender's screen.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from training_oversight.errors import BadInput
from training_oversight.law.wording import Joined
from training_oversight.spreadsheets import files, kinds
from training_oversight.spreadsheets.grids import Book, Grid, Line
from training_oversight.spreadsheets.headers import DEEPEST, HEADER_WITHIN, Header, Top
from training_oversight.spreadsheets.limits import MAX_BYTES, MAX_ROWS, Limits
from training_oversight.spreadsheets.spellings import Spellings
from training_oversight.spreadsheets.tables import Row, Table, surveyed
from training_oversight.texts import Text

# So much of the top of a sheet is looked at, and shown to whoever has to say which row it is.
TOP = HEADER_WITHIN + DEEPEST
EXAMPLES = 3


class NoHeader(BadInput):
    """No row names columns that are known; somebody may say which row is the header."""


@dataclass(frozen=True)
class Found:
    """A visible sheet of a file. ``top`` is its first rows, as they are."""

    name: str
    rows: int
    columns: int
    # The row that will be taken for the header; none where no name of a column is known.
    header_row: int | None
    is_recognised: bool
    top: list[Row]


@dataclass(frozen=True)
class Glance:
    """A file as somebody looks at it who has to say what is to be read.

    ``table`` is missing where there is ``trouble`` with the sheet that was chosen.
    """

    sheets: list[Found]
    chosen: Found
    table: Table | None
    trouble: BadInput | None = None


@dataclass(frozen=True)
class Sheet:
    """A table with all of its rows, for those that are small."""

    header: list[str]
    rows: list[Row]
    unknown: list[str] = field(default_factory=list)
    name: str = ""
    unread: list[str] = field(default_factory=list)
    written: list[str] = field(default_factory=list)
    header_row: int = 1
    left_out: list[tuple[int, Text]] = field(default_factory=list)
    said: list[Text] = field(default_factory=list)


def open_table(
    source: bytes | str | Path,
    filename: str = "",
    known: Collection[str] = (),
    *,
    sheet: str | None = None,
    header_row: int | None = None,
    max_rows: int = MAX_ROWS,
    max_bytes: int = MAX_BYTES,
) -> Table:
    """The first table whose header has ``known`` spellings, or the one that was chosen.

    ``header_row`` says which row the header is, whatever stands in it.
    """
    spellings, limits = Spellings(known), Limits(max_rows, max_bytes)
    book = _book(source, filename, spellings, limits)
    if sheet is not None and sheet not in book.names:
        raise BadInput(Text("The file has no sheet called %(name)s.", name=sheet))
    names = book.names if sheet is None else [sheet]
    grid, header, unread = _chosen(book, names, spellings, header_row)
    return surveyed(grid, header, spellings=spellings, limits=limits, unread=unread)


def read(
    source: bytes | str | Path,
    filename: str = "",
    *,
    known: Collection[str],
    sheet: str | None = None,
    header_row: int | None = None,
    max_rows: int = MAX_ROWS,
    max_bytes: int = MAX_BYTES,
) -> Sheet:
    """The same, all at once."""
    table = open_table(
        source,
        filename,
        known,
        sheet=sheet,
        header_row=header_row,
        max_rows=max_rows,
        max_bytes=max_bytes,
    )
    return Sheet(
        header=table.header,
        rows=list(table.rows()),
        unknown=table.unknown,
        name=table.name,
        unread=table.unread,
        written=table.written,
        header_row=table.header_row,
        left_out=table.left_out,
        said=table.said,
    )


def glance(
    source: bytes | str | Path,
    filename: str = "",
    known: Collection[str] = (),
    *,
    sheet: str | None = None,
    header_row: int | None = None,
    max_rows: int = MAX_ROWS,
    max_bytes: int = MAX_BYTES,
) -> Glance:
    """The sheets of a file and the table that ``open_table`` would find in it, opened once."""
    spellings, limits = Spellings(known), Limits(max_rows, max_bytes)
    book = _book(source, filename, spellings, limits)
    grids = {name: book.grid(name) for name in book.names}
    found = {name: _found(grid, spellings) for name, grid in grids.items()}
    names = [sheet] if sheet in grids else book.names
    recognised = [name for name in names if found[name].header_row is not None]
    certain = [name for name in recognised if found[name].is_recognised]
    chosen = (certain or recognised or names)[0]
    try:
        header = _header_of(grids[chosen], header_row, spellings)
        unread = [name for name, one in found.items() if one.is_recognised and name != chosen]
        table = surveyed(grids[chosen], header, spellings=spellings, limits=limits, unread=unread)
    except BadInput as trouble:
        return Glance(list(found.values()), found[chosen], None, trouble)
    return Glance(list(found.values()), found[chosen], table)


def _header_of(grid: Grid, row: int | None, spellings: Spellings) -> Header:
    if row is not None:
        return _header_at(grid, row, spellings)
    header = Top(list(islice(grid.lines(), TOP)), grid.merges).header(spellings)
    if header is None:
        raise _no_header(spellings)
    return header


def _book(source: bytes | str | Path, filename: str, spellings: Spellings, limits: Limits) -> Book:
    def recognised(lines: Sequence[Line]) -> int:
        header = Top(lines[:TOP]).header(spellings)
        return header.known if header else 0

    book = kinds.opened(files.source(source, filename, limits), recognised)
    if not book.names:
        raise BadInput(Text("The workbook has no sheet that can be seen."))
    return book


def _found(grid: Grid, spellings: Spellings) -> Found:
    lines = list(islice(grid.lines(), TOP))
    header = Top(lines, grid.merges).header(spellings)
    width = max(map(len, lines), default=0)
    top = [
        Row(number, cells + [""] * (width - len(cells)))
        for number, cells in enumerate(lines, start=1)
        if any(cells)
    ]
    return Found(
        name=grid.name,
        rows=grid.height,
        columns=grid.width,
        header_row=header.top if header else None,
        is_recognised=header is not None and header.is_certain,
        top=top,
    )


def _chosen(
    book: Book, names: Sequence[str], spellings: Spellings, header_row: int | None
) -> tuple[Grid, Header, list[str]]:
    """The sheet to be read, its header, and other sheets that have one."""
    certain: list[str] = []
    best: tuple[Grid, Header] | None = None
    for name in names:
        grid = book.grid(name)
        header = Top(list(islice(grid.lines(), TOP)), grid.merges).header(spellings)
        if header is not None and header.is_certain:
            certain.append(name)
        if header is not None and (best is None or (certain == [name] and header.is_certain)):
            best = grid, header
    if header_row is not None:
        grid = best[0] if best else book.grid(names[0])
        return (
            grid,
            _header_at(grid, header_row, spellings),
            [name for name in certain if name != grid.name],
        )
    if best is None:
        raise _no_header(spellings)
    return *best, [name for name in certain if name != best[0].name]


def _header_at(grid: Grid, row: int, spellings: Spellings) -> Header:
    top = Top(list(islice(grid.lines(), row + DEEPEST)), grid.merges)
    header = top.header_at(row, spellings) if 1 <= row <= top.height else None
    if header is None or not any(header.written):
        raise BadInput(
            Text("Row %(row)s is empty: choose the row that names the columns.", row=row)
        )
    return header


def _no_header(spellings: Spellings) -> NoHeader:
    if not spellings.listed:
        return NoHeader(Text("Say which row names the columns."))
    return NoHeader(
        Text(
            "No header was found in the first %(rows)s rows. One row must name the columns, "
            "for instance %(names)s.",
            rows=HEADER_WITHIN,
            names=Joined(spellings.listed[:EXAMPLES]),
        )
    )
