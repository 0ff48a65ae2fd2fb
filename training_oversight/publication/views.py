"""Pages on which officers prepare, check and end public lists."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

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
from training_oversight.publication import layout, presenting, proposal, queries, rules
from training_oversight.publication.models import Publication, PublicEntry
from training_oversight.publication.workflow import (
    PUBLICATION_WORKFLOW,
    PublicationState,
    PublicationVerb,
)
from training_oversight.texts import Counted, Text
from training_oversight.web.components import (
    Choice,
    Filter,
    FilterBar,
    Locked,
    MoveButton,
    MoveStyle,
    NextStep,
    Split,
    SplitPart,
    Tab,
    Words,
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
    S.SUBMITTED: PublicationVerb.APPROVE.label,
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
    kind = _kind()
    page = queries.listed(
        session,
        officer,
        view=view,
        kind=kind,
        cursor=request.args.get("at"),
        address=lambda cursor: url_for(".index", view=view, kind=kind, at=cursor),
    )
    counts = queries.view_counts(session, officer, kind=kind)
    return render_template(
        "publication/index.html",
        page=page,
        tabs=[
            Tab(label, url_for(".index", view=name, kind=kind), counts[name], current=name == view)
            for name, label in VIEWS.items()
        ],
        bar=_bar(kind, view),
        may_prepare=officer.may(Permission.PREPARE_PUBLICATION),
        batch_label=presenting.batch_label,
        state_of=presenting.state_of,
        step=_step_in_list(page.rows, officer),
    )


def _kind() -> str | None:
    """The kind that is asked for; nothing for all."""
    asked = request.args.get("kind", "")
    return asked if asked in {rule.kind for rule in rules.every()} else None


def _bar(kind: str | None, view: str) -> FilterBar:
    choices: list[tuple[str, Words]] = [("", Text("All"))]
    choices += [(rule.kind, rule.title) for rule in rules.every()]
    chosen = [Choice(code, words, code == (kind or "")) for code, words in choices]
    return FilterBar(
        action=url_for(".index"),
        filters=[Filter("kind", Text("List"), chosen)],
        clear_url=url_for(".index", view=view),
        kept=[("view", view)],
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
    shown, rule = _shown(publication), _rule_of(publication)
    changed = queries.changed_since(session, publication, rule, today=today) if rule else []
    page = queries.entries(
        session,
        publication,
        shown=shown,
        cursor=request.args.get("at"),
        address=lambda c: url_for(".show", publication_id=publication.id, show=shown, at=c),
    )
    return render_template(
        "publication/show.html",
        publication=publication,
        state=presenting.state_of(publication),
        box=_next_step(publication, officer, changed=bool(changed)),
        page=page,
        rows=presenting.rows(publication, page.rows),
        shown=shown,
        gathers=rule.gathers if rule else "",
        split=_split(publication),
        changed=[
            (presenting.row(publication, entry), _difference(publication, entry, copy))
            for entry, copy in changed
        ],
        left_out=queries.left_out(session, publication, rule, today=today) if rule else None,
        may_refresh=rule is not None and officer.may(Permission.PREPARE_PUBLICATION),
        may_cut=publication.state == S.DRAFT and officer.may(Permission.PREPARE_PUBLICATION),
        entries=timeline.entries(history.history(session, publication), sentences=SENTENCES),
        said=unpacked,
        batch_label=presenting.batch_label,
        steps=[S.DRAFT, S.SUBMITTED, S.PUBLISHED],
    )


def _rule_of(publication: Publication) -> rules.ListRule | None:
    """What the list is compared with; nothing once nobody works on it any more."""
    if publication.state not in queries.IN_PREPARATION:
        return None
    return rules.rule_of(publication.kind)


def _shown(publication: Publication) -> str:
    """Which entries are asked for: of one status, or the removed ones."""
    asked = request.args.get("show", "")
    known = {queries.REMOVED, *layout.of(publication).statuses}
    return asked if asked in known else ""


def _difference(publication: Publication, entry: PublicEntry, copy: proposal.Copy | None) -> Text:
    """One sentence: what of an entry is not as it was copied."""
    if copy is None:
        return Text("would not be proposed any more")
    if copy.status != entry.status:
        said = layout.of(publication).statuses
        now, then = (said[one].label if one in said else one for one in (copy.status, entry.status))
        return Text("now “%(now)s”, copied as “%(then)s”", now=now, then=then)
    return Text("dates or names have changed")


def _next_step(publication: Publication, officer: Officer, *, changed: bool) -> NextStep:
    """The box of moves: what may be done now, and what not yet and why."""
    offer = publication.workflow.offer(officer, publication)
    obstacles: Sequence[Text] = ()
    if publication.state == S.SUBMITTED and officer.may(Permission.APPROVE_PUBLICATION):
        rule = rules.rule_of(publication.kind)
        obstacles = queries.obstacles(current_session(), publication, rule, today=clock.today())
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
        url = url_for(".new", kind=publication.kind)
        moves.insert(0, MoveButton(Text("Prepare a new batch"), url, MoveStyle.MAIN))
    moves.sort(key=lambda button: button.style is not MoveStyle.MAIN)
    title = (
        moves[0].label if moves and moves[0].style is MoveStyle.MAIN else TITLES[publication.state]
    )
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
        [
            SplitPart(said.label, counts.get((code, True), 0), link(code))
            for code, said in layout.of(publication).statuses.items()
        ],
        Text("Left out by an officer, with a reason"),
        link(queries.REMOVED),
    )
