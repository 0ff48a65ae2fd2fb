"""Pages on which officers prepare, check and end public lists."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import flask
import sqlalchemy as sa
from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from training_oversight import clock
from training_oversight.accounts.guard import current_officer
from training_oversight.accounts.models import Officer
from training_oversight.accounts.permissions import Permission
from training_oversight.audit import queries as history
from training_oversight.audit import timeline
from training_oversight.database import current_session
from training_oversight.law.sentences import unpacked
from training_oversight.publication import presenting, proposal, queries, tables
from training_oversight.publication.models import Publication, PublicEntry, PublicStatus
from training_oversight.publication.workflow import (
    PUBLICATION_WORKFLOW,
    PublicationState,
    PublicationVerb,
)
from training_oversight.texts import Counted, Text
from training_oversight.web.components import (
    Locked,
    MoveButton,
    MoveStyle,
    NextStep,
    Split,
    SplitPart,
    Tab,
)
from training_oversight.web.marks import requires

bp = Blueprint("publication", __name__, url_prefix="/publications")
S, V = PublicationState, PublicationVerb

VIEWS = {
    "all": Text("All"),
    "preparing": Text("In preparation"),
    "published": Text("Published"),
    "ended": Text("Ended"),
}
PAGES = {
    V.SUBMIT: "publication.submit",
    V.RETURN: "publication.return_",
    V.APPROVE: "publication.approve",
    V.WITHDRAW: "publication.withdraw",
    V.DISCARD: "publication.discard",
}
SENTENCES = {
    "publication.prepared": lambda event: Counted(
        "%(count)s entry", "%(count)s entries", count=event.facts["entries"]
    ),
    "publication.refreshed": lambda event: Text(
        "%(added)s new, %(changed)s changed, %(dropped)s dropped", **event.facts
    ),
    "publication.entry_removed": lambda event: event.facts["place"],
    "publication.entry_restored": lambda event: event.facts["place"],
}
TITLES = {
    S.DRAFT: Text("Check the entries and submit the list"),
    S.SUBMITTED: Text("Review and publish"),
    S.PUBLISHED: Text("Nothing; the list is public"),
    S.SUPERSEDED: Text("Nothing; a newer batch has taken its place"),
    S.WITHDRAWN: Text("Nothing; the list was withdrawn"),
    S.DISCARDED: Text("Nothing; the draft was discarded"),
}


@bp.route("")
@requires(Permission.VIEW_PUBLICATIONS)
def index() -> ResponseReturnValue:
    officer, session = current_officer(), current_session()
    view = request.args.get("view", "all")
    view = view if view in VIEWS else "all"
    page = queries.listed(
        session,
        officer,
        view=view,
        cursor=request.args.get("at"),
        address=lambda cursor: url_for(".index", view=view, at=cursor),
    )
    counts = queries.view_counts(session, officer)
    return render_template(
        "publication/index.html",
        page=page,
        tabs=[
            Tab(label, url_for(".index", view=name), counts[name], current=name == view)
            for name, label in VIEWS.items()
        ],
        may_prepare=officer.may(Permission.PREPARE_PUBLICATION),
        batch_label=presenting.batch_label,
        state_of=presenting.state_of,
        step=_step_in_list(page.rows, officer),
    )


def _step_in_list(
    rows: Sequence[sa.Row[Publication, *tuple[object, ...]]], officer: Officer
) -> Callable[[Publication], Text | None]:
    """What waits for this officer in each row of the list."""
    lists = [row.Publication for row in rows]
    turns = PUBLICATION_WORKFLOW.turns(officer, lists, V.SUBMIT, V.APPROVE)
    words = {S.SUBMITTED: Text("Review"), S.DRAFT: Text("Check the entries")}

    def step(publication: Publication) -> Text | None:
        return words[publication.state] if publication.id in turns else None

    return step


@bp.route("/<int:publication_id>")
@requires(Permission.VIEW_PUBLICATIONS)
def show(publication_id: int) -> ResponseReturnValue:
    officer, session, today = current_officer(), current_session(), clock.today()
    publication = queries.with_people(
        session, queries.one(session, publication_id, officer=officer)
    )
    shown = request.args.get("show", "")
    preparing = publication.state in queries.IN_PREPARATION
    changed = queries.changed_since(session, publication, today=today) if preparing else []
    return render_template(
        "publication/show.html",
        publication=publication,
        state=presenting.state_of(publication),
        box=_next_step(publication, officer, changed=bool(changed)),
        page=queries.entries(
            session,
            publication,
            shown=shown,
            cursor=request.args.get("at"),
            address=lambda c: url_for(".show", publication_id=publication.id, show=shown, at=c),
        ),
        shown=shown,
        split=_split(publication),
        changed=[(entry, _difference(entry, copy)) for entry, copy in changed],
        left_out=queries.left_out(session, publication, today=today) if preparing else None,
        may_refresh=preparing and officer.may(Permission.PREPARE_PUBLICATION),
        may_cut=publication.state == S.DRAFT and officer.may(Permission.PREPARE_PUBLICATION),
        entries=timeline.entries(history.history(session, publication), sentences=SENTENCES),
        said=unpacked,
        batch_label=presenting.batch_label,
        status_of=presenting.public_status,
        steps=[S.DRAFT, S.SUBMITTED, S.PUBLISHED],
    )


def _difference(entry: PublicEntry, copy: proposal.Copy | None) -> Text:
    """One sentence: what of an entry is not as it was copied."""
    if copy is None:
        return Text("would not be proposed any more")
    if copy.status != entry.status:
        return Text("now “%(now)s”, copied as “%(then)s”", now=copy.status, then=entry.status)
    return Text("dates or names have changed")


def _next_step(publication: Publication, officer: Officer, *, changed: bool) -> NextStep:
    """The box of moves: what may be done now, and what not yet and why."""
    offer = publication.workflow.offer(officer, publication)
    obstacles: Sequence[Text] = ()
    if publication.state == S.SUBMITTED and officer.may(Permission.APPROVE_PUBLICATION):
        obstacles = queries.obstacles(current_session(), publication, today=clock.today())
    moves = [
        _button(publication, move)
        for move in offer.open
        if move.verb in PAGES and not (move.verb == V.APPROVE and obstacles)
    ]
    locked = [Locked(lock.move.label, reason) for lock in offer.locked for reason in lock.reasons]
    if not locked:
        locked = [Locked(V.APPROVE.label, reason) for reason in obstacles]
    if changed and officer.may(Permission.PREPARE_PUBLICATION):
        url = url_for(".refresh", publication_id=publication.id)
        moves.append(MoveButton(Text("Bring up to date"), url))
    if publication.state == S.PUBLISHED and officer.may(Permission.PREPARE_PUBLICATION):
        moves.insert(0, MoveButton(Text("Prepare a new batch"), url_for(".new"), MoveStyle.MAIN))
    moves.sort(key=lambda button: button.style is not MoveStyle.MAIN)
    title = TITLES[publication.state]
    return NextStep(title, whose=_whose(publication), moves=moves, locked=locked)


def _whose(publication: Publication) -> Text | str:
    if publication.state == S.DRAFT:
        return publication.prepared_by.name
    return Text("Somebody other than the preparer") if publication.state == S.SUBMITTED else ""


def _button(publication: Publication, move: Any) -> MoveButton:
    style = MoveStyle.DANGER if move.grave else MoveStyle.OTHER
    if move.verb in (V.SUBMIT, V.APPROVE):
        style = MoveStyle.MAIN
    return MoveButton(move.label, url_for(PAGES[move.verb], publication_id=publication.id), style)


def _split(publication: Publication) -> Split:
    """How the proposed entries divide; what was left out stands last and is never silent."""
    counts = queries.counts(current_session(), publication)

    def link(shown: str) -> str:
        return url_for(".show", publication_id=publication.id, show=shown)

    return Split(
        Text("Entries proposed by the rule"),
        sum(counts.values()),
        [SplitPart(s.label, counts.get((s, True), 0), link(s.value)) for s in PublicStatus],
        Text("Left out by an officer, with a reason"),
        link(queries.REMOVED),
    )


@bp.route("/<int:publication_id>/preview")
@requires(Permission.VIEW_PUBLICATIONS)
def preview(publication_id: int) -> ResponseReturnValue:
    """The list as the public will see it."""
    publication = queries.one(current_session(), publication_id, officer=current_officer())
    page = queries.public_page(
        current_session(),
        publication,
        cursor=request.args.get("at"),
        address=lambda c: url_for(".preview", publication_id=publication_id, at=c),
    )
    return render_template(
        "publication/preview.html",
        publication=publication,
        page=page,
        owner=publication.authority,
        hotline=publication.authority.hotline,
        authority_name=publication.authority.name,
        corrections=[],
        superseded=False,
        entry_links=False,
        table_url=None,
        action=None,
        pager_shown=True,
        **(presenting.list_words() | {"static_pages": True}),
    )


@bp.route("/<int:publication_id>/table.xlsx")
@requires(Permission.VIEW_PUBLICATIONS)
def table(publication_id: int) -> ResponseReturnValue:
    session = current_session()
    publication = queries.one(session, publication_id, officer=current_officer())
    content = tables.workbook(queries.included(session, publication))
    name = f"{tables.file_name(publication)}.xlsx"
    return flask.send_file(content, tables.XLSX, as_attachment=True, download_name=name)
