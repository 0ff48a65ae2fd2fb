"""One page for each step that an item takes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from training_oversight import clock
from training_oversight.accounts import acting
from training_oversight.accounts.guard import current_officer
from training_oversight.accounts.models import Officer
from training_oversight.accounts.permissions import Permission
from training_oversight.catalogue import queries as catalogue
from training_oversight.catalogue.models import CloseReason
from training_oversight.database import current_session
from training_oversight.ledger import forms, queries, service
from training_oversight.ledger.models import LimitBasis, RectificationItem
from training_oversight.ledger.views.blueprint import bp
from training_oversight.ledger.views.entering import in_charge
from training_oversight.ledger.views.papers import asked_by
from training_oversight.ledger.workflow import ItemVerb
from training_oversight.texts import Text
from training_oversight.web.forms import OversightForm
from training_oversight.web.marks import requires
from training_oversight.web.steps import Done, answered


def _item(item_id: int) -> RectificationItem:
    return queries.get(current_session(), current_officer().scope, item_id)


def _who(session: Session, item: RectificationItem) -> dict[str, Any]:
    """What most verbs want to know beside the item."""
    return {
        "by": current_officer(),
        "today": clock.today(),
        "calendar": catalogue.working_calendar(session, authority_id=item.authority_id),
    }


def record_of(item: RectificationItem) -> str:
    return url_for("ledger.show", item_id=item.id)


def page_of(template: str, form: OversightForm, item: RectificationItem) -> str:
    return render_template(f"ledger/{template}.html", form=form, item=item, back=record_of(item))


def page_of_deciding(template: str, form: OversightForm, item: RectificationItem) -> str:
    """With what is decided on: what was found, what was reported, what was seen since."""
    officer = current_officer()
    return render_template(
        f"ledger/{template}.html",
        form=form,
        item=item,
        back=record_of(item),
        evidence=queries.evidence_of(current_session(), item, officer),
        asked_by=asked_by(item, officer, clock.today()),
        sees_visits=officer.may(Permission.VIEW_VISITS),
    )


@bp.route("/<int:item_id>/limit", methods=["GET", "POST"])
@requires(Permission.MANAGE_ITEM)
def set_limit(item_id: int) -> ResponseReturnValue:
    item = _item(item_id)
    form = forms.LimitForm(data={"version": item.version})

    def act(session: Session) -> Done:
        limit = form.given()
        if limit is not None:
            service.set_limit(session, item, limit=limit, version=form.seen_version,
                              **_who(session, item))  # fmt: skip
        return Done(record_of(item), Text("The limit runs."))

    return answered(form, act, lambda: page_of("limit", form, item))


@bp.route("/<int:item_id>/edit", methods=["GET", "POST"])
@requires(Permission.MANAGE_ITEM)
def edit(item_id: int) -> ResponseReturnValue:
    item = _item(item_id)
    form = forms.PersonsForm(obj=item)
    form.officer_in_charge_id.choices = in_charge(current_officer())
    if not form.is_submitted():
        form.officer_in_charge_id.data = item.officer_in_charge_id or 0

    def act(session: Session) -> Done:
        service.edit(
            session,
            item,
            measure=form.measure.data or "",
            responsible_party=form.responsible_party.data or "",
            responsible_person=form.responsible_person.data or "",
            officer_in_charge=session.get(Officer, form.officer_in_charge_id.data or 0),
            **acting.by(form),
        )
        return Done(record_of(item), Text("Corrected."))

    return answered(form, act, lambda: page_of("edit", form, item))


@bp.route("/<int:item_id>/return", methods=["GET", "POST"])
@requires(Permission.APPROVE_CLOSE_OUT)
def return_(item_id: int) -> ResponseReturnValue:
    item = _item(item_id)
    acting.opening(item, ItemVerb.RETURN)
    form = forms.ReasonForm(data={"version": item.version})

    def act(session: Session) -> Done:
        service.return_(session, item, reason=form.reason.data or "",
                        version=form.seen_version, **_who(session, item))  # fmt: skip
        return Done(record_of(item), Text("Returned; it waits for another re-check."))

    return answered(form, act, lambda: page_of_deciding("return", form, item))


@bp.route("/<int:item_id>/close", methods=["GET", "POST"])
@requires(Permission.APPROVE_CLOSE_OUT)
def close(item_id: int) -> ResponseReturnValue:
    item = _item(item_id)
    acting.opening(item, ItemVerb.CLOSE)
    form = forms.CloseForm(data={"version": item.version})
    found = close_reasons()
    form.reason_id.offer(forms.reasons(found))

    def act(session: Session) -> Done:
        reason = next(one for one in found if one.id == form.reason_id.data)
        service.close(session, item, reason=reason, note=form.note.data or "", **acting.today(form))
        return Done(record_of(item), Text("Written off."))

    return answered(form, act, lambda: page_of_deciding("close", form, item))


def close_reasons() -> Sequence[CloseReason]:
    return catalogue.close_reasons(
        current_session(), authority_id=current_officer().authority_id, today=clock.today()
    )


@bp.route("/<int:item_id>/void", methods=["GET", "POST"])
@requires(Permission.APPROVE_CLOSE_OUT)
def void(item_id: int) -> ResponseReturnValue:
    item = _item(item_id)
    acting.opening(item, ItemVerb.VOID)
    form = forms.ReasonForm(data={"version": item.version})

    def act(session: Session) -> Done:
        service.void(session, item, reason=form.reason.data or "", **acting.by(form))  # fmt: skip
        return Done(record_of(item), Text("The entry is void; its number stays visible."))

    return answered(form, act, lambda: page_of("void", form, item))


@bp.route("/<int:item_id>/reopen", methods=["GET", "POST"])
@requires(Permission.APPROVE_CLOSE_OUT)
def reopen(item_id: int) -> ResponseReturnValue:
    item = _item(item_id)
    acting.opening(item, ItemVerb.REOPEN)
    form = forms.ReopenForm(data={"version": item.version})

    def act(session: Session) -> Done:
        limit = form.given(LimitBasis.REOPENED)
        if limit is not None:
            service.reopen(session, item, limit=limit, reason=form.reason.data or "",
                           version=form.seen_version, **_who(session, item))  # fmt: skip
        return Done(record_of(item), Text("Back on the ledger."))

    return answered(form, act, lambda: page_of("reopen", form, item))


@bp.route("/<int:item_id>/supervision", methods=["GET", "POST"])
@requires(Permission.APPROVE_CLOSE_OUT)
def supervision(item_id: int) -> ResponseReturnValue:
    """挂牌督办: mark that a superior has listed the item, or that it is not listed any more."""
    item = _item(item_id)
    form = forms.DocumentForm(data={"version": item.version})
    verb = service.delist if item.listed else service.list_for_supervision
    done = Text("Taken off the list.") if item.listed else Text("Listed for supervision.")

    def act(session: Session) -> Done:
        verb(session, item, document=form.document.data or "", **acting.by(form))  # fmt: skip
        return Done(record_of(item), done)

    return answered(form, act, lambda: page_of("supervision", form, item))
