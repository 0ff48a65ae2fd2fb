"""Putting right what was typed of a call: a wrong place, kind or day, or the words themselves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from training_oversight import audit, database
from training_oversight.accounts.models import Division, Officer
from training_oversight.accounts.permissions import Permission
from training_oversight.audit import EventType
from training_oversight.catalogue import queries as catalogue
from training_oversight.complaints import queries
from training_oversight.complaints.kinds import ComplaintKind, LimitBasis, Step
from training_oversight.complaints.models import Complaint, ComplaintCorrection
from training_oversight.complaints.service import limits
from training_oversight.complaints.workflow import OPEN
from training_oversight.errors import BadInput, NotPermitted, WrongState
from training_oversight.places import Position
from training_oversight.registry.models import Institution
from training_oversight.texts import Text
from training_oversight.vault import screening
from training_oversight.workflow import authorise, in_scope

CORRECTED = EventType.declare("complaint.corrected", Text("Order put right"))
ONLY = Text(
    "Only the desk puts an order right; whoever took it in, as long as nobody has accepted it."
)


@dataclass(frozen=True)
class Right:
    """How it is right: the whole of it, what stays as it was included."""

    kind: ComplaintKind
    words: str
    division: Division
    institution: Institution | None = None
    place: str = ""
    position: Position | None = None
    violation_code: str | None = None
    happened: str = ""
    wanted: str = ""


def correct(
    session: Session,
    complaint: Complaint,
    right: Right,
    *,
    reason: str,
    by: Officer,
    today: date,
    version: int | None = None,
) -> None:
    """What stood there before stays readable: in the history, and the reporter's words beside
    those of now. An order of another kind has the limits of that kind."""
    authorise(by, complaint, Permission.ASSIGN_COMPLAINT, Permission.LOG_COMPLAINT)
    database.locked(session, complaint)
    database.seen(complaint, version)
    check_correctable(by, complaint)
    _check(right, by=by)
    before = {step: limits.code(complaint, step) for step in Step}
    with audit.editing(session, complaint, CORRECTED, by=by, note=reason):
        _keep_words(complaint, right, by=by, today=today)
        if complaint.kind is not right.kind:
            approved = catalogue.approved_kinds(
                session, authority_id=complaint.authority_id, today=today
            )
            complaint.needs_approval = right.kind in approved
        _put_right(session, complaint, right)
        _run_anew(session, complaint, before, by=by)


def check_correctable(by: Officer, complaint: Complaint) -> None:
    """Raises ``NotPermitted`` or ``WrongState``."""
    if not queries.may_correct(by, complaint):
        raise NotPermitted(ONLY)
    if complaint.state not in OPEN:
        raise WrongState(
            Text("The order is answered or has ended; it stays as what it was answered for.")
        )


def _check(right: Right, *, by: Officer) -> None:
    if right.institution is None and not right.place:
        sentence = Text("Choose the institution, or describe the place.")
        raise BadInput(sentence, {"place": sentence})
    # Nobody puts an order where they could not have taken it in.
    in_scope(by, right.institution or right.division)


def _keep_words(complaint: Complaint, right: Right, *, by: Officer, today: date) -> None:
    stood = (complaint.words, complaint.happened, complaint.wanted)
    if stood == (right.words, right.happened, right.wanted):
        return
    words, happened, wanted = stood
    complaint.corrections.append(
        ComplaintCorrection(
            words=words,
            happened=happened,
            wanted=wanted,
            corrected_on=today,
            corrected_by_id=by.id,
        )
    )
    complaint.words, complaint.happened = right.words, right.happened
    complaint.wanted = right.wanted


def _put_right(session: Session, complaint: Complaint, right: Right) -> None:
    contact = queries.contact_of(session, complaint)
    known = list(queries.words_of(contact)) if contact else []
    place = right.institution.division if right.institution else right.division
    complaint.division, complaint.division_path = place, place.path
    complaint.institution = right.institution
    complaint.place = screening.without_contacts(right.place, known)
    position = right.position
    complaint.latitude = position.latitude if position else None
    complaint.longitude = position.longitude if position else None
    complaint.kind, complaint.violation_code = right.kind, right.violation_code


def _run_anew(
    session: Session, complaint: Complaint, before: dict[Step, str], *, by: Officer
) -> None:
    """The county's limit of the right kind, from the day from which the wrong one ran. What the
    centre or an answer sent back has set stays."""
    starts = {Step.ACCEPT: complaint.received_on, Step.ANSWER: complaint.accepted_on}
    for step, day in starts.items():
        held = limits.own_answer(complaint) if step is Step.ANSWER else limits.in_force(
            complaint, step
        )  # fmt: skip
        changed = limits.code(complaint, step) != before[step]
        if changed and day and held and held.basis is LimitBasis.COUNTY:
            limits.run(session, complaint, step, from_day=day, by=by)
    limits.keep_the_earliest(session, [complaint], by=by)
    limits.owe(complaint, complaint.owed)
