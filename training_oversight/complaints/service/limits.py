"""By when a complaint is accepted and answered: by its channel, its kind or its order."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from training_oversight import law
from training_oversight.accounts.models import Officer
from training_oversight.catalogue import queries as catalogue
from training_oversight.catalogue.models import Limit
from training_oversight.complaints.kinds import Channel, ComplaintKind, LimitBasis, Step
from training_oversight.complaints.models import Complaint, ComplaintLimit
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
    given = [limit for limit in complaint.limits if limit.step is step]
    return given[-1] if given else None


def owe(complaint: Complaint, step: Step | None) -> None:
    """What is owed now is this step; nothing, once it is answered or has ended."""
    limit = in_force(complaint, step) if step else None
    complaint.due_on = limit.due_on if limit else None
    complaint.sort_due = complaint.due_on or NO_END


def _put(complaint: Complaint, given: ComplaintLimit) -> ComplaintLimit:
    complaint.limits.append(given)
    return given
