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
from training_oversight.publication import entry_links, layout, presenting, rules, tables
from training_oversight.publication import public_queries as queries
from training_oversight.publication.layout import Layout
from training_oversight.publication.models import Publication
from training_oversight.publication.workflow import PublicationState
from training_oversight.texts import Text
from training_oversight.web.addresses import asking
from training_oversight.web.components import Tab
from training_oversight.web.marks import public

bp = Blueprint("public", __name__, url_prefix="/public")


@bp.errorhandler(NotFound)
def missing(_error: NotFound) -> ResponseReturnValue:
    """For a reader: nothing about records, jurisdictions or signing in."""
    frame = {"authority_name": presenting.BUREAUS, "public_home": url_for("public.home")}
    return render_template("public/missing.html", **frame), HTTPStatus.NOT_FOUND


@bp.route("")
@public
def home() -> ResponseReturnValue:
    lists = queries.lists(current_session())
    owners = {owner.id: owner.name for owner, _publication in lists}
    return render_template(
        "public/home.html",
        lists=lists,
        stands=PublicationState.PUBLISHED,
        batch_label=presenting.batch_label,
        authority_name=next(iter(owners.values())) if len(owners) == 1 else presenting.BUREAUS,
        public_home=url_for("public.home"),
        # Only here and not in the files for the county's own site, which has no way in.
        office_url=url_for("accounts.sign_in"),
        links=entry_links.links(),
    )


@bp.route("/<code>/<kind>")
@public
def current(code: str, kind: str) -> ResponseReturnValue:
    """The list of a kind that stands, searched; where none does, why."""
    owner, known = _known(code, kind)
    standing = next((b for b in known if b.state == PublicationState.PUBLISHED), None)
    if standing is None:
        return render_template(
            "public/none.html",
            title=known[0].title if known else rules.rule_of(kind).title,
            batch_label=presenting.batch_label,
            **presenting.after_withdrawal(known),
            **_frame(owner, kind, known),
        )
    return _list(standing, owner, known, endpoint="public.current", code=code, kind=kind)


@bp.route("/<code>/<kind>/batches")
@public
def batches(code: str, kind: str) -> ResponseReturnValue:
    """All issues, old ones readable unless withdrawn."""
    owner, known = _known(code, kind)
    return render_template(
        "public/batches.html",
        title=known[0].title if known else rules.rule_of(kind).title,
        batches=known,
        batch_label=presenting.batch_label,
        withdrawn=PublicationState.WITHDRAWN,
        **_frame(owner, kind, known),
    )


def _known(code: str, kind: str) -> tuple[Authority, Sequence[Publication]]:
    """Raises ``NotFound`` for a kind that was never published and that no area has."""
    owner = queries.authority(current_session(), code)
    known = queries.batches(current_session(), owner, kind)
    if not known:
        rules.rule_of(kind)
    return owner, known


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
    content = tables.workbook(publication, queries.all_entries(current_session(), publication))
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
    row = presenting.row(publication, found)
    return render_template(
        "public/entry.html",
        row=row,
        links=entry_links.links(found, row.name),
        publication=publication,
        batch_label=presenting.batch_label,
        superseded=publication.state == PublicationState.SUPERSEDED,
        **_frame(publication.authority, publication.kind, known),
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
    frozen = layout.of(publication)
    if asked["status"] not in frozen.statuses:
        asked["status"] = ""

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
        tabs=status_tabs(frozen, found, asked["status"], address),
        townships=queries.townships(session, publication),
        action=asking(endpoint, where),
        batches_url=url_for("public.batches", code=owner.code, kind=publication.kind),
        superseded=publication.state == PublicationState.SUPERSEDED,
        table_url=url_for("public.table", publication_id=publication.id),
        entry_links=True,
        **presenting.list_words(publication, page.rows),
        **_frame(owner, publication.kind, known),
    )


def status_tabs(
    frozen: Layout, found: dict[str, int], chosen: str, address: Callable[..., str]
) -> list[Tab]:
    """All, then each status that occurs, with its count."""
    every = Tab(Text("All"), address(status=""), sum(found.values()), current=not chosen)
    return [every] + [
        Tab(said.label, address(status=code), found.get(code, 0), chosen == code)
        for code, said in frozen.statuses.items()
        if code in found or chosen == code
    ]


def _gone(publication: Publication, known: Sequence[Publication]) -> ResponseReturnValue:
    page = render_template(
        "public/gone.html",
        publication=publication,
        batch_label=presenting.batch_label,
        **_frame(publication.authority, publication.kind, known),
    )
    return page, HTTPStatus.GONE


def _frame(owner: Authority, kind: str, known: Sequence[Publication]) -> dict[str, object]:
    lists = queries.lists(current_session(), owner)
    batches_url = url_for("public.batches", code=owner.code, kind=kind)
    return {
        "authority_name": owner.name,
        "owner": owner,
        "hotline": owner.hotline,
        "public_home": url_for("public.home"),
        "corrections": queries.corrections(known),
        "public_navigation": [
            *(_line_of(owner, publication) for _owner, publication in lists),
            {
                "label": Text("Earlier batches"),
                "url": batches_url,
                "active": request.endpoint == "public.batches",
            },
        ],
    }


def _line_of(owner: Authority, publication: Publication) -> dict[str, object]:
    url = url_for("public.current", code=owner.code, kind=publication.kind)
    return {"label": publication.title, "url": url, "active": request.path == url}
