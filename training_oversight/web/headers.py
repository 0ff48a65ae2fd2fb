"""Security headers on every answer, and no caching of what only an officer may see."""

from __future__ import annotations

import flask

POLICY = (
    "default-src 'self'; img-src 'self' data: blob:; object-src 'none'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)


def _add(response: flask.Response) -> flask.Response:
    response.headers.setdefault("Content-Security-Policy", POLICY)
    response.headers.setdefault("X-Content-Type-Options", "nosniff")
    response.headers.setdefault("Referrer-Policy", "same-origin")
    response.headers.setdefault("X-Frame-Options", "DENY")
    response.headers.setdefault("Permissions-Policy", "geolocation=(self), camera=(self)")
    if flask.request.endpoint != "static":
        # Not a default: what sends files sets "no-cache", which lets a browser keep them.
        response.headers["Cache-Control"] = "no-store"
    return response


def register(app: flask.Flask) -> None:
    app.after_request(_add)
