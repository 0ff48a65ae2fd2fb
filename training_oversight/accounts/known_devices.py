"""Devices on which an officer has signed in before: a signed cookie of long life says so.

It opens nothing. It only keeps apart what is counted of wrong passwords, so that nobody who
guesses elsewhere makes an officer wait at their own desk.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass

import flask
from itsdangerous import BadData, URLSafeSerializer

COOKIE = "device"
LASTS = 400 * 24 * 60 * 60  # seconds; browsers keep none for longer
# Of the officers who sign in on one device, those who did so last.
MOST = 8


@dataclass(frozen=True)
class Device:
    """A device by a mark that only it has, and who has signed in there, by key."""

    mark: str
    officers: tuple[int, ...] = ()

    def of(self, officer_id: int | None) -> str:
        """Its mark, if this officer has signed in on it; else nothing."""
        return self.mark if officer_id in self.officers else ""


def asking() -> Device:
    """The device that sends this request; one without a cookie of ours is new."""
    try:
        mark, *officers = _signer().loads(flask.request.cookies.get(COOKIE, ""))
        return Device(str(mark), tuple(int(key) for key in officers))
    except (BadData, ValueError, TypeError):
        return Device(secrets.token_urlsafe(12))


def remember(answer: flask.Response, device: Device, officer_id: int) -> None:
    """Let the device say from now on that this officer has signed in on it."""
    others = [key for key in device.officers if key != officer_id]
    kept = [device.mark, officer_id, *others][: 1 + MOST]
    answer.set_cookie(
        COOKIE,
        str(_signer().dumps(kept)),
        max_age=LASTS,
        httponly=True,
        samesite="Lax",
        secure=flask.current_app.config["SESSION_COOKIE_SECURE"],
    )


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(flask.current_app.config["SECRET_KEY"], salt="device")
