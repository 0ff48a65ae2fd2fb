"""A limit that rested on a provisional calendar, counted again now that more is known.

Nothing moves by itself: a person confirms each day, and the history says which it was before.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from training_oversight import audit, database, law
from training_oversight.accounts.models import Officer
from training_oversight.accounts.permissions import Permission
from training_oversight.audit import EventType
from training_oversight.errors import BadInput
from training_oversight.ledger.clocks import SECOND
from training_oversight.ledger.models import OWED, ItemLimit, RectificationItem
from training_oversight.ledger.service.limits import PeriodLimit, put
from training_oversight.texts import Text
from training_oversight.workflow import authorise

RECOUNTED = EventType.declare(
    "item.limit_recounted", Text("Limit counted anew by the arranged calendar"), ["due_on"]
)


@dataclass(frozen=True)
class Recount:
    """A limit in force and the last day that the calendar of now gives it."""

    limit: ItemLimit
    counted: law.Due

    @property
    def moves(self) -> bool:
        return self.counted.due_on != self.limit.due_on


def recounts(item: RectificationItem, calendar: law.WorkingCalendar) -> list[Recount]:
    """The provisional limits in force of which the calendar knows more by now."""
    found = [_recount(limit, calendar) for limit in _in_force(item)]
    return [one for one in found if one and (one.moves or not one.counted.provisional)]


def days_of(found: Sequence[Recount]) -> str:
    """The new last days as one word, by which a form says which it has shown."""
    return " ".join(one.counted.due_on.isoformat() for one in found)


def recount(
    session: Session,
    items: Sequence[RectificationItem],
    *,
    shown: Mapping[int, str],
    by: Officer,
    calendar: law.WorkingCalendar,
) -> int:
    """Give these items the days that the calendar says now. Returns how many limits moved.

    ``shown`` are the days that the officer saw of each item: no other day is confirmed by them.
    The limit that was given stays as it was, an earlier one; what it rests on does not change.
    """
    moved = 0
    for item in items:
        authorise(by, item, Permission.MANAGE_ITEM)
        database.locked(session, item)
        found = recounts(item, calendar) if item.state in OWED else []
        _as_shown(item, found, shown.get(item.id, ""))
        moved += sum(_settle(session, item, one, by=by, calendar=calendar) for one in found)
    return moved


def _as_shown(item: RectificationItem, found: Sequence[Recount], shown: str) -> None:
    """What has been settled meanwhile is nobody's to confirm again."""
    if found and days_of(found) != shown:
        sentence = Text(
            "%(number)s: the calendar has changed; the last day would be %(day)s now. Look again "
            "before you confirm it.",
            number=item.number,
            day=found[0].counted.due_on,
        )
        raise BadInput(sentence, {"items": sentence})


def _in_force(item: RectificationItem) -> list[ItemLimit]:
    """The last of each clock that still runs."""
    first = [one for one in item.limits if one.kind not in SECOND][-1:]
    second = [one for one in item.limits if one.kind in SECOND][-1:]
    return [*first, *(second if item.second_runs else ())]


def _recount(limit: ItemLimit, calendar: law.WorkingCalendar) -> Recount | None:
    if not limit.provisional or limit.length is None or limit.unit is None:
        return None
    period = law.Period(limit.length, limit.unit)
    return Recount(limit, law.due(limit.starts_on, period, calendar))


def _settle(
    session: Session,
    item: RectificationItem,
    one: Recount,
    *,
    by: Officer,
    calendar: law.WorkingCalendar,
) -> bool:
    before = audit.differences.snapshot(item)
    limit = one.limit
    if one.moves and limit.length is not None and limit.unit is not None:
        period = law.Period(limit.length, limit.unit)
        again = PeriodLimit(period, limit.starts_on, limit.basis, limit.source)
        put(
            session, item, again,
            by=by, today=limit.starts_on, calendar=calendar, kind=limit.kind,
        )  # fmt: skip
    else:
        limit.provisional = False
        if limit.kind in SECOND:
            item.second_provisional = False
        else:
            item.due_provisional = False
    session.flush()
    changes = audit.differences.difference(before, audit.differences.snapshot(item))
    audit.record(session, item, RECOUNTED, by=by, changes=changes, due_on=one.counted.due_on)
    return one.moves
