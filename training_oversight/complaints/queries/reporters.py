"""Who told it, for the program itself: what is found in a text, and what is let go of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased, undefer_group

from training_oversight.accounts.models import Officer
from training_oversight.complaints.models import Complaint, ComplaintContact
from training_oversight.complaints.queries.records import may_see_reporter
from training_oversight.complaints.workflow import ComplaintState

# A number or an address in how somebody wants to be reached: 微信 suwen88，晚上.
NAMED = re.compile(r"[A-Za-z0-9_.@+-]{5,}")
_Order = aliased(Complaint)
# The day on which the reporter had all that was owed; of a merged order when the other one ended.
_ended_on = sa.func.coalesce(Complaint.closed_on, Complaint.declined_on, _Order.closed_on)


def contact_of(session: Session, complaint: Complaint) -> ComplaintContact | None:
    """Opened. Who shows it to somebody records the look (``service.look``)."""
    return session.scalars(
        sa.select(ComplaintContact)
        .where(ComplaintContact.complaint_id == complaint.id)
        .options(undefer_group("sealed"))
    ).one_or_none()


def known_of(session: Session, officer: Officer, complaint: Complaint) -> Sequence[str]:
    """Names, numbers and addresses of all who told it, to be found in what the officer writes.

    None for an officer who may not read them: that a name was found would say whose it is.
    """
    if not may_see_reporter(officer, complaint):
        return ()
    told = session.scalars(
        sa.select(ComplaintContact)
        .join(Complaint, Complaint.id == ComplaintContact.complaint_id)
        .where(sa.or_(Complaint.id == complaint.id, Complaint.merged_into_id == complaint.id))
        .options(undefer_group("sealed"))
    )
    return [one for contact in told for one in words_of(contact)]


def words_of(contact: ComplaintContact) -> Iterator[str]:
    """By which words the reporter can be known; none of what is lost."""
    yield from filter(None, (contact.name, contact.phone))
    yield from NAMED.findall(contact.reach or "")


def ended_before(session: Session, authority_id: int, day: date) -> Sequence[int]:
    """Orders that ended before that day and of which nothing has been let go yet."""
    return session.scalars(
        sa.select(Complaint.id)
        .outerjoin(_Order, _Order.id == Complaint.merged_into_id)
        .where(
            Complaint.authority_id == authority_id,
            Complaint.contact_gone_on.is_(None),
            Complaint.state.in_(
                (ComplaintState.CLOSED, ComplaintState.DECLINED, ComplaintState.MERGED)
            ),
            _ended_on < day,
        )
        .order_by(Complaint.id)
    ).all()


def ended_on(complaint: Complaint) -> date | None:
    """The same of one, whose ``merged_into`` is at hand."""
    order = complaint.merged_into
    return complaint.closed_on or complaint.declined_on or (order.closed_on if order else None)
