"""What waits for an officer, in order of urgency, and what should wait for nobody."""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property

import sqlalchemy as sa
from sqlalchemy.orm import Session

from training_oversight import clock, law
from training_oversight.accounts.models import Officer
from training_oversight.accounts.placeholders import AnyOfficer, named
from training_oversight.accounts.worklist import WaitingKind, every, kinds_of
from training_oversight.audit import answers
from training_oversight.catalogue import queries as catalogue
from training_oversight.catalogue.models import Limit
from training_oversight.texts import LabelledEnum, Text

# What one officer can look through; the title still says how many there are in all.
MOST_LINES = 300
SOON = timedelta(days=7)


class Urgency(LabelledEnum):
    OVERDUE = "overdue_group", Text("Overdue")
    TODAY = "today_group", Text("Due today")
    SOON = "soon_group", Text("Due within 7 days")
    LATER = "later_group", Text("Later")


@dataclass(frozen=True)
class WaitingStep:
    """One step that waits, and the address of that very step."""

    source: WaitingKind
    key: int
    title: str
    note: str
    institution: str | None
    place: tuple[str, ...]
    due_on: date | None

    def urgency(self, today: date) -> Urgency:
        if self.due_on is None or self.due_on > today + SOON:
            return Urgency.LATER
        if self.due_on < today:
            return Urgency.OVERDUE
        return Urgency.TODAY if self.due_on == today else Urgency.SOON


def worklist(session: Session, officer: Officer, *, today: date) -> list[WaitingStep]:
    """Everything that waits for the officer, most urgent first.

    One query a source that anything waits in, and one that tells which these are.
    """
    county = _County(session, officer.authority_id, today)
    waiting = _by_source(session, officer, today, anew=True)
    found = [
        line
        for source in kinds_of(officer)
        if waiting.get(source.name)
        for line in _lines(session, source, officer, county)
    ]
    return sorted(found, key=lambda line: (line.due_on or date.max, line.source.name, line.key))


@dataclass(frozen=True)
class _County:
    """What the lines need from the county's catalogue, read once, and only if a line needs it."""

    session: Session
    authority_id: int
    today: date

    @cached_property
    def kinds(self) -> Mapping[str, str]:
        return catalogue.kind_labels(self.session, authority_id=self.authority_id, today=self.today)

    @cached_property
    def limits(self) -> Mapping[str, law.Period]:
        found = catalogue.entries(
            self.session, Limit, authority_id=self.authority_id, today=self.today
        )
        return {one.code: one.period for one in found}

    @cached_property
    def calendar(self) -> law.WorkingCalendar:
        return catalogue.working_calendar(self.session, authority_id=self.authority_id)

    def due_on(self, source: WaitingKind, row: sa.Row[*tuple[object, ...]]) -> date | None:
        """The record's own deadline, or one counted from when the waiting began."""
        own, since = day_of(row.due_on), day_of(row.since)
        period = source.period if source.limit is None else self.limits.get(source.limit)
        if own is not None or since is None or period is None:
            return own
        return period.last_day(since, self.calendar)


def day_of(value: date | datetime | None) -> date | None:
    """The county's day of a value that is a day or an instant."""
    return clock.day_of(value) if isinstance(value, datetime) else value


def _lines(
    session: Session, source: WaitingKind, officer: Officer, county: _County
) -> Iterator[WaitingStep]:
    statement = source.statement(officer).limit(MOST_LINES)
    wanted = statement.order_by(*_oldest_first(statement))
    for row in session.execute(wanted, {"today": county.today}).all():
        kind = county.kinds.get(row.kind_code, "") if row.kind_code else ""
        yield WaitingStep(
            source=source,
            key=row.key,
            title=row.title,
            note=row.note,
            institution=row.institution,
            place=tuple(part for part in (kind, row.division) if part),
            due_on=county.due_on(source, row),
        )


def _oldest_first(statement: sa.Select[*tuple[object, ...]]) -> Sequence[sa.ColumnElement[object]]:
    named = statement.selected_columns
    return [sa.func.coalesce(named.due_on, named.since), named.key]


def counts(session: Session, officer: Officer, today: date) -> dict[str, int]:
    """How many steps wait for the officer, by page of the navigation: one query at most."""
    waiting = _by_source(session, officer, today)
    found: Counter[str] = Counter()
    for source in every():
        found[source.area] += waiting.get(source.name, 0)
    return {area: count for area, count in found.items() if count}


def _by_source(
    session: Session, officer: Officer, today: date, *, anew: bool = False
) -> dict[str, int]:
    permissions, asked = officer.permissions, named(officer, today)

    def counted() -> dict[str, int]:
        return dict(session.execute(_counting(tuple(kinds_of(officer))), asked).all())

    return answers.kept(session, ("desk", permissions, *asked.values()), counted, anew=anew)


@functools.cache
def _counting(kinds: tuple[WaitingKind, ...]) -> sa.Executable:
    """The counts of all these kinds of steps; the same for every officer who may do them.

    Built once: every page asks it, and putting it together takes longer than asking.
    """
    everybody = AnyOfficer()
    counted = [
        sa.select(
            sa.literal(source.name).label("name"),
            sa.select(sa.func.count())
            .select_from(source.statement(everybody).order_by(None).subquery())
            .scalar_subquery()
            .label("waiting"),
        )
        for source in kinds
    ]
    nothing = sa.select(sa.literal(""), sa.literal(0)).where(sa.false())
    return sa.union_all(*counted) if counted else nothing
