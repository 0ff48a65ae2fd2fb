"""Proposing a reward, by who handled the report."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sqlalchemy.orm import Session

from training_oversight import amounts, audit, database
from training_oversight.accounts.models import Officer
from training_oversight.accounts.permissions import Permission
from training_oversight.audit import EventType
from training_oversight.catalogue import numbers
from training_oversight.complaints import queries as complaints
from training_oversight.complaints.models import Complaint
from training_oversight.errors import BadInput, Blocked, NotPermitted
from training_oversight.rewards import queries, rules
from training_oversight.rewards.models import Reward, is_verified
from training_oversight.rewards.rules import RewardRules
from training_oversight.texts import Text
from training_oversight.vault import screening
from training_oversight.workflow import authorise

SERIES = "reward"
PROPOSED = EventType.declare("reward.proposed", Text("Reward proposed"), ["number", "fen"])
ONLY = Text("A reward is proposed by the named handler, or by the department that handled it.")


def may_propose(officer: Officer, complaint: Complaint) -> bool:
    """Whether the officer handled the report; of a merged one, the order that took it in."""
    order = complaint.merged_into or complaint
    if not officer.may(Permission.HANDLE_COMPLAINT):
        return False
    if not officer.scope.covers(complaint.division_path):
        return False
    if order.handler_id is not None:
        return order.handler_id == officer.id
    return order.department_id is not None and order.department_id == officer.department_id


def obstacles(session: Session, complaint: Complaint) -> list[Text]:
    """Why no reward can be proposed for the report; empty if one can."""
    return list(_obstacles(session, complaint, rules.of(session, complaint.authority_id)))


def _obstacles(session: Session, complaint: Complaint, ruled: RewardRules | None) -> Iterator[Text]:
    if ruled is None:
        yield Text("The county has not set that it rewards reports.")
        return
    if complaint.kind not in ruled.kinds:
        yield Text("The county does not reward this kind: %(kind)s.", kind=complaint.kind)
    if not is_verified(complaint):
        yield Text("A reward is proposed once the answer says that the report proved true.")
    if complaint.tracking_hash is None:
        yield Text("The reporter chose no word of their own and could not claim a reward.")
    standing = queries.live_of(session, complaint.id)
    if standing is not None:
        yield Text("The report has a reward already: %(number)s.", number=standing.number)


def propose(
    session: Session,
    complaint: Complaint,
    *,
    fen: int,
    reason: str,
    by: Officer,
    today: date,
    version: int | None = None,
) -> Reward:
    """Raises ``Blocked`` where the report can have none, ``BadInput`` for a wrong amount."""
    authorise(by, complaint, Permission.HANDLE_COMPLAINT)
    database.locked(session, complaint)
    database.seen(complaint, version)
    if not may_propose(by, complaint):
        raise NotPermitted(ONLY)
    ruled = rules.of(session, complaint.authority_id)
    for sentence in _obstacles(session, complaint, ruled):
        raise Blocked(sentence)
    within(ruled, fen)
    order = complaint.merged_into or complaint
    made = Reward(
        authority_id=complaint.authority_id,
        division_path=complaint.division_path,
        year=today.year,
        serial=numbers.take(
            session, authority_id=complaint.authority_id, series=SERIES, year=today.year
        ),
        complaint_id=complaint.id,
        department_id=order.department_id,
        fen=fen,
        reason=_covered(session, complaint, reason),
        proposed_on=today,
        proposed_by_id=by.id,
    )
    audit.created(session, made, PROPOSED, by=by, note=made.reason, number=made.number, fen=fen)
    return made


def within(ruled: RewardRules | None, fen: int) -> None:
    """Raises ``BadInput`` for nothing, and for more than the county gives."""
    if fen <= 0:
        _refuse(Text("Enter an amount above zero."))
    if ruled is not None and fen > ruled.most_fen:
        _refuse(
            Text(
                "The county rewards a report with %(most)s yuan at most; it is its own setting.",
                most=amounts.plain(ruled.most_fen),
            )
        )


def _refuse(sentence: Text) -> None:
    raise BadInput(sentence, {"fen": sentence})


def _covered(session: Session, complaint: Complaint, words: str) -> str:
    """What is written of a reward has more readers than who may know the reporter."""
    contact = complaints.contact_of(session, complaint)
    known = list(complaints.words_of(contact)) if contact else []
    return screening.without_contacts(words, known)
