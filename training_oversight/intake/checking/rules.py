"""What contradicts itself in an old ledger, row by row. Pure: no tables, no session."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from training_oversight.errors import BadInput
from training_oversight.intake.checking.columns import BY_FIELD
from training_oversight.intake.models import CheckKind
from training_oversight.law import identifiers
from training_oversight.names.naming import match_name
from training_oversight.spreadsheets import (
    Ditto,
    Row,
    Unusable,
    Value,
    clean,
    clean_code,
    parse_date,
    parse_period,
)
from training_oversight.texts import Text

# How ledgers say that an institution is gone, and that a problem is settled.
GONE = ("关停", "关闭", "停办", "注销", "吊销", "终止", "取缔")
SETTLED = ("已销号", "已整改", "整改到位", "整改完成", "已完成", "已办结")
NOT_YET = ("未", "拟", "不")
DAYS = ("licence_until", "closed_on", "notice_on", "due_on", "finished_on")


@dataclass(frozen=True)
class RowFault:
    """Something wrong with one row. ``row`` is its number on the sender's screen."""

    kind: CheckKind
    row: int
    name: str
    why: Text


class Reader:
    """A row by the fields of the rules; what cannot be read is noted, not raised."""

    def __init__(self, row: Row, places: Mapping[str, int]) -> None:
        self.number = row.number
        self.places = places
        self.cells = row.cells
        self.unreadable: list[Text] = []
        self.name = self.text("name")
        self.days = {field: self._day(field) for field in DAYS}

    def cell(self, field: str) -> Value:
        place = self.places.get(field)
        found = "" if place is None else self.cells[place]
        return found.above if isinstance(found, Ditto) and found.above else found

    def text(self, field: str) -> str:
        try:
            return clean(self.cell(field))
        except BadInput as error:
            self._note(field, error.text)
            return ""

    def code(self, field: str) -> str:
        """A code without spaces; "" where there is none or where it cannot be read."""
        if isinstance(self.cell(field), Unusable):
            return ""
        return clean_code(self.cell(field))

    def _day(self, field: str) -> date | None:
        cell = self.cell(field)
        try:
            if field != "licence_until":
                return parse_date(cell)
            term = parse_period(cell)
            return term.end if term else None
        except BadInput as error:
            self._note(field, error.text)
            return None

    def _note(self, field: str, why: Text) -> None:
        self.unreadable.append(
            Text("%(column)s: %(reason)s", column=BY_FIELD[field].label, reason=why)
        )


def findings(rows: Iterable[Row], places: Mapping[str, int], *, today: date) -> Iterator[RowFault]:
    """Everything that is wrong, in the order of the rows."""
    earlier = Earlier(places)
    for one in rows:
        row = Reader(one, places)
        for rule in RULES:
            yield from rule(row, today)
        yield from earlier.look(row)
        for why in row.unreadable:
            yield RowFault(CheckKind.UNREADABLE, row.number, row.name, why)


def _no_name(row: Reader, _today: date) -> Iterator[RowFault]:
    if not row.name and not row.unreadable:
        yield RowFault(CheckKind.NO_NAME, row.number, "", Text("The name is missing."))


def _codes(row: Reader, _today: date) -> Iterator[RowFault]:
    code = row.code("uscc")
    try:
        if code:
            identifiers.check_uscc(code)
    except BadInput as error:
        yield RowFault(CheckKind.BAD_CODE, row.number, row.name, error.text)
    for field in ("uscc", "licence_number"):
        cell = row.cell(field)
        if isinstance(cell, Unusable):
            try:
                clean(cell)
            except BadInput as error:
                yield RowFault(CheckKind.BAD_CODE, row.number, row.name, error.text)
    number = row.code("licence_number")
    if number:
        for doubt in identifiers.clean_licence_number(number).warnings:
            yield RowFault(CheckKind.BAD_CODE, row.number, row.name, doubt)


def _expired(row: Reader, today: date) -> Iterator[RowFault]:
    until = row.days["licence_until"]
    if until is not None and until < today and not _says(row.text("state"), GONE):
        yield RowFault(
            CheckKind.EXPIRED,
            row.number,
            row.name,
            Text("The licence ended on %(day)s, %(days)s days ago.", day=until,
                 days=(today - until).days),
        )  # fmt: skip


def _closed_without_day(row: Reader, _today: date) -> Iterator[RowFault]:
    gone = _says(row.text("state"), GONE)
    # In a ledger of problems 台账状态 says it as well.
    said = [row.text("progress"), row.text("state") if row.text("problem") else ""]
    settled = next((word for word in said if _says(word, SETTLED)), "")
    if gone and row.days["closed_on"] is None and not row.text("closed_on"):
        yield RowFault(
            CheckKind.NO_CLOSING_DAY,
            row.number,
            row.name,
            Text("It says “%(word)s” but not since what day.", word=row.text("state")),
        )
    if settled and row.days["finished_on"] is None and not row.text("finished_on"):
        yield RowFault(
            CheckKind.NO_CLOSING_DAY,
            row.number,
            row.name,
            Text("It says “%(word)s” but not on what day.", word=settled),
        )


def _deadline_first(row: Reader, _today: date) -> Iterator[RowFault]:
    notice, due = row.days["notice_on"], row.days["due_on"]
    if notice is not None and due is not None and due < notice:
        yield RowFault(
            CheckKind.DEADLINE_FIRST,
            row.number,
            row.name,
            Text("Due on %(due)s, but the notice is of %(notice)s.", due=due, notice=notice),
        )


Rule = Callable[[Reader, date], Iterator[RowFault]]
RULES: tuple[Rule, ...] = (_no_name, _codes, _expired, _closed_without_day, _deadline_first)


def _says(text: str, words: Iterable[str]) -> bool:
    """Whether the text says one of the words, and does not say that it is not so."""
    return any(word in text and not text[: text.index(word)].endswith(NOT_YET) for word in words)


class Earlier:
    """The rows above: one institution, or in a ledger of problems one problem, stands once."""

    def __init__(self, places: Mapping[str, int]) -> None:
        self.of_problems = "problem" in places
        self.seen: dict[Hashable, int] = {}

    def look(self, row: Reader) -> Iterator[RowFault]:
        for key, what in self._keys(row):
            before = self.seen.setdefault(key, row.number)
            if before != row.number:
                yield RowFault(
                    CheckKind.DUPLICATE,
                    row.number,
                    row.name,
                    Text("Row %(number)s has the same %(what)s.", number=before, what=what),
                )
                return

    def _keys(self, row: Reader) -> Iterator[tuple[Hashable, Text]]:
        if self.of_problems:
            if row.name and row.text("problem"):
                key = (match_name(row.name), match_name(row.text("problem")))
                yield key, Text("institution and problem")
            return
        for field, what in (
            ("uscc", Text("credit code")),
            ("licence_number", Text("licence number")),
        ):
            if row.code(field):
                yield (field, row.code(field).upper()), what
        if row.name:
            yield ("name", match_name(row.name), row.text("division_id")), Text("name")
