"""Which place, and then: begin now, plan, or enter a visit that has been."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from training_oversight import clock, database
from training_oversight.accounts.guard import current_officer
from training_oversight.accounts.permissions import Permission
from training_oversight.catalogue.models import Checklist
from training_oversight.database import current_session
from training_oversight.errors import NotFound
from training_oversight.files import service as files
from training_oversight.inspections import queries, service
from training_oversight.inspections.forms import ANSWERS, BeginForm, EnteredForm, PlanForm
from training_oversight.inspections.models import Visit
from training_oversight.inspections.presenting import parts
from training_oversight.inspections.views import preparing
from training_oversight.inspections.views.blueprint import bp
from training_oversight.inspections.views.picking import which_place
from training_oversight.inspections.workflow import VisitState
from training_oversight.registry import queries as registry
from training_oversight.registry.models import Institution
from training_oversight.texts import Text
from training_oversight.web.forms import OversightForm
from training_oversight.web.marks import requires
from training_oversight.web.steps import Done, answered

UNKNOWN = "unknown"


@dataclass(frozen=True)
class BeforeVisit:
    """What is good to know before a visit: how often already, and who else goes there soon."""

    year: queries.Yearly
    together: Sequence[Visit]


STILL_ASKED = Text(
    "The visit is saved. Say of what does not comply what became of it, then finish the visit."
)


@bp.route("/new", methods=["GET", "POST"])
@requires(Permission.LOG_VISIT)
def log() -> ResponseReturnValue:
    """登记检查: at first the place; with one, begin the visit now."""
    session = current_session()
    if not (request.args.get("institution") or request.args.get("place")):
        return which_place(session)
    institution, form = _asked(session), BeginForm()
    _prepare(session, form, institution)
    preparing.offer_checklists(session, form, institution)

    def act(saving: Session) -> Done:
        told = preparing.draft(
            saving,
            form,
            preparing.place_of(saving, form, institution),
            happened_at=database.instant(saving),
            checklist=preparing.chosen_checklist(saving, form),
        )
        visit = service.begin(saving, draft=told, by=current_officer(), today=clock.today())
        return Done(
            url_for(".inspect", visit_id=visit.id),
            Text("The visit has begun. Every answer saves itself."),
        )

    return answered(
        form, act, lambda: render_template("inspections/log.html", form=form, **_page(institution))
    )


@bp.route("/new/planned", methods=["GET", "POST"])
@requires(Permission.LOG_VISIT)
def plan() -> ResponseReturnValue:
    """安排检查: for a later day."""
    session = current_session()
    institution, form = _asked(session), PlanForm()
    _prepare(session, form, institution)
    preparing.offer_checklists(session, form, institution)
    if not form.is_submitted() and (like := request.args.get("like", type=int)):
        _fill_like(form, queries.visit(session, like, current_officer().scope))

    def act(saving: Session) -> Done:
        told = preparing.draft(
            saving,
            form,
            preparing.place_of(saving, form, institution),
            happened_at=service.at_morning(form.planned_on.data or clock.today()),
            checklist=preparing.chosen_checklist(saving, form),
        )
        visit = service.plan(saving, draft=told, by=current_officer(), today=clock.today())
        return Done(
            url_for(".show", visit_id=visit.id),
            Text("The visit is on the list of those who inspect."),
        )

    return answered(
        form, act, lambda: render_template("inspections/plan.html", form=form, **_page(institution))
    )


@bp.route("/new/entered", methods=["GET", "POST"])
@requires(Permission.LOG_VISIT)
def entered() -> ResponseReturnValue:
    """事后补录: the whole visit on one page."""
    session = current_session()
    institution, form = _asked(session), EnteredForm()
    _prepare(session, form, institution)
    preparing.offer_violations(session, [one.form.violation_type_id for one in form.found])
    checklist = preparing.fitting_checklist(session, institution)
    preparing.offer_questions([one.form.item for one in form.found], checklist)

    def act(saving: Session) -> Done:
        visit = _enter(saving, form, institution, checklist)
        files.attach(saving, visit, form.photos.kept, by=current_officer())
        if visit.state is not VisitState.DONE:
            return Done(url_for(".finish", visit_id=visit.id), STILL_ASKED)
        return Done(url_for(".show", visit_id=visit.id), _said(visit))

    return answered(
        form,
        act,
        lambda: render_template(
            "inspections/entered.html",
            form=form,
            parts=parts(checklist, preparing.answers_sent(checklist)),
            answers=ANSWERS,
            **_page(institution),
        ),
    )


def _enter(
    session: Session,
    form: OversightForm,
    institution: Institution | None,
    checklist: Checklist | None,
) -> Visit:
    told = preparing.draft(
        session,
        form,
        preparing.place_of(session, form, institution),
        happened_at=form.begun(),
        ended_at=form.ended(),
        **form.placed(),
        checklist=checklist,
        answers=preparing.answers_sent(checklist),
        findings=[
            preparing.problem(session, one.form, item=one.form.item.data)
            for one in form.found
            if one.form.told
        ],
        unanswered_reason=form.unanswered_reason.data,
        **preparing.closing(form),
    )
    return service.log_visit(session, draft=told, by=current_officer(), today=clock.today())


def _fill_like(form: OversightForm, visit: Visit) -> None:
    """As that visit was, which the officer chose to begin from; when, they say themselves."""
    form.kind.data, form.purpose.data, form.helpers.data = visit.kind, visit.purpose, visit.helpers
    offered = {key for key, *_ in form.officers.choices}
    form.officers.data = [one.id for one in visit.officers if one.id in offered]


def _said(visit: Visit) -> Text:
    if reasons := queries.can_found_notice(visit):
        return Text("The visit is saved. %(reason)s", reason=reasons[0])
    return Text("The visit is saved.")


def _asked(session: Session) -> Institution | None:
    """The institution in the address, nothing for an unknown place. Raises ``NotFound``."""
    if request.args.get("place") == UNKNOWN:
        return None
    key = request.args.get("institution", type=int)
    if key is None:
        raise NotFound
    return registry.get(session, key, current_officer().scope)


def _prepare(session: Session, form: OversightForm, institution: Institution | None) -> None:
    preparing.offer(session, form)
    if institution is None:
        preparing.keep_place(session, form)
    else:
        preparing.drop_place(form)


def _known(institution: Institution) -> BeforeVisit:
    session, officer, today = current_session(), current_officer(), clock.today()
    return BeforeVisit(
        queries.yearly(session, officer, [institution.id], today=today)[institution.id],
        queries.planned_by_others(session, officer, institution, today=today),
    )


def _page(institution: Institution | None) -> dict[str, object]:
    chosen = {"institution": institution.id} if institution else {"place": UNKNOWN}
    return {
        "institution": institution,
        "dwelling": institution is not None and queries.in_dwelling(institution),
        "begin_url": url_for(".log", **chosen),
        "plan_url": url_for(".plan", **chosen),
        "entered_url": url_for(".entered", **chosen),
        "known": _known(institution) if institution else None,
    }
