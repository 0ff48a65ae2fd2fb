"""How the centre's orders stand: the table that the desk enters or hands back there.

It says nothing of the reporter, and no word of theirs.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload, load_only, selectinload

from training_oversight.accounts.models import Officer
from training_oversight.complaints import queries as complaints
from training_oversight.complaints.kinds import Channel
from training_oversight.complaints.models import Complaint, ComplaintAnswer
from training_oversight.complaints.service import limits
from training_oversight.texts import Text

HEADER = (
    Text("Number of the outside order"),
    Text("Our number"),
    Text("State"),
    Text("Did it prove true?"),
    Text("Answer to the reporter"),
    Text("Department"),
    Text("Accepted on"),
    Text("To be answered by"),
    Text("Answered on"),
    Text("Closed on"),
    Text("Satisfaction"),
)


def orders(session: Session, officer: Officer) -> Sequence[Complaint]:
    """Every order of the centre in the officer's scope, by its number there."""
    return session.scalars(
        sa.select(Complaint)
        .where(
            complaints.readable(officer),
            Complaint.channel == Channel.CENTRE,
            Complaint.outside_number.is_not(None),
        )
        .options(
            load_only(
                *(Complaint.year, Complaint.serial, Complaint.outside_number, Complaint.state),
                *(Complaint.accepted_on, Complaint.answered_on, Complaint.closed_on),
                *(Complaint.department_id, Complaint.merged_into_id),
            ),
            joinedload(Complaint.department),
            selectinload(Complaint.limits),
            selectinload(Complaint.answers).selectinload(ComplaintAnswer.own),
            selectinload(Complaint.callbacks),
            joinedload(Complaint.merged_into)
            .selectinload(Complaint.answers)
            .selectinload(ComplaintAnswer.own),
        )
        .order_by(Complaint.outside_number, Complaint.id)
    ).all()


def _due(one: Complaint) -> date | None:
    """The last day that was given for the answer; it stays when the answer is there."""
    given = limits.own_answer(one)
    return given.due_on if given else None


def rows(found: Sequence[Complaint]) -> Iterator[Sequence[object]]:
    """Of one that was merged the answer is its reporter's own, or that of the order that took it
    in."""
    for one in found:
        owner = one.merged_into or one
        answer = owner.answer if owner.answered_on else None
        said = one.callbacks[-1].satisfaction.label if one.callbacks else None
        yield (
            one.outside_number,
            one.number,
            str(one.state.label),
            str(answer.truth.label) if answer else "",
            one.told_as_answer,
            one.department.name if one.department else "",
            one.accepted_on,
            _due(one),
            owner.answered_on,
            one.closed_on,
            str(said) if said else "",
        )
