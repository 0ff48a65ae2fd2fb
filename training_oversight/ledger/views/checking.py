"""The steps that bring files: the reports, the re-check, the direct close-out."""

from __future__ import annotations

from collections.abc import Sequence

from flask import request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from training_oversight import clock
from training_oversight.accounts import acting
from training_oversight.accounts import queries as accounts
from training_oversight.accounts.guard import current_officer
from training_oversight.accounts.models import Officer
from training_oversight.accounts.permissions import Permission
from training_oversight.catalogue import queries as catalogue
from training_oversight.database import current_session
from training_oversight.files import service as evidence
from training_oversight.files.service import Part
from training_oversight.inspections.models import Visit
from training_oversight.ledger import forms, queries, service
from training_oversight.ledger.models import (
    LimitBasis,
    RectificationItem,
    Verdict,
    VerificationMode,
)
from training_oversight.ledger.views.blueprint import bp
from training_oversight.ledger.views.moves import (
    close_reasons,
    page_of,
    page_of_deciding,
    record_of,
)
from training_oversight.ledger.workflow import ItemVerb
from training_oversight.texts import Text
from training_oversight.web.forms import OversightForm, given, options
from training_oversight.web.marks import requires
from training_oversight.web.steps import Done, answered


@bp.route("/<int:item_id>/apply", methods=["GET", "POST"])
@requires(Permission.MANAGE_ITEM)
def apply(item_id: int) -> ResponseReturnValue:
    item = queries.get(current_session(), current_officer().scope, item_id)
    acting.opening(item, ItemVerb.APPLY)
    form = forms.ReportForm(data={"version": item.version})
    form.received_on.description = queries.round_from(current_session(), item).sentence
    if item.second_runs and item.second_kind is not None:
        form.second_met_on.label.text = Text("%(what)s: reported on", what=item.second_kind.label)
    else:
        del form.second_met_on

    def act(session: Session) -> Done:
        made = service.apply(
            session,
            item,
            report=form.report.data or "",
            received_on=given(form.received_on.data),
            second_met_on=form.second_met_on.data if form.second_met_on else None,
            calendar=catalogue.working_calendar(session, authority_id=item.authority_id),
            **acting.today(form),
        )

        return _with(session, form, item, made, Text("Report recorded; it waits for the re-check."))

    return answered(form, act, lambda: page_of("apply", form, item))


@bp.route("/<int:item_id>/second", methods=["GET", "POST"])
@requires(Permission.MANAGE_ITEM)
def report_second(item_id: int) -> ResponseReturnValue:
    item = queries.get(current_session(), current_officer().scope, item_id)
    form = forms.SecondForm(data={"version": item.version})
    form.second_met_on.description = queries.round_from(current_session(), item).sentence

    def act(session: Session) -> Done:
        made = service.report_second(
            session,
            item,
            report=form.report.data or "",
            met_on=given(form.second_met_on.data),
            calendar=catalogue.working_calendar(session, authority_id=item.authority_id),
            **acting.today(form),
        )
        return _with(session, form, item, made, Text("Recorded; this limit has stopped."))

    return answered(form, act, lambda: page_of("second", form, item))


@bp.route("/<int:item_id>/verify", methods=["GET", "POST"])
@requires(Permission.VERIFY_ITEM)
def verify(item_id: int) -> ResponseReturnValue:
    item = queries.get(current_session(), current_officer().scope, item_id)
    acting.opening(item, ItemVerb.FAIL)
    visits = [
        one
        for one in queries.visits_for(current_session(), item, officer=current_officer())
        if one.id != item.finding.visit_id
    ]
    form = forms.VerifyForm(
        data={"version": item.version,
              "verdict": request.args.get("verdict"),
              "visit_id": request.args.get("visit", 0, int)},
    )  # fmt: skip
    _say_bounds(form, item, visits)

    def act(session: Session) -> Done:
        verdict = Verdict(form.verdict.data)  # type: ignore[call-arg]
        failed = verdict is Verdict.FAILED
        made = service.verify(
            session,
            item,
            recheck=_recheck(form, visits),
            verdict=verdict,
            new_limit=form.given(LimitBasis.RE_CHECK) if failed else None,
            calendar=catalogue.working_calendar(session, authority_id=item.authority_id),
            **acting.today(form),
        )

        return _with(session, form, item, made, Text("The re-check is recorded."))

    return answered(form, act, lambda: page_of_deciding("verify", form, item))


@bp.route("/<int:item_id>/close-directly", methods=["GET", "POST"])
@requires(Permission.APPROVE_CLOSE_OUT)
def close_directly(item_id: int) -> ResponseReturnValue:
    item = queries.get(current_session(), current_officer().scope, item_id)
    acting.opening(item, ItemVerb.CLOSE_DIRECTLY)
    visits = queries.visits_for(current_session(), item)
    direct = [reason for reason in close_reasons() if reason.direct]
    form = forms.DirectForm(data={"version": item.version})
    _say_bounds(form, item, visits)
    form.reason_id.offer(forms.reasons(direct))
    form.verified_by_id.offer(_verifiers(item))

    def act(session: Session) -> Done:
        made = service.close_directly(
            session,
            item,
            reason=next(one for one in direct if one.id == form.reason_id.data),
            recheck=_recheck(form, visits),
            verified_by=session.get_one(Officer, given(form.verified_by_id.data)),
            **acting.today(form),
        )

        return _with(session, form, item, made, Text("Written off."))

    return answered(
        form,
        act,
        lambda: page_of_deciding("close_directly", form, item),
    )


def _with(
    session: Session, form: OversightForm, item: RectificationItem, made: Part, said: Text
) -> Done:
    """The step names its files in the same transaction, with the row that it has made."""
    evidence.attach(session, item, form.documents.kept, by=current_officer(), part=made)
    return Done(record_of(item), said)


def _recheck(form: OversightForm, visits: Sequence[Visit]) -> service.Recheck:
    mode = VerificationMode(form.mode.data)  # type: ignore[call-arg]
    on_site = mode is VerificationMode.ON_SITE
    visit = next((one for one in visits if one.id == form.visit_id.data), None)
    return service.Recheck(
        mode=mode,
        verified_on=given(form.verified_on.data),
        note=form.note.data or "",
        visit=visit if on_site else None,
    )


def _say_bounds(form: OversightForm, item: RectificationItem, visits: Sequence[Visit]) -> None:
    """Which visits and days are possible, before something else is typed."""
    form.visit_id.choices = _visit_choices(visits)
    form.verified_on.description = queries.recheck_from(current_session(), item).sentence


def _visit_choices(visits: Sequence[Visit]) -> list[object]:
    none = (0, Text("No visit"))
    return options([none, *((one.id, _visit_words(one)) for one in visits)])


def _visit_words(visit: Visit) -> Text:
    return Text(
        "%(day)s, %(kind)s (%(officers)s)",
        day=clock.day_of(visit.happened_at),
        kind=visit.kind.label,
        officers=" ".join(one.name for one in visit.officers),
    )


def _verifiers(item: RectificationItem) -> list[object]:
    officer = current_officer()
    found = accounts.colleagues(
        current_session(), officer.scope, today=clock.today(), permission=Permission.VERIFY_ITEM
    )
    parties = {officer.id, *item.workflow.bars(ItemVerb.PASS, item)}
    return forms.people(one for one in found if one.id not in parties)
