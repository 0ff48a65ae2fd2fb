"""The deadlines of an item as its page shows them, each able to explain itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from training_oversight import law
from training_oversight.catalogue import queries as catalogue
from training_oversight.ledger import presenting
from training_oversight.ledger.clocks import SECOND, LimitKind
from training_oversight.ledger.models import (
    WITH_OFFICE,
    ItemLimit,
    LimitBasis,
    RectificationItem,
)
from training_oversight.ledger.workflow import ItemState
from training_oversight.texts import Text
from training_oversight.web.components import Status
from training_oversight.web.time_left import days_left

# The event from which a period counts, in a word or two, for the calendar.
EVENTS = {
    LimitBasis.SERVICE: Text("served"),
    LimitBasis.ON_THE_SPOT: Text("ordered"),
    LimitBasis.ASSIGNMENT: Text("assigned"),
    LimitBasis.PROMISE: Text("promised"),
    LimitBasis.FIXED_DATE: Text("set"),
    LimitBasis.RE_CHECK: Text("re-checked"),
    LimitBasis.REOPENED: Text("put back"),
}


@dataclass(frozen=True)
class LimitRow:
    """One line of the table of limits. ``explained`` is missing where the count has changed."""

    name: Text
    length: Text | None
    basis: Text
    source: Text | str
    due_on: date
    result: Status | None
    explained: law.Explained | None
    provisional: bool = False


def rows(
    session: Session, item: RectificationItem, calendar: law.WorkingCalendar, today: date
) -> list[LimitRow]:
    """Every limit that was given, those in force last of their kind, then the office's own."""
    given = [_row(limit, item, calendar, today) for limit in item.limits]
    office = _office(session, item, calendar, today)
    return [*given, office] if office else given


def _row(
    limit: ItemLimit, item: RectificationItem, calendar: law.WorkingCalendar, today: date
) -> LimitRow:
    in_force = limit is _last(item, limit.kind)
    period = law.Period(limit.length, limit.unit) if limit.length and limit.unit else None
    counted = Text("Counted from %(day)s", day=limit.starts_on) if period else Text("Set as a day")
    return LimitRow(
        name=limit.kind.label if in_force else Text("Earlier limit"),
        length=period.label if period else None,
        basis=limit.basis.label,
        source=Text("%(source)s; %(counted)s", source=limit.source, counted=counted)
        if limit.source
        else counted,
        due_on=limit.due_on,
        result=_result(limit, item, today) if in_force else None,
        explained=_explained(limit, period, calendar, today),
        provisional=limit.provisional,
    )


def _last(item: RectificationItem, kind: LimitKind) -> ItemLimit:
    """The one in force: a first limit replaces the first, a second one any second."""
    second = kind in SECOND
    return [limit for limit in item.limits if (limit.kind in SECOND) is second][-1]


def _result(limit: ItemLimit, item: RectificationItem, today: date) -> Status | None:
    if item.state == ItemState.CLOSED:
        reported_on = item.second_met_on if limit.kind in SECOND else item.applied_on
        return presenting.in_the_end(limit.due_on, reported_on)
    if limit.kind not in SECOND:
        return presenting.time_of(item, today)
    # After a relapse it is over: what was settled stays settled.
    return presenting.second_time_of(item, today)


def _explained(
    limit: ItemLimit, period: law.Period | None, calendar: law.WorkingCalendar, today: date
) -> law.Explained | None:
    if period is None:
        return law.explain_fixed(limit.due_on, calendar, today=today)
    found = law.explain(
        limit.starts_on, period, calendar, today=today, start_label=EVENTS[limit.basis]
    )
    # The day is frozen; a calendar that was corrected later must not tell another story.
    return found if found.due_on == limit.due_on else None


def _office(
    session: Session, item: RectificationItem, calendar: law.WorkingCalendar, today: date
) -> LimitRow | None:
    if item.state not in WITH_OFFICE or item.office_due_on is None:
        return None
    verifying = item.state == ItemState.APPLIED
    start = item.applied_on if verifying else item.verified_on
    limit = catalogue.limit(
        session,
        "verify" if verifying else "close_out",
        authority_id=item.authority_id,
        today=today,
    )
    event = Text("reported") if verifying else Text("re-check passed")
    found = law.explain(start, limit.period, calendar, today=today, start_label=event) \
        if start else None  # fmt: skip
    same = found is not None and found.due_on == item.office_due_on
    return LimitRow(
        name=Text("Re-check by the office") if verifying else Text("Approval of the close-out"),
        length=limit.period.label if same else None,
        basis=Text("Reported") if verifying else Text("Re-check passed"),
        source=Text("%(day)s; days set by the county", day=start) if start else "",
        due_on=item.office_due_on,
        result=presenting.office_of(item, today) or days_left((item.office_due_on - today).days),
        explained=found if same else None,
    )
