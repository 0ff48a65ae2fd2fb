"""Pages: sending a list."""

from __future__ import annotations

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from training_oversight.accounts.guard import current_officer
from training_oversight.accounts.permissions import Permission
from training_oversight.database import current_session
from training_oversight.errors import BadInput, TooLarge
from training_oversight.registry.importing import presenting, queries, service
from training_oversight.registry.importing.forms import UploadForm
from training_oversight.registry.importing.service import Look
from training_oversight.registry.importing.views.blueprint import bp
from training_oversight.registry.importing.views.showing import ground_of
from training_oversight.web.marks import requires


@bp.route("/import", methods=["GET", "POST"])
@requires(Permission.IMPORT_REGISTRY)
def start() -> ResponseReturnValue:
    officer, form = current_officer(), UploadForm()
    choices = queries.divisions(current_session(), officer.scope, officer.authority)
    form.division_id.choices = [(one.id, one.name) for one in choices]
    if form.accepted() and (read := _read(form)) is not None:
        seen, filename = read
        with form.saving() as session:
            ground = ground_of(form.division_id.data)
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
    return service.look(current_session(), sheet, ground_of(form.division_id.data)), filename
