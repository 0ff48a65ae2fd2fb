"""Pages: sending a list."""

from __future__ import annotations

import io

import flask
from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

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
from training_oversight.intake.views.record import page_of
from training_oversight.web.forms import given
from training_oversight.web.marks import requires
from training_oversight.web.steps import Done, answered, answered_after


@bp.route("/import", methods=["GET", "POST"])
@requires(Permission.IMPORT_REGISTRY)
def start() -> ResponseReturnValue:
    officer, session, form = current_officer(), current_session(), UploadForm()
    choices = queries.divisions(session, officer.scope, officer.authority)
    form.division_id.choices = [(one.id, one.name) for one in choices]

    def act(writing: Session, sent: tuple[Stored, str]) -> Done:
        stored, filename = sent
        batch = uploading.upload(
            writing,
            stored,
            filename=filename,
            division=writing.get_one(Division, given(form.division_id.data)),
            sender=form.sender.data or "",
            by=officer,
        )
        return Done(url_for(".columns", batch_id=batch.id))

    return answered_after(
        form,
        lambda: _kept(form),
        act,
        lambda: render_template(
            "intake/start.html",
            form=form,
            columns=presenting.understood(),
            senders=queries.senders(session, officer.authority),
            latest=queries.latest(session, officer.scope),
        ),
    )


@bp.route("/import/<int:batch_id>/sheet", methods=["POST"])
@requires(Permission.IMPORT_REGISTRY)
def sheet(batch_id: int) -> ResponseReturnValue:
    """Read another sheet of the same file, as a list of its own."""
    officer, form = current_officer(), SheetForm()
    batch = queries.batch(current_session(), batch_id, scope=officer.scope)

    def act(session: Session) -> Done:
        other = sheets.take(session, batch, form.sheet.data or "", by=officer)
        session.flush()
        return Done(url_for(".show", batch_id=other.id))

    return answered(form, act, lambda: page_of(batch, DecisionForm(obj=batch), form))


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
