"""Conversions: recorded for one institution, counted by date for all."""

from __future__ import annotations

from collections.abc import Mapping

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from training_oversight import clock
from training_oversight.accounts.guard import current_officer
from training_oversight.accounts.permissions import Permission
from training_oversight.catalogue import queries as catalogue
from training_oversight.database import current_session
from training_oversight.registry import presenting, queries, service
from training_oversight.registry.forms import ConversionForm, ReasonForm
from training_oversight.registry.models import (
    Conversion,
    ConversionKind,
    Institution,
    LegalForm,
)
from training_oversight.registry.queries import Span
from training_oversight.registry.views.blueprint import bp
from training_oversight.registry.views.record import loaded
from training_oversight.texts import Text
from training_oversight.web.addresses import asking
from training_oversight.web.components import Tab
from training_oversight.web.day_argument import asked_day
from training_oversight.web.marks import requires
from training_oversight.web.paging import Key, paged
from training_oversight.web.steps import Done, answered


@bp.route("/<int:institution_id>/convert", methods=["GET", "POST"])
@requires(Permission.EDIT_REGISTRY)
def convert(institution_id: int) -> ResponseReturnValue:
    institution, form = loaded(institution_id), ConversionForm()
    kinds = _kinds(institution)
    form.offer(list(kinds.items()))
    if not form.is_submitted():
        _begin(form, institution)

    def act(session: Session) -> Done:
        made = service.convert(
            session,
            institution,
            values=form.values(),
            by=current_officer(),
            today=clock.today(),
            version=form.seen_version,
        )
        return Done(_record(institution), Text("Recorded: %(what)s.", what=made.kind.label))

    return answered(
        form,
        act,
        lambda: render_template("registry/convert.html", form=form, institution=institution),
    )


@bp.route(
    "/<int:institution_id>/conversions/<int:conversion_id>/strike-off", methods=["GET", "POST"]
)
@requires(Permission.EDIT_REGISTRY)
def strike_off(institution_id: int, conversion_id: int) -> ResponseReturnValue:
    institution, form = loaded(institution_id), ReasonForm()
    conversion = queries.conversion_of(current_session(), institution, conversion_id)

    def act(session: Session) -> Done:
        service.strike_off(session, conversion, reason=form.reason.data or "", by=current_officer())
        return Done(_record(institution), Text("The conversion is struck off."))

    return answered(
        form,
        act,
        lambda: render_template(
            "registry/strike_off.html", form=form, institution=institution, conversion=conversion
        ),
    )


@bp.route("/conversions")
@requires(Permission.VIEW_REGISTRY)
def conversions() -> ResponseReturnValue:
    """All conversions of a span of days, and how many of each kind."""
    officer, session, today = current_officer(), current_session(), clock.today()
    first, last, kind = asked_day("from"), asked_day("to"), _kind()
    span = Span(first.day, last.day)
    counts = queries.conversion_counts(session, officer.scope, span)
    kinds = catalogue.kind_labels(session, authority_id=officer.authority_id, today=today)
    page = paged(
        session,
        queries.conversions(officer.scope, span, kind),
        keys=[Key(Conversion.on_day, descending=True), Key(Conversion.id, descending=True)],
        cursor=request.args.get("at"),
        address=lambda cursor: _address(at=cursor),
        total=counts[kind] if kind else sum(counts.values()),
    )
    return render_template(
        "registry/conversions.html",
        page=page,
        found=presenting.conversion_lines(page.rows, kinds),
        views=_tabs(counts, kind),
        first=first,
        last=last,
        kind=kind,
        total=sum(counts.values()),
    )


def _kinds(institution: Institution) -> dict[str, str]:
    kinds = catalogue.kind_labels(
        current_session(), authority_id=institution.authority_id, today=clock.today()
    )
    if institution.kind_code:
        kinds.setdefault(institution.kind_code, institution.kind_code)
    return kinds


def _begin(form: ConversionForm, institution: Institution) -> None:
    """What it is now stands on both sides; an edit that looked like a conversion says its side."""
    form.version.data = str(institution.version)
    form.to_kind_code.data = institution.kind_code
    form.to_legal_form.data = institution.legal_form
    asked = request.args
    form.from_kind_code.data = asked.get("from_kind", institution.kind_code)
    form.from_legal_form.data = next(
        (one for one in LegalForm if one.value == asked.get("from_form")), institution.legal_form
    )


def _record(institution: Institution) -> str:
    return url_for(".show", institution_id=institution.id, _anchor="conversions")


def _kind() -> ConversionKind | None:
    return next((one for one in ConversionKind if one.value == request.args.get("kind")), None)


def _tabs(counts: Mapping[ConversionKind, int], chosen: ConversionKind | None) -> list[Tab]:
    every = Tab(Text("All"), _address(kind=None, at=None), sum(counts.values()), chosen is None)
    return [every] + [
        Tab(kind.label, _address(kind=kind.value, at=None), counts[kind], kind is chosen)
        for kind in ConversionKind
    ]


def _address(**changed: object) -> str:
    kept: dict[str, object] = {
        name: request.args[name] for name in ("from", "to", "kind") if request.args.get(name)
    }
    return asking(".conversions", {k: v for k, v in (kept | changed).items() if v})
