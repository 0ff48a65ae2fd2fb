"""The next-step box: which moves are open, which are locked, and why."""

from __future__ import annotations

from datetime import date

from flask import url_for
from sqlalchemy.orm import Session

from training_oversight.accounts.models import Officer
from training_oversight.accounts.permissions import Permission
from training_oversight.ledger import presenting
from training_oversight.ledger.models import RectificationItem
from training_oversight.ledger.workflow import ItemState, ItemVerb
from training_oversight.texts import Counted, Text
from training_oversight.web.addresses import asking
from training_oversight.web.components import Locked, MoveButton, MoveStyle, NextStep
from training_oversight.web.contributions import Step, contributions
from training_oversight.web.next_step import led_by
from training_oversight.workflow import Move, Offer

ENDED = (ItemState.CLOSED, ItemState.VOID)
PAGES = {
    ItemVerb.APPLY: "ledger.apply",
    ItemVerb.PASS: "ledger.verify",
    ItemVerb.FAIL: "ledger.verify",
    ItemVerb.RETURN: "ledger.return_",
    ItemVerb.CLOSE: "ledger.close",
    ItemVerb.CLOSE_DIRECTLY: "ledger.close_directly",
    ItemVerb.VOID: "ledger.void",
    ItemVerb.REOPEN: "ledger.reopen",
}
VERDICTS = {ItemVerb.PASS: "passed_check", ItemVerb.FAIL: "failed_check"}
# What a later state will allow, said early to who may do it.
LATER = {
    ItemState.OPEN: (
        (ItemVerb.PASS, Permission.VERIFY_ITEM, Text("Needs the institution's report first.")),
    ),
    ItemState.APPLIED: (
        (
            ItemVerb.CLOSE,
            Permission.APPROVE_CLOSE_OUT,
            Text("Needs a passed re-check first, and somebody who did not verify."),
        ),
    ),
}


def next_step(session: Session, item: RectificationItem, officer: Officer, today: date) -> NextStep:
    offer = item.workflow.offer(officer, item)
    step = _step(session, item, officer, today)
    return NextStep(
        title=step.label if step else _ended(item),
        whose=_whose(item, step, today) if step else "",
        moves=led_by(
            step, [*_moves(item, offer), *_second(item, officer), *_beside(item, officer)]
        ),
        locked=[*_locked(offer), *_later(item, officer)],
    )


def _step(session: Session, item: RectificationItem, officer: Officer, today: date) -> Step | None:
    above = contributions().steps_of("items", session, officer, [item.id], today)
    return above.get(item.id) or presenting.step_of(
        item, officer, today, presenting.turns([item], officer)
    )


def _ended(item: RectificationItem) -> Text:
    return Text("none, the item has left the ledger") if item.state in ENDED else Text("none")


def _whose(item: RectificationItem, step: Step, today: date) -> Text | str:
    whose = step.who if step.followed else _waits(step)
    running = item.second_due_on if _owes_second_alone(item) else None
    day = item.office_due_on or running or item.due_on
    if day is None:
        return whose
    return Text("%(whose)s, until %(day)s (%(left)s)", whose=whose, day=day, left=_left(day, today))


def _waits(step: Step) -> Text:
    return Text("Whose: %(who)s", who=Text("yours") if step.mine else step.who)


def _left(day: date, today: date) -> Text | Counted:
    left = (day - today).days
    if left < 0:
        return Counted("%(days)s day late", "%(days)s days late", days=-left)
    if not left:
        return Text("due today")
    return Counted("%(days)s day left", "%(days)s days left", days=left)


def _moves(item: RectificationItem, offer: Offer) -> list[MoveButton]:
    """Grave ones come last."""
    return [_button(item, move) for move in sorted(offer.open, key=lambda move: move.grave)]


def _owes_second_alone(item: RectificationItem) -> bool:
    return item.second_runs and item.applied_on is not None


def _second(item: RectificationItem, officer: Officer) -> list[MoveButton]:
    """Refunds, or the rest."""
    if not item.second_runs or item.second_kind is None or not officer.may(Permission.MANAGE_ITEM):
        return []
    words = Text("Record: %(what)s", what=item.second_kind.label)
    return [MoveButton(words, url_for("ledger.report_second", item_id=item.id))]


def _button(item: RectificationItem, move: Move) -> MoveButton:
    verb = ItemVerb(move.verb)  # type: ignore[call-arg]
    url = url_for(PAGES[verb], item_id=item.id, verdict=VERDICTS.get(verb))
    return MoveButton(move.label, url, MoveStyle.DANGER if move.grave else MoveStyle.OTHER)


def _beside(item: RectificationItem, officer: Officer) -> list[MoveButton]:
    """Steps that change no state, and those of other areas."""
    found = []
    at: dict[str, int] = {"item_id": item.id}
    may_manage = officer.may(Permission.MANAGE_ITEM)
    if item.state == ItemState.OPEN and item.due_on is None and may_manage:
        found.append(MoveButton(Text("Set the limit"), asking("ledger.set_limit", at)))
    found += [
        MoveButton(action.label, action.url(item))
        for action in contributions().actions_on(RectificationItem, item, officer)
    ]
    if item.state in (ItemState.OPEN, ItemState.APPLIED) and officer.may(Permission.LOG_VISIT):
        url = url_for("ledger.plan", institution_id=item.institution_id)
        found.append(MoveButton(Text("Plan a re-inspection"), url, MoveStyle.TEXT))
    if item.state not in ENDED and officer.may(Permission.APPROVE_CLOSE_OUT):
        label = (
            Text("Take off the supervision list") if item.listed else Text("List for supervision")
        )
        found.append(MoveButton(label, asking("ledger.supervision", at), MoveStyle.TEXT))
    return found


def _locked(offer: Offer) -> list[Locked]:
    return [Locked(one.move.label, reason) for one in offer.locked for reason in one.reasons]


def _later(item: RectificationItem, officer: Officer) -> list[Locked]:
    coming = LATER.get(item.state, ())
    return [Locked(verb.label, why) for verb, permission, why in coming if officer.may(permission)]
