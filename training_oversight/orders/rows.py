"""One row of a centre's list as an order, or why it cannot be one. Pure: no tables, no session."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from training_oversight.accounts.models import Division
from training_oversight.complaints.kinds import ComplaintKind
from training_oversight.complaints.service import Reporter
from training_oversight.errors import BadInput
from training_oversight.intake.queries import Ground
from training_oversight.intake.words import folded
from training_oversight.orders import places
from training_oversight.orders.columns import BY_FIELD
from training_oversight.spreadsheets import Ditto, Row, Value, clean, clean_code, parse_date
from training_oversight.texts import Text
from training_oversight.vault.marking import MarkKind
from training_oversight.vault.screening import covered, marks

# 20261130001.0: what a program makes of a number that it takes for a figure.
FIGURE = re.compile(r"(\d+)\.0+")
KINDS = {
    "信访": ComplaintKind.PETITION,
    "举报": ComplaintKind.REPORT,
    "投诉": ComplaintKind.COMPLAINT,
    "求助": ComplaintKind.HELP,
    "咨询": ComplaintKind.INQUIRY,
    "建议": ComplaintKind.INQUIRY,
}
YES = frozenset({"是", "匿名", "保密", "需保密", "要求保密", "y", "yes", "true", "1", "√"})
# By which somebody can be reached; other numbers of a person are covered and kept nowhere.
REACHED_BY = (MarkKind.PHONE, MarkKind.MAIL, MarkKind.CHAT)
NO_PLACE = "工单未写明地点"
SHORTEST_NAME = 2


@dataclass(frozen=True)
class Order:
    """What a row says, without contacts in what others may read."""

    row: int
    number: str
    words: str
    kind: ComplaintKind
    anonymous: bool
    reporter: Reporter
    # The name of the institution as it is written, and the place in the words of the order.
    named: str
    place: str
    division: Division
    received_on: date | None
    due_on: date | None
    doubts: tuple[Text, ...] = ()


@dataclass(frozen=True)
class Refused:
    """A row of which no order is made. ``row`` is its number on the sender's screen."""

    row: int
    number: str
    why: Text


class _Cells:
    """The cells of a row by field."""

    def __init__(self, row: Row, columns: Mapping[str, int]) -> None:
        self._row, self._columns = row, columns
        self.doubts: list[Text] = []

    def cell(self, field: str) -> Value:
        place = self._columns.get(field)
        found = "" if place is None else self._row.cells[place]
        return found.above if isinstance(found, Ditto) and found.above else found

    def text(self, field: str) -> str:
        """What is not needed and cannot be read is doubted, and left empty."""
        try:
            return plain(clean(self.cell(field)))
        except BadInput as error:
            self.doubts.append(_of(field, error))
            return ""

    def needed(self, field: str, missing: Text) -> str:
        try:
            found = clean(self.cell(field))
        except BadInput as error:
            raise BadInput(_of(field, error)) from error
        if not found:
            raise BadInput(missing)
        return found

    def day(self, field: str) -> date | None:
        try:
            return parse_date(self.cell(field))
        except BadInput as error:
            raise BadInput(_of(field, error)) from error


def _of(field: str, error: BadInput) -> Text:
    return Text("%(column)s: %(reason)s", column=BY_FIELD[field].label, reason=error.text)


def plain(text: str) -> str:
    figure = FIGURE.fullmatch(text)
    return figure[1] if figure else text


def read(row: Row, columns: Mapping[str, int], ground: Ground) -> Order | Refused:
    cells, number = _Cells(row, columns), ""
    try:
        number = _number(cells)
        return _order(row.number, number, cells, ground)
    except BadInput as error:
        return Refused(row.number, number, error.text)


def _number(cells: _Cells) -> str:
    cells.needed("number", Text("The order has no number."))
    number = plain(clean_code(cells.cell("number")))
    if not number:
        raise BadInput(Text("The order has no number."))
    return number


def _order(row: int, number: str, cells: _Cells, ground: Ground) -> Order:
    said = cells.needed("words", Text("The order says nothing: its content is empty."))
    title = cells.text("title")
    words = said if not title or title in said else f"{title}\n{said}"
    name, phone = cells.text("name"), cells.text("phone")
    named, address = cells.text("institution"), cells.text("address")
    area = cells.text("division")
    division, understood = places.lies(area, address, ground)
    if not understood:
        cells.doubts.append(
            Text("“%(place)s” is no township of the county; it is kept without one.", place=area)
        )
    found = marks(words, [name])
    reach = dict.fromkeys(
        words[one.start : one.end] for one in found if one.kind in REACHED_BY
    )  # fmt: skip
    return Order(
        row=row,
        number=number,
        words=covered(words, found),
        kind=_kind(cells),
        anonymous=folded(cells.text("anonymous")) in YES or not name,
        reporter=Reporter(name, phone, "、".join(one for one in reach if one != phone)),
        named=named,
        place=_place(named, address, name) or NO_PLACE,
        division=division,
        received_on=cells.day("received_on"),
        due_on=cells.day("due_on"),
        doubts=tuple(cells.doubts),
    )


def _kind(cells: _Cells) -> ComplaintKind:
    said = cells.text("kind")
    for word, kind in KINDS.items():
        if word in said:
            return kind
    if said:
        cells.doubts.append(
            Text("“%(word)s” is no kind that is known: taken for a complaint.", word=said)
        )
    return ComplaintKind.COMPLAINT


def _place(named: str, address: str, name: str) -> str:
    """The words of the order about the place, in which no caller is named."""
    place = "，".join(one for one in dict.fromkeys((named, address)) if one)
    place = covered(place, marks(place))
    return place.replace(name, "****") if len(name) >= SHORTEST_NAME else place
