"""Pages: likely doubles, two records side by side, and undoing a joining."""

from __future__ import annotations

from http import HTTPStatus

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from training_oversight import clock
from training_oversight.accounts.guard import current_officer
from training_oversight.accounts.models import Scope
from training_oversight.accounts.permissions import Permission
from training_oversight.catalogue import queries as catalogue
from training_oversight.database import current_session
from training_oversight.doubles import likely, presenting, service
from training_oversight.doubles import queries as joined
from training_oversight.doubles.forms import DistinctForm, ReasonForm, join_form
from training_oversight.doubles.moving import count_of
from training_oversight.errors import BadInput, NotFound
from training_oversight.names.typed import LONGEST
from training_oversight.registry import queries
from training_oversight.registry.models import Institution
from training_oversight.texts import Text
from training_oversight.web.marks import requires
from training_oversight.web.steps import Done, answered, pressed

bp = Blueprint("joining", __name__, url_prefix="/institutions/duplicates")
# As many as an officer looks through at once; the likeliest come first.
SHOWN = 50


@bp.route("")
@requires(Permission.EDIT_REGISTRY)
def index() -> ResponseReturnValue:
    session, officer = current_session(), current_officer()
    of = request.args.get("of", type=int)
    one = queries.get(session, of, officer.scope) if of else None
    # From one record only its own county is looked through, however wide the officer's scope.
    county = one.authority.division.path if one else ""
    scope = officer.scope if officer.scope.path.startswith(county) else Scope(county)
    try:
        found = likely.pairs(session, scope, of=of)
    except likely.TooMany:
        raise BadInput(
            Text(
                "Doubles are looked for within one county: sign in as an officer of the county, "
                "or open one institution and look from there."
            )
        ) from None
    words = request.args.get("q", "").strip()[:LONGEST]
    return render_template(
        "doubles/index.html",
        one=one,
        pairs=found[:SHOWN],
        total=len(found),
        words=words,
        others=(
            joined.others(session, one, officer, words, today=clock.today())
            if one and words
            else []
        ),
        form=DistinctForm(),
        latest=joined.latest(session, officer.scope),
    )


@bp.route("/<int:kept_id>/<int:gone_id>", methods=["GET", "POST"])
@requires(Permission.EDIT_REGISTRY)
def compare(kept_id: int, gone_id: int) -> ResponseReturnValue:
    """Both records side by side; the first is the one that is kept."""
    kept, gone = _both(kept_id, gone_id)
    lines = presenting.lines(kept, gone, _kinds(kept))
    form = join_form(lines)
    if not form.is_submitted():
        form.version.data, form.other_version.data = str(kept.version), str(gone.version)

    def act(session: Session) -> Done:
        service.join(
            session,
            kept,
            gone,
            taken=form.taken(),
            reason=form.reason.data or "",
            by=current_officer(),
            versions=(form.seen_version, form.seen_other),
        )
        return Done(
            url_for("registry.show", institution_id=kept_id),
            Text("Joined: %(gone)s is part of this file now.", gone=gone.name),
        )

    def page() -> str:
        compared = lines
        if form.status == HTTPStatus.CONFLICT:
            compared = presenting.lines(*_both(kept_id, gone_id), _kinds(kept))
            form.version.data, form.other_version.data = str(kept.version), str(gone.version)
        return render_template(
            "doubles/compare.html", form=form, kept=kept, gone=gone, compared=compared
        )

    return answered(form, act, page)


@bp.route("/<int:kept_id>/<int:gone_id>/distinct", methods=["POST"])
@requires(Permission.EDIT_REGISTRY)
def distinct(kept_id: int, gone_id: int) -> ResponseReturnValue:
    kept, gone = _both(kept_id, gone_id)

    def act(session: Session) -> Done:
        service.declare_distinct(session, kept, gone, by=current_officer())
        return Done(
            url_for(".index"),
            Text(
                "%(one)s and %(other)s are two institutions; they are not proposed again.",
                one=kept.name,
                other=gone.name,
            ),
        )

    return pressed(DistinctForm(), act, back=url_for(".index"))


@bp.route("/joined/<int:merge_id>/undo", methods=["GET", "POST"])
@requires(Permission.EDIT_REGISTRY)
def undo(merge_id: int) -> ResponseReturnValue:
    merge = joined.merge(current_session(), merge_id, current_officer().scope)
    form = ReasonForm()
    if not form.is_submitted():
        form.version.data = str(merge.version)

    def act(session: Session) -> Done:
        service.take_apart(
            session,
            merge,
            reason=form.reason.data,
            by=current_officer(),
            version=form.seen_version,
        )
        return Done(
            url_for("registry.show", institution_id=merge.gone_id),
            Text("Taken apart: %(name)s has its own file again.", name=merge.gone.name),
        )

    return answered(
        form,
        act,
        lambda: render_template(
            "doubles/undo.html", form=form, merge=merge, count=count_of(merge.moved)
        ),
    )


def _both(kept_id: int, gone_id: int) -> tuple[Institution, Institution]:
    session, scope = current_session(), current_officer().scope
    if kept_id == gone_id:
        raise NotFound
    return queries.get(session, kept_id, scope), queries.get(session, gone_id, scope)


def _kinds(institution: Institution) -> dict[str, str]:
    return catalogue.kind_labels(
        current_session(), authority_id=institution.authority_id, today=clock.today()
    )
