"""Pages: sending an old ledger, what was found in it, and the paper to sign."""

from __future__ import annotations

import io

import flask
from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from training_oversight import clock
from training_oversight.accounts.guard import current_officer
from training_oversight.accounts.permissions import Permission
from training_oversight.database import current_session
from training_oversight.documents import GETA, render
from training_oversight.errors import BadInput, TooLarge
from training_oversight.registry.checking import papers, queries, service
from training_oversight.registry.checking.forms import CheckForm
from training_oversight.registry.checking.rules import Finding
from training_oversight.registry.models import CheckKind, LedgerCheck
from training_oversight.spreadsheets import Table, write
from training_oversight.texts import Text
from training_oversight.web import downloads
from training_oversight.web.components import Tab
from training_oversight.web.marks import requires

bp = Blueprint("checking", __name__, url_prefix="/institutions/check")
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# As many as are read on a screen; the files hold all.
SHOWN = 200


@bp.route("", methods=["GET", "POST"])
@requires(Permission.IMPORT_REGISTRY)
def start() -> ResponseReturnValue:
    officer, form = current_officer(), CheckForm()
    if form.accepted() and (read := _read(form)) is not None:
        table, found, filename = read
        with form.saving() as session:
            check = service.keep(session, table, found, filename=filename, by=officer)
            form.done(url_for(".show", check_id=check.id))
        if form.response:
            return form.response
    return render_template(
        "registry/checking/start.html",
        form=form,
        kinds=CheckKind,
        latest=queries.latest(current_session(), officer.scope),
    ), form.status


def _read(form: CheckForm) -> tuple[Table, list[Finding], str] | None:
    sent = request.files["list"]
    filename = (sent.filename or "").replace("\\", "/").rpartition("/")[2]
    try:
        with sent.stream:
            table = service.opened(sent.read(), filename)
        return table, service.looked(table, today=clock.today()), filename
    except BadInput as error:
        form.refuse(BadInput(error.text, {"list": error.text}))
    except TooLarge as error:
        form.refuse(error)
    return None


@bp.route("/<int:check_id>")
@requires(Permission.IMPORT_REGISTRY)
def show(check_id: int) -> ResponseReturnValue:
    check = _check(check_id)
    counts = service.counts(check)
    asked = request.args.get("kind", "")
    chosen = next((kind for kind in CheckKind if kind.value == asked), None)
    found = [one for one in service.findings(check) if chosen in (None, one.kind)]
    return render_template(
        "registry/checking/show.html",
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
    check = _there(check_id)
    made = papers.content(check, current_officer().authority, demo=flask.current_app.config["DEMO"])
    pdf = render(made.TEMPLATE, made.to_json(), instead=GETA)
    answer = flask.Response(pdf, mimetype="application/pdf")
    answer.headers["Content-Disposition"] = f'inline; filename="ledger-check-{check.id}.pdf"'
    return answer


@bp.route("/<int:check_id>/findings.xlsx")
@requires(Permission.IMPORT_REGISTRY)
def table(check_id: int) -> flask.Response:
    check = _there(check_id)
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


def _there(check_id: int) -> LedgerCheck:
    check = _check(check_id)
    service.check_there(check)
    return check
