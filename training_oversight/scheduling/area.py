"""What this area hands to the app."""

from __future__ import annotations

import flask


def register(app: flask.Flask) -> None:
    pass
