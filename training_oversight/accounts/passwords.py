"""Passwords: slow on purpose, so never inside a transaction."""

from __future__ import annotations

import secrets

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from training_oversight.errors import BadInput
from training_oversight.texts import Text

SHORTEST = 10
_hasher = PasswordHasher()
# Checked for an unknown name, so that the time taken does not tell which names exist.
_nobody = _hasher.hash(secrets.token_hex(16))


def hashed(password: str) -> str:
    """The argon2id hash. Raises ``BadInput`` for a password that is too short."""
    if len(password) < SHORTEST:
        sentence = Text("Choose a password of at least %(count)s characters.", count=SHORTEST)
        raise BadInput(sentence, {"password": sentence})
    return _hasher.hash(password)


def matches(password: str, password_hash: str | None) -> bool:
    """Whether it is the password; takes as long for an officer who does not exist."""
    try:
        return _hasher.verify(password_hash or _nobody, password) and password_hash is not None
    except (VerificationError, InvalidHashError):
        return False


def generated() -> str:
    """A password to hand over on paper; it must be changed at the first sign-in."""
    alphabet = "abcdefghjkmnpqrstuvwxyz23456789"
    return "-".join("".join(secrets.choice(alphabet) for _ in range(4)) for _ in range(4))
