"""Files sent ahead of their form. Those of a record have addresses of their own area."""

from __future__ import annotations

import flask
from flask import request, url_for
from flask.typing import ResponseReturnValue

from training_oversight import clock
from training_oversight.accounts.guard import current_officer
from training_oversight.database import current_session, transaction
from training_oversight.errors import OversightError
from training_oversight.files import pending, sending
from training_oversight.web.marks import signed_in, takes_films

bp = flask.Blueprint("files", __name__, url_prefix="/files")


@bp.route("/pending", methods=["POST"])
@takes_films
@signed_in
def send() -> ResponseReturnValue:
    """Answers with what the page shows of each file: it is kept, or why it is not."""
    good, bad = pending.checked(
        (one for one in request.files.getlist("file")[:1] if one.filename),
        data_dir=flask.current_app.config["DATA_DIR"],
        film_limit=flask.current_app.config["VIDEO_LIMIT"],
    )
    if bad:
        return {"sentence": str(bad[0].text)}, int(bad[0].status)
    try:
        with transaction() as session:
            put = pending.put(session, request.form.get("place", ""), good, by=current_officer())
            told = [
                {
                    "id": one.id,
                    "url": url_for(".show", pending_id=one.id),
                    "image": one.is_image,
                    "sent_at": f"{clock.local(one.sent_at):%H:%M}",
                }
                for one in put
            ]
    except OversightError as error:
        return {"sentence": str(error.text)}, int(error.status)
    return {"files": told}


@bp.route("/pending/<int:pending_id>")
@signed_in
def show(pending_id: int) -> flask.Response:
    found = pending.get(current_session(), current_officer(), pending_id)
    return sending.answer(found.file, found.name)


@bp.route("/pending/<int:pending_id>/drop", methods=["POST"])
@signed_in
def drop(pending_id: int) -> ResponseReturnValue:
    found = pending.get(current_session(), current_officer(), pending_id)
    with transaction() as session:
        pending.drop(session, [found.id], by=current_officer())
    return "", 204
