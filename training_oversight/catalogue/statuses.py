"""What the public lists can say of a closed problem, told from above by the area that has them."""

from __future__ import annotations

import flask

from training_oversight.texts import LabelledEnum

PUBLIC_STATUSES = "public_statuses"


def public_statuses_are(app: flask.Flask, statuses: type[LabelledEnum]) -> None:
    """An area above tells what its lists can say of a closed problem."""
    app.extensions[PUBLIC_STATUSES] = statuses


def public_statuses() -> type[LabelledEnum] | None:
    """Nothing where no area has such a list."""
    found: type[LabelledEnum] | None = flask.current_app.extensions.get(PUBLIC_STATUSES)
    return found
