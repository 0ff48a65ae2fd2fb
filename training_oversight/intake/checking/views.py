"""Pages: sending an old ledger, what was found in it, and the paper to sign."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import flask
from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from training_oversight import clock
from training_oversight.accounts.guard import current_officer
from training_oversight.accounts.permissions import Permission
from training_oversight.database import current_session
from training_oversight.documents import GETA, render
from training_oversight.errors import BadInput, NotFound, TooLarge
from training_oversight.files import storage
from training_oversight.files.storage import Stored
from training_oversight.intake import queries as imports
from training_oversight.intake import reading, remembering, uploading
from training_oversight.intake.checking import printed, queries, service
from training_oversight.intake.checking.columns import LEDGER
from training_oversight.intake.checking.forms import CheckForm, ForgetForm
from training_oversight.intake.checking.rules import RowFault
from training_oversight.intake.forms import ColumnsForm, columns_form
from training_oversight.intake.guessing import Guess, guesses
from training_oversight.intake.models import CheckKind, LedgerCheck
from training_oversight.intake.uploading import Columns
from training_oversight.intake.views import tables
from training_oversight.intake.views.record import ground_of
from training_oversight.spreadsheets import Table, write
from training_oversight.texts import Text
from training_oversight.web import downloads
from training_oversight.web.components import Tab
from training_oversight.web.marks import requires
from training_oversight.web.steps import Done, answered_after, pressed

bp = Blueprint("checking", __name__, url_prefix="/institutions/check")
DELETED = Text("The file is deleted.")
DELETED_AND_KEPT = Text("The file is deleted; what was found in it stays.")
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# As many as are read on a screen; the files hold all.
SHOWN = 200


@bp.route("", methods=["GET", "POST"])
@requires(Permission.IMPORT_REGISTRY)
def start() -> ResponseReturnValue:
    officer, form = current_officer(), CheckForm()

    def act(session: Session, sent: _Sent) -> Done:
        check = service.receive(
            session, sent.stored, filename=sent.filename, sender=sent.sender, by=officer
        )
        session.flush()
        if sent.columns is None:
            return Done(url_for(".columns", check_id=check.id))
        service.settle(session, check, sent.columns, sent.found, by=officer, version=None)
        return Done(url_for(".show", check_id=check.id))

    return answered_after(
        form,
        lambda: _sent(form),
        act,
        lambda: render_template(
            "intake/checking/start.html",
            form=form,
            kinds=CheckKind,
            senders=imports.senders(current_session(), officer.authority),
            latest=queries.latest(current_session(), officer.scope),
        ),
    )


@dataclass(frozen=True)
class _Sent:
    """A ledger on disk; with its columns and what was found in it if nobody needs to be asked."""

    stored: Stored
    filename: str
    sender: str
    columns: Columns | None = None
    found: Sequence[RowFault] = ()


def _sent(form: CheckForm) -> _Sent | None:
    """The file, once it was opened; what is wrong with it goes to the form."""
    file = request.files["list"]
    filename = (file.filename or "").replace("\\", "/").rpartition("/")[2]
    sender = form.sender.data or ""
    try:
        with file.stream:
            content = file.read()
        before = _before(current_officer().authority_id, sender)
        known = LEDGER.known_with(before)
        table = reading.check(content, filename, known, service.LIMITS).table
        folder = flask.current_app.config["DATA_DIR"]
        stored = storage.store(io.BytesIO(content), folder, limit=reading.MOST_BYTES)
        sent = _Sent(stored, filename, sender)
        if table is None:
            return sent
        guessed = _guesses(table, before)
        columns = Columns(table, guessed, [one.field for one in guessed], among=LEDGER)
        if not service.is_sure(columns):
            return sent
        return replace(sent, columns=columns, found=service.looked(columns, today=clock.today()))
    except BadInput as error:
        form.refuse(BadInput(error.text, {"list": error.text}))
    except TooLarge as error:
        form.refuse(error)
    return None


def _before(authority_id: int, sender: str) -> Mapping[str, str]:
    return remembering.ledger(current_session(), authority_id, sender)


def _guesses(table: Table, before: Mapping[str, str]) -> list[Guess]:
    return guesses(table, before, ground_of(current_officer().division_id), LEDGER)


@bp.route("/<int:check_id>/columns", methods=["GET", "POST"])
@requires(Permission.IMPORT_REGISTRY)
def columns(check_id: int) -> ResponseReturnValue:
    check = _check(check_id)
    if check.file_sha256 is None:
        return redirect(url_for(".show", check_id=check_id))
    before = _before(check.authority_id, check.sender)
    glance = tables.glance(check, LEDGER, service.LIMITS, before)
    table = glance.table
    found = _guesses(table, before) if table is not None else []
    if table is not None and check.settled and list(table.written) == check.header:
        found = uploading.as_read_before(check, found)
    form = columns_form(found, among=LEDGER, obj=check)
    form.taken.choices = [(number, number) for number, _ in table.left_out] if table else []

    def act(session: Session, looked: _Looked) -> Done:
        service.settle(
            session,
            check,
            looked.columns,
            looked.found,
            by=current_officer(),
            version=form.seen_version,
        )
        return Done(url_for(".show", check_id=check.id))

    def page() -> str:
        return render_template(
            "intake/checking/columns.html",
            **tables.values(check, glance, found, form),
            address=lambda **more: url_for(".columns", check_id=check_id, **more),
            readers={},
            words=[],
            unsaid=0,
        )

    if table is None:
        return page()
    return answered_after(form, lambda: _looked(table, found, form), act, page)


@dataclass(frozen=True)
class _Looked:
    """The columns as they were settled, and what was found with them."""

    columns: Columns
    found: Sequence[RowFault]


def _looked(table: Table, guessed: list[Guess], form: ColumnsForm) -> _Looked | None:
    """Look through the ledger before the transaction; what is wrong goes to the form."""
    whole = reading.taking(table, tables.taken(form, table))
    columns = Columns(whole, guessed, form.fields_chosen, among=LEDGER)
    try:
        return _Looked(columns, service.looked(columns, today=clock.today()))
    except (BadInput, TooLarge) as error:
        form.refuse(error)
        return None


@bp.route("/<int:check_id>/forget", methods=["POST"])
@requires(Permission.IMPORT_REGISTRY)
def forget(check_id: int) -> ResponseReturnValue:
    form, check = ForgetForm(), _check(check_id)

    def act(session: Session) -> Done:
        service.forget_file(session, check, by=current_officer(), version=form.seen_version)
        return Done(url_for(".start"), DELETED_AND_KEPT if check.settled else DELETED)

    return pressed(form, act, back=url_for(".columns", check_id=check_id))


@bp.route("/<int:check_id>")
@requires(Permission.IMPORT_REGISTRY)
def show(check_id: int) -> ResponseReturnValue:
    check = _check(check_id)
    if not check.settled:
        waits = check.file_sha256 is not None
        return redirect(url_for(".columns", check_id=check_id) if waits else url_for(".start"))
    counts = service.counts(check)
    asked = request.args.get("kind", "")
    chosen = next((kind for kind in CheckKind if kind.value == asked), None)
    found = [one for one in service.findings(check) if chosen in (None, one.kind)]
    return render_template(
        "intake/checking/show.html",
        check=check,
        concerned=service.rows_concerned(check),
        kept_until=service.last_day(current_session(), check, today=clock.today()),
        kinds=service.counts(check),
        tabs_of=[
            Tab(Text("All"), url_for(".show", check_id=check.id), service.total(check), not chosen),
            *(
                Tab(
                    kind.label,
                    url_for(".show", check_id=check.id, kind=kind.value),
                    count,
                    kind is chosen,
                )
                for kind, count in counts.items()
            ),
        ],
        found=found[:SHOWN],
        total=len(found),
    )


@bp.route("/<int:check_id>/paper.pdf")
@requires(Permission.IMPORT_REGISTRY)
def paper(check_id: int) -> flask.Response:
    """旧台账体检表, with a line for the signature."""
    check = _settled(check_id)
    made = printed.content(
        check, current_officer().authority, demo=flask.current_app.config["DEMO"]
    )
    pdf = render(made.TEMPLATE, made.to_json(), instead=GETA)
    answer = flask.Response(pdf, mimetype="application/pdf")
    answer.headers["Content-Disposition"] = f'inline; filename="ledger-check-{check.id}.pdf"'
    return answer


@bp.route("/<int:check_id>/findings.xlsx")
@requires(Permission.IMPORT_REGISTRY)
def table(check_id: int) -> flask.Response:
    check = _settled(check_id)
    file = io.BytesIO()
    write(
        file,
        [Text("Row"), Text("Institution"), Text("Finding"), Text("Why")],
        ((one.row, one.name, one.kind, one.why) for one in service.findings(check)),
    )
    file.seek(0)
    answer = flask.send_file(file, mimetype=WORKBOOK)
    name = Text("Findings in %(name)s", name=check.filename.rpartition(".")[0])
    return downloads.kept(answer, f"{name}.xlsx")


def _check(check_id: int) -> LedgerCheck:
    return queries.get(current_session(), check_id, scope=current_officer().scope)


def _settled(check_id: int) -> LedgerCheck:
    """A check with a result. Raises ``NotFound`` for one whose columns are still to be settled."""
    check = _check(check_id)
    if not check.settled:
        raise NotFound
    service.check_there(check)
    return check
