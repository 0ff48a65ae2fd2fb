"""How often a password may be tried: who hurries is slowed down, nobody is locked out.

Wrong passwords are counted apart for each place that they come from, so that those of one never
reach another: a device on which the officer has signed in before (a signed cookie says so), an
address from which they lately have, and everywhere else. Once a count is used up a try is still
taken now and then: what somebody else guesses costs an officer on a new device seconds, never the
quarter of an hour.

The counts lie in the memory of each process: with two of them anybody has twice as many tries,
and a restart forgets them. That is near enough for what they are to do.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator
from dataclasses import dataclass
from http import HTTPStatus

import flask
from flask_limiter import Limiter
from limits import RateLimitItem, parse
from limits.strategies import RateLimiter

from training_oversight.errors import OversightError
from training_oversight.texts import Text

EXTENSION = "sign_in_tries"


@dataclass(frozen=True)
class Pace:
    """So many tries at once, and one now and then when they are used up."""

    at_once: RateLimitItem
    then: RateLimitItem


OF_NAME = Pace(parse("5 per 10 minutes"), parse("1 per 20 seconds"))
# All who are strangers to a name, from wherever they come.
OF_STRANGERS = Pace(parse("20 per 10 minutes"), parse("1 per 20 seconds"))
# An office may have one address: whoever is known there is not counted here.
OF_ADDRESS = Pace(parse("200 per 10 minutes"), parse("1 per 2 seconds"))
TOLD = parse("1 per 15 minutes")
# An address of the new kind stands for a whole household; its owner changes the rest at will.
HOUSEHOLD = 64


class TooManyTries(OversightError):
    """Too many wrong passwords; ``seconds`` until the next may be tried."""

    status = HTTPStatus.TOO_MANY_REQUESTS

    def __init__(self, seconds: int) -> None:
        super().__init__(
            Text(
                "Too many wrong passwords were entered. Wait %(seconds)s seconds, then sign in "
                "again. On a device where you have signed in before you need not wait.",
                seconds=seconds,
            )
        )
        self.seconds = seconds


@dataclass(frozen=True)
class Try:
    """Who tries from where. ``device`` is its mark where the officer has signed in on it before."""

    username: str
    address: str
    device: str = ""
    # Whether the officer has lately signed in from this address.
    known_address: bool = False

    def counts(self) -> Iterator[tuple[Pace, tuple[str, ...]]]:
        """What this try is counted under; the first is its own."""
        if self.device:
            yield OF_NAME, ("device", self.username, self.device)
            return
        where = network(self.address)
        yield OF_NAME, ("name", self.username, where)
        if not self.known_address:
            # First what is refused to one address alone: it must not use up what all share.
            yield OF_ADDRESS, ("address", where)
            yield OF_STRANGERS, ("strangers", self.username)


def network(address: str) -> str:
    """The address as far as its owner cannot choose it."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(found, ipaddress.IPv4Address):
        return str(found)
    return str(found.ipv4_mapped or ipaddress.ip_network((found, HOUSEHOLD), strict=False))


def begin(one: Try) -> None:
    """Count a try before the password is looked at. Raises ``TooManyTries``."""
    limiter = _limiter()
    for pace, key in one.counts():
        if limiter.hit(pace.at_once, *key) or limiter.hit(pace.then, *key):
            continue
        raise TooManyTries(pace.then.get_expiry())


def taken(pace: Pace, *key: str) -> bool:
    """Count one more under the key; whether it may go on."""
    limiter = _limiter()
    return limiter.hit(pace.at_once, *key) or limiter.hit(pace.then, *key)


def succeeded(one: Try) -> None:
    """The password was right: what was counted from here under the name is forgotten."""
    pace, key = next(one.counts())
    for item in (pace.at_once, pace.then):
        _limiter().clear(item, *key)


def to_be_told(one: Try) -> bool:
    """Whether history should hear of wrong passwords: once, when the first count is used up."""
    pace, key = next(one.counts())
    spent = not _limiter().test(pace.at_once, *key)
    return spent and _limiter().hit(TOLD, *key)


def forget(app: flask.Flask) -> None:
    """Forget every count."""
    app.extensions[EXTENSION].reset()


def _limiter() -> RateLimiter:
    held: Limiter = flask.current_app.extensions[EXTENSION]
    return held.limiter


def register(app: flask.Flask) -> None:
    app.extensions[EXTENSION] = Limiter(
        lambda: flask.request.remote_addr or "",
        app=app,
        storage_uri="memory://",
        strategy="moving-window",
    )
