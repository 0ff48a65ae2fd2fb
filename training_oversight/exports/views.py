"""导出: the list's own filters, the columns to choose, and the file at once or as an errand."""

from __future__ import annotations

import io
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode

import flask
from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from training_oversight import clock
from training_oversight.accounts.guard import current_officer
from training_oversight.accounts.permissions import Permission
from training_oversight.audit.foot import foot
from training_oversight.catalogue import queries as catalogue
from training_oversight.database import current_session, transaction
from training_oversight.errands import presenting
from training_oversight.errands import queries as errands
from training_oversight.errands import service as errands_service
from training_oversight.errors import BadInput
from training_oversight.exports import errand, layouts, remembering, service, writing
from training_oversight.exports import queries as outgoing
from training_oversight.exports.forms import OWN, ExportForm
from training_oversight.exports.layouts import FileForm
from training_oversight.registry import cells, queries
from training_oversight.registry.listing import filter_bar, kept, wanted_here, wanted_of
from training_oversight.registry.queries import InstitutionFilter, View
from training_oversight.texts import Text
from training_oversight.web import conditions, downloads, safe_request
from training_oversight.web.addresses import asking
from training_oversight.web.components import FilterBar
from training_oversight.web.conditions import Condition
from training_oversight.web.marks import recorded, requires
from training_oversight.web.messages import flash
from training_oversight.web.steps import Done, answered

bp = Blueprint("exports", __name__, url_prefix="/institutions")
TYPES = {
    FileForm.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    FileForm.CSV: "text/csv; charset=utf-8",
}
# What still fits into an address as keys.
MOST_IN_ADDRESS = 300


@dataclass(frozen=True)
class Set:
    """The institutions that the address asks for, and how many they are."""

    wanted: InstitutionFilter
    bar: FilterBar
    count: int

    @property
    def is_large(self) -> bool:
        return self.count > errand.MOST_AT_ONCE


def _set() -> Set:
    officer, today, session = current_officer(), clock.today(), current_session()
    wanted = wanted_here(today)
    kinds = catalogue.kind_labels(session, authority_id=officer.authority_id, today=today)
    return Set(
        wanted,
        filter_bar(officer, wanted, kinds),
        queries.count(session, officer, wanted, today=today),
    )


@bp.route("/export", methods=["GET", "POST"])
@requires(Permission.EXPORT_REGISTRY)
def export() -> ResponseReturnValue:
    """What goes out, in words; sent, it is asked for as an errand."""
    chosen, form = _set(), _form()

    def act(session: Session) -> Done:
        officer = current_officer()
        asked = errand.params(
            address=urlencode(_kept()),
            layout=form.layout.data,
            fields=form.fields.data,
            form=form.form.data,
            said=_said(chosen),
            personal=_personal(),
        )
        remembering.remember(session, officer, form.fields.data)
        made = errands_service.ask(session, errand.EXPORT, params=asked, by=officer)
        return Done(url_for("errands.show", errand_id=made.id))

    return answered(form, act, lambda: _page(chosen, form))


@bp.route("/export/file")
@recorded
@requires(Permission.EXPORT_REGISTRY)
def export_file() -> ResponseReturnValue:
    """A file of few rows, at once. Taking it out is recorded."""
    chosen, form = _set(), _form(formdata=request.args, meta={"csrf": False})
    if chosen.is_large:
        flash(Text("That is too much for a download at once; it is written in the background."))
        return redirect(asking(".export", _lists(OWN - {"at"})))
    return _file(chosen, form)


@bp.route("/chosen/export", methods=["POST"])
@requires(Permission.EXPORT_REGISTRY)
def export_chosen() -> ResponseReturnValue:
    """From the boxes of the list to the export of those rows; of all that was found, by filter."""
    keys = safe_request.keys(request.form.getlist("id"))
    if len(keys) <= MOST_IN_ADDRESS:
        return redirect(url_for(".export", view=View.ALL.value, id=",".join(map(str, keys))))
    query = safe_request.WithoutNul(parse_qsl(request.form.get("query", "")))
    wanted = wanted_of(query, clock.today(), by=current_officer())
    found = queries.count(current_session(), current_officer(), wanted, today=clock.today())
    if found != len(keys):
        raise BadInput(
            Text(
                "At most %(most)s institutions can be chosen for an export one by one. "
                "Filter the list instead, and export all that is found.",
                most=MOST_IN_ADDRESS,
            )
        )
    return redirect(f"{url_for('.export')}?{urlencode(list(query.items(multi=True)))}")


def _form(**more: object) -> ExportForm:
    remembered = (
        None
        if "all" in request.args
        else remembering.remembered(current_session(), current_officer())
    )
    return ExportForm(personal=_personal(), remembered=remembered, **more)


def _personal() -> bool:
    return current_officer().may(Permission.SEE_PERSONAL_DATA)


def _page(chosen: Set, form: ExportForm) -> str:
    session, officer = current_session(), current_officer()
    return render_template(
        "exports/export.html",
        form=form,
        chosen=chosen,
        most=errand.MOST_AT_ONCE,
        conditions=_conditions(chosen),
        kept=_kept(),
        list_url=asking("registry.index", _lists()),
        post_url=asking(".export", _lists()),
        all_url=asking(".export", _lists(), all=1),
        latest=errands.latest(session, officer, errand.EXPORT.code),
        presenting=presenting,
    )


def _file(chosen: Set, form: ExportForm) -> flask.Response:
    session, officer, today = current_session(), current_officer(), clock.today()
    arrangement = layouts.arranged(form.layout.data, form.fields.data, personal=_personal())
    order = service.Order(
        keys=outgoing.in_order(session, queries.keys(officer, chosen.wanted, today=today)),
        arrangement=arrangement,
        words=cells.words_for(session, officer.authority, today=today),
    )
    file = io.BytesIO()
    rows = service.rows(session, order, heard=lambda _done, _total: None)
    writing.write_file(file, arrangement.header, rows, form=form.form.data, foot=foot(session))
    with transaction() as session:
        remembering.remember(session, officer, form.fields.data)
        service.taken_out(
            session, officer.authority, arrangement,
            rows=len(order.keys), filter=_said(chosen), by=officer,
        )  # fmt: skip
    return _attachment(file, form.form.data)


def _attachment(file: io.BytesIO, form: FileForm) -> flask.Response:
    file.seek(0)
    answer = flask.send_file(file, mimetype=TYPES[form])
    name = Text("Register of institutions %(day)s", day=clock.today())
    return downloads.kept(answer, f"{name}.{form.value}")


def _kept(without: frozenset[str] = OWN) -> list[tuple[str, str]]:
    """The parts of the list's address that this page has in its own."""
    return [(name, value) for name, value in request.args.items(multi=True) if name not in without]


def _lists(without: frozenset[str] = OWN) -> dict[str, object]:
    """The same for an address made here."""
    return {name: values for name, values in kept().items() if name not in without}


def _conditions(chosen: Set) -> list[Condition]:
    wanted = chosen.wanted
    return conditions.of(chosen.bar, view=wanted.view.label, search=wanted.words)


def _said(chosen: Set) -> str:
    return conditions.for_history(_conditions(chosen))
