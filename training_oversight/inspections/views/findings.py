"""One finding, from wherever it came: decide what becomes of it."""

from __future__ import annotations

import flask
from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from training_oversight import clock
from training_oversight.accounts import acting
from training_oversight.accounts.guard import current_officer
from training_oversight.accounts.permissions import Permission
from training_oversight.audit import queries as history
from training_oversight.audit import timeline
from training_oversight.database import current_session
from training_oversight.errors import NotFound
from training_oversight.files import sending
from training_oversight.files import service as files
from training_oversight.inspections import presenting, queries, service, sources
from training_oversight.inspections.forms import FixForm, OtherProblemForm, SetAsideForm
from training_oversight.inspections.models import Finding
from training_oversight.inspections.views import preparing
from training_oversight.inspections.views.blueprint import bp
from training_oversight.inspections.workflow import FindingState, FindingVerb
from training_oversight.registry import queries as registry
from training_oversight.texts import LabelledEnum, Text
from training_oversight.web.components import MoveButton, NextStep
from training_oversight.web.contributions import contributions
from training_oversight.web.forms import OversightForm, given, options
from training_oversight.web.marks import requires
from training_oversight.web.next_step import first_blue
from training_oversight.web.steps import Done, answered

PAGES: dict[LabelledEnum, str] = {FindingVerb.FIX: ".fix", FindingVerb.SET_ASIDE: ".set_aside"}


def _loaded(finding_id: int) -> Finding:
    return queries.finding(current_session(), finding_id, current_officer().scope)


@bp.route("/findings/<int:finding_id>")
@requires(Permission.VIEW_VISITS)
def finding(finding_id: int) -> str:
    found, officer, session = _loaded(finding_id), current_officer(), current_session()
    return render_template(
        "inspections/finding.html",
        finding=found,
        status=presenting.finding_status(found),
        step=_step(found),
        photos=files.attachments(session, "finding", [found.id])[found.id],
        entries=timeline.entries(
            history.history(session, found), presenting.LABELS, presenting.VALUES
        ),
        panels=[
            (panel, panel.render(found, officer, clock.today()))
            for panel in contributions().panels_of(Finding, officer)
        ],
        source_url=sources.url(found.source_kind, found.source_key, officer),
        may_change=found.state is FindingState.PENDING
        and found.visit_id is not None
        and officer.may(Permission.LOG_VISIT),
    )


def _step(found: Finding) -> NextStep | None:
    """Registering comes from the ledger; it is what an inspector usually does."""
    officer = current_officer()
    actions = [
        MoveButton(action.label, action.url(found))
        for action in contributions().actions_on(Finding, found, officer)
    ]
    own = [
        MoveButton(move.label, url_for(PAGES[move.verb], finding_id=found.id))
        for move in found.workflow.offer(officer, found).open
        if move.verb in PAGES
    ]
    moves = [*actions, *own]
    if found.state is not FindingState.PENDING:
        return NextStep(Text("Nothing is left to do here"), moves=moves) if moves else None
    if not moves:
        return NextStep(Text("Decide what becomes of this problem"))
    return NextStep(moves[0].label, moves=first_blue(moves))


@bp.route("/findings/<int:finding_id>/fix", methods=["GET", "POST"])
@requires(Permission.LOG_VISIT)
def fix(finding_id: int) -> ResponseReturnValue:
    found, form = _loaded(finding_id), FixForm()
    acting.opening(found, FindingVerb.FIX)
    _carry_version(form, found)

    def act(session: Session) -> Done:
        service.fix_on_spot(
            session,
            found,
            note=form.note.data or "",
            by=current_officer(),
            version=form.seen_version,
        )
        return Done(_after(found), Text("Recorded as put right on the spot."))

    return answered(form, act, lambda: _decide(found, form, FindingVerb.FIX))


@bp.route("/findings/<int:finding_id>/set-aside", methods=["GET", "POST"])
@requires(Permission.LOG_VISIT)
def set_aside(finding_id: int) -> ResponseReturnValue:
    found, form = _loaded(finding_id), SetAsideForm()
    acting.opening(found, FindingVerb.SET_ASIDE)
    _carry_version(form, found)

    def act(session: Session) -> Done:
        service.set_aside(
            session,
            found,
            reason=form.note.data or "",
            by=current_officer(),
            version=form.seen_version,
        )
        return Done(_after(found), Text("Set aside. The reason stays with the problem."))

    return answered(form, act, lambda: _decide(found, form, FindingVerb.SET_ASIDE))


def _carry_version(form: OversightForm, found: Finding) -> None:
    if not form.is_submitted():
        form.version.data = found.version


def _after(found: Finding) -> str:
    return url_for(".finding", finding_id=found.id)


def _decide(found: Finding, form: object, verb: FindingVerb) -> str:
    return render_template("inspections/decide.html", finding=found, form=form, verb=verb.label)


@bp.route("/findings/new", methods=["GET", "POST"])
@requires(Permission.LOG_VISIT)
def new_finding() -> ResponseReturnValue:
    """A problem from a document, a leader, another department: no visit of ours found it."""
    session, key = current_session(), request.args.get("institution", type=int)
    if key is None:
        raise NotFound
    institution = registry.get(session, key, current_officer().scope)
    form = OtherProblemForm()
    form.source.offer(options(sources.typed_in()))
    preparing.offer_violations(session, [form.violation_type_id])

    def act(saving: Session) -> Done:
        made = service.add_reported(
            saving,
            institution,
            preparing.problem(saving, form),
            source=form.source.data or "",
            found_on=given(form.found_on.data),
            by=current_officer(),
            today=clock.today(),
        )
        files.attach(saving, made, form.photos.kept, by=current_officer())
        return Done(_after(made), Text("The problem is saved."))

    return answered(
        form,
        act,
        lambda: render_template("inspections/new_finding.html", institution=institution, form=form),
    )


@bp.route("/findings/<int:finding_id>/files/<int:attachment_id>")
@requires(Permission.VIEW_VISITS)
def finding_file(finding_id: int, attachment_id: int) -> flask.Response:
    found, scope = _loaded(finding_id), current_officer().scope
    return sending.send(
        current_session(), attachment_id, kind="finding", subject_id=found.id, scope=scope
    )
