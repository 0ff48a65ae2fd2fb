"""How an item looks in a row and in a title line, and whose turn it is."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from training_oversight.accounts.models import Officer
from training_oversight.accounts.permissions import Permission
from training_oversight.ledger.clocks import SECOND, Clock, LimitKind
from training_oversight.ledger.models import WITH_OFFICE, LimitBasis, RectificationItem
from training_oversight.ledger.workflow import IN_CHARGE, ITEM_WORKFLOW, ItemState, ItemVerb
from training_oversight.registry.presenting import charged
from training_oversight.texts import Counted, Text
from training_oversight.web.addresses import of_record
from training_oversight.web.components import Shape, Status, Tone
from training_oversight.web.contributions import Step
from training_oversight.web.time_left import days_left

SHAPES = {
    ItemState.OPEN: (Shape.UNDER_WAY, Tone.INK),
    ItemState.APPLIED: (Shape.WAITING, Tone.BLUE),
    ItemState.VERIFIED: (Shape.WAITING, Tone.BLUE),
    ItemState.CLOSED: (Shape.DONE, Tone.GREEN),
    ItemState.VOID: (Shape.ENDED, Tone.GREY),
}
# The year of a document number: the column of the list has no room for it.
YEAR = re.compile(r"[〔\[(（]\d{4}[〕\])）]")


@dataclass(frozen=True)
class ItemRow:
    """One line of the list."""

    item: RectificationItem
    url: str
    kind: str
    basis: Text
    basis_in_full: Text
    state: Status
    time: Status | None
    second: Status | None
    office: Status | None
    step: Step | None


def state_of(item: RectificationItem) -> Status:
    shape, tone = SHAPES[item.state]
    return Status(shape, item.state.label, tone)


def time_of(item: RectificationItem, today: date) -> Status | None:
    """How the institution stands to its first limit; nothing once it has left the ledger."""
    if item.state in (ItemState.CLOSED, ItemState.VOID):
        return None
    clock = next((one for one in item.clocks if one.kind not in SECOND), None)
    if clock is None:
        return Status(None, Text("Not started"), Tone.GREY)
    if clock.has_lapsed(today):
        return Status(Shape.OVERDUE, _overdue(item, clock, today), Tone.RED)
    left = (clock.due_on - today).days
    if left < 0 or (left == 0 and not clock.runs):
        return Status(None, Text("In time"), Tone.GREY)
    if not clock.runs:
        return Status(None, Counted("%(days)s day left", "%(days)s days left", days=left), Tone.INK)
    return days_left(left)


def in_the_end(due_on: date, reported_on: date | None) -> Status | None:
    """How a limit of an item that was written off was kept; nothing where nobody reported."""
    if reported_on is None:
        return None
    late = (reported_on - due_on).days
    if late > 0:
        words = Counted("Reported %(days)s day late", "Reported %(days)s days late", days=late)
        return Status(Shape.OVERDUE, words, Tone.RED)
    return Status(None, Text("In time"), Tone.GREY)


def second_time_of(item: RectificationItem, today: date) -> Status | None:
    """How it stands to its second limit, which says what it is for; nothing without one."""
    clock = _second(item)
    if clock is None:
        return None
    if clock.has_lapsed(today):
        return Status(Shape.OVERDUE, _overdue(item, clock, today), Tone.RED)
    if not clock.runs:
        settled = clock.kind is LimitKind.SETTLEMENT
        words = Text("Refunds reported in time") if settled else Text("The rest in time")
        return Status(None, words, Tone.GREY)
    left = (clock.due_on - today).days
    soon = left <= 1
    return Status(
        Shape.SOON if soon else None, _left(clock, left), Tone.AMBER if soon else Tone.INK
    )


def _second(item: RectificationItem) -> Clock | None:
    return next((one for one in item.clocks if one.kind in SECOND), None)


def _left(clock: Clock, left: int) -> Text | Counted:
    settled = clock.kind is LimitKind.SETTLEMENT
    if not left:
        return Text("Refunds due today") if settled else Text("The rest due today")
    if settled:
        return Counted("Refunds: %(days)s day left", "Refunds: %(days)s days left", days=left)
    return Counted("The rest: %(days)s day left", "The rest: %(days)s days left", days=left)


def _overdue(item: RectificationItem, clock: Clock, today: date) -> Text | Counted:
    """By how much; of an item with two clocks also which of them."""
    days = clock.days_late(today)
    if clock.kind is LimitKind.SETTLEMENT:
        return Counted("Refunds overdue %(days)s day", "Refunds overdue %(days)s days", days=days)
    if clock.kind is LimitKind.REST:
        return Counted("The rest overdue %(days)s day", "The rest overdue %(days)s days", days=days)
    second = _second(item)
    if second is None:
        return Counted("Overdue %(days)s day", "Overdue %(days)s days", days=days)
    if second.kind is LimitKind.SETTLEMENT:
        return Counted("Stop overdue %(days)s day", "Stop overdue %(days)s days", days=days)
    return Counted(
        "At-once part overdue %(days)s day", "At-once part overdue %(days)s days", days=days
    )


def late_tag(item: RectificationItem, today: date) -> Status | None:
    """For the title line: a report that came too late says so."""
    clock = next((one for one in item.clocks if one.kind not in SECOND), None)
    if clock is not None and clock.has_lapsed(today) and item.state in WITH_OFFICE:
        days = clock.days_late(today)
        return Status(
            Shape.OVERDUE,
            Counted("Reported %(days)s day late", "Reported %(days)s days late", days=days),
            Tone.RED,
        )
    return time_of(item, today)


def office_of(item: RectificationItem, today: date) -> Status | None:
    """The office's own lateness: another clock than the institution's."""
    if not item.is_late_by_office(today) or item.office_due_on is None:
        return None
    days = (today - item.office_due_on).days
    if item.state == ItemState.APPLIED:
        return Status(
            Shape.OVERDUE,
            Counted("Re-check %(days)s day late", "Re-check %(days)s days late", days=days),
            Tone.RED,
        )
    return Status(
        Shape.OVERDUE,
        Counted("Close-out %(days)s day late", "Close-out %(days)s days late", days=days),
        Tone.RED,
    )


def basis_of(item: RectificationItem, *, in_full: bool = False) -> Text:
    """Under the last day stands why; of a paper its number, in a list without the year."""
    basis = _basis_of(item, in_full=in_full)
    return Text("%(basis)s, provisional", basis=basis) if item.due_provisional else basis


def _basis_of(item: RectificationItem, *, in_full: bool) -> Text:
    if item.due_basis is None:
        return Text("Runs from service or when set")
    if item.due_basis is LimitBasis.SERVICE and item.due_source:
        source = item.due_source if in_full else YEAR.sub("", item.due_source)
        return Text("%(source)s served", source=source)
    return item.due_basis.label


def turns(items: Sequence[RectificationItem], officer: Officer) -> frozenset[int]:
    """Those whose next step is this officer's; one query for a list."""
    return ITEM_WORKFLOW.turns(officer, items, ItemVerb.APPLY, ItemVerb.PASS, ItemVerb.CLOSE)


