"""现场检查: one page that works without network, and the addresses that it sends to."""

from __future__ import annotations

import functools
import json
from http import HTTPStatus
from urllib.parse import unquote

import flask
from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import generate_csrf

from training_oversight import clock
from training_oversight.accounts.guard import current_officer, officer_or_none
from training_oversight.accounts.permissions import Permission
from training_oversight.database import current_session, transaction
from training_oversight.errors import BadInput, OversightError
from training_oversight.field import importing, presenting, queries, service
from training_oversight.field.acts import Told
from training_oversight.field.answering import parsed, refuse_others, take_all
from training_oversight.field.forms import FromPhoneForm
from training_oversight.field.words import spoken
from training_oversight.files import sending
from training_oversight.texts import Text
from training_oversight.web import assets
from training_oversight.web.marks import public, requires, takes_films

bp = flask.Blueprint("field", __name__, url_prefix="/field")

SCRIPT = "js/field/main.js"
STYLES = ("css/desk.css", "css/visits.css", "css/field.css")


@bp.route("/")
@public
def shell() -> ResponseReturnValue:
    """The page that the phone keeps: it holds no record, only words and the way to the scripts.

    Everybody may have it, or it could not open without network after a sign-in has ended.
    """
    return render_template(
        "field/shell.html", script=SCRIPT, scripts=_modules(), styles=STYLES, words=spoken()
    )


@functools.cache
def _modules() -> list[str]:
    """Every module of the page, so that none is missing on the phone."""
    folder = assets.FOLDER / "js" / "field"
    vendored = [
        "vendor/idb/idb-8.0.4.js",
        "vendor/browser-image-compression/browser-image-compression-2.0.2.js",
    ]
    return [f"js/field/{one.name}" for one in sorted(folder.glob("*.js"))] + vendored


@bp.route("/worker.js")
@public
def worker() -> ResponseReturnValue:
    """The service worker: which files make up this release, so that the phone keeps those."""
    names = (*STYLES, *_modules(), "icons/mark.svg")
    kept = [url_for(".shell"), *(url_for("static", filename=name) for name in names)]
    page = render_template(
        "field/worker.js", release=assets.release(), page=url_for(".shell"), kept=json.dumps(kept)
    )
    return flask.Response(page, mimetype="text/javascript")


@bp.route("/who")
@public
def who() -> ResponseReturnValue:
    """Who is signed in, if anybody, and the token for what the phone sends next."""
    officer = officer_or_none()
    if officer is None or not officer.may(Permission.LOG_VISIT):
        return {"officer": None}
    return {"officer": {"id": officer.id, "name": officer.name}, "token": generate_csrf()}


@bp.route("/luggage")
@requires(Permission.LOG_VISIT)
def luggage() -> ResponseReturnValue:
    """What the officer takes along."""
    return presenting.luggage(current_session(), current_officer(), today=clock.today())


@bp.route("/acts", methods=["POST"])
@requires(Permission.LOG_VISIT)
def acts() -> ResponseReturnValue:
    """Each act by itself: what is refused does not hold up what is good."""
    try:
        answered = take_all(parsed(request.stream.read()), by=current_officer())
    except OversightError as error:
        return {"sentence": str(error.text)}, int(error.status)
    return {"acts": answered.acts, "know": answered.know}


@bp.route("/files/<sha256>", methods=["POST"])
@takes_films
@requires(Permission.LOG_VISIT)
def receive(sha256: str) -> ResponseReturnValue:
    """One photo as it is, the body of the request; the answer is its hash, the phone's receipt."""
    told = Told({"officer": request.headers.get("X-Officer", type=int)})
    try:
        refuse_others(told, current_officer())
        kept = service.store(
            request.stream,
            unquote(request.headers.get("X-Name", ""), errors="replace")[:200],
            sha256,
            data_dir=flask.current_app.config["DATA_DIR"],
            limit=flask.current_app.config["VIDEO_LIMIT"],
        )
        with transaction() as session:
            service.receive(session, kept, by=current_officer())
    except OversightError as error:
        return {"sentence": str(error.text)}, int(error.status)
    return {"sha256": sha256}


@bp.route("/photos/<int:photo_id>/original")
@requires(Permission.VIEW_VISITS)
def original(photo_id: int) -> flask.Response:
    """The bytes that the phone sent, with the notes of its camera."""
    found = queries.photo(current_session(), photo_id, current_officer().scope)
    return sending.answer(found.original, found.name)


@bp.route("/import", methods=["GET", "POST"])
@requires(Permission.LOG_VISIT)
def from_phone() -> ResponseReturnValue:
    """The last way out: a file that the phone wrote is read in the office, checked the same way.

    Reading it twice changes nothing, as every act in it has a key of its own.
    """
    form, lines = FromPhoneForm(), []
    if form.is_submitted() and (file := request.files.get("file")) and file.filename:
        try:
            sent = importing.read(file.stream.read())
            lines = importing.take(
                sent, by=current_officer(), data_dir=flask.current_app.config["DATA_DIR"]
            )
        except OversightError as error:
            form.refuse(BadInput(error.text, {"file": error.text}))
    elif form.is_submitted():
        sentence = Text("Choose the file that the phone exported.")
        form.refuse(BadInput(sentence, {"file": sentence}))
    page = render_template("field/from_phone.html", form=form, taken=lines)
    return page, form.status if form.errors else HTTPStatus.OK
