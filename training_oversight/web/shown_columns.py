"""The columns that a list can show, and which of them it shows now."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from sqlalchemy.orm import Session

from training_oversight.texts import Text
from training_oversight.web.components import Cell
from training_oversight.web.contributions import Who, contributions
from training_oversight.web.listings import Column

Row = TypeVar("Row")
# The list beside the navigation on the narrowest desk.
NARROWEST_PAGE = 984


@dataclass(frozen=True)
class ShownColumn(Generic[Row, Who]):
    """A column as the head and the cells of the table need it."""

    name: str
    label: Text
    order: int
    width: str = "w-112"
    # Class of its cells, which says where it stands in a stacked row on a phone.
    css: str = ""
    right: bool = False
    # Name of the order that its head offers.
    sort: str = ""
    # Nothing where the list's own template draws the cell, or an upper area tells it.
    cell: Callable[[Row], Cell] | None = None
    source: Column[Who] | None = None


def offered(
    listing: str,
    own: Iterable[ShownColumn[Row, Who]],
    officer: Who,
    sorts: Mapping[str, str] | None = None,
) -> list[ShownColumn[Row, Who]]:
    """Every column that this officer may have, in the county's order.

    ``sorts`` names the orders that columns of upper areas offer.
    """
    from_above: list[ShownColumn[Row, Who]] = [
        ShownColumn(
            *(one.name, one.label, one.order, one.width),
            right=one.right,
            sort=(sorts or {}).get(one.name, ""),
            source=one,
        )
        for one in contributions().columns_of(listing, officer)
    ]
    return sorted([*own, *from_above], key=lambda column: column.order)


def chosen(
    known: Sequence[ShownColumn[Row, Who]], asked: str, usual: Collection[str]
) -> list[ShownColumn[Row, Who]]:
    """The columns that an address asks for; the first always, the usual ones for none."""
    wanted = {name for name in asked.split(",") if name}
    names = wanted & {column.name for column in known} or set(usual)
    return [column for column in known if column.name in names or column is known[0]]


def is_wide(shown: Iterable[ShownColumn[Row, Who]], narrowest: int) -> bool:
    """Whether what has no width of its own would be squeezed below ``narrowest``, so that the
    table rather scrolls sideways."""
    taken = sum(int(column.width.removeprefix("w-")) for column in shown if column.width)
    return taken + narrowest > NARROWEST_PAGE


def cells(
    session: Session,
    shown: Iterable[ShownColumn[Row, Who]],
    rows: Mapping[int, Row],
    officer: Who,
    today: date,
) -> dict[int, dict[str, Cell]]:
    """Key of a record -> name of a column -> its cell, but for what the template draws."""
    keys = list(rows)
    found: dict[int, dict[str, Cell]] = {key: {} for key in keys}
    for column in shown:
        told = column.source.cells(session, officer, keys, today) if column.source and keys else {}
        for key, row in rows.items():
            if column.cell:
                found[key][column.name] = column.cell(row)
            elif column.source:
                found[key][column.name] = told.get(key, Cell())
    return found
