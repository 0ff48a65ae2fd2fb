"""Sending a file to the browser. Areas own the address and check who may see the record."""

from __future__ import annotations

import flask
from sqlalchemy.orm import Session

from training_oversight.accounts.models import Scope
from training_oversight.errors import NotFound
from training_oversight.files import films, storage
from training_oversight.files.models import Attachment, StoredFile
from training_oversight.web import downloads

# What a browser may show by itself; everything else is downloaded.
SHOWN = frozenset({"image/jpeg", "image/png", "image/webp", *films.KINDS})


def send(
    session: Session, attachment_id: int, *, kind: str, subject_id: int, scope: Scope
) -> flask.Response:
    """The file, if it hangs under that record and lies within the scope; else ``NotFound``."""
    found = session.get(Attachment, attachment_id)
    belongs = found is not None and (found.subject_kind, found.subject_id) == (kind, subject_id)
    if found is None or not belongs or not scope.covers(found.division_path):
        raise NotFound
    return answer(found.file, found.name)


def answer(file: StoredFile, name: str) -> flask.Response:
    """The content, shown where that is harmless. Who may see it has been asked."""
    shown = file.media_type in SHOWN
    stream = storage.open_stored(flask.current_app.config["DATA_DIR"], file.sha256)
    sent = flask.send_file(stream, mimetype=file.media_type)
    sent.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return (downloads.opened if shown else downloads.kept)(sent, name)
