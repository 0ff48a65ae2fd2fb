"""What becomes of each row of a list, before anything is written."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy.orm import Session

from training_oversight.complaints import service
from training_oversight.complaints.kinds import Channel, LimitBasis
from training_oversight.complaints.models import Complaint
from training_oversight.complaints.service import Told, limits
from training_oversight.complaints.workflow import OPEN, ComplaintState
from training_oversight.errors import BadInput
from training_oversight.intake.queries import Ground
from training_oversight.names.naming import match_name
from training_oversight.orders import queries
from training_oversight.orders.queries import Caller, Known
from training_oversight.orders.rows import Order, Refused
from training_oversight.registry.models import Institution
from training_oversight.texts import LabelledEnum, Text
from training_oversight.vault import sealing


class Outcome(LabelledEnum):
    CREATED = "created", Text("New order")
    MERGED = "merged", Text("Merged into an open order")
    CHANGED = "changed", Text("Order that is here, changed")
    UNCHANGED = "unchanged", Text("Order that is here, unchanged")
    REJECTED = "rejected", Text("Not taken over")


@dataclass
class Judged:
    """A row and what becomes of it. ``complaint`` is the order that is here, or comes to be."""

    row: int
    number: str
    outcome: Outcome
    order: Order | None = None
    why: Text | None = None
    institution: Institution | None = None
    complaint: Complaint | None = None
    into: Complaint | Judged | None = None
    doubts: Sequence[Text] = ()

    def told(self, ground: Ground) -> Told:
        order = self.order
        assert order is not None, "nothing is made of a row that was refused"
        return Told(
            channel=Channel.CENTRE,
            kind=order.kind,
            words=order.words,
            anonymous=order.anonymous,
            division=order.division,
            authority_id=ground.authority.id,
            institution=self.institution,
            place=order.place,
            outside_number=order.number,
            outside_due_on=order.due_on,
            received_on=order.received_on,
        )


@dataclass
class Earlier:
    """The rows above, of the whole list."""

    orders: dict[str, Order] = field(default_factory=dict)
    callers: dict[Caller, Judged] = field(default_factory=dict)


def judge(
    session: Session,
    rows: Iterable[Order | Refused],
    ground: Ground,
    earlier: Earlier,
    *,
    today: date,
) -> list[Judged]:
    """Each row of a part of the list. Few queries, however many rows."""
    rows = list(rows)
    orders = [one for one in rows if isinstance(one, Order)]
    marks = {one.number: _marks(one) for one in orders}
    known = queries.known(
        session,
        ground,
        names={one.named for one in orders},
        numbers=marks.keys(),
        marks={mark for several in marks.values() for mark in several},
    )
    found = []
    for one in rows:
        if isinstance(one, Refused):
            found.append(Judged(one.row, one.number, Outcome.REJECTED, why=one.why))
        else:
            found.append(_judged(one, marks[one.number], known, ground, earlier, today))
    return found


def _marks(order: Order) -> Sequence[str]:
    return sealing.marks(order.reporter.phone) if order.reporter.phone else ()


def _judged(
    order: Order,
    marks: Sequence[str],
    known: Known,
    ground: Ground,
    earlier: Earlier,
    today: date,
) -> Judged:
    one = Judged(order.row, order.number, Outcome.CREATED, order, doubts=order.doubts)
    before = earlier.orders.setdefault(order.number, order)
    here = known.orders.get(order.number)
    if before is not order:
        _again(one, before)
    elif here is not None:
        one.complaint = here
        _compare(one, order, here)
    else:
        one.institution = known.institutions.get(match_name(order.named)) if order.named else None
        _new(one, marks, known, ground, earlier, today)
    return one


def _again(one: Judged, before: Order) -> None:
    """A row with a number that stands above already."""
    order = one.order
    if order is not None and (order.words, order.due_on) == (before.words, before.due_on):
        one.outcome = Outcome.UNCHANGED
        return
    one.outcome = Outcome.REJECTED
    one.why = Text("Row %(row)s has the same number and says something else.", row=before.row)


def _compare(one: Judged, order: Order, here: Complaint) -> None:
    """An order that is here: the centre may have set another day or added to its words."""
    if not (brings_day(order, here) or brings_words(order, here)):
        one.outcome = Outcome.UNCHANGED
    elif here.state in OPEN or here.state is ComplaintState.MERGED:
        one.outcome = Outcome.CHANGED
        if order.due_on is not None and order.due_on < here.received_on:
            one.outcome = Outcome.REJECTED
            one.why = Text("The order's own limit lies before the day on which it came.")
    else:
        one.outcome = Outcome.REJECTED
        one.why = Text(
            "%(number)s has this order and is no longer open (%(state)s): have it handled again on "
            "its page.",
            number=here.number,
            state=here.state.label,
        )


def brings_day(order: Order, here: Complaint) -> bool:
    """Whether the list names a day that the order has not. After an extension the centre may still
    send a list from before."""
    answers = limits.own_answers(here)
    set_by_order = [limit for limit in answers if limit.basis is LimitBasis.ORDER]
    held = {several[-1].due_on for several in (answers, set_by_order) if several}
    return order.due_on is not None and order.due_on not in held


def brings_words(order: Order, here: Complaint) -> bool:
    return order.words not in here.words


def _new(
    one: Judged,
    marks: Sequence[str],
    known: Known,
    ground: Ground,
    earlier: Earlier,
    today: date,
) -> None:
    try:
        service.check(one.told(ground), today=today)
    except BadInput as error:
        one.outcome, one.why = Outcome.REJECTED, error.text
        return
    told_of = queries.about(
        one.institution.id if one.institution else None, one.order.place if one.order else ""
    )
    callers = [(mark, told_of) for mark in marks]
    known_before = (known.callers.get(caller) for caller in callers)
    above = (earlier.callers.get(caller) for caller in callers)
    into = next(filter(None, known_before), None) or next(filter(None, above), None)
    if into is not None:
        one.outcome, one.into = Outcome.MERGED, into
        return
    for caller in callers:
        earlier.callers[caller] = one
