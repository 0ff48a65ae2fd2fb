"""From what was agreed to the last payment."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypedDict

from sqlalchemy.orm import Session

from training_oversight import amounts, audit, database, workflow
from training_oversight.accounts.models import Officer
from training_oversight.accounts.permissions import Permission
from training_oversight.audit import EventType
from training_oversight.errors import BadInput, Checks, WrongState
from training_oversight.files import service as files
from training_oversight.files.service import CheckedFile
from training_oversight.refunds.models import Refund, RefundPart, RefundWay
from training_oversight.refunds.workflow import RefundState, RefundVerb
from training_oversight.texts import Text
from training_oversight.vault import screening
from training_oversight.workflow import authorise

PAID = EventType.declare("refund.paid", Text("Money paid back"), ["fen", "way", "paid_on"])
PART_VOIDED = EventType.declare(
    "refund.part_voided", Text("Payment entered in error"), ["fen", "paid_on"]
)
# A court may pay while both sides still argue; what nobody has checked yet is not paid.
PAYABLE = (RefundState.ENTERED, RefundState.AGREED, RefundState.DISPUTED)


@dataclass(frozen=True)
class PartDraft:
    """What came back to the family on a day, and in which way."""

    paid_on: date
    fen: int
    way: RefundWay
    note: str = ""


def _covered(refund: Refund, words: str) -> str:
    """What is noted has more readers than who may know the family."""
    known = (refund.parent, refund.phone, refund.pupil)
    return screening.without_contacts(words, known) if words else words


def agree(
    session: Session,
    refund: Refund,
    *,
    fen: int,
    how: RefundWay,
    agreed_on: date,
    note: str = "",
    by: Officer,
    today: date,
    version: int | None = None,
) -> None:
    """Record on what both sides, a mediator or a court have settled. It goes before the formula."""
    with workflow.moving(
        session, refund, RefundVerb.AGREE, by=by, version=version, note=_covered(refund, note)
    ):
        checks = Checks()
        with checks.each():
            _within_contract(refund, fen)
        with checks.each():
            _not_later("agreed_on", agreed_on, today)
        checks.settle()
        refund.agreed_fen, refund.agreed_on, refund.agreed_how = fen, agreed_on, how
    _settle_if_paid(session, refund, by=by)


def _within_contract(refund: Refund, fen: int) -> None:
    if fen > refund.contract_fen:
        _refuse(
            "fen",
            Text(
                "A refund cannot be more than the contract: %(amount)s yuan.",
                amount=amounts.plain(refund.contract_fen),
            ),
        )
    if fen < refund.paid_fen:
        _refuse(
            "fen",
            Text(
                "Paid back are %(amount)s yuan already; less cannot be agreed.",
                amount=amounts.plain(refund.paid_fen),
            ),
        )


def _not_later(name: str, day: date, today: date) -> None:
    if day > today:
        _refuse(name, Text("Cannot be later than today (%(today)s).", today=today))


def _refuse(name: str, sentence: Text) -> None:
    raise BadInput(sentence, {name: sentence})


def dispute(
    session: Session,
    refund: Refund,
    *,
    reason: str,
    by: Officer,
    version: int | None = None,
) -> None:
    said = _covered(refund, reason)
    workflow.move(session, refund, RefundVerb.DISPUTE, by=by, note=said, version=version)


def withdraw(
    session: Session,
    refund: Refund,
    *,
    reason: str,
    by: Officer,
    version: int | None = None,
) -> None:
    """Entered in error, or the family wants nothing any more. It counts in no total."""
    said = _covered(refund, reason)
    workflow.move(session, refund, RefundVerb.WITHDRAW, by=by, note=said, version=version)


def pay(
    session: Session,
    refund: Refund,
    part: PartDraft,
    *,
    proofs: Sequence[CheckedFile] = (),
    by: Officer,
    today: date,
    version: int | None = None,
) -> RefundPart:
    """Record money that went back, with its proofs; the last part settles the refund."""
    authorise(by, refund, Permission.ENTER_REFUND)
    database.locked(session, refund)
    database.seen(refund, version)
    if refund.state not in PAYABLE:
        raise WrongState(Text("Nothing can be paid back now: %(state)s.", state=refund.state))
    _check_part(refund, part, today)
    made = RefundPart(
        refund_id=refund.id,
        paid_on=part.paid_on,
        fen=part.fen,
        way=part.way,
        note=_covered(refund, part.note),
        entered_on=today,
        entered_by_id=by.id,
    )
    session.add(made)
    facts = {"fen": part.fen, "way": part.way.value, "paid_on": part.paid_on.isoformat()}
    with audit.editing(session, refund, PAID, by=by, **facts):
        refund.paid_fen += part.fen
    files.attach(session, refund, proofs, by=by, part=made)
    _settle_if_paid(session, refund, by=by)
    return made


def _check_part(refund: Refund, part: PartDraft, today: date) -> None:
    checks = Checks()
    with checks.each():
        if part.fen <= 0:
            _refuse("fen", Text("Enter an amount above zero."))
    with checks.each():
        if part.fen > refund.left_fen:
            _refuse(
                "fen",
                Text(
                    "More than is left: due are %(due)s yuan, paid back %(paid)s, left %(left)s.",
                    due=amounts.plain(refund.due_fen),
                    paid=amounts.plain(refund.paid_fen),
                    left=amounts.plain(refund.left_fen),
                ),
            )
    with checks.each():
        _not_later("paid_on", part.paid_on, today)
    checks.settle()


def void_part(
    session: Session,
    part: RefundPart,
    *,
    reason: str,
    by: Officer,
    today: date,
    version: int | None = None,
) -> None:
    """Take back a payment that was entered in error; what was settled by it is open again."""
    refund = part.refund
    authorise(by, refund, Permission.MANAGE_REFUND)
    database.locked(session, refund)
    database.seen(refund, version)
    database.locked(session, part)
    if part.voided_on is not None:
        raise WrongState(Text("This payment was taken back already."))
    reason = _covered(refund, reason)
    part.voided_on, part.void_reason = today, reason
    if refund.state == RefundState.SETTLED:
        _reopen(session, refund, part, by=by)
        audit.record(session, refund, PART_VOIDED, by=by, note=reason, **_facts(part))
    else:
        _take_off(session, refund, part, reason=reason, by=by)


def _reopen(session: Session, refund: Refund, part: RefundPart, *, by: Officer) -> None:
    with workflow.moving(session, refund, RefundVerb.REOPEN, by=by):
        refund.paid_fen -= part.fen


def _take_off(
    session: Session, refund: Refund, part: RefundPart, *, reason: str, by: Officer
) -> None:
    with audit.editing(session, refund, PART_VOIDED, by=by, note=reason, **_facts(part)):
        refund.paid_fen -= part.fen


class _Facts(TypedDict):
    fen: int
    paid_on: str


def _facts(part: RefundPart) -> _Facts:
    return {"fen": part.fen, "paid_on": part.paid_on.isoformat()}


def _settle_if_paid(session: Session, refund: Refund, *, by: Officer) -> None:
    if refund.state == RefundState.AGREED and refund.left_fen == 0:
        workflow.move(session, refund, RefundVerb.SETTLE, by=by)
