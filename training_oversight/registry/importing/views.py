"""Pages: sending a list, looking at what would become of it, writing it; and the export."""

from __future__ import annotations

import io
from collections.abc import Mapping
from urllib.parse import quote

import flask
import sqlalchemy as sa
from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from training_oversight import clock
from training_oversight.accounts.guard import current_officer
from training_oversight.accounts.models import Division
from training_oversight.accounts.permissions import Permission
from training_oversight.database import current_session, transaction
from training_oversight.errors import BadInput, TooLarge
from training_oversight.law.sentences import unpacked
from training_oversight.registry import exporting
from training_oversight.registry import queries as registry
from training_oversight.registry.importing import presenting, queries, rejects, service
from training_oversight.registry.importing.forms import DecisionForm, UploadForm
from training_oversight.registry.importing.queries import Ground
from training_oversight.registry.importing.service import Look
from training_oversight.registry.models import ImportBatch, ImportRow, ImportState, RowOutcome
from training_oversight.registry.views.listing import wanted_here
from training_oversight.spreadsheets import write
from training_oversight.texts import Text
from training_oversight.web.components import Tab
from training_oversight.web.marks import requires
from training_oversight.web.paging import Key, paged

bp = Blueprint("imports", __name__, url_prefix="/institutions")
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@bp.route("/import", methods=["GET", "POST"])
@requires(Permission.IMPORT_REGISTRY)
def start() -> ResponseReturnValue:
    officer, form = current_officer(), UploadForm()
    choices = queries.divisions(current_session(), officer.scope, officer.authority)
    form.division_id.choices = [(one.id, one.name) for one in choices]
    if form.accepted() and (read := _read(form)) is not None:
        seen, filename = read
        with form.saving() as session:
            ground = _ground(form.division_id.data)
            batch = service.preview(session, seen, ground, filename=filename, by=officer)
            form.done(url_for(".show", batch_id=batch.id))
        if form.response:
            return form.response
    return render_template(
        "registry/importing/start.html",
        form=form,
        columns=presenting.understood(),
        latest=queries.latest(current_session(), officer.scope),
    ), form.status


def _read(form: UploadForm) -> tuple[Look, str] | None:
    """The list as it was read, before anything is locked; what is wrong goes to the form."""
    sent = request.files["list"]
    filename = (sent.filename or "").replace("\\", "/").rpartition("/")[2]
    try:
        with sent.stream:
            sheet = service.opened(sent.read(), filename)
    except BadInput as error:
        form.refuse(BadInput(error.text, {"list": error.text}))
        return None
    except TooLarge as error:
        form.refuse(error)
        return None
    return service.look(current_session(), sheet, _ground(form.division_id.data)), filename


def _ground(division_id: int) -> Ground:
    session, officer = current_session(), current_officer()
    division = session.get_one(Division, division_id)
    return queries.ground(session, division, scope=officer.scope, today=clock.today())


@bp.route("/import/<int:batch_id>")
@requires(Permission.IMPORT_REGISTRY)
def show(batch_id: int) -> ResponseReturnValue:
    batch = queries.batch(current_session(), batch_id, scope=current_officer().scope)
    return _page(batch, DecisionForm(obj=batch))


def _page(batch: ImportBatch, form: DecisionForm) -> ResponseReturnValue:
    session, officer = current_session(), current_officer()
    counts = queries.counts(session, batch.id)
    outcome = _chosen(counts)
    page = paged(
        session,
        sa.select(ImportRow).where(ImportRow.batch_id == batch.id, ImportRow.outcome == outcome),
        keys=[Key(ImportRow.number), Key(ImportRow.id)],
        cursor=request.args.get("at"),
        address=lambda at: url_for(".show", batch_id=batch.id, outcome=outcome.value, at=at),
        total=counts[outcome],
    )
    words = exporting.words_for(session, officer.authority, today=clock.today())
    protected = officer.may(Permission.SEE_PERSONAL_DATA)
    return render_template(
        "registry/importing/show.html",
        batch=batch,
        form=form,
        counts=counts,
        total=sum(counts.values()),
        writes=counts[RowOutcome.NEW] + counts[RowOutcome.CHANGED],
        outcome=outcome,
        outcomes=RowOutcome,
        states=ImportState,
        tabs_of=_tabs(batch, counts, outcome),
        page=page,
        judged=[presenting.line(row, words, protected=protected) for row in page.rows],
    ), form.status


