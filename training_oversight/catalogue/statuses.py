"""What the public lists can say of a closed problem, as publication tells it from above."""

from __future__ import annotations

import flask

from training_oversight.texts import LabelledEnum

PUBLIC_STATUSES = "public_statuses"


def public_statuses_are(app: flask.Flask, statuses: type[LabelledEnum]) -> None:
    """Publication tells what its lists can say; the catalogue lies below it."""
    app.extensions[PUBLIC_STATUSES] = statuses


def public_statuses() -> type[LabelledEnum] | None:
    """Nothing where no area publishes."""
    found: type[LabelledEnum] | None = flask.current_app.extensions.get(PUBLIC_STATUSES)
    return found
