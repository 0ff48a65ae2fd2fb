"""Taking a complaint in, accepting or declining it, and merging what is about one thing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import PurePath

from sqlalchemy.orm import Session

from training_oversight import audit, database, workflow
from training_oversight.accounts.models import Division, Officer
from training_oversight.accounts.permissions import Permission
from training_oversight.audit import EventType
from training_oversight.catalogue import numbers
from training_oversight.complaints.kinds import Channel, ComplaintKind, LimitBasis, Step
from training_oversight.complaints.models import Complaint, ComplaintContact
from training_oversight.complaints.service import codes, limits
from training_oversight.complaints.workflow import OPEN, ComplaintState, ComplaintVerb
from training_oversight.errors import BadInput, Blocked
from training_oversight.files import service as files
from training_oversight.files.service import CheckedFile
from training_oversight.registry.models import Institution
from training_oversight.texts import Text
from training_oversight.vault import screening, sealing
from training_oversight.workflow import authorise

SERIES = "complaint"
LOGGED = EventType.declare("complaint.logged", Text("Complaint taken in"), ["number", "channel"])
JOINED = EventType.declare(
    "complaint.joined", Text("Another reporter added to the order"), ["number"]
)
# What a reporter's file is called, with its number.
FILE = "材料"


@dataclass(frozen=True)
class Told:
    """What was told. Of the place either the record or a description, both where both are known."""

    channel: Channel
    kind: ComplaintKind
    words: str
    anonymous: bool
    division: Division
    authority_id: int
    institution: Institution | None = None
    place: str = ""
    latitude: float | None = None
    longitude: float | None = None
    violation_code: str | None = None
    happened: str = ""
    wanted: str = ""
    outside_number: str | None = None
    outside_due_on: date | None = None
    tracking_hash: str | None = None
    received_on: date | None = None


@dataclass(frozen=True)
class Reporter:
    """How the reporter can be reached; kept sealed, apart from what was told."""

    name: str = ""
    phone: str = ""
    reach: str = ""

    def __bool__(self) -> bool:
        return bool(self.name or self.phone or self.reach)


NOBODY = Reporter()


def log(
    session: Session,
    told: Told,
    reporter: Reporter = NOBODY,
    *,
    by: Officer,
    now: datetime,
    today: date,
    kept: Sequence[CheckedFile] = (),
) -> Complaint:
    """Make an order of what was told. What came without a person of the county, the system logs.

    Raises ``BadInput`` for an outside order that is here already, and for a day ahead.
    """
    complaint = _of(told, reporter, by=by, now=now, today=today)
    authorise(by, complaint, Permission.LOG_COMPLAINT)
    _check(complaint, told, today=today)
    complaint.serial = numbers.take(
        session, authority_id=complaint.authority_id, series=SERIES, year=complaint.year
    )
    complaint.tracking_code = codes.fresh(session)
    start = complaint.received_on
    limits.run(session, complaint, Step.ACCEPT, from_day=start, by=by)
    if told.outside_due_on is not None:
        limits.fix(
            complaint,
            Step.ANSWER,
            told.outside_due_on,
            from_day=start,
            basis=LimitBasis.ORDER,
            source=told.outside_number or "",
            by=by,
        )
    limits.owe(complaint, Step.ACCEPT)
    audit.created(
        session, complaint, LOGGED, by=by, number=complaint.number, channel=complaint.channel.value
    )
    if reporter:
        _keep(session, complaint, reporter)
    files.attach(session, complaint, [_nameless(n, one) for n, one in enumerate(kept, 1)], by=by)
    return complaint


def _keep(session: Session, complaint: Complaint, reporter: Reporter) -> None:
    session.add(
        ComplaintContact(
            complaint_id=complaint.id,
            name=reporter.name or None,
            phone=reporter.phone or None,
            phone_mark=sealing.mark(reporter.phone) if reporter.phone else None,
            reach=reporter.reach or None,
        )
    )
    session.flush()


def _nameless(number: int, one: CheckedFile) -> CheckedFile:
    """A file's name can name its sender: it is kept under a number."""
    return replace(one, name=f"{FILE}{number}{PurePath(one.name).suffix.lower()}")


