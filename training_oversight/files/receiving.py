"""Files that a form brings along. The area's step names them in its own transaction."""

from __future__ import annotations

import flask

from training_oversight.files import service
from training_oversight.files.service import CheckedFile
from training_oversight.web.forms import OversightForm


def kept(form: OversightForm, name: str) -> list[CheckedFile] | None:
    """Checked and on disk before the transaction; nothing once the form says why one is refused."""
    try:
        return service.keep(
            flask.request.files.getlist(name), data_dir=flask.current_app.config["DATA_DIR"]
        )
    except service.REFUSED as error:
        form.refuse(error)
        return None
