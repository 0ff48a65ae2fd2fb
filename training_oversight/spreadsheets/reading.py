"""Reading a table that somebody else made.

The content decides, not the name; the header is looked for under titles and
units; every row keeps the number that it has on the sender's screen.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from pathlib import Path, PurePath

from training_oversight.errors import BadInput, TooLarge
from training_oversight.law.wording import Listing
from training_oversight.spreadsheets import delimited, workbooks
from training_oversight.spreadsheets.cells import Value
from training_oversight.texts import Text

HEADER_WITHIN = 10
MAX_ROWS = 5_000
MEGABYTE = 1024 * 1024
MAX_BYTES = 10 * MEGABYTE
# Marks that forms put beside a column's name.
DECORATION = str.maketrans("", "", "*:★")
_NOTHING: list[Value] = [""]
REMARKS = ("(必填)", "(选填)", "(必填项)")


@dataclass(frozen=True)
class Row:
    """A row with something in it. ``number`` is the one at the edge of the sheet."""

    number: int
    cells: list[Value]


@dataclass(frozen=True)
class Sheet:
    """``header`` holds the known spelling where one was recognised, else what was written.

    Every row has one cell per column of the header.
    """

    header: list[str]
    rows: list[Row]
    unknown: list[str] = field(default_factory=list)
    name: str = ""
    # Other sheets of the workbook with such a header, which were not read.
    unread: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class _Header:
    place: int
    names: list[str]
    known: int


def read(
    source: bytes | str | Path,
    filename: str = "",
    *,
    known: Collection[str],
    max_rows: int = MAX_ROWS,
    max_bytes: int = MAX_BYTES,
) -> Sheet:
    """The first table whose header has one of the ``known`` spellings."""
    content = source if isinstance(source, bytes) else _load(Path(source), max_bytes)
    name = filename or ("" if isinstance(source, bytes) else Path(source).name)
    _check_size(len(content), max_bytes)
    spellings = {_folded(spelling): spelling for spelling in known}
    tables = [
        (title, rows, header)
        for title, rows in _tables(content, name, spellings)
        if (header := _find_header(rows, spellings)) is not None
    ]
    if not tables:
        raise _no_header(known)
    title, rows, header = tables[0]
    return _sheet(
        title,
        rows,
        header,
        spellings=spellings,
        max_rows=max_rows,
        unread=[other for other, _, _ in tables[1:]],
    )


def _load(path: Path, max_bytes: int) -> bytes:
    try:
        _check_size(path.stat().st_size, max_bytes)
        return path.read_bytes()
    except OSError as error:
        raise BadInput(Text("The file %(name)s cannot be read.", name=path.name)) from error


def _check_size(size: int, max_bytes: int) -> None:
    if size == 0:
        raise BadInput(Text("The file is empty."))
    if size > max_bytes:
        raise TooLarge(
            Text(
                "The file has %(size)s MB; at most %(limit)s MB can be read. Split it.",
                size=f"{size / MEGABYTE:.1f}",
                limit=f"{max_bytes / MEGABYTE:g}",
            )
        )


def _tables(
    content: bytes, name: str, spellings: dict[str, str]
) -> Iterable[tuple[str, list[list[Value]]]]:
    def recognised(rows: list[list[Value]]) -> int:
        header = _find_header(rows, spellings)
        return header.known if header else 0

    match PurePath(name.lower()).suffix:
        case ".xlsx" | ".xlsm":
            return workbooks.tables(content)
        case ".csv" | ".txt":
            return delimited.tables(content, recognised)
        case _:
            raise BadInput(
                Text("%(name)s is neither .xlsx nor .csv: save it as one of them.", name=name)
            )


def _find_header(rows: list[list[Value]], spellings: dict[str, str]) -> _Header | None:
    """The row with the most known spellings, the upper one if two have as many."""
    best = None
    for place, cells in enumerate(rows[:HEADER_WITHIN]):
        names = [spellings.get(_folded(str(cell)), _one_line(cell)) for cell in cells]
        count = sum(name in spellings.values() for name in names)
        if count > (best.known if best else 0):
            best = _Header(place, names, count)
    return best


def _sheet(
    title: str,
    rows: list[list[Value]],
    header: _Header,
    *,
    spellings: dict[str, str],
    max_rows: int,
    unread: list[str],
) -> Sheet:
    below = [
        Row(number, cells)
        for number, cells in enumerate(rows[header.place + 1 :], start=header.place + 2)
        # A header repeated for printing is no row.
        if any(cells) and cells != rows[header.place]
    ]
    if not below:
        raise BadInput(Text("There is a header, but not a single row under it."))
    if len(below) > max_rows:
        raise TooLarge(
            Text(
                "The table has %(count)s rows; at most %(limit)s can be taken at once. Split it.",
                count=len(below),
                limit=max_rows,
            )
        )
    width = max(_width(header.names), *(_width(row.cells) for row in below))
    names = (header.names + [""] * width)[:width]
    return Sheet(
        header=names,
        rows=[Row(row.number, (row.cells + _NOTHING * width)[:width]) for row in below],
        unknown=_unknown(names, below, set(spellings.values())),
        name=title,
        unread=unread,
    )


def _width(cells: Iterable[object]) -> int:
    return max((place for place, cell in enumerate(cells, start=1) if cell), default=0)


def _unknown(names: list[str], rows: list[Row], known: set[str]) -> list[str]:
    """Columns that nobody will read: by name, or by letter if they have data but no name."""
    unknown = [name for name in names if name and name not in known]
    unnamed = (place for place, name in enumerate(names) if not name)
    return unknown + [
        _letter(place)
        for place in unnamed
        if any(place < len(row.cells) and row.cells[place] for row in rows)
    ]


def _letter(place: int) -> str:
    """The letter over a column: A, B, … Z, AA."""
    letters = ""
    while place >= 0:
        place, letter = divmod(place, 26)
        letters, place = chr(ord("A") + letter) + letters, place - 1
    return letters


def _folded(spelling: str) -> str:
    plain = "".join(unicodedata.normalize("NFKC", spelling).split()).translate(DECORATION)
    for remark in REMARKS:
        plain = plain.removesuffix(remark)
    return plain.casefold()


def _one_line(cell: Value) -> str:
    return " ".join(str(cell).split())


def _no_header(known: Collection[str]) -> BadInput:
    return BadInput(
        Text(
            "No header was found in the first %(rows)s rows. One row must name the columns, "
            "for instance %(names)s.",
            rows=HEADER_WITHIN,
            names=Listing(list(known)[:3]),
        )
    )
