"""The public site: approved lists for anybody, without a sign-in and without script."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from http import HTTPStatus

import flask
from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from training_oversight.accounts.models import Authority
from training_oversight.database import current_session
from training_oversight.errors import NotFound
from training_oversight.publication import presenting, tables
from training_oversight.publication import public_queries as queries
from training_oversight.publication.models import ListKind, Publication, PublicStatus
from training_oversight.publication.workflow import PublicationState
from training_oversight.texts import Text
from training_oversight.web.addresses import asking
from training_oversight.web.components import Tab
from training_oversight.web.marks import public

bp = Blueprint("public", __name__, url_prefix="/public")
KIND = ListKind.RECTIFICATION


@bp.errorhandler(NotFound)
def missing(_error: NotFound) -> ResponseReturnValue:
    """For a reader: nothing about records, jurisdictions or signing in."""
    frame = {"authority_name": presenting.BUREAUS, "public_home": url_for("public.home")}
    return render_template("public/missing.html", **frame), HTTPStatus.NOT_FOUND


@bp.route("")
@public
def home() -> ResponseReturnValue:
    lists = queries.current_lists(current_session())
    name = lists[0][0].name if len(lists) == 1 else presenting.BUREAUS
    return render_template(
        "public/home.html",
        lists=lists,
        batch_label=presenting.batch_label,
        authority_name=name,
        public_home=url_for("public.home"),
    )


@bp.route("/<code>/rectification")
@public
def rectification(code: str) -> ResponseReturnValue:
    """The list that stands, searched."""
    session = current_session()
    owner = queries.authority(session, code)
    known = queries.batches(session, owner, KIND)
    standing = next((b for b in known if b.state == PublicationState.PUBLISHED), None)
    if standing is None:
        return render_template(
            "public/none.html",
            batch_label=presenting.batch_label,
            **_frame(owner, known, here=True),
        )
    return _list(standing, owner, known, endpoint="public.rectification", code=code)


@bp.route("/<code>/rectification/batches")
@public
def batches(code: str) -> ResponseReturnValue:
    """All issues, old ones readable unless withdrawn."""
    owner = queries.authority(current_session(), code)
    known = queries.batches(current_session(), owner, KIND)
    return render_template(
        "public/batches.html",
        batches=known,
        batch_label=presenting.batch_label,
        withdrawn=PublicationState.WITHDRAWN,
        **_frame(owner, known),
    )


@bp.route("/batches/<int:publication_id>")
@public
def batch(publication_id: int) -> ResponseReturnValue:
    publication = queries.batch(current_session(), publication_id)
    known = queries.batches(current_session(), publication.authority, publication.kind)
    if publication.state == PublicationState.WITHDRAWN:
        return _gone(publication, known)
    return _list(
        publication,
        publication.authority,
        known,
        endpoint="public.batch",
        publication_id=publication_id,
    )


@bp.route("/batches/<int:publication_id>/table.xlsx")
@public
def table(publication_id: int) -> ResponseReturnValue:
    publication = queries.batch(current_session(), publication_id)
    if publication.state == PublicationState.WITHDRAWN:
        known = queries.batches(current_session(), publication.authority, publication.kind)
        return _gone(publication, known)
    content = tables.workbook(queries.all_entries(current_session(), publication))
    name = f"{tables.file_name(publication)}.xlsx"
    return flask.send_file(content, tables.XLSX, as_attachment=True, download_name=name)


@bp.route("/entries/<int:entry_id>")
@public
def entry(entry_id: int) -> ResponseReturnValue:
    found = queries.entry(current_session(), entry_id)
    publication = found.publication
    known = queries.batches(current_session(), publication.authority, publication.kind)
    if publication.state == PublicationState.WITHDRAWN:
        return _gone(publication, known)
    return render_template(
        "public/entry.html",
        entry=found,
        publication=publication,
        status=presenting.public_status(found.status),
        meaning=presenting.MEANINGS[found.status],
        batch_label=presenting.batch_label,
        superseded=publication.state == PublicationState.SUPERSEDED,
        **_frame(publication.authority, known),
    )


def _list(
    publication: Publication,
    owner: Authority,
    known: Sequence[Publication],
    *,
    endpoint: str,
    **where: object,
) -> ResponseReturnValue:
    asked = {name: request.args.get(name, "").strip() for name in ("q", "status", "township")}

    def address(**changes: str) -> str:
        kept: dict[str, object] = {
            name: value for name, value in (asked | changes).items() if value
        }
        return asking(endpoint, where | kept)

    session = current_session()
    page = queries.found_entries(
        session,
        publication,
        words=asked["q"],
        status=asked["status"],
        township=asked["township"],
        cursor=request.args.get("at"),
        address=lambda cursor: address(at=cursor),
    )
    found = queries.counts(session, publication, words=asked["q"], township=asked["township"])
    return render_template(
        "public/list.html",
        publication=publication,
        page=page,
        asked=asked,
        tabs=status_tabs(found, asked["status"], address),
        townships=queries.townships(session, publication),
        action=asking(endpoint, where),
        superseded=publication.state == PublicationState.SUPERSEDED,
        table_url=url_for("public.table", publication_id=publication.id),
        entry_links=True,
        **presenting.list_words(),
        **_frame(owner, known, here=publication.state == PublicationState.PUBLISHED),
    )


def status_tabs(
    found: dict[PublicStatus, int], chosen: str, address: Callable[..., str]
) -> list[Tab]:
    """All, then each status that occurs, with its count."""
    every = Tab(Text("All"), address(status=""), sum(found.values()), current=not chosen)
    return [every] + [
        Tab(s.label, address(status=s.value), found.get(s, 0), chosen == s.value)
        for s in PublicStatus
        if s in found or chosen == s.value
    ]


def _gone(publication: Publication, known: Sequence[Publication]) -> ResponseReturnValue:
    page = render_template(
        "public/gone.html",
        publication=publication,
        batch_label=presenting.batch_label,
        **_frame(publication.authority, known),
    )
    return page, HTTPStatus.GONE


def _frame(
    owner: Authority, known: Sequence[Publication], *, here: bool = False
) -> dict[str, object]:
    here_url = url_for("public.rectification", code=owner.code)
    batches_url = url_for("public.batches", code=owner.code)
    return {
        "authority_name": owner.name,
        "owner": owner,
        "hotline": owner.hotline,
        "public_home": url_for("public.home"),
        "corrections": queries.corrections(known),
        "public_navigation": [
            {"label": Text("Status of rectification"), "url": here_url, "active": here},
            {
                "label": Text("Earlier batches"),
                "url": batches_url,
                "active": request.endpoint == "public.batches",
            },
        ],
    }
