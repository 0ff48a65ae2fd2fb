"""Pages: a list of the 12345 centre, from the file to what became of its rows."""

from __future__ import annotations

import flask
from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from training_oversight import clock
from training_oversight.accounts.guard import current_officer
from training_oversight.accounts.permissions import Permission
from training_oversight.database import current_session, transaction
from training_oversight.errors import BadInput, TooLarge
from training_oversight.files.storage import Stored
from training_oversight.law.sentences import unpacked
from training_oversight.orders import list_queries, looking, running, sealed_files, service
from training_oversight.orders.columns import BY_FIELD, COLUMNS
from training_oversight.orders.forms import (
    MOST_ROWS,
    PressForm,
    UploadForm,
    columns_form,
)
from training_oversight.orders.judging import Outcome
from training_oversight.orders.looking import Looked
from training_oversight.orders.models import OrderList
from training_oversight.orders.views.blueprint import bp
from training_oversight.spreadsheets import NoHeader
from training_oversight.spreadsheets.tables import letter
from training_oversight.texts import Text
from training_oversight.web.forms import given
from training_oversight.web.marks import requires
from training_oversight.web.steps import Done, answered, answered_after, answered_on, pressed

# As many rows as are read on a screen.
SHOWN = 200


@bp.route("/import", methods=["GET", "POST"])
@requires(Permission.ASSIGN_COMPLAINT)
def start() -> ResponseReturnValue:
    officer, form = current_officer(), UploadForm()

    def act(session: Session, kept: tuple[Stored, str]) -> Done:
        stored, filename = kept
        sent = service.receive(session, stored, filename=filename, by=officer)
        session.flush()
        return Done(url_for(".show", list_id=sent.id))

    def page() -> str:
        latest = list_queries.latest(current_session(), officer.authority_id, scope=officer.scope)
        return render_template(
            "orders/start.html", form=form, latest=latest, columns=COLUMNS, outcomes=Outcome
        )

    return answered_after(form, lambda: _kept(form), act, page)


def _kept(form: UploadForm) -> tuple[Stored, str] | None:
    """The file, sealed on disk, once it was opened; what is wrong with it goes to the form."""
    file = request.files["list"]
    filename = (file.filename or "").replace("\\", "/").rpartition("/")[2]
    try:
        with file.stream:
            content = file.read()
        _check(content, filename)
        return sealed_files.keep(content, flask.current_app.config["DATA_DIR"]), filename
    except BadInput as error:
        form.refuse(BadInput(error.text, {"list": error.text}))
    except TooLarge as error:
        form.refuse(error)
    return None


def _check(content: bytes, filename: str) -> None:
    """A table whose header is not found is one all the same: somebody can say where it is."""
    try:
        looking.opened(content, filename, header_row=None, most_rows=MOST_ROWS)
    except NoHeader:
        return


@bp.route("/import/<int:list_id>")
@requires(Permission.ASSIGN_COMPLAINT)
def show(list_id: int) -> ResponseReturnValue:
    sent = _sent(list_id)
    if sent.finished_at is not None:
        return render_template(
            "orders/finished.html",
            sent=sent,
            outcomes=Outcome,
            rejected=[
                (one["row"], one["number"], *unpacked([one["why"]])) for one in sent.rejected
            ],
        )
    if not sent.waits:
        return redirect(url_for(".start"))
    return _page(sent, _looked(sent), PressForm(obj=sent))


@bp.route("/import/<int:list_id>/columns", methods=["GET", "POST"])
@requires(Permission.ASSIGN_COMPLAINT)
def columns(list_id: int) -> ResponseReturnValue:
    sent = _sent(list_id)
    looked = _looked(sent)
    read = {**looked.by_place, **({} if looked.read else sent.said)}
    form = columns_form(looked.table, read, obj=sent)

    def act(session: Session) -> Done:
        service.settle(
            session,
            sent,
            header_row=form.header_row.data,
            said=form.said,
            by=current_officer(),
            version=form.seen_version,
        )
        return Done(url_for(".show", list_id=sent.id))

    return answered_on(form, act, "orders/columns.html", sent=sent, looked=looked, letter=letter)


@bp.route("/import/<int:list_id>/confirm", methods=["POST"])
@requires(Permission.ASSIGN_COMPLAINT)
def confirm(list_id: int) -> ResponseReturnValue:
    """The list is begun in one transaction and taken over in parts after it."""
    sent, form = _sent(list_id), PressForm()
    looked = _looked(sent)

    def act(session: Session) -> Done:
        service.begin(session, sent, by=current_officer(), version=form.seen_version)
        if looked.read is None:
            raise BadInput(given(looked.trouble))
        address = url_for(".show", list_id=sent.id)
        return Done(address, instead=lambda: _taken_over(sent, looked, address))

    return answered(form, act, lambda: _page(sent, looked, form))


def _taken_over(sent: OrderList, looked: Looked, address: str) -> ResponseReturnValue:
    officer, today = current_officer(), clock.today()
    tally = running.written(
        given(looked.table).rows(), given(looked.read).places, officer.division, by=officer,
        today=today,
    )  # fmt: skip
    with transaction() as session:
        service.finish(session, sent, tally, by=officer)
    return redirect(address)


@bp.route("/import/<int:list_id>/discard", methods=["POST"])
@requires(Permission.ASSIGN_COMPLAINT)
def discard(list_id: int) -> ResponseReturnValue:
    sent, form = _sent(list_id), PressForm()

    def act(session: Session) -> Done:
        service.discard(session, sent, by=current_officer(), version=form.seen_version)
        return Done(url_for(".start"), Text("The list is discarded; its file is deleted."))

    return pressed(form, act, back=url_for(".show", list_id=list_id))


def _sent(list_id: int) -> OrderList:
    return list_queries.get(current_session(), list_id, scope=current_officer().scope)


def _looked(sent: OrderList) -> Looked:
    """A list that has ended has nothing to be looked at; the service says so."""
    if not sent.waits:
        return Looked(None, None, Text("The list was taken over or discarded already."))
    try:
        content = sealed_files.content_of(sent, flask.current_app.config["DATA_DIR"])
    except BadInput as error:
        return Looked(None, None, error.text)
    return looking.looked(sent, content, most_rows=MOST_ROWS)


def _page(sent: OrderList, looked: Looked, press: PressForm) -> str:
    officer = current_officer()
    tally = None
    if looked.table is not None and looked.read is not None:
        tally = running.tried(
            looked.table.rows(), looked.read.places, officer.division, by=officer,
            today=clock.today(),
        )  # fmt: skip
    return render_template(
        "orders/show.html",
        sent=sent,
        press=press,
        looked=looked,
        tally=tally,
        outcomes=Outcome,
        labels={field: one.label for field, one in BY_FIELD.items()},
        letter=letter,
        shown=SHOWN,
    )
