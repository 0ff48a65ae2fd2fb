"""Lists of complaints, and how many of each state."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload, load_only, raiseload

from training_oversight.accounts.models import Division, Officer, Scope
from training_oversight.audit import Event
from training_oversight.complaints.kinds import Channel, ComplaintKind
from training_oversight.complaints.models import Complaint
from training_oversight.complaints.queries.raising import raising
from training_oversight.complaints.queries.records import NUMBER, readable
from training_oversight.complaints.workflow import (
    OPEN,
    URGED,
    ComplaintState,
    ComplaintVerb,
)
from training_oversight.names import naming
from training_oversight.registry import queries as registry
from training_oversight.registry.models import Institution
from training_oversight.registry.queries import Search
from training_oversight.texts import LabelledEnum, Text

SOON = timedelta(days=3)
# A department has objected to it, whatever was decided.
OBJECTED = sa.exists().where(
    Event.subject_kind == Complaint.__tablename__,
    Event.subject_id == Complaint.id,
    Event.verb == ComplaintVerb.OBJECT.value,
)


class DueIn(LabelledEnum):
    """How an order stands to the day that it owes."""

    LATE = "late", Text("Overdue")
    SOON = "soon", Text("Due within three days")


@dataclass(frozen=True)
class ComplaintFilter:
    """What a list is asked for beside its tab; what is empty does not narrow it."""

    channel: Channel | None = None
    kind: ComplaintKind | None = None
    department_id: int | None = None
    township: Division | None = None
    # What no department has; the same as a department that is none.
    of_desk: bool = False
    due: DueIn | None = None
    mine: bool = False
    objected: bool = False
    raised: bool = False
    words: str = ""


def listed(
    session: Session, officer: Officer, wanted: ComplaintFilter, *, today: date
) -> sa.Select[Complaint]:
    """The complaints of a list, each with what its row shows. Nothing of the reporter is read."""
    return (
        sa.select(Complaint)
        .where(readable(officer), *_clauses(session, officer, wanted, today))
        .options(
            load_only(
                *(Complaint.year, Complaint.serial, Complaint.channel, Complaint.kind),
                *(Complaint.state, Complaint.place, Complaint.account, Complaint.due_on),
                *(Complaint.sort_due, Complaint.received_on, Complaint.outside_number),
                *(Complaint.institution_id, Complaint.department_id, Complaint.handler_id),
                *(Complaint.division_path, Complaint.assigned_by_id, Complaint.answered_by_id),
                *(Complaint.violation_code, Complaint.version, Complaint.merged_into_id),
                Complaint.needs_approval,
            ),
            joinedload(Complaint.institution).load_only(Institution.name),
            joinedload(Complaint.division).load_only(Division.name),
            joinedload(Complaint.department),
            joinedload(Complaint.handler),
            raiseload("*"),
        )
    )


def _clauses(
    session: Session, officer: Officer, wanted: ComplaintFilter, today: date
) -> list[sa.ColumnElement[bool]]:
    found: list[sa.ColumnElement[bool]] = []
    if wanted.channel is not None:
        found.append(Complaint.channel == wanted.channel)
    if wanted.kind is not None:
        found.append(Complaint.kind == wanted.kind)
    if wanted.department_id is not None:
        found.append(Complaint.department_id == wanted.department_id)
    if wanted.of_desk:
        found.append(Complaint.department_id.is_(None))
    if wanted.objected:
        found.append(OBJECTED)
    if wanted.raised:
        found.append(raising(session, officer.authority_id, today=today).clause)
    if wanted.township is not None:
        found.append(Scope(wanted.township.path).clause(Complaint.division_path))
    if wanted.mine:
        found.append(Complaint.handler_id == officer.id)
    if wanted.due is not None:
        found.append(_due(wanted.due, today))
    if wanted.words:
        found.append(_about(session, officer, wanted.words))
    return found


def _due(asked: DueIn, today: date) -> sa.ColumnElement[bool]:
    if asked is DueIn.LATE:
        return sa.and_(Complaint.state.in_(OPEN), Complaint.due_on < today)
    return sa.and_(
        Complaint.state.in_(OPEN), Complaint.due_on >= today, Complaint.due_on <= today + SOON
    )


def _about(session: Session, officer: Officer, words: str) -> sa.ColumnElement[bool]:
    """The order of this number, ours or the centre's, or those about a place of these words."""
    plain = naming.normalised(words)
    named = registry.belonging(session, Search.by(officer, words), Complaint.institution_id)
    said = [named, Complaint.place.contains(words, autoescape=True)]
    said.append(Complaint.outside_number == words)
    if number := NUMBER.fullmatch(plain):
        year, serial = map(int, number.groups())
        said.append(sa.and_(Complaint.year == year, Complaint.serial == serial))
    return sa.or_(*said)


def by_state(session: Session, complaints: sa.Select[Complaint]) -> dict[ComplaintState, int]:
    """How many of a selection are in each state, for the tabs."""
    narrowed = complaints.with_only_columns(Complaint.state, sa.func.count()).group_by(
        Complaint.state
    )
    return dict(session.execute(narrowed).all())


def late(session: Session, complaints: sa.Select[Complaint], today: date) -> int:
    """How many of a selection are past the day of the step that they owe."""
    return session.execute(
        complaints.where(_due(DueIn.LATE, today)).with_only_columns(sa.func.count())
    ).scalar_one()


def of_institution(
    session: Session, officer: Officer, institution_id: int, *, limit: int
) -> Sequence[Complaint]:
    """What was complained of a place, the newest first."""
    return session.scalars(
        sa.select(Complaint)
        .where(readable(officer), Complaint.institution_id == institution_id)
        .options(joinedload(Complaint.department))
        .order_by(Complaint.received_on.desc(), Complaint.id.desc())
        .limit(limit)
    ).all()


def count_of_institution(session: Session, officer: Officer, institution_id: int) -> int:
    return session.execute(
        sa.select(sa.func.count()).where(
            readable(officer), Complaint.institution_id == institution_id
        )
    ).scalar_one()


@dataclass(frozen=True)
class Bounced:
    """How often an order was urged and objected to."""

    urged: int = 0
    objected: int = 0


def bounced(session: Session, keys: Iterable[int]) -> dict[int, Bounced]:
    """By the key of the order; one query for a page."""
    rows = session.execute(
        sa.select(Event.subject_id, Event.verb, sa.func.count())
        .where(
            Event.subject_kind == Complaint.__tablename__,
            Event.subject_id.in_(list(keys)),
            Event.verb.in_([URGED, ComplaintVerb.OBJECT.value]),
        )
        .group_by(Event.subject_id, Event.verb)
    ).all()
    counts = {(key, verb): count for key, verb, count in rows}
    return {
        key: Bounced(counts.get((key, URGED), 0), counts.get((key, ComplaintVerb.OBJECT), 0))
        for key, _verb, _count in rows
    }
