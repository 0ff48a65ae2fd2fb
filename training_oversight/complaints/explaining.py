"""The days of an order as its page shows them, each able to say why it is that day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from training_oversight import law
from training_oversight.catalogue import queries as catalogue
from training_oversight.complaints import presenting
from training_oversight.complaints.kinds import LimitBasis
from training_oversight.complaints.models import Complaint, ComplaintLimit
from training_oversight.texts import Text
from training_oversight.web.components import Status

EVENTS = {
    LimitBasis.COUNTY: Text("began"),
    LimitBasis.ORDER: Text("set"),
    LimitBasis.EXTENSION: Text("set"),
    LimitBasis.REDONE: Text("sent back"),
    LimitBasis.MERGED: Text("set"),
}


@dataclass(frozen=True)
class LimitRow:
    """One line of the table of limits. ``explained`` is missing where the count has changed."""

    name: Text
    length: Text | None
    basis: Text
    source: str
    due_on: date
    result: Status | None
    explained: law.Explained | None
    provisional: bool


def rows(session: Session, complaint: Complaint, today: date) -> list[LimitRow]:
    """Every day that was given; how it stands is said of the one that is owed now."""
    calendar = catalogue.working_calendar(session, authority_id=complaint.authority_id)
    owed = complaint.owed
    last = {limit.step: limit for limit in complaint.limits}
    running = last.get(owed) if owed else None
    return [_row(limit, complaint, calendar, today, running) for limit in complaint.limits]


def _row(
    limit: ComplaintLimit,
    complaint: Complaint,
    calendar: law.WorkingCalendar,
    today: date,
    running: ComplaintLimit | None,
) -> LimitRow:
    period = law.Period(limit.length, limit.unit) if limit.length and limit.unit else None
    return LimitRow(
        name=limit.step.label,
        length=period.label if period else None,
        basis=limit.basis.label,
        source=limit.source,
        due_on=limit.due_on,
        result=presenting.time_of(complaint, today) if limit is running else None,
        explained=_explained(limit, period, calendar, today),
        provisional=limit.provisional,
    )


def _explained(
    limit: ComplaintLimit, period: law.Period | None, calendar: law.WorkingCalendar, today: date
) -> law.Explained | None:
    if period is None:
        return law.explain_fixed(limit.due_on, calendar, today=today)
    event = EVENTS[limit.basis]
    found = law.explain(limit.starts_on, period, calendar, today=today, start_label=event)
    # The day is frozen; a calendar that was corrected later must not tell another story.
    return found if found.due_on == limit.due_on else None
