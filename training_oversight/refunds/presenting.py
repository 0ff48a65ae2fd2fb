"""How refunds and closing events look."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from flask import url_for

from training_oversight.accounts.guard import current_officer
from training_oversight.accounts.permissions import Permission
from training_oversight.audit import Event, timeline
from training_oversight.audit.recent_changes import Reading, by
from training_oversight.refunds.models import ClosingEvent, Refund, RefundWay
from training_oversight.refunds.queries import Totals
from training_oversight.refunds.workflow import EventState, RefundState
from training_oversight.texts import Counted, Text
from training_oversight.vault.sealing import is_lost
from training_oversight.web import money
from training_oversight.web.components import Shape, Split, SplitPart, Status, TimelineEntry, Tone
from training_oversight.web.jinja_filters import masked_name, masked_phone

SHAPES = {
    RefundState.SIGNED_UP: (Shape.WAITING, Tone.BLUE),
    RefundState.ENTERED: (Shape.NOT_BEGUN, Tone.INK),
    RefundState.AGREED: (Shape.UNDER_WAY, Tone.INK),
    RefundState.DISPUTED: (Shape.RETURNED, Tone.AMBER),
    RefundState.SETTLED: (Shape.DONE, Tone.GREEN),
    RefundState.WITHDRAWN: (Shape.ENDED, Tone.GREY),
}
EVENT_SHAPES = {
    EventState.OPEN: (Shape.UNDER_WAY, Tone.INK),
    EventState.CLOSED: (Shape.DONE, Tone.GREEN),
}
PATH = (RefundState.ENTERED, RefundState.AGREED, RefundState.SETTLED)
WAYS = {way.value: way for way in RefundWay}
amount = money.amount
LOST = Text("Cannot be read any more: its key is lost")


def refund_state(refund: Refund) -> Status:
    """What is paid in part is counted from what was paid, not kept as a state."""
    shape, tone = SHAPES[refund.state]
    if refund.state == RefundState.AGREED and refund.paid_fen:
        return Status(shape, Text("Paid back in part"), tone)
    return Status(shape, refund.state.label, tone)


def event_state(event: ClosingEvent) -> Status:
    shape, tone = EVENT_SHAPES[event.state]
    return Status(shape, event.state.label, tone)


def title_of(event: ClosingEvent) -> Text:
    return Text("%(name)s: closing event", name=event.institution.name)


def masked_parent(refund: Refund) -> Text | str:
    return LOST if is_lost(refund.parent) else masked_name(refund.parent)


def masked_number(refund: Refund) -> Text | str:
    return LOST if is_lost(refund.phone) else masked_phone(refund.phone)


def readable(words: str | None) -> Text | str:
    """What was sealed, for who looks at it."""
    if is_lost(words):
        return LOST
    return words or Text("Not on record")


def belongs(refund: Refund) -> tuple[Text, Text | str, str | None]:
    """Where it came from, with the page for who may open it."""
    label = Text("Comes from")
    if refund.event is not None:
        return label, refund.event.number, url_for("refunds.event", event_id=refund.event_id)
    officer = current_officer()
    if refund.complaint is not None:
        may = officer.may(Permission.VIEW_EVERY_COMPLAINT)
        page = url_for("complaints.show", complaint_id=refund.complaint_id) if may else None
        return label, refund.complaint.number, page
    if refund.finding is not None:
        may = officer.may(Permission.VIEW_VISITS)
        page = url_for("inspections.finding", finding_id=refund.finding_id) if may else None
        return label, Text("What an inspection found"), page
    return label, Text("Entered by itself"), None


def split_of(totals: Totals) -> Split:
    """How the refunds of an event stand; withdrawn ones count in none of it."""
    parts = [
        SplitPart(state.label, totals.by_state.get(state, 0))
        for state in RefundState
        if state != RefundState.WITHDRAWN
    ]
    return Split(Text("Refunds in all"), totals.refunds, parts, Text("In none of these states"))


LABELS = {
    "contract_fen": Text("Contract amount"),
    "bought": Text("Lessons bought"),
    "given": Text("Lessons given away"),
    "used": Text("Lessons used"),
    "computed_fen": Text("Due by the formula"),
    "agreed_fen": Text("Agreed amount"),
    "agreed_on": Text("Agreed on"),
    "agreed_how": Text("How it was agreed"),
    "paid_fen": Text("Paid back"),
    "platform_on": Text("On the national platform since"),
    "course": Text("Course"),
}


VALUES: dict[str, timeline.Saying] = {
    **dict.fromkeys(("contract_fen", "computed_fen", "agreed_fen", "paid_fen"), amount),
    "agreed_how": RefundWay,
}
READING = Reading(("refund",), by(LABELS, VALUES))


def history_of(events: Sequence[Event]) -> list[TimelineEntry]:
    return timeline.entries(events, LABELS, VALUES, {"refund.paid": _paid})


def _paid(event: Event) -> Text:
    return Text(
        "%(way)s: %(amount)s", way=WAYS[event.facts["way"]], amount=amount(event.facts["fen"])
    )


def event_history(events: Sequence[Event]) -> list[TimelineEntry]:
    return timeline.entries(
        events,
        sentences={
            "closing.balance": _balance,
            "closing.listed": _listed,
            "closing.taken_out": _taken_out,
        },
    )


def _balance(event: Event) -> Text:
    day = date.fromisoformat(event.facts["as_of"])
    return Text("%(amount)s as of %(day)s", amount=amount(event.facts["fen"]), day=day)


def _listed(event: Event) -> Text:
    return Text(
        "Entered %(entered)s, unchanged %(unchanged)s, returned %(returned)s", **event.facts
    )


def _taken_out(event: Event) -> Text:
    rows = event.facts["rows"]
    if event.facts["named"]:
        return Counted("%(count)s row, with families", "%(count)s rows, with families", count=rows)
    return Counted(
        "%(count)s row, without families", "%(count)s rows, without families", count=rows
    )
