"""Entering the families of an event from a list. The same list a second time changes nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy.orm import Session

from training_oversight import audit, database
from training_oversight.accounts.models import Officer
from training_oversight.accounts.permissions import Permission
from training_oversight.audit import EventType
from training_oversight.errors import BadInput
from training_oversight.refunds import queries
from training_oversight.refunds.drafts import RefundDraft
from training_oversight.refunds.lists import Line
from training_oversight.refunds.models import ClosingEvent, EntryWay
from training_oversight.refunds.service.entering import Belongs, enter
from training_oversight.texts import Text
from training_oversight.workflow import authorise

LISTED = EventType.declare(
    "closing.listed", Text("List of families entered"), ["entered", "unchanged", "returned"]
)


@dataclass
class Outcome:
    """What became of each row; every one of them is counted somewhere."""

    entered: int = 0
    unchanged: int = 0
    # Number of the row -> why it was not entered.
    returned: dict[int, Sequence[Text]] = field(default_factory=dict)


def enter_list(
    session: Session, event: ClosingEvent, lines: Sequence[Line], *, by: Officer, today: date
) -> Outcome:
    """Rows that cannot be used come back with their reasons; they do not hold up the others."""
    authorise(by, event, Permission.ENTER_REFUND)
    # Who sends the same list at the same moment waits here.
    database.locked(session, event)
    outcome = Outcome()
    known = queries.families_of(session, event.id)
    for line in lines:
        if line.draft is None:
            outcome.returned[line.number] = line.reasons
            continue
        _enter(session, event, line.number, line.draft, known, outcome, by=by, today=today)
    audit.record(
        session,
        event,
        LISTED,
        by=by,
        entered=outcome.entered,
        unchanged=outcome.unchanged,
        returned=len(outcome.returned),
    )
    return outcome


def _enter(
    session: Session,
    event: ClosingEvent,
    number: int,
    draft: RefundDraft,
    known: queries.Families,
    outcome: Outcome,
    *,
    by: Officer,
    today: date,
) -> None:
    standing = known.find(draft.family, draft.course)
    if standing is not None and standing.contract == draft.contract:
        outcome.unchanged += 1
        return
    if standing is not None:
        outcome.returned[number] = [
            Text("%(number)s is there already with other figures.", number=standing.number)
        ]
        return
    try:
        made = enter(
            session,
            event.institution,
            draft,
            belongs=Belongs(event),
            how=EntryWay.LIST,
            by=by,
            today=today,
        )
    except BadInput as error:
        outcome.returned[number] = [error.text]
        return
    known.add(made)
    outcome.entered += 1
