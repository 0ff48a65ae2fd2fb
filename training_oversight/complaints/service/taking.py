"""Taking a complaint in, accepting or declining it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import PurePath

import sqlalchemy as sa
from sqlalchemy.orm import Session, raiseload

from training_oversight import audit, workflow
from training_oversight.accounts.authorising import is_operator
from training_oversight.accounts.models import Division, Officer
from training_oversight.accounts.permissions import Permission
from training_oversight.audit import EventType
from training_oversight.catalogue import numbers
from training_oversight.catalogue import queries as catalogue
from training_oversight.complaints.kinds import Channel, ComplaintKind, LimitBasis, Step
from training_oversight.complaints.models import Complaint, ComplaintContact
from training_oversight.complaints.service import codes, limits
from training_oversight.complaints.workflow import ComplaintState, ComplaintVerb
from training_oversight.errors import BadInput
from training_oversight.files import service as files
from training_oversight.files.service import CheckedFile
from training_oversight.registry.models import Institution
from training_oversight.texts import Text
from training_oversight.vault import screening, sealing
from training_oversight.workflow import authorise

SERIES = "complaint"
LOGGED = EventType.declare("complaint.logged", Text("Complaint taken in"), ["number", "channel"])
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
    form_mark: str | None = None


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
    [complaint] = log_all(session, [(told, reporter)], by=by, now=now, today=today)
    files.attach(session, complaint, [_nameless(n, one) for n, one in enumerate(kept, 1)], by=by)
    return complaint


def log_all(
    session: Session,
    calls: Sequence[tuple[Told, Reporter]],
    *,
    by: Officer,
    now: datetime,
    today: date,
) -> list[Complaint]:
    """The same for what many have told one county, in a few statements however many."""
    made = [_of(told, reporter, by=by, now=now, today=today) for told, reporter in calls]
    if not made:
        return []
    for complaint, (told, _reporter) in zip(made, calls, strict=True):
        authorise(by, complaint, Permission.LOG_COMPLAINT)
        check(told, today=today)
    authority_id = made[0].authority_id
    approved = catalogue.approved_kinds(session, authority_id=authority_id, today=today)
    serials = numbers.take_many(
        session, len(made), authority_id=authority_id, series=SERIES, year=today.year
    )
    _check_new(session, made)
    codes_of = codes.fresh(session, len(made))
    counting = limits.Counting(session, authority_id)
    for complaint, (told, _reporter), serial, code in zip(
        made, calls, serials, codes_of, strict=True
    ):
        complaint.serial, complaint.tracking_code = serial, code
        complaint.needs_approval = complaint.kind in approved
        _give_limits(complaint, told, counting, by=by)
    facts = [{"number": one.number, "channel": one.channel.value} for one in made]
    audit.created_all(session, made, LOGGED, by=by, facts=facts)
    _keep(session, [(one, call[1]) for one, call in zip(made, calls, strict=True) if call[1]])
    return made


def _give_limits(
    complaint: Complaint, told: Told, counting: limits.Counting, *, by: Officer
) -> None:
    start = complaint.received_on
    counting.run(complaint, Step.ACCEPT, from_day=start, by=by)
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


def _check_new(session: Session, made: Sequence[Complaint]) -> None:
    """An outside order is here once; asked after the numbers were taken, nobody comes between."""
    wanted = [one.outside_number for one in made if one.outside_number]
    if not wanted:
        return
    here = session.scalars(
        sa.select(Complaint)
        .where(Complaint.authority_id == made[0].authority_id, Complaint.outside_number.in_(wanted))
        .options(raiseload("*"))
    ).first()
    if here is not None:
        sentence = Text(
            "Order %(outside)s is here already, as %(number)s.",
            outside=here.outside_number,
            number=here.number,
        )
        raise BadInput(sentence, {"outside_number": sentence})


def _keep(session: Session, contacts: Sequence[tuple[Complaint, Reporter]]) -> None:
    session.add_all(
        ComplaintContact(
            complaint_id=complaint.id,
            name=reporter.name or None,
            phone=reporter.phone or None,
            phone_mark=sealing.mark(reporter.phone) if reporter.phone else None,
            reach=reporter.reach or None,
        )
        for complaint, reporter in contacts
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
        form_mark=told.form_mark,
        received_at=now,
        received_on=told.received_on or today,
        # The system is nobody who took it in.
        received_by_id=None if is_operator(by) else by.id,
        state=ComplaintState.RECEIVED,
        limits=[],
    )


def check(told: Told, *, today: date) -> None:
    """Raises ``BadInput`` for what no order can be made of."""
    received = told.received_on or today
    if told.institution is None and not told.place:
        sentence = Text("Choose the institution, or describe the place.")
        raise BadInput(sentence, {"place": sentence})
    if received > today:
        sentence = Text("The day on which it came cannot lie ahead.")
        raise BadInput(sentence, {"received_on": sentence})
    due = told.outside_due_on
    if due is not None and due < received:
        sentence = Text("The order's own limit lies before the day on which it came.")
        raise BadInput(sentence, {"outside_due_on": sentence})


def accept(
    session: Session, complaint: Complaint, *, by: Officer, today: date, version: int | None = None
) -> None:
    """The county takes it up; from now it owes an answer."""
    with workflow.moving(session, complaint, ComplaintVerb.ACCEPT, by=by, version=version):
        if limits.own_answer(complaint) is None:
            limits.run(session, complaint, Step.ANSWER, from_day=today, by=by)
        limits.keep_the_earliest(session, [complaint], by=by)
        complaint.accepted_on = today
        limits.owe(complaint, Step.ANSWER)


def decline(
    session: Session,
    complaint: Complaint,
    *,
    reason: str,
    words: str = "",
    by: Officer,
    today: date,
    version: int | None = None,
) -> None:
    """Not for this county or this office; ``reason`` says where the reporter can turn, ``words``
    what they read of it themselves."""
    with workflow.moving(
        session, complaint, ComplaintVerb.DECLINE, by=by, note=reason, version=version
    ):
        complaint.declined_on, complaint.declined_words = today, words
        limits.owe(complaint, None)
