"""What areas above can say or do, told by them: what public lists say of a closed problem, and
which kinds of visit there are."""

from __future__ import annotations

import flask

from training_oversight.texts import LabelledEnum

PUBLIC_STATUSES = "public_statuses"
VISIT_KINDS = "visit_kinds"


def public_statuses_are(app: flask.Flask, statuses: type[LabelledEnum]) -> None:
    """An area above tells what its lists can say of a closed problem."""
    app.extensions[PUBLIC_STATUSES] = statuses


def public_statuses() -> type[LabelledEnum] | None:
    """Nothing where no area has such a list."""
    found: type[LabelledEnum] | None = flask.current_app.extensions.get(PUBLIC_STATUSES)
    return found


def visit_kinds_are(app: flask.Flask, kinds: type[LabelledEnum]) -> None:
    """The area of visits tells which kinds there are."""
    app.extensions[VISIT_KINDS] = kinds


def visit_kinds() -> type[LabelledEnum] | None:
    found: type[LabelledEnum] | None = flask.current_app.extensions.get(VISIT_KINDS)
    return found
