"""What happened, who did it: the history of all records in one list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import flask
from flask import Blueprint, render_template, request, url_for

from training_oversight import clock
from training_oversight.accounts import queries as accounts
from training_oversight.accounts.guard import current_officer
from training_oversight.accounts.models import Officer
from training_oversight.accounts.permissions import Permission
from training_oversight.audit import Event, EventType, keeping, subjects
from training_oversight.audit.foot import foot
from training_oversight.audit.subjects import HistorySubject
from training_oversight.database import current_session
from training_oversight.desk import history_queries
from training_oversight.texts import Text
from training_oversight.web import downloads
from training_oversight.web.addresses import asking
from training_oversight.web.components import Choice, Filter, FilterBar
from training_oversight.web.day_argument import asked_day
from training_oversight.web.marks import requires
from training_oversight.web.paging import Key, paged

bp = Blueprint("history", __name__, url_prefix="/history")


FILE = "application/x-ndjson"


@dataclass(frozen=True)
class EventLine:
    event: Event
    label: object
    subject: object
    # Its number or title, and its institution.
    name: str
    url: str | None
    note: Text | str


@bp.route("")
@requires(Permission.VIEW_HISTORY)
def index() -> str:
    officer = current_officer()
    asked = asked_day("q")
    actor_id = request.args.get("officer", type=int)
    kind, known = request.args.get("kind", ""), subjects.every()
    page = paged(
        current_session(),
        history_queries.events(
            officer.scope,
            day=asked.day,
            actor_id=actor_id,
            kinds=next((one.tables for one in known if one.code == kind), ()),
        ),
        keys=[Key(Event.id, descending=True)],
        cursor=request.args.get("at"),
        address=_address,
    )
    return render_template(
        "desk/history.html",
        page=page,
        found=_lines(page.rows, officer),
        bar=_bar(officer, actor_id, kind, known),
        problem=asked.problem,
        sealed=foot(current_session()),
    )


@bp.route("/seals.jsonl")
@requires(Permission.VIEW_HISTORY)
def seals() -> flask.Response:
    """All seals, to be kept where nobody who can reach the database can change them.

    They tell numbers and hashes, nothing of any record.
    """
    answer = flask.Response("".join(keeping.lines(current_session())), mimetype=FILE)
    name = Text("Seals of the history %(day)s", day=clock.today())
    return downloads.kept(answer, f"{name}.jsonl")


def _address(cursor: str) -> str:
    kept = {name: request.args[name] for name in ("q", "officer", "kind") if name in request.args}
    return asking(".index", kept, at=cursor)


def _lines(events: Sequence[Event], officer: Officer) -> list[EventLine]:
    by_table = subjects.by_table()
    named = history_queries.names(current_session(), officer.scope, events)
    return [
        _line(event, by_table.get(event.subject_kind), officer, named.get(_key(event), ""))
        for event in events
    ]


def _key(event: Event) -> tuple[str, int]:
    return event.subject_kind, event.subject_id


def _line(event: Event, subject: HistorySubject | None, officer: Officer, name: str) -> EventLine:
    known = EventType.known.get(event.verb)
    url = None
    if subject is not None and subject.may_be_read_by(officer):
        url = asking(subject.endpoint, {subject.argument: event.subject_id})
    return EventLine(
        event=event,
        label=known.label if known else event.verb,
        subject=subject.label if subject else event.subject_kind,
        name=name,
        url=url,
        note=_note(event),
    )


def _note(event: Event) -> Text | str:
    """What left the office is said in the list itself; else what the officer noted."""
    match event.facts:
        case {"name": str(name)} if event.verb == "errand.file_fetched":
            return name
        case {"rows": rows, "filter": said} if event.verb == "registry.exported":
            return Text("%(rows)s institutions (%(filter)s)", rows=rows, filter=said)
    return event.note


def _bar(
    officer: Officer, actor_id: int | None, kind: str, known: Sequence[HistorySubject]
) -> FilterBar:
    people = accounts.colleagues(current_session(), officer.scope, today=clock.today())
    chosen = str(actor_id or "")
    return FilterBar(
        action=url_for(".index"),
        filters=[
            Filter(
                "officer",
                Text("Officer"),
                [Choice("", Text("All"), not chosen)]
                + [Choice(str(one.id), one.name, str(one.id) == chosen) for one in people],
                clear_url=url_for(".index", kind=kind or None, q=request.args.get("q") or None),
            ),
            Filter(
                "kind",
                Text("Record"),
                [Choice("", Text("All"), not kind)]
                + [Choice(one.code, one.label, one.code == kind) for one in known],
                clear_url=url_for(".index", officer=actor_id, q=request.args.get("q") or None),
            ),
        ],
        search_label=Text("Day, for example 2026-10-15"),
        query=request.args.get("q", ""),
        clear_url=url_for(".index"),
    )
