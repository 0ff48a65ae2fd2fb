"""Pages: sending a list."""

from __future__ import annotations

import io

import flask
from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from training_oversight.accounts.guard import current_officer
from training_oversight.accounts.models import Division
from training_oversight.accounts.permissions import Permission
from training_oversight.database import current_session
from training_oversight.errors import BadInput, TooLarge
from training_oversight.files import storage
from training_oversight.files.storage import Stored
from training_oversight.intake import presenting, queries, reading, sheets, uploading
from training_oversight.intake.forms import DecisionForm, SheetForm, UploadForm
from training_oversight.intake.views.blueprint import bp
from training_oversight.intake.views.showing import page_of
from training_oversight.web.marks import requires


@bp.route("/import", methods=["GET", "POST"])
@requires(Permission.IMPORT_REGISTRY)
def start() -> ResponseReturnValue:
    officer, session, form = current_officer(), current_session(), UploadForm()
    choices = queries.divisions(session, officer.scope, officer.authority)
    form.division_id.choices = [(one.id, one.name) for one in choices]
    if form.accepted() and (sent := _kept(form)) is not None:
        stored, filename = sent
        with form.saving() as writing:
            batch = uploading.upload(
                writing,
                stored,
                filename=filename,
                division=writing.get_one(Division, form.division_id.data),
                sender=form.sender.data or "",
                by=officer,
            )
            form.done(url_for(".columns", batch_id=batch.id))
        if form.response:
            return form.response
    return render_template(
        "intake/start.html",
        form=form,
        columns=presenting.understood(),
        senders=queries.senders(session, officer.authority),
        latest=queries.latest(session, officer.scope),
    ), form.status


@bp.route("/import/<int:batch_id>/sheet", methods=["POST"])
@requires(Permission.IMPORT_REGISTRY)
def sheet(batch_id: int) -> ResponseReturnValue:
    """Read another sheet of the same file, as a list of its own."""
    officer, form = current_officer(), SheetForm()
    batch = queries.batch(current_session(), batch_id, scope=officer.scope)
    if form.accepted():
        with form.saving() as session:
            other = sheets.take(session, batch, form.sheet.data or "", by=officer)
            session.flush()
            form.done(url_for(".show", batch_id=other.id))
        if form.response:
            return form.response
    return page_of(batch, DecisionForm(obj=batch), form)


def _kept(form: UploadForm) -> tuple[Stored, str] | None:
    """The file on disk, once it was opened; what is wrong with it goes to the form."""
    sent = request.files["list"]
    filename = (sent.filename or "").replace("\\", "/").rpartition("/")[2]
    try:
        with sent.stream:
            content = sent.read()
        reading.check(content, filename)
        folder = flask.current_app.config["DATA_DIR"]
        return storage.store(io.BytesIO(content), folder, limit=reading.MOST_BYTES), filename
    except BadInput as error:
        form.refuse(BadInput(error.text, {"list": error.text}))
    except TooLarge as error:
        form.refuse(error)
    return None
