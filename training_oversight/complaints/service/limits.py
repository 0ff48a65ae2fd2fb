"""By when a complaint is accepted and answered: by its channel, its kind or its order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from training_oversight import law
from training_oversight.accounts.models import Officer
from training_oversight.catalogue import queries as catalogue
from training_oversight.catalogue.models import Limit
from training_oversight.complaints.kinds import Channel, ComplaintKind, LimitBasis, Step
from training_oversight.complaints.models import Complaint, ComplaintLimit, number_of
from training_oversight.registry.models.institutions import NO_END


def code(complaint: Complaint, step: Step) -> str:
    """The county's limit that applies: a petition has its own, whatever its way."""
    petition = complaint.kind is ComplaintKind.PETITION
    return f"complaint_{step}_petition" if petition else code_of(complaint.channel, step)


def code_of(channel: Channel, step: Step) -> str:
    return f"complaint_{step}_{channel}"


class Counting:
    """The limits and the calendar of a county, each read once however many orders they are for."""

    def __init__(self, session: Session, authority_id: int) -> None:
        self._session, self._authority_id = session, authority_id
        self._calendar = catalogue.working_calendar(session, authority_id=authority_id)
        self._limits: dict[date, dict[str, Limit]] = {}

    def run(
        self,
        complaint: Complaint,
        step: Step,
        *,
        from_day: date,
        by: Officer,
        basis: LimitBasis = LimitBasis.COUNTY,
        source: str = "",
    ) -> ComplaintLimit:
        """Let the county's limit of the step run from a day."""
        limit, due = self.due(code(complaint, step), from_day)
        given = ComplaintLimit(
            step=step,
            starts_on=from_day,
            length=limit.length,
            unit=limit.unit,
            due_on=due.due_on,
            basis=basis,
            source=source or limit.source,
            provisional=due.provisional,
            given_by_id=by.id,
        )
        return _put(complaint, given)

    def due(self, name: str, from_day: date) -> tuple[Limit, law.Due]:
        """The limit of that code, and the day to which it runs from this one."""
        limit = self._limit(name, from_day)
        return limit, law.due(from_day, limit.period, self._calendar)

    def _limit(self, name: str, day: date) -> Limit:
        if day not in self._limits:
            held = catalogue.entries(
                self._session, Limit, authority_id=self._authority_id, today=day
            )
            self._limits[day] = {one.code: one for one in held}
        return self._limits[day][name]


def run(
    session: Session,
    complaint: Complaint,
    step: Step,
    *,
    from_day: date,
    by: Officer,
    basis: LimitBasis = LimitBasis.COUNTY,
    source: str = "",
) -> ComplaintLimit:
    """The same for one order."""
    counting = Counting(session, complaint.authority_id)
    return counting.run(complaint, step, from_day=from_day, by=by, basis=basis, source=source)


def fix(
    complaint: Complaint,
    step: Step,
    due_on: date,
    *,
    from_day: date,
    basis: LimitBasis,
    source: str,
    by: Officer,
) -> ComplaintLimit:
    """A day that somebody else set: the outside order's, or the centre's extension."""
    given = ComplaintLimit(
        step=step, starts_on=from_day, due_on=due_on, basis=basis, source=source, given_by_id=by.id
    )
    return _put(complaint, given)


def in_force(complaint: Complaint, step: Step) -> ComplaintLimit | None:
    given = _of(complaint, step)
    return given[-1] if given else None


def own_answer(complaint: Complaint) -> ComplaintLimit | None:
    """The day of its own answer, whatever was merged into it."""
    own = own_answers(complaint)
    return own[-1] if own else None


def own_answers(complaint: Complaint) -> list[ComplaintLimit]:
    """The same, with those that it had before."""
    return [one for one in _of(complaint, Step.ANSWER) if one.basis is not LimitBasis.MERGED]


def keep_the_earliest(session: Session, orders: Sequence[Complaint], *, by: Officer) -> None:
    """Nobody waits longer because what they told was merged: an order answers by the earliest day
    of all that it took in. One query, however many orders.

    What was merged is already saved. Who calls this says with ``owe`` what is owed now.
    """
    rows = session.execute(
        sa.select(Complaint.merged_into_id, Complaint.id, Complaint.year, Complaint.serial)
        .add_columns(ComplaintLimit)
        .join(ComplaintLimit, ComplaintLimit.complaint_id == Complaint.id)
        .where(
            Complaint.merged_into_id.in_([one.id for one in orders]),
            ComplaintLimit.step == Step.ANSWER,
            ComplaintLimit.basis != LimitBasis.MERGED,
        )
        .order_by(ComplaintLimit.id)
    )
    # Of each the last day is in force.
    lent: dict[int | None, dict[int, tuple[str, ComplaintLimit]]] = defaultdict(dict)
    for into, key, year, serial, given in rows:
        lent[into][key] = (number_of(year, serial), given)
    for order in orders:
        _keep_the_earliest(order, lent[order.id].values(), by=by)


def _keep_the_earliest(
    order: Complaint, lent: Iterable[tuple[str, ComplaintLimit]], *, by: Officer
) -> None:
    own, held = own_answer(order), in_force(order, Step.ANSWER)
    days = [("", own)] if own else []
    days += [(number, given) for number, given in lent if not _was_answered(given, own)]
    if not days:
        return
    # Of two days that are alike its own comes first.
    number, first = min(days, key=lambda each: each[1].due_on)
    if held is not None and held.due_on == first.due_on:
        return
    _put(
        order,
        ComplaintLimit(
            step=Step.ANSWER,
            starts_on=first.starts_on,
            # How it was counted is told where it was given.
            length=first.length if first is own else None,
            unit=first.unit if first is own else None,
            due_on=first.due_on,
            basis=first.basis if first is own else LimitBasis.MERGED,
            source=number or first.source,
            provisional=first.provisional,
            given_by_id=by.id,
        ),
    )


def _was_answered(theirs: ComplaintLimit, own: ComplaintLimit | None) -> bool:
    """A day from before the answer that was sent back is no longer owed: a new limit runs."""
    redone = own is not None and own.basis is LimitBasis.REDONE
    return redone and own is not None and theirs.due_on < own.starts_on


def _of(complaint: Complaint, step: Step) -> list[ComplaintLimit]:
    return [limit for limit in complaint.limits if limit.step is step]


def owe(complaint: Complaint, step: Step | None) -> None:
    """What is owed now is this step; nothing, once it is answered or has ended."""
    limit = in_force(complaint, step) if step else None
    complaint.due_on = limit.due_on if limit else None
    complaint.sort_due = complaint.due_on or NO_END


def _put(complaint: Complaint, given: ComplaintLimit) -> ComplaintLimit:
    complaint.limits.append(given)
    return given
