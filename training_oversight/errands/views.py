"""我的办理: what I asked for, how far it is, and the file to fetch."""

from __future__ import annotations

import flask
from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from training_oversight import clock
from training_oversight.accounts.guard import current_officer
from training_oversight.database import current_session, transaction
from training_oversight.errands import liveness, presenting, queries, service
from training_oversight.errands.forms import StopForm
from training_oversight.errands.models import Errand
from training_oversight.errors import NotFound, NotPermitted
from training_oversight.files import storage
from training_oversight.files.models import StoredFile
from training_oversight.texts import Text
from training_oversight.web import downloads
from training_oversight.web.marks import recorded, signed_in
from training_oversight.web.paging import Key, paged
from training_oversight.web.steps import Done, answered

bp = Blueprint("errands", __name__, url_prefix="/errands")


@bp.route("")
@signed_in
def index() -> ResponseReturnValue:
    officer, session = current_officer(), current_session()
    page = paged(
        session,
        queries.mine(officer),
        keys=[Key(Errand.id, descending=True)],
        cursor=request.args.get("at"),
        address=lambda at: url_for(".index", at=at),
    )
    return render_template(
        "errands/index.html",
        page=page,
        presenting=presenting,
        waits=any(map(presenting.is_under_way, page.rows)) and not _is_worked_on(),
    )


def _is_worked_on() -> bool:
    return liveness.is_worked_on(current_session(), clock.now())


@bp.route("/<int:errand_id>")
@signed_in
def show(errand_id: int) -> ResponseReturnValue:
    return _page(_found(errand_id), StopForm())


def _found(errand_id: int) -> Errand:
    return queries.get(current_session(), errand_id, officer=current_officer())


def _page(errand: Errand, form: StopForm) -> str:
    session, officer = current_session(), current_officer()
    under_way = presenting.is_under_way(errand)
    stored = session.get(StoredFile, errand.file_sha256) if errand.file_sha256 else None
    kept_until = errand.finished_at and clock.day_of(errand.finished_at + service.FILES_KEPT)
    return render_template(
        "errands/show.html",
        errand=errand,
        form=form,
        label=presenting.label(errand),
        status=presenting.status(errand),
        sentence=presenting.sentence(errand),
        under_way=under_way,
        may_stop=under_way and not errand.stop_wanted,
        if_stopped=presenting.if_stopped(errand),
        waits=under_way and not _is_worked_on(),
        stored=stored,
        refused=stored and _refusal(errand),
        kept_until=kept_until,
        mine=errand.asked_by_id == officer.id,
    )


def _refusal(errand: Errand) -> Text | None:
    """Why who is looking may not have the file any more."""
    try:
        service.check_fetching(errand, current_officer())
    except (NotFound, NotPermitted) as error:
        return error.text
    return None


@bp.route("/<int:errand_id>/stop", methods=["POST"])
@signed_in
def stop(errand_id: int) -> ResponseReturnValue:
    errand, form = _found(errand_id), StopForm()

    def act(session: Session) -> Done:
        service.stop(session, errand, by=current_officer())
        return Done(url_for(".show", errand_id=errand_id))

    return answered(form, act, lambda: _page(errand, form))


@bp.route("/<int:errand_id>/file")
@recorded
@signed_in
def file(errand_id: int) -> ResponseReturnValue:
    """The result, for who may have it at this moment; each time is recorded."""
    errand = _found(errand_id)
    with transaction() as session:
        sha256 = service.fetched(session, errand, by=current_officer())
    stored = current_session().get_one(StoredFile, sha256)
    stream = storage.open_stored(flask.current_app.config["DATA_DIR"], sha256)
    answer = flask.send_file(stream, mimetype=stored.media_type)
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return downloads.kept(answer, errand.file_name or str(Text("Result")))
