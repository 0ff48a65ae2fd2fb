"""Security headers on every answer, and no caching of what only an officer may see."""

from __future__ import annotations

import re
from collections.abc import Iterable

import flask

POLICY = (
    "default-src 'self'; img-src 'self' data: blob:{images}; object-src 'none'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
A_YEAR = 365 * 24 * 60 * 60
# What may stand in the policy: a scheme, a host, perhaps a port; nothing that begins another rule.
ORIGIN = re.compile(r"https?://[a-z0-9.-]+(:[0-9]{1,5})?")


def allow_images_from(origins: Iterable[str]) -> None:
    """Let this one answer show pictures of other hosts: the map, where the county set its own."""
    found = [origin for origin in origins if ORIGIN.fullmatch(origin)]
    flask.g.image_origins = "".join(f" {origin}" for origin in found)


def _add(response: flask.Response) -> flask.Response:
    images = flask.g.get("image_origins", "")
    response.headers.setdefault("Content-Security-Policy", POLICY.format(images=images))
    response.headers.setdefault("X-Content-Type-Options", "nosniff")
    response.headers.setdefault("Referrer-Policy", "same-origin")
    response.headers.setdefault("X-Frame-Options", "DENY")
    response.headers.setdefault("Permissions-Policy", "geolocation=(self), camera=(self)")
    if flask.current_app.config["HTTPS_ONLY"]:
        response.headers.setdefault("Strict-Transport-Security", f"max-age={A_YEAR}")
    if flask.request.endpoint != "static":
        # Not a default: what sends files sets "no-cache", which lets a browser keep them.
        response.headers["Cache-Control"] = "no-store"
    return response


def register(app: flask.Flask) -> None:
    app.after_request(_add)
