"""What waits for an officer, in order of urgency, and what should wait for nobody."""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from training_oversight import law
from training_oversight.accounts.asking import AnyOfficer, named
from training_oversight.accounts.models import Officer
from training_oversight.accounts.permissions import Permission
from training_oversight.catalogue import queries as catalogue
from training_oversight.catalogue.models import Limit
from training_oversight.desk.sources import SOURCES, Source, day_of, sources_of
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
class Line:
    """One step that waits, and the address of that very step."""

    source: Source
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


def worklist(session: Session, officer: Officer, *, today: date) -> list[Line]:
    """Everything that waits for the officer, most urgent first: one query a source."""
    found = [
        line
        for source in sources_of(officer)
        for line in _lines(session, source, officer, today=today)
    ]
    return sorted(found, key=lambda line: (line.due_on or date.max, line.source.name, line.key))


def _lines(session: Session, source: Source, officer: Officer, *, today: date) -> Iterator[Line]:
    statement = source.statement(officer).limit(MOST_LINES)
    rows = session.execute(statement.order_by(*_oldest_first(statement))).all()
    if not rows:
        return
    kinds = catalogue.kind_labels(session, authority_id=officer.authority_id, today=today)
    deadline = _Deadline(session, source, officer, today=today)
    for row in rows:
        kind = kinds.get(row.kind_code, "") if row.kind_code else ""
        yield Line(
            source=source,
            key=row.key,
            title=row.title,
            note=row.note,
            institution=row.institution,
            place=tuple(part for part in (kind, row.division) if part),
            due_on=deadline.of(row),
        )


def _oldest_first(statement: sa.Select[Any]) -> Sequence[sa.ColumnElement[Any]]:
    named = statement.selected_columns
    return [sa.func.coalesce(named.due_on, named.since), named.key]


class _Deadline:
    """The record's own deadline, or one counted from when the waiting began."""

    def __init__(self, session: Session, source: Source, officer: Officer, *, today: date) -> None:
        self.period: law.Period | None = source.period
        if source.limit is not None:
            found = catalogue.entries(
                session, Limit, authority_id=officer.authority_id, today=today
            )
            self.period = next((e.period for e in found if e.code == source.limit), None)
        if self.period is not None:
            self.calendar = catalogue.working_calendar(session)

    def of(self, row: sa.Row[Any]) -> date | None:
        own, since = day_of(row.due_on), day_of(row.since)
        if own is not None or since is None or self.period is None:
            return own
        return self.period.last_day(since, self.calendar)


def counts(session: Session, officer: Officer, _today: date) -> dict[str, int]:
    """How many steps wait for the officer, by page of the navigation: one query in all."""
    found: Counter[str] = Counter()
    for area, count in session.execute(_counting(officer.permissions), named(officer)):
        found[area] += count
    return dict(found)


@functools.cache
def _counting(permissions: frozenset[Permission]) -> sa.Executable:
    """The counts of all steps that these permissions allow; the same for every officer.

    Built once: every page asks it, and putting it together takes longer than asking.
    """
    everybody = AnyOfficer()
    counted = [
        sa.select(
            sa.literal(source.area).label("area"),
            sa.select(sa.func.count())
            .select_from(source.statement(everybody).order_by(None).subquery())
            .scalar_subquery()
            .label("waiting"),
        )
        for source in SOURCES
        if source.permission in permissions
    ]
    nothing = sa.select(sa.literal(""), sa.literal(0)).where(sa.false())
    return sa.union_all(*counted) if counted else nothing
