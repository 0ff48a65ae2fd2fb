"""What the frame of every page shows: navigation with counts, who is here, the day."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import flask
import flask_login
from werkzeug.local import LocalProxy

from training_oversight import clock, texts
from training_oversight.database import current_session
from training_oversight.texts import Text
from training_oversight.web import display, messages
from training_oversight.web.contributions import NavEntry, contributions

DESCRIBE = "describe_officer"


@dataclass(frozen=True)
class NavLine:
    label: Text
    url: str
    count: int | None
    active: bool


@dataclass(frozen=True)
class MenuLine:
    label: Text
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


def describe_officer_by(app: flask.Flask, describe: Callable[[Any], Me]) -> None:
    """Accounts tells how an officer is shown in the top bar."""
    app.extensions[DESCRIBE] = describe


def navigation() -> list[list[NavLine]]:
    """The menu of who is here, in groups, made once a request.

    Only what the role may open is listed.
    """
    if "navigation" not in flask.g:
        officer = _officer()
        entries = sorted(
            (e for e in contributions().navigation if officer and officer.may(e.permission)),
            key=lambda entry: (entry.group, entry.order),
        )
        flask.g.navigation = [
            [_line(entry, officer) for entry in group]
            for _, group in groupby(entries, key=lambda entry: entry.group)
        ]
    made: list[list[NavLine]] = flask.g.navigation
    return made


def _officer() -> Any:
    return getattr(flask_login.current_user, "officer", None)


def _line(entry: NavEntry, officer: Any) -> NavLine:
    count = entry.count(current_session(), officer, clock.today()) if entry.count else None
    return NavLine(
        label=entry.label,
        url=flask.url_for(entry.endpoint),
        count=count,
        active=(flask.request.blueprint or "") in entry.active,
    )


def _frame() -> dict[str, Any]:
    officer = _officer()
    me: Me | None = flask.current_app.extensions[DESCRIBE](officer) if officer else None
    return {
        "me": me,
        "navigation": LocalProxy(navigation),
        "today": clock.today(),
        "demo": flask.current_app.config["DEMO"],
        "language": texts.language(),
        "authority_name": me.authority_name if me else "",
        "search_url": LocalProxy(lambda: flask.url_for("registry.index")),
    }


def register(app: flask.Flask) -> None:
    app.context_processor(_frame)
    messages.register(app)
    display.register(app.jinja_env)