def step_of(
    item: RectificationItem, officer: Officer, today: date, turns: Collection[int]
) -> Step | None:
    """What comes next and whose it is. Makes no query."""
    mine = item.id in turns
    match item.state:
        case ItemState.OPEN:
            return _open_step(item, today, mine=mine)
        case ItemState.APPLIED if item.second_runs:
            return _second_step(item, officer, today)
        case ItemState.APPLIED:
            return _verify_step(item, mine=mine)
        case ItemState.VERIFIED:
            return _close_step(item, mine=mine)
    return None


def _open_step(item: RectificationItem, today: date, *, mine: bool) -> Step:
    charge = item.officer_in_charge
    who = charged(charge, today)
    if item.due_on is None:
        url = of_record("ledger.set_limit", item_id=item.id) if mine else None
        return Step(Text("Set the limit"), who, url, mine)
    if mine and item.due_on <= today:
        url = of_record("ledger.apply", item_id=item.id)
        return Step(Text("Record the report"), who, url, mine)
    if charge is None or not charge.works_on(today):
        return Step(Text("Waiting for the report"), who)
    follows = Text("I follow up") if mine else Text("%(name)s follows up", name=who)
    return Step(Text("Waiting for the report"), follows, followed=True)


def _second_step(item: RectificationItem, officer: Officer, today: date) -> Step:
    """Reported, but for what has a limit of its own: the office has nothing to re-check yet."""
    mine = IN_CHARGE.who(item) == officer.id and officer.may(Permission.MANAGE_ITEM)
    url = of_record("ledger.report_second", item_id=item.id) if mine else None
    label = Text("Record: %(what)s", what=item.second_kind.label if item.second_kind else "")
    return Step(label, charged(item.officer_in_charge, today), url, mine)


def _verify_step(item: RectificationItem, *, mine: bool) -> Step:
    url = of_record("ledger.verify", item_id=item.id) if mine else None
    return Step(Text("Re-check"), Text("Another inspector"), url, mine)


def _close_step(item: RectificationItem, *, mine: bool) -> Step:
    url = of_record("ledger.close", item_id=item.id) if mine else None
    return Step(Text("Approve the close-out"), Text("Section head"), url, mine)
