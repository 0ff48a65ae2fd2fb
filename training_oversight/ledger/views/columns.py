"""The columns that the ledger can show: those of the official ledger, in its order."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from sqlalchemy.orm import Session

from training_oversight.accounts.models import Officer
from training_oversight.ledger import table
from training_oversight.ledger.presenting import ItemRow
from training_oversight.ledger.table import LedgerColumn, Line
from training_oversight.ledger.views.filtering import LISTING
from training_oversight.texts import Text
from training_oversight.web import shown_columns
from training_oversight.web.components import Cell, Words
from training_oversight.web.shown_columns import ShownColumn

Shown = ShownColumn[Line, Officer]
# Columns whose cells say more than a value: the template draws them. Width, class, right.
DRAWN = {
    "number": ("w-96", "s-note", False),
    "institution": ("w-184", "s-title", False),
    "problem": ("", "s-wide", False),
    "limit": ("w-136", "s-hide", True),
    "overdue": ("w-120", "s-right", True),
    "state": ("w-104", "s-left", False),
    "step": ("w-120", "s-end", False),
}
# On the screen the limit says other limits, too, and the state what the office knows of it.
ON_SCREEN = {"limit": Text("Limit"), "state": Text("State")}
WIDTHS = {"type": "w-136", "measure": "w-300", "responsible": "w-184"}
# How late it is stands beside the limit that it is counted from.
BESIDE = {"overdue": "limit"}
# What the problem needs on the narrowest desk.
NARROWEST_PROBLEM = 200


def _own() -> list[Shown]:
    places = {one.name: 10 * number for number, one in enumerate(table.OFFICIAL)}
    made = [_column(one, places[BESIDE.get(one.name, one.name)]) for one in table.OFFICIAL]
    step: Shown = ShownColumn("step", Text("Next step · whose"), 1000, *DRAWN["step"])
    return [*made, step]


def _column(one: LedgerColumn, order: int) -> Shown:
    if one.name not in DRAWN:
        width = WIDTHS.get(one.name, "w-112")
        return ShownColumn(one.name, one.label, order, width, cell=_cell(one.value))
    width, css, right = DRAWN[one.name]
    label = ON_SCREEN.get(one.name, one.label)
    return ShownColumn(one.name, label, order + (one.name in BESIDE), width, css, right)


def _cell(value: Callable[[Line], object]) -> Callable[[Line], Cell]:
    def made(line: Line) -> Cell:
        words: Words = value(line)
        return Cell("" if words is None else words)

    return made


OWN = _own()


def offered(officer: Officer) -> list[Shown]:
    return shown_columns.offered(LISTING, OWN, officer)


def chosen(officer: Officer, asked: str) -> list[Shown]:
    return shown_columns.chosen(offered(officer), asked, DRAWN)


def is_wide(shown: Sequence[Shown]) -> bool:
    return shown_columns.is_wide(shown, NARROWEST_PROBLEM)


def asks_more(shown: Sequence[Shown]) -> bool:
    """Whether a column is on the page that the usual row does not read."""
    return any(column.name not in DRAWN for column in shown)


def cells(
    session: Session,
    shown: Sequence[Shown],
    rows: Sequence[ItemRow],
    officer: Officer,
    kinds: Mapping[str, str],
    today: date,
) -> Mapping[int, Mapping[str, Cell]]:
    lines = {row.item.id: Line(row.item, kinds, today) for row in rows}
    return shown_columns.cells(session, shown, lines, officer, today)
