"""Pages: the whole file of one institution, and the same as a paper."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

import flask
from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from training_oversight import audit, clock
from training_oversight.accounts import queries as accounts
from training_oversight.accounts.guard import current_officer
from training_oversight.accounts.permissions import Permission
from training_oversight.audit import EventType
from training_oversight.catalogue import queries as catalogue
from training_oversight.database import current_session, transaction
from training_oversight.desk.dossier import papers, queries
from training_oversight.desk.dossier.sections import Section, facts, sections
from training_oversight.documents import render
from training_oversight.registry.models import Institution
from training_oversight.texts import Language, Text, speaking
from training_oversight.web.components import Tab
from training_oversight.web.marks import requires

bp = Blueprint("dossier", __name__, url_prefix="/institutions")
PRINTED = EventType.declare("dossier.printed", Text("Whole file printed"), ["sections"])
# Which right opens which part; the others are the register's own.
RIGHTS = {
    "visits": Permission.VIEW_VISITS,
    "findings": Permission.VIEW_VISITS,
    "items": Permission.VIEW_LEDGER,
    "notices": Permission.VIEW_NOTICES,
    "cases": Permission.VIEW_CASES,
    "publications": Permission.VIEW_PUBLICATIONS,
}


@bp.route("/<int:institution_id>/dossier")
@requires(Permission.VIEW_REGISTRY)
def show(institution_id: int) -> ResponseReturnValue:
    institution, told, parts = _file(institution_id)
    return render_template(
        "desk/dossier.html",
        institution=institution,
        told=told,
        parts=parts,
        contents=[Tab(part.title, f"#{part.key}", len(part.rows)) for part in parts],
    )


@bp.route("/<int:institution_id>/dossier.pdf")
@requires(Permission.VIEW_REGISTRY)
def paper(institution_id: int) -> flask.Response:
    """一机构一档 on A4; that somebody printed it stays in the history."""
    officer, today = current_officer(), clock.today()
    with speaking(Language.CHINESE):
        institution, told, parts = _file(institution_id)
        made = papers.content(
            institution, told, parts, by=officer, today=today,
            demo=flask.current_app.config["DEMO"],
        )  # fmt: skip
    pdf = render(made.TEMPLATE, made.to_json())
    with transaction() as session:
        audit.record(session, institution, PRINTED, by=officer, sections=len(parts))
    answer = flask.Response(pdf, mimetype="application/pdf")
    name = quote(f"一机构一档 {made.name}.pdf")
    answer.headers["Content-Disposition"] = f"inline; filename*=UTF-8''{name}"
    return answer


def _file(institution_id: int) -> tuple[Institution, list[tuple[Text, Any]], Sequence[Section]]:
    session, officer, today = current_session(), current_officer(), clock.today()
    known = queries.known(session, institution_id, officer)
    kinds = catalogue.kind_labels(session, authority_id=known.institution.authority_id, today=today)
    found = accounts.departments(session, known.institution.authority_id)
    departments = {one.id: one.name for one in found}
    parts = [
        part
        for part in sections(known, kinds, departments, today=today)
        if part.key not in RIGHTS or officer.may(RIGHTS[part.key])
    ]
    return known.institution, facts(known, kinds), parts
