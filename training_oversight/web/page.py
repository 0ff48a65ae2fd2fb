"""What the frame of every page shows: navigation with counts, who is here, the day."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby

import flask
import flask_login
from sqlalchemy.orm import Session
from werkzeug.local import LocalProxy

from training_oversight import clock, texts
from training_oversight.database import current_session
from training_oversight.texts import Text
from training_oversight.web import drawing, jinja_filters, messages, private_signs
from training_oversight.web.contributions import Holder, Who, contributions
from training_oversight.web.navigation import NavEntry

DESCRIBE = "describe_officer"
COUNT = "count_navigation"


@dataclass(frozen=True)
class NavLine:
    label: Text
    url: str
    count: int | None
    # Where exactly those are listed that the figure counts.
    count_url: str
    active: bool


@dataclass(frozen=True)
class MenuLine:
    label: Text | str
    url: str
    method: str = "get"


@dataclass(frozen=True)
class Me:
    """Who is here, as the top bar says it. Accounts makes it: this module knows no officer."""

    name: str
    role_label: Text
    authority_name: str
    can_search: bool
    menu: tuple[MenuLine, ...]
    # Whose roles the officer holds today, and who holds the officer's.
    loans: tuple[Text, ...] = ()
    # Codes of the keys that this officer has switched off.
    keys_off: str = ""


def describe_officer_by(app: flask.Flask, describe: Callable[[Who], Me]) -> None:
    """Accounts tells how an officer is shown in the top bar."""
    app.extensions[DESCRIBE] = describe


def count_navigation_by(
    app: flask.Flask, home: str, count: Callable[[Session, Who, date], Mapping[str, int]]
) -> None:
    """The desk tells how much waits behind each endpoint; ``home`` shows their sum.

    ``home`` lists what waits, and of one endpoint alone when ``area`` names it.
    """
    app.extensions[COUNT] = (home, count)


def navigation() -> list[list[NavLine]]:
    """The menu of who is here, in groups, made once a request.

    Only what the role may open is listed.
    """
    if "navigation" not in flask.g:
        officer = _officer()
        entries = sorted(
            (e for e in contributions().every(NavEntry) if officer and officer.may(e.permission)),
            key=lambda entry: (entry.group, entry.order),
        )
        counts = _counts(officer) if officer else {}
        flask.g.navigation = [
            [_line(entry, counts) for entry in group]
            for _, group in groupby(entries, key=lambda entry: entry.group)
        ]
    made: list[list[NavLine]] = flask.g.navigation
    return made


def label_of(endpoint: str) -> Text:
    """What the menu calls the line that opens this page."""
    return next(e.label for e in contributions().every(NavEntry) if e.endpoint == endpoint)


def _officer() -> Holder | None:
    found: Holder | None = getattr(flask_login.current_user, "officer", None)
    return found


def _counts(officer: Holder) -> dict[str, int]:
    home, count = flask.current_app.extensions[COUNT]
    counts = dict(count(current_session(), officer, clock.today()))
    return {**counts, home: sum(counts.values())}


def _line(entry: NavEntry, counts: Mapping[str, int]) -> NavLine:
    return NavLine(
        label=entry.label,
        url=flask.url_for(entry.endpoint),
        # No figure where nothing waits: the eye finds what does.
        count=counts.get(entry.endpoint) or None,
        count_url=_listed(entry),
        active=(flask.request.blueprint or "") in entry.active,
    )


def _listed(entry: NavEntry) -> str:
    """The desk lists every step that a figure counts: all of them, or those of one line."""
    home, _ = flask.current_app.extensions[COUNT]
    return flask.url_for(home, area=None if entry.endpoint == home else entry.endpoint)


def _frame() -> dict[str, object]:
    officer = _officer()
    me: Me | None = flask.current_app.extensions[DESCRIBE](officer) if officer else None
    return {
        "me": me,
        "navigation": LocalProxy(navigation),
        "today": clock.today(),
        "demo": flask.current_app.config["DEMO"],
        "language": texts.language(),
        "authority_name": me.authority_name if me else "",
        "search_url": LocalProxy(lambda: flask.url_for("search.index")),
        "suggestions_url": LocalProxy(lambda: flask.url_for("search.suggestions")),
    }


def register(app: flask.Flask) -> None:
    app.context_processor(_frame)
    messages.register(app)
    private_signs.register(app)
    jinja_filters.register(app.jinja_env)
    drawing.register(app.jinja_env)