def _chosen(counts: Mapping[RowOutcome, int]) -> RowOutcome:
    """The tab asked for, else the first with something in it."""
    asked = request.args.get("outcome")
    filled = (one for one in RowOutcome if counts[one])
    return next((one for one in RowOutcome if one.value == asked), None) or next(
        filled, RowOutcome.NEW
    )


def _tabs(batch: ImportBatch, counts: Mapping[RowOutcome, int], chosen: RowOutcome) -> list[Tab]:
    return [
        Tab(
            one.label,
            url_for(".show", batch_id=batch.id, outcome=one.value),
            counts[one],
            one is chosen,
        )
        for one in RowOutcome
    ]


@bp.route("/import/<int:batch_id>/confirm", methods=["POST"])
@requires(Permission.IMPORT_REGISTRY)
def confirm(batch_id: int) -> ResponseReturnValue:
    officer, form = current_officer(), DecisionForm()
    batch = queries.batch(current_session(), batch_id, scope=officer.scope)
    if form.accepted():
        with form.saving() as session:
            counts = service.confirm(
                session, batch, _ground(batch.division_id), by=officer, version=form.seen_version
            )
            form.done(url_for(".show", batch_id=batch_id), _written(counts))
        if form.response:
            return form.response
    return _page(batch, form)


def _written(counts: Mapping[RowOutcome, int]) -> Text:
    return Text(
        "Written: %(new)s new, %(changed)s changed; %(unchanged)s unchanged, %(rejected)s "
        "returned.",
        **{outcome.value: count for outcome, count in counts.items()},
    )


@bp.route("/import/<int:batch_id>/discard", methods=["POST"])
@requires(Permission.IMPORT_REGISTRY)
def discard(batch_id: int) -> ResponseReturnValue:
    officer, form = current_officer(), DecisionForm()
    batch = queries.batch(current_session(), batch_id, scope=officer.scope)
    if form.accepted():
        with form.saving() as session:
            service.discard(session, batch, by=officer, version=form.seen_version)
            form.done(url_for(".start"), Text("Discarded; nothing was written."))
        if form.response:
            return form.response
    return _page(batch, form)


@bp.route("/import/<int:batch_id>/rejected.xlsx")
@requires(Permission.IMPORT_REGISTRY)
def rejected(batch_id: int) -> ResponseReturnValue:
    session = current_session()
    batch = queries.batch(session, batch_id, scope=current_officer().scope)
    rows = [(row.cells, unpacked(row.reasons)) for row in queries.rejected(session, batch.id)]
    file = io.BytesIO()
    rejects.write_rejects(file, batch.header, rows)
    return _download(file, Text("Returned rows of %(name)s", name=batch.filename))


@bp.route("/export")
@requires(Permission.EXPORT_REGISTRY)
def export() -> ResponseReturnValue:
    """The list as it is filtered, in the columns that an import understands."""
    officer, today = current_officer(), clock.today()
    wanted = wanted_here(today)
    with transaction() as session:
        made = exporting.export(
            session,
            session.get_one(Division, officer.division_id),
            by=officer,
            scope=officer.scope,
            today=today,
            keys=registry.keys(officer, wanted, today=today),
        )
    file = io.BytesIO()
    write(file, made.header, made.rows)
    return _download(file, Text("Register of institutions %(day)s", day=clock.today()))


def _download(file: io.BytesIO, name: Text) -> flask.Response:
    file.seek(0)
    answer = flask.send_file(file, mimetype=WORKBOOK)
    plain = str(name).removesuffix(".xlsx").removesuffix(".csv")
    answer.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(plain)}.xlsx"
    return answer
