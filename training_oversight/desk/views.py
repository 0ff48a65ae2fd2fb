"""工作台: what waits for me, in order of urgency, and what should be empty."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from training_oversight import clock
from training_oversight.accounts.guard import current_officer, officer_or_none
from training_oversight.accounts.models import Officer
from training_oversight.accounts.permissions import Permission
from training_oversight.accounts.worklist import every
from training_oversight.catalogue import queries as catalogue
from training_oversight.database import current_session
from training_oversight.desk import queries, unattended
from training_oversight.desk.queries import Urgency, WaitingStep
from training_oversight.inspections import contributed
from training_oversight.inspections import queries as inspections
from training_oversight.law import WorkingCalendar
from training_oversight.registry.queries import View
from training_oversight.texts import Counted, Text
from training_oversight.web import page
from training_oversight.web.components import DueDay, Shape, Status, Tone
from training_oversight.web.marks import public, requires
from training_oversight.web.time_left import days_left

bp = Blueprint("desk", __name__)
A_GROUP = 4
WEEKS = 3


@dataclass(frozen=True)
class Group:
    """Lines of one urgency: the first few, and how many more there are."""

    urgency: Urgency
    lines: Sequence[WaitingStep]
    total: int

    @property
    def hidden(self) -> int:
        return self.total - len(self.lines)


@bp.route("/")
@public
def root() -> ResponseReturnValue:
    """A visitor is led to the public site, an officer to the desk."""
    here = "desk.home" if officer_or_none() else "public.home"
    return redirect(url_for(here))


@bp.route("/desk")
@requires(Permission.USE_DESK)
def home() -> ResponseReturnValue:
    session, officer, today = current_session(), current_officer(), clock.today()
    lines = queries.worklist(session, officer, today=today)
    on_day, area = _asked_day(), _asked_area()
    shown = [
        line for line in lines if on_day in (None, line.due_on) and area in (None, line.source.area)
    ]
    # What was asked for is shown whole: a figure led here, and its rows are to be seen.
    opened = list(Urgency) if on_day or area else [request.args.get("more", "")]
    calendar = catalogue.working_calendar(session, authority_id=officer.authority_id)
    return render_template(
        "desk/home.html",
        groups=_groups(shown, today=today, opened=opened),
        totals=Counter(line.urgency(today) for line in lines),
        waiting=lines,
        on_day=on_day,
        only=page.label_of(area) if area else None,
        shown=len(shown),
        time_left=time_left,
        weeks=_calendar(lines, calendar, today=today),
        gaps=unattended.counted(session, officer.scope, today=today) if _sees_gaps() else None,
        may_log=officer.may(Permission.LOG_VISIT),
        **_visiting(officer, today),
    )


def _visiting(officer: Officer, today: date) -> dict[str, object]:
    """What those who inspect see at the side: today's visits, and their own institutions."""
    session = current_session()
    if not officer.may(Permission.LOG_VISIT):
        return {}
    mine = inspections.mine(session, officer, today=today)
    return {
        "visits": inspections.of_day(session, officer, today),
        "visits_url": url_for("inspections.index", officer=officer.id),
        "mine": mine if mine.total else None,
        "visited_url": _of_mine(contributed.THIS_YEAR),
        "not_visited_url": _of_mine(contributed.NOT_THIS_YEAR),
    }


def _of_mine(visited: str) -> str:
    return url_for("registry.index", view=View.MINE.value, visited=visited)


def _sees_gaps() -> bool:
    return current_officer().may(Permission.VIEW_LEDGER)


def _asked_day() -> date | None:
    try:
        return date.fromisoformat(request.args.get("day", ""))
    except ValueError:
        return None


def _asked_area() -> str | None:
    """A line of the menu, by the page that it opens."""
    asked = request.args.get("area")
    return asked if asked in {kind.area for kind in every()} else None


def _groups(lines: Sequence[WaitingStep], *, today: date, opened: Sequence[str]) -> list[Group]:
    made = []
    for urgency in Urgency:
        members = [line for line in lines if line.urgency(today) is urgency]
        shown = members if urgency in opened else members[:A_GROUP]
        if members:
            made.append(Group(urgency, shown, len(members)))
    return made


def time_left(line: WaitingStep, today: date) -> Status:
    """What the last column says: late, today, so many days, or no deadline."""
    if line.due_on is None:
        return Status(None, Text("No deadline"), Tone.GREY)
    days = (line.due_on - today).days
    if days < 0:
        return Status(
            Shape.OVERDUE,
            Counted("%(days)s day overdue", "%(days)s days overdue", days=-days),
            Tone.RED,
        )
    return days_left(days)


def _calendar(
    lines: Sequence[WaitingStep], calendar: WorkingCalendar, *, today: date
) -> list[list[DueDay]]:
    """Three weeks from this Monday: how much is due on each day."""
    due = Counter(line.due_on for line in lines)
    monday = today - timedelta(days=today.weekday())
    days = [monday + timedelta(days=n) for n in range(7 * WEEKS)]
    cells = [
        DueDay(
            day=day,
            count=due[day],
            url=url_for("desk.home", day=day.isoformat()) if due[day] else None,
            rest="" if calendar.is_working_day(day) else _rest_word(calendar, day),
            is_today=day == today,
        )
        for day in days
    ]
    return [cells[n : n + 7] for n in range(0, len(cells), 7)]


def _rest_word(calendar: WorkingCalendar, day: date) -> object:
    return calendar.holiday(day) or Text("Rest")
