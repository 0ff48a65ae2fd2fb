"""The record page of a notice: whose turn it is, what it asks for, how it was served."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask import render_template, url_for
from markupsafe import Markup

from training_oversight import clock, law
from training_oversight.accounts.guard import current_officer
from training_oversight.accounts.models import Officer
from training_oversight.accounts.permissions import Permission
from training_oversight.audit import queries as history
from training_oversight.audit import timeline
from training_oversight.catalogue import queries as catalogue
from training_oversight.database import current_session
from training_oversight.files.queries import evidence
from training_oversight.ledger.models import RectificationItem
from training_oversight.notices import presenting, printed, queries
from training_oversight.notices.models import Notice, NoticeItem
from training_oversight.notices.workflow import NoticeState, NoticeVerb
from training_oversight.texts import Text
from training_oversight.web.components import Locked, MoveButton, MoveStyle, NextStep
from training_oversight.web.contributions import Step, contributions
from training_oversight.web.next_step import led_by
from training_oversight.workflow import Move

PATH = [NoticeState.DRAFT, NoticeState.SUBMITTED, NoticeState.APPROVED, NoticeState.SERVED]
PAGES: dict[str, str] = {
    NoticeVerb.SUBMIT: "notices.edit",
    NoticeVerb.RETURN: "notices.return_",
    NoticeVerb.APPROVE: "notices.approve",
    NoticeVerb.SERVE: "notices.serve",
    NoticeVerb.WITHDRAW: "notices.withdraw",
    NoticeVerb.REVOKE: "notices.revoke",
}


@dataclass(frozen=True)
class RequirementLine:
    """One thing that the notice asks for, with its day once it was served."""

    item: RectificationItem
    requirement: str
    period: str
    due_on: date | None
    explained: law.Explained | None


def record_page(notice: Notice) -> str:
    session, officer, today = current_session(), current_officer(), clock.today()
    calendar = catalogue.working_calendar(session, authority_id=notice.authority_id)
    paper = printed.current(notice)
    return render_template(
        "notices/show.html",
        notice=notice,
        paper=paper,
        status=presenting.status(notice, fulfilled=notice.is_fulfilled),
        time=presenting.service_time(notice, today),
        box=_box(notice, officer),
        path=PATH,
        asked=[_asked(notice, place, calendar, today) for place in range(len(notice.entries))],
        attempts=notice.services,
        announced_until=queries.announcements(session, [notice]).get(notice.id),
        evidence=evidence(session, {"notice": [notice.id]}, officer.scope),
        entries=timeline.entries(
            history.history(session, notice), presenting.LABELS, presenting.VALUES
        ),
        panels=_panels(notice, officer, today),
    )


def _asked(
    notice: Notice, place: int, calendar: law.WorkingCalendar, today: date
) -> RequirementLine:
    entry = notice.entries[place]
    requirements = printed.current(notice).requirements
    period = requirements[place].period if place < len(requirements) else ""
    explained = _explained(notice, entry, calendar, today)
    due_on = explained.due_on if explained else None
    if notice.served_on and entry.at_once and due_on is None:
        due_on = notice.served_on
    return RequirementLine(entry.item, entry.requirement, period, due_on, explained)


def _explained(
    notice: Notice, entry: NoticeItem, calendar: law.WorkingCalendar, today: date
) -> law.Explained | None:
    """The day of a period; what is due at once needs no counting."""
    if notice.served_on is None or entry.length is None or entry.unit is None:
        return None
    period = law.Period(entry.length, entry.unit)
    return law.explain(notice.served_on, period, calendar, today=today)


def _box(notice: Notice, officer: Officer) -> NextStep | None:
    """The only box: what next, whose turn, and the moves that are open to this officer."""
    offer = notice.workflow.offer(officer, notice)
    until = queries.announcements(current_session(), [notice]).get(notice.id)
    moves = [_button(notice, move) for move in offer.open]
    locked = [Locked(each.move.label, each.reasons[0]) for each in offer.locked]
    if notice.state is NoticeState.APPROVED and officer.may(Permission.SERVE_NOTICE):
        moves.insert(1, _to(notice, "notices.failed", Text("Record a failed attempt")))
        if until is not None:
            _announcement(notice, until, moves, locked)
    step = presenting.next_step(
        notice, presenting.turns([notice], officer), clock.today(), until=until
    )
    if step is None and not moves:
        return None
    title = step.label if step else Text("none; the deadlines run")
    return NextStep(title, _whose(notice, step, until), led_by(step, moves), locked)


def _announcement(
    notice: Notice, until: date, moves: list[MoveButton], locked: list[Locked]
) -> None:
    words = presenting.ANNOUNCED
    if until <= clock.today():
        moves.insert(0, _to(notice, "notices.complete_announcement", words))
    else:
        locked.append(
            Locked(words, Text("The announcement counts as service on %(day)s.", day=until))
        )


def _to(notice: Notice, endpoint: str, label: Text) -> MoveButton:
    return MoveButton(label, url_for(endpoint, notice_id=notice.id))


def _button(notice: Notice, move: Move) -> MoveButton:
    label: Text = move.label
    style = MoveStyle.DANGER if move.grave else MoveStyle.OTHER
    if move.verb is NoticeVerb.SUBMIT:
        label = Text("Work on the notice")
    return MoveButton(label, url_for(PAGES[move.verb], notice_id=notice.id), style)


def _whose(notice: Notice, step: Step | None, until: date | None) -> Text | str:
    """Whose turn it is, and by when or who not."""
    who = step.who if step else ""
    match notice.state:
        case NoticeState.SUBMITTED:
            return Text(
                "%(who)s, somebody other than %(name)s", who=who, name=notice.drafted_by.name
            )
        # Of an announcement the end is named; no other day is left to keep.
        case NoticeState.APPROVED if until is None:
            return Text("%(name)s, by %(day)s", name=who, day=notice.service_due_on)
    return who


def _panels(notice: Notice, officer: Officer, today: date) -> Sequence[tuple[Text, Markup]]:
    made = [
        (panel.title, panel.render(notice, officer, today))
        for panel in contributions().panels_of(Notice, officer)
    ]
    return [(title, markup) for title, markup in made if markup]
