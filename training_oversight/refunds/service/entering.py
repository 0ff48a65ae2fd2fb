"""Entering what a family is owed, and putting right what was entered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from training_oversight import audit, database, workflow
from training_oversight.accounts.models import Officer
from training_oversight.accounts.permissions import Permission
from training_oversight.audit import EventType
from training_oversight.catalogue import numbers
from training_oversight.catalogue.models import RefundFormula
from training_oversight.complaints.models import Complaint
from training_oversight.errors import BadInput, Checks, NotFound, WrongState
from training_oversight.inspections.models import Finding
from training_oversight.law import sentences
from training_oversight.refunds import codes, formula, queries
from training_oversight.refunds.drafts import RefundDraft
from training_oversight.refunds.families import checked_phone
from training_oversight.refunds.formula import Contract, Reckoning
from training_oversight.refunds.models import ClosingEvent, EntryWay, Refund
from training_oversight.refunds.workflow import EventState, RefundState, RefundVerb
from training_oversight.registry.models import Institution
from training_oversight.texts import Text
from training_oversight.vault import looking, sealing
from training_oversight.workflow import authorise

SERIES = "refund"
ENTERED = EventType.declare("refund.entered", Text("Refund entered"))
SIGNED_UP = EventType.declare("refund.signed_up", Text("Signed up by the family"))
CORRECTED = EventType.declare("refund.corrected", Text("Figures of the refund corrected"))
ON_PLATFORM = EventType.declare("refund.platform", Text("Entered on the national platform"))


class AlreadyEntered(BadInput):
    """The family has a refund there that may be the same."""


@dataclass(frozen=True)
class Belongs:
    """To what a refund belongs; to nothing else, where it was entered at the counter."""

    event: ClosingEvent | None = None
    finding: Finding | None = None
    complaint: Complaint | None = None

    @property
    def records(self) -> list[ClosingEvent | Finding | Complaint]:
        return [one for one in (self.event, self.finding, self.complaint) if one is not None]


COUNTER = Belongs()
# Figures stand once something was agreed on them, unless there is a dispute.
CORRECTABLE = (RefundState.ENTERED, RefundState.DISPUTED)


def enter(
    session: Session,
    institution: Institution,
    draft: RefundDraft,
    *,
    belongs: Belongs = COUNTER,
    how: EntryWay = EntryWay.COUNTER,
    by: Officer,
    today: date,
) -> Refund:
    """Raises ``BadInput`` for figures that cannot be, and for a family that is there already."""
    authorise(by, institution, Permission.ENTER_REFUND)
    # Who comes second with the same family waits here and finds it.
    database.locked(session, institution)
    _fits(institution, belongs)
    made = _made(session, institution, draft, how=how, by=by, today=today)
    if belongs.event is not None:
        made.event_id = belongs.event.id
        made.family_of_id = queries.first_of_family(
            session, belongs.event.id, checked_phone(draft.family.phone)
        )
    made.finding_id = belongs.finding.id if belongs.finding else None
    made.complaint_id = belongs.complaint.id if belongs.complaint else None
    if belongs.event is not None and how is EntryWay.SIGN_UP:
        made.handler_id = belongs.event.opened_by_id
    kind = SIGNED_UP if how is EntryWay.SIGN_UP else ENTERED
    audit.created(session, made, kind, by=by)
    return made


def _fits(institution: Institution, belongs: Belongs) -> None:
    owners = {one.institution_id for one in belongs.records}
    if owners - {institution.id}:
        raise NotFound
    if belongs.event is not None and belongs.event.state != EventState.OPEN:
        raise WrongState(Text("%(number)s is ended; reopen it first.", number=belongs.event.number))


def _made(
    session: Session,
    institution: Institution,
    draft: RefundDraft,
    *,
    how: EntryWay,
    by: Officer,
    today: date,
) -> Refund:
    checks = Checks()
    with checks.each():
        phone = checked_phone(draft.family.phone)
    with checks.each():
        reckoning = formula.reckon(draft.contract, draft.formula)
    checks.settle()
    _not_twice(session, institution, draft, phone)
    serial = numbers.take(
        session, authority_id=institution.authority_id, series=SERIES, year=today.year
    )
    return Refund(
        authority_id=institution.authority_id,
        division_path=institution.division_path,
        institution_id=institution.id,
        year=today.year,
        serial=serial,
        code=draft.code or codes.fresh(codes.OF_FAMILY),
        entered_how=how,
        entered_on=today,
        entered_by_id=by.id,
        handler_id=by.id,
        state=RefundState.SIGNED_UP if how is EntryWay.SIGN_UP else RefundState.ENTERED,
        parent=draft.family.parent or None,
        phone=phone,
        phone_mark=sealing.mark(phone),
        pupil=draft.family.pupil or None,
        pupil_mark=sealing.mark(draft.family.pupil) if draft.family.pupil else None,
        **figures(draft.contract, draft.formula, draft.course, reckoning),
    )


def figures(
    contract: Contract, used: RefundFormula, course: str, reckoning: Reckoning
) -> dict[str, object]:
    """The columns that say what the contract was and what is due of it."""
    return {
        "course": course,
        "contract_fen": contract.fen,
        "bought": contract.bought,
        "given": contract.given,
        "used": contract.used,
        "formula_id": used.id,
        "computed_fen": reckoning.fen,
        "steps": [sentences.packed(step) for step in reckoning.steps],
    }


def _not_twice(session: Session, institution: Institution, draft: RefundDraft, phone: str) -> None:
    """A second contract of a family must say what it is for, else it may be the first again."""
    known = queries.of_family(session, institution.id, phone, draft.family.pupil)
    for one in known:
        if one.course == draft.course or not one.course or not draft.course:
            sentence = Text(
                "This family is entered already: %(number)s. A second contract needs another "
                "course.",
                number=one.number,
            )
            raise AlreadyEntered(sentence, {"phone": sentence})


def check(
    session: Session,
    refund: Refund,
    contract: Contract,
    used: RefundFormula,
    *,
    course: str,
    by: Officer,
    version: int | None = None,
) -> None:
    """The figures that a family typed, looked at beside its contract and put right."""
    with workflow.moving(session, refund, RefundVerb.CHECK, by=by, version=version):
        refund.handler_id = by.id
        _set(refund, contract, used, course)


def correct(
    session: Session,
    refund: Refund,
    contract: Contract,
    used: RefundFormula,
    *,
    course: str,
    by: Officer,
    version: int | None = None,
) -> None:
    """Put the figures right while nothing was agreed on them."""
    authorise(by, refund, Permission.ENTER_REFUND)
    database.locked(session, refund)
    database.seen(refund, version)
    if refund.state not in CORRECTABLE:
        raise WrongState(
            Text("The figures are corrected before something was agreed, or in a dispute.")
        )
    with audit.editing(session, refund, CORRECTED, by=by):
        _set(refund, contract, used, course)


def _set(refund: Refund, contract: Contract, used: RefundFormula, course: str) -> None:
    reckoning = formula.reckon(contract, used)
    if refund.paid_fen > min(reckoning.fen, contract.fen):
        sentence = Text("More was paid back already than would be due by these figures.")
        raise BadInput(sentence, {"used": sentence})
    # What was agreed was agreed on the old figures.
    refund.agreed_fen = refund.agreed_on = refund.agreed_how = None
    for name, value in figures(contract, used, course, reckoning).items():
        setattr(refund, name, value)


def mark_platform(
    session: Session,
    refund: Refund,
    *,
    entered_on: date,
    by: Officer,
    today: date,
    version: int | None = None,
) -> None:
    """Note that it was entered on the national platform by hand, and when."""
    authorise(by, refund, Permission.ENTER_REFUND)
    database.locked(session, refund)
    database.seen(refund, version)
    if entered_on > today:
        sentence = Text("Cannot be later than today (%(today)s).", today=today)
        raise BadInput(sentence, {"entered_on": sentence})
    with audit.editing(session, refund, ON_PLATFORM, by=by):
        refund.platform_on = entered_on


def look(session: Session, refund: Refund, *, why: str, by: Officer) -> None:
    """Look at who the family is: with a reason, and never without a trace."""
    authorise(by, refund, Permission.ENTER_REFUND)
    looking.look(session, refund, why=why, by=by, names=(refund.parent, refund.phone, refund.pupil))
