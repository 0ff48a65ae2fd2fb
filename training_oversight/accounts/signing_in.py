"""Opening a session for who knows a name and its password."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from http import HTTPStatus

import flask
from flask.typing import ResponseReturnValue

from training_oversight import clock
from training_oversight.accounts import known_devices, passwords, queries, service, tries
from training_oversight.accounts.known_devices import Device
from training_oversight.accounts.models import Officer
from training_oversight.accounts.queries import SigningIn
from training_oversight.accounts.tries import Try
from training_oversight.database import current_session, transaction
from training_oversight.errors import OversightError
from training_oversight.texts import Text

# For as long sign-ins are kept, and with them the addresses that an officer comes from.
ADDRESSES_KNOWN = timedelta(days=30)


class WrongPassword(OversightError):
    """Name and password do not belong together; which of the two is wrong is not said."""

    status = HTTPStatus.UNPROCESSABLE_ENTITY

    def __init__(self) -> None:
        super().__init__(
            Text(
                "User name and password do not match. Try again, or ask the administrator for a "
                "new password."
            )
        )


@dataclass(frozen=True)
class Opened:
    """A session that was opened, and the device on which it was."""

    token: str
    device: Device
    officer_id: int

    def remembered(self, answer: ResponseReturnValue) -> flask.Response:
        """The answer, with which the device says from now on who has signed in on it."""
        made = flask.make_response(answer)
        known_devices.remember(made, self.device, self.officer_id)
        return made


def opened(username: str, password: str) -> Opened:
    """Raises ``WrongPassword``, ``TooManyTries`` or ``Busy``, whether the name exists or not."""
    name, device = queries.folded(username)[:LONGEST_NAME], known_devices.asking()
    address = flask.request.remote_addr or ""
    since = clock.now() - ADDRESSES_KNOWN
    known = queries.signing_in(current_session(), name, address=address, since=since)
    one = Try(name, address, device.of(known.officer_id), known.known_address)
    tries.begin(one)
    if not passwords.matches(password, known.password_hash):
        _tell(one, known)
        raise WrongPassword
    token = _open(known, password)
    if token is None or known.officer_id is None:
        raise WrongPassword
    tries.succeeded(one)
    return Opened(token, device, known.officer_id)


# No name is longer; what is typed beyond it finds nobody and fills no memory.
LONGEST_NAME = 64


def _tell(one: Try, known: SigningIn) -> None:
    """Let history know, once, that the tries for a name are used up."""
    if not tries.to_be_told(one) or known.officer_id is None:
        return
    with transaction() as session:
        service.note_wrong_passwords(
            session,
            session.get_one(Officer, known.officer_id),
            address=one.address,
            by=queries.system(session),
        )


def _open(known: SigningIn, password: str) -> str | None:
    agent = flask.request.user_agent.string or ""
    renewed = passwords.renewed(password, known.password_hash or "")
    with transaction() as session:
        return service.sign_in(
            session,
            session.get_one(Officer, known.officer_id),
            device=agent[:200],
            address=flask.request.remote_addr or "",
            today=clock.today(),
            renewed_hash=renewed,
        )
