"""Pages: the whole file of one institution, and the same as a paper."""

from __future__ import annotations

import flask
from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from training_oversight import audit, clock
from training_oversight.accounts.guard import current_officer
from training_oversight.accounts.permissions import Permission
from training_oversight.database import current_session, transaction
from training_oversight.desk.dossier.making import Maker, rights_of
from training_oversight.desk.dossier.printed import PRINTED
from training_oversight.documents import GETA, render
from training_oversight.registry.models import Institution
from training_oversight.web import downloads
from training_oversight.web.components import Tab
from training_oversight.web.marks import recorded, requires

bp = Blueprint("dossier", __name__, url_prefix="/institutions")


@bp.route("/<int:institution_id>/dossier")
@requires(Permission.VIEW_REGISTRY)
def show(institution_id: int) -> ResponseReturnValue:
    whole = _maker().whole(institution_id)
    return render_template(
        "desk/dossier.html",
        institution=whole.institution,
        told=whole.facts,
        parts=whole.parts,
        files=whole.files,
        contents=[Tab(part.title, f"#{part.key}", len(part.rows)) for part in whole.parts],
    )


@bp.route("/<int:institution_id>/dossier.pdf")
@recorded
@requires(Permission.VIEW_REGISTRY)
def paper(institution_id: int) -> flask.Response:
    """一机构一档 on A4; that somebody printed it stays in the history."""
    officer = current_officer()
    made = _maker().paper(institution_id, by=officer, demo=flask.current_app.config["DEMO"])
    pdf = render(made.TEMPLATE, made.to_json(), instead=GETA)
    with transaction() as session:
        institution = session.get_one(Institution, institution_id)
        audit.record(session, institution, PRINTED, by=officer, sections=len(made.sections))
    answer = flask.Response(pdf, mimetype="application/pdf")
    return downloads.opened(answer, f"一机构一档 {made.name}.pdf")


def _maker() -> Maker:
    officer = current_officer()
    return Maker(
        current_session(), scope=officer.scope, rights=rights_of(officer), today=clock.today()
    )
