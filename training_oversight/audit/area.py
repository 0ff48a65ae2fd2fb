"""What this area hands to the app."""

from __future__ import annotations

import flask

from training_oversight.audit import cli, recent_changes
from training_oversight.web import stale_form


def register(app: flask.Flask) -> None:
    cli.register(app)
    stale_form.hand_in(app, recent_changes.meanwhile)
