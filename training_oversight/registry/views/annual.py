"""The annual checks of one year: a list with a grade in every row, saved page by page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from training_oversight import clock
from training_oversight.accounts.guard import current_officer
from training_oversight.accounts.permissions import Permission
from training_oversight.database import current_session
from training_oversight.errors import BadInput, NotFound
from training_oversight.registry import queries, service
from training_oversight.registry.forms import AnnualForm
from training_oversight.registry.models import AnnualGrade, Institution, LicenceEvent
from training_oversight.registry.service import Graded
from training_oversight.registry.views.blueprint import bp
from training_oversight.texts import Counted, Text
from training_oversight.web import safe_request
from training_oversight.web.addresses import asking
from training_oversight.web.components import Tab
from training_oversight.web.forms import given
from training_oversight.web.marks import requires
from training_oversight.web.paging import Key, paged
from training_oversight.web.steps import Done, answered

MOST_YEARS = 6


@dataclass(frozen=True)
class AnnualRow:
    """An institution, what stands of the year, and what is chosen on the page."""

    institution: Institution
    check: LicenceEvent | None
    chosen: str

    @property
    def seen(self) -> int:
        return self.check.id if self.check else 0


@bp.route("/annual-checks")
@requires(Permission.EDIT_REGISTRY)
def last_annual_checks() -> ResponseReturnValue:
    """What is checked in a year is the year before."""
    return redirect(url_for(".annual_checks", year=clock.today().year - 1))


@bp.route("/annual-checks/<int:year>", methods=["GET", "POST"])
@requires(Permission.EDIT_REGISTRY)
def annual_checks(year: int) -> ResponseReturnValue:
    officer, session, today = current_officer(), current_session(), clock.today()
    try:
        service.check_year(year, today=today)
    except BadInput as error:
        raise NotFound from error
    form = AnnualForm()

    def act(session: Session) -> Done:
        count = service.grade_many(
            session,
            year,
            _graded(),
            on_day=given(form.on_day.data),
            by=officer,
            today=today,
        )
        return Done(
            request.full_path,
            Counted("%(count)s grade is entered.", "%(count)s grades are entered.", count=count),
        )

    def page() -> str:
        only_open = request.args.get("open") == "1"
        everything, checked = queries.check_counts(session, officer, year)
        shown = paged(
            session,
            queries.to_check(officer, only_open=year if only_open else None),
            keys=[Key(Institution.sort_key), Key(Institution.id)],
            cursor=request.args.get("at"),
            address=lambda cursor: _address(year, only_open=only_open, at=cursor),
            total=everything - checked if only_open else everything,
        )
        return render_template(
            "registry/annual_checks.html",
            form=form,
            year=year,
            years=_years(year, today.year, only_open=only_open),
            views=_views(year, everything, checked, only_open=only_open),
            page=shown,
            rows=_rows(shown.rows, year, refused=form.status is not HTTPStatus.OK),
            grades=list(AnnualGrade),
            everything=everything,
            checked=checked,
        )

    return answered(form, act, page)


def _rows(institutions: Sequence[Institution], year: int, *, refused: bool) -> list[AnnualRow]:
    checks = queries.checks_of(current_session(), institutions, year)
    rows = []
    for institution in institutions:
        check = checks.get(institution.id)
        stands = check.grade.value if check and check.grade else ""
        typed = request.form.get(f"grade-{institution.id}", stands) if refused else stands
        rows.append(AnnualRow(institution, check, typed))
    return rows


def _graded() -> list[Graded]:
    """The rows in which a grade is chosen. One that is emptied again says nothing."""
    found = []
    for name, value in request.form.items():
        key = name.removeprefix("grade-")
        grade = next((one for one in AnnualGrade if one.value == value), None)
        if key != name and grade is not None and (numbers := safe_request.keys([key])):
            seen = request.form.get(f"seen-{key}", 0, type=int)
            found.append(Graded(numbers[0], grade, seen))
    return found


def _years(year: int, present: int, *, only_open: bool) -> list[Tab]:
    first = max(min(year, present - MOST_YEARS + 1), service.FIRST_YEAR)
    return [
        Tab(
            Text("Year %(year)s", year=one),
            _address(one, only_open=only_open),
            current=one == year,
        )
        for one in range(present, first - 1, -1)
    ]


def _views(year: int, everything: int, checked: int, *, only_open: bool) -> list[Tab]:
    return [
        Tab(Text("All with a permit"), _address(year), everything, not only_open),
        Tab(
            Text("Not entered yet"), _address(year, only_open=True), everything - checked, only_open
        ),
    ]


def _address(year: int, *, only_open: bool = False, at: str | None = None) -> str:
    kept: dict[str, str | None] = {"open": "1" if only_open else None, "at": at}
    return asking(".annual_checks", {k: v for k, v in kept.items() if v}, year=year)
