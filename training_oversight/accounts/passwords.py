"""Passwords: slow on purpose, so never inside a transaction, and one after the other."""

from __future__ import annotations

import secrets
from collections.abc import Iterable

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from training_oversight.accounts import guessing
from training_oversight.errors import BadInput
from training_oversight.texts import Text
from training_oversight.turns import Turns

SHORTEST = 10
# A password is no book: hashing one takes its time for every character.
LONGEST = 200
# What OWASP names as enough. The library's own choice takes 64 MB, four threads and six times
# the processor, which everybody who is reading a page meanwhile pays for.
_hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
# Checked for an unknown name, so that the time taken does not tell which names exist.
_nobody = _hasher.hash(secrets.token_hex(16))
# One at a time in each process: a crowd that signs in takes one core from those who work. All of
# its threads may wait, for a hash takes the thirtieth part of a second.
_turns = Turns(
    Text("Very many people are signing in at this moment. Press the button once more."),
    waiting=64,
    seconds=5,
)


def hashed(password: str, *, names: Iterable[str] = ()) -> str:
    """The argon2id hash. Raises ``BadInput`` for a password that is guessed at once.

    ``names`` are those of the officer, which are no secret.
    """
    if sentence := _refused(password, names):
        raise BadInput(sentence, {"password": sentence})
    return _hash(password)


def _refused(password: str, names: Iterable[str]) -> Text | None:
    if len(password) < SHORTEST:
        return Text("Choose a password of at least %(count)s characters.", count=SHORTEST)
    if len(password) > LONGEST:
        return Text("Choose a password of at most %(count)s characters.", count=LONGEST)
    if guessing.is_guessed(password, names):
        return Text(
            "This password is guessed at once: characters that repeat or follow each other, a "
            "word that many take, or a name of yours. A few words that do not belong together "
            "are better."
        )
    return None


def hashed_word(word: str) -> str:
    """The hash of a short word that a person from outside chose; who guesses it is slowed down by
    whoever asks for it."""
    return _hash(word[:LONGEST])


def _hash(password: str) -> str:
    with _turns.taken():
        return _hasher.hash(password)


def matches(password: str, password_hash: str | None) -> bool:
    """Whether it is the password; takes as long for an officer who does not exist."""
    with _turns.taken():
        try:
            right = _hasher.verify(password_hash or _nobody, password[: LONGEST + 1])
        except (VerificationError, InvalidHashError):
            return False
    return right and password_hash is not None


def renewed(password: str, password_hash: str) -> str | None:
    """A hash made as passwords are hashed now, if that one was made otherwise."""
    return _hash(password) if _hasher.check_needs_rehash(password_hash) else None


def generated() -> str:
    """A password to hand over on paper; it must be changed at the first sign-in."""
    alphabet = "abcdefghjkmnpqrstuvwxyz23456789"
    return "-".join("".join(secrets.choice(alphabet) for _ in range(4)) for _ in range(4))