def _of(told: Told, reporter: Reporter, *, by: Officer, now: datetime, today: date) -> Complaint:
    place = told.institution.division if told.institution else told.division
    return Complaint(
        authority_id=told.authority_id,
        division_id=place.id,
        division_path=place.path,
        year=today.year,
        channel=told.channel,
        kind=told.kind,
        anonymous=told.anonymous,
        reachable=bool(reporter.phone or reporter.reach),
        institution=told.institution,
        place=screening.without_contacts(told.place, (reporter.name, reporter.phone)),
        latitude=told.latitude,
        longitude=told.longitude,
        violation_code=told.violation_code,
        words=told.words,
        happened=told.happened,
        wanted=told.wanted,
        outside_number=told.outside_number,
        tracking_hash=told.tracking_hash,
        received_at=now,
        received_on=told.received_on or today,
        received_by_id=by.id,
        state=ComplaintState.RECEIVED,
        limits=[],
    )


def _check(complaint: Complaint, told: Told, *, today: date) -> None:
    if complaint.institution is None and not complaint.place:
        sentence = Text("Choose the institution, or describe the place.")
        raise BadInput(sentence, {"place": sentence})
    if complaint.received_on > today:
        sentence = Text("The day on which it came cannot lie ahead.")
        raise BadInput(sentence, {"received_on": sentence})
    due = told.outside_due_on
    if due is not None and due < complaint.received_on:
        sentence = Text("The order's own limit lies before the day on which it came.")
        raise BadInput(sentence, {"outside_due_on": sentence})


def accept(
    session: Session, complaint: Complaint, *, by: Officer, today: date, version: int | None = None
) -> None:
    """The county takes it up; from now it owes an answer."""
    with workflow.moving(session, complaint, ComplaintVerb.ACCEPT, by=by, version=version):
        complaint.accepted_on = today
        if limits.in_force(complaint, Step.ANSWER) is None:
            limits.run(session, complaint, Step.ANSWER, from_day=today, by=by)
        limits.owe(complaint, Step.ANSWER)


def decline(
    session: Session,
    complaint: Complaint,
    *,
    reason: str,
    by: Officer,
    today: date,
    version: int | None = None,
) -> None:
    """Not for this county or this office; ``reason`` says where the reporter can turn."""
    with workflow.moving(
        session, complaint, ComplaintVerb.DECLINE, by=by, note=reason, version=version
    ):
        complaint.declined_on = today
        limits.owe(complaint, None)


def merge(
    session: Session,
    complaint: Complaint,
    into: Complaint,
    *,
    by: Officer,
    version: int | None = None,
) -> None:
    """Put it into another order about the same thing. The reporter keeps code and call-back."""
    # In the order of their keys, so that two who merge at once do not wait for each other.
    for one in sorted((complaint, into), key=lambda each: each.id):
        database.locked(session, one)
    authorise(by, into, Permission.ASSIGN_COMPLAINT)
    if into.id == complaint.id or into.authority_id != complaint.authority_id:
        sentence = Text("Choose another order of this county.")
        raise BadInput(sentence, {"into": sentence})
    if into.state not in OPEN:
        raise Blocked(
            Text("%(number)s is answered or has ended; nothing goes into it.", number=into.number)
        )
    if complaint.merged:
        raise Blocked(Text("Others were merged into this order; merge the other one into it."))
    with workflow.moving(
        session,
        complaint,
        ComplaintVerb.MERGE,
        by=by,
        version=version,
        into=into.number,
    ):
        complaint.merged_into = into
        limits.owe(complaint, None)
    audit.record(session, into, JOINED, by=by, number=complaint.number)
