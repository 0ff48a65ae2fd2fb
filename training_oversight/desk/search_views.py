"""The search box of every page: its page of results, and the same as one types."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from training_oversight import clock
from training_oversight.accounts.guard import current_officer
from training_oversight.accounts.models import Officer
from training_oversight.accounts.permissions import Permission
from training_oversight.catalogue import queries as catalogue
from training_oversight.database import current_session
from training_oversight.desk import search_queries
from training_oversight.desk.search_queries import Numbered
from training_oversight.enforcement import presenting as cases
from training_oversight.ledger import presenting as items
from training_oversight.names.typed import LONGEST, MOST_WORDS, Typed
from training_oversight.notices import presenting as notices
from training_oversight.registry import presenting
from training_oversight.registry import queries as registry
from training_oversight.registry.queries import Hit, Search
from training_oversight.registry.workflow import InstitutionState
from training_oversight.texts import Text
from training_oversight.web.components import Status
from training_oversight.web.marks import requires

bp = Blueprint("search", __name__, url_prefix="/search")
# As one types what the eye takes in at once; on the page so many that the list is better.
SUGGESTED, ON_THE_PAGE = 8, 30


@dataclass(frozen=True)
class SearchHit:
    """One record that was found."""

    title: str
    url: str
    # Where it is, what it is, why it was found.
    notes: Sequence[object]
    state: Status | None = None
    # What was typed is the whole of its number.
    exact: bool = False


@dataclass(frozen=True)
class Group:
    """The records of one kind. More than are shown: an address that lists them all."""

    label: Text
    lines: Sequence[SearchHit]
    more_url: str | None = None


@bp.route("")
@requires(Permission.VIEW_REGISTRY)
def index() -> ResponseReturnValue:
    words = _words()
    groups = _groups(words, limit=ON_THE_PAGE)
    exact = [line for group in groups for line in group.lines if line.exact]
    if len(exact) == 1:
        return redirect(exact[0].url)
    return render_template(
        "desk/search.html",
        words=words,
        # It stays in the box of the top bar, to be changed there.
        searched=words,
        groups=groups,
        count=_count(groups),
        shortened=Typed.read(request.args.get("q", "")).shortened,
        most_words=MOST_WORDS,
        longest=LONGEST,
        may_register=current_officer().may(Permission.EDIT_REGISTRY),
    )


@bp.route("/suggestions")
@requires(Permission.VIEW_REGISTRY)
def suggestions() -> ResponseReturnValue:
    """A part of a page: what the box shows beneath itself while somebody types."""
    words = _words()
    groups = _groups(words, limit=SUGGESTED)
    return render_template(
        "desk/_suggestions.html", words=words, groups=groups, count=_count(groups)
    )


def _words() -> str:
    return request.args.get("q", "").strip()[:LONGEST]


def _count(groups: Sequence[Group]) -> int:
    return sum(len(group.lines) for group in groups)


def _groups(words: str, *, limit: int) -> list[Group]:
    """Records called by this very number first: who types one means it."""
    officer, session = current_officer(), current_session()
    numbered = search_queries.numbered(session, officer, words)
    hits = registry.hits(session, Search.by(officer, words), limit=limit + 1)
    more = url_for("registry.index", q=words, view="all") if len(hits) > limit else None
    groups = [
        *_numbered(numbered),
        Group(Text("Institutions"), _institutions(officer, hits[:limit]), more),
    ]
    return [group for group in groups if group.lines]


def _numbered(numbered: Numbered) -> Iterator[Group]:
    yield Group(
        Text("Ledger of problems"),
        [
            SearchHit(
                f"{one.number} {one.title}",
                url_for("ledger.show", item_id=one.id),
                [one.institution.name],
                items.state_of(one),
                exact=True,
            )
            for one in numbered.items
        ],
    )
    yield Group(
        Text("Notices"),
        [
            SearchHit(
                one.number or "",
                url_for("notices.show", notice_id=one.id),
                [one.institution.name],
                notices.status(one),
                exact=True,
            )
            for one in numbered.notices
        ],
    )
    yield Group(
        Text("Joint enforcement"),
        [
            SearchHit(
                one.number,
                url_for("enforcement.show", case_id=one.id),
                [one.institution.name],
                cases.case_state(one),
                exact=True,
            )
            for one in numbered.cases
        ],
    )


def _institutions(officer: Officer, hits: Sequence[Hit]) -> list[SearchHit]:
    if not hits:
        return []
    session, today = current_session(), clock.today()
    kinds = catalogue.kind_labels(session, authority_id=officer.authority_id, today=today)
    divisions = [hit.institution.division for hit in hits]
    places = search_queries.places(session, officer.scope, divisions)
    return [
        SearchHit(
            hit.institution.name,
            url_for("registry.show", institution_id=hit.institution.id),
            [
                kinds.get(hit.institution.kind_code or "", Text("Kind not known")),
                places[hit.institution.division.path],
                *hit.reasons,
            ],
            _unusual(hit),
            exact=hit.exact,
        )
        for hit in hits
    ]


def _unusual(hit: Hit) -> Status | None:
    """The state, where it is not the usual one."""
    usual = hit.institution.state is InstitutionState.OPERATING
    return None if usual else presenting.state_status(hit.institution)
