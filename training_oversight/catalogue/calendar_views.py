"""The working calendar of the county: the State Council's arrangement and its own days over it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import cast

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from training_oversight import clock
from training_oversight.accounts.guard import current_officer
from training_oversight.accounts.permissions import Permission
from training_oversight.catalogue import queries, service
from training_oversight.catalogue.forms import CalendarDayForm
from training_oversight.catalogue.views import bp
from training_oversight.database import current_session, transaction
from training_oversight.errors import BadInput, NotFound
from training_oversight.law import WorkingCalendar
from training_oversight.texts import Counted, Text
from training_oversight.web.marks import requires
from training_oversight.web.messages import flash
from training_oversight.web.steps import Done, answered

EARLIEST, LATEST = 2018, 2100
ONE_DAY = timedelta(days=1)
# The longest holiday there is, with room to spare: a slip in the year is caught.
MOST_DAYS = 31


@dataclass(frozen=True)
class YearDay:
    """A day of the year view. ``kind`` is the calendar's class name; empty outside the month."""

    day: date
    kind: str
    label: object


@dataclass(frozen=True)
class Month:
    first: date
    weeks: list[list[YearDay | None]]


def months(year: int, calendar: WorkingCalendar) -> list[Month]:
    return [
        Month(first, _weeks(first, calendar))
        for first in (date(year, month, 1) for month in range(1, 13))
    ]


def _weeks(first: date, calendar: WorkingCalendar) -> list[list[YearDay | None]]:
    cells: list[YearDay | None] = [None] * first.weekday()
    day = first
    while day.month == first.month:
        cells.append(_cell(day, calendar))
        day += ONE_DAY
    cells += [None] * (-len(cells) % 7)
    return [cells[n : n + 7] for n in range(0, len(cells), 7)]


def _cell(day: date, calendar: WorkingCalendar) -> YearDay:
    if calendar.is_made_up(day):
        return YearDay(day, "made_up", Text("work"))
    holiday = calendar.holiday(day)
    if holiday is not None:
        return YearDay(day, "holiday", holiday)
    return YearDay(day, "plain" if calendar.is_working_day(day) else "rest", "")


def _checked(year: int) -> int:
    if not EARLIEST <= year <= LATEST:
        raise NotFound
    return year


@bp.route("/calendar")
@requires(Permission.MANAGE_CATALOGUE)
def calendar() -> ResponseReturnValue:
    return redirect(url_for(".calendar_year", year=clock.today().year))


@bp.route("/calendar/<int:year>")
@requires(Permission.MANAGE_CATALOGUE)
def calendar_year(year: int) -> str:
    authority_id = current_officer().authority_id
    known = queries.working_calendar(current_session(), authority_id=authority_id)
    return render_template(
        "catalogue/calendar.html",
        year=_checked(year),
        months=months(year, known),
        source=known.source(year),
        provisional=year not in known.known_years,
        entered=queries.entered_days(current_session(), year, authority_id=authority_id),
        earliest=EARLIEST,
        latest=LATEST,
    )


@bp.route("/calendar/<int:year>/days", methods=["GET", "POST"])
@requires(Permission.MANAGE_CATALOGUE)
def calendar_days(year: int) -> ResponseReturnValue:
    """Days that differ in this county alone; the State's are the operator's to enter."""
    _checked(year)
    form = CalendarDayForm()

    def act(session: Session) -> Done:
        days = _days(form, year)
        for day in days:
            service.enter_local_day(
                session,
                day,
                working=form.working.data == "working",
                name=form.name.data,
                source=form.source.data,
                by=current_officer(),
            )
        return Done(
            url_for(".calendar_year", year=year),
            Counted("%(count)s day entered.", "%(count)s days entered.", count=len(days)),
        )

    return answered(
        form, act, lambda: render_template("catalogue/calendar_days.html", form=form, year=year)
    )


def _days(form: CalendarDayForm, year: int) -> list[date]:
    first = cast(date, form.first_on.data)
    last = form.last_on.data or first
    if last < first:
        sentence = Text("The last day must not be before the first.")
        raise BadInput(sentence, {"last_on": sentence})
    if first.year != year or last.year != year:
        sentence = Text("The days must lie in %(year)s.", year=year)
        raise BadInput(sentence, {"first_on": sentence})
    if (last - first).days >= MOST_DAYS:
        sentence = Text("Enter at most %(count)s days at a time.", count=MOST_DAYS)
        raise BadInput(sentence, {"last_on": sentence})
    return [first + n * ONE_DAY for n in range((last - first).days + 1)]


@bp.route("/calendar/<int:year>/days/<day>/take-back", methods=["POST"])
@requires(Permission.MANAGE_CATALOGUE)
def take_back_day(year: int, day: str) -> ResponseReturnValue:
    try:
        wanted = date.fromisoformat(day)
    except ValueError as error:
        raise NotFound from error
    with transaction() as session:
        service.take_back_local_day(session, wanted, by=current_officer())
    flash(
        Text("%(day)s is again what the State's arrangement and the week say.", day=wanted), "done"
    )
    return redirect(url_for(".calendar_year", year=year))
