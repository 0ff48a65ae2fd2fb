"""The keys of this installation, what is sealed with them, and what is recognised by them.

What is sealed begins with the name of its key, so that several can be in use while they are
changed. From each key two are derived: one that seals, and one that only tells whether two texts
are the same.
"""

from __future__ import annotations

import hashlib
import hmac
import os
from collections.abc import Iterator, Sequence

import sqlalchemy as sa
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from training_oversight.errors import OversightError
from training_oversight.texts import Text

# What everything sealed begins with: the manner of sealing. Then come the length of the key's
# name, the name, the nonce, and what is sealed.
MANNER = b"\x01"
NONCE = 12
KEY_BYTES = 32


class NoKey(OversightError, sa.exc.DontWrapMixin):
    """Something has to be sealed and there is no key. Nothing was kept."""

    def __init__(self) -> None:
        super().__init__(
            Text(
                "Not saved: who a reporter is and how to reach them is kept only under a key, and "
                "none is set here. Tell whoever runs the system: PROTECTION_KEYS is missing, "
                "docs/operations.md says how to set it. Until then keep the note on paper."
            )
        )


class Unreadable(Exception):
    """What is sealed cannot be opened: its key is not here, or it was changed."""


class _Key:
    def __init__(self, name: str, secret: bytes) -> None:
        self.name = name
        self.head = MANNER + bytes([len(name)]) + name.encode()
        self.sealing = AESGCM(_derived(secret, b"sealing"))
        self.recognising = _derived(secret, b"recognising")


def _derived(secret: bytes, use: bytes) -> bytes:
    return HKDF(SHA256(), KEY_BYTES, salt=None, info=b"training-oversight " + use).derive(secret)


class Keyring:
    """The keys by name; the first one writes, all of them read."""

    def __init__(self, keys: Sequence[tuple[str, bytes]]) -> None:
        self._keys = {name: _Key(name, secret) for name, secret in keys}

    @property
    def names(self) -> Sequence[str]:
        return list(self._keys)

    @property
    def head(self) -> bytes:
        """How what the first key seals begins. Raises ``NoKey``."""
        return self._first().head

    def _first(self) -> _Key:
        for key in self._keys.values():
            return key
        raise NoKey

    def seal(self, plain: bytes, purpose: str) -> bytes:
        """Seal under the first key; only for the same purpose can it be opened.

        Raises ``NoKey``.
        """
        key, nonce = self._first(), os.urandom(NONCE)
        return key.head + nonce + key.sealing.encrypt(nonce, plain, purpose.encode())

    def open(self, sealed: bytes, purpose: str) -> bytes:
        """Raises ``Unreadable``."""
        key = self._keys.get(name_of(sealed))
        if key is None:
            raise Unreadable
        body = sealed[len(key.head) :]
        try:
            return key.sealing.decrypt(body[:NONCE], body[NONCE:], purpose.encode())
        except (InvalidTag, ValueError):
            # Too short for a nonce, or for the tag: cut off.
            raise Unreadable from None

    def recognise(self, text: str) -> Iterator[str]:
        """The marks by which the text is known again, under each key, the first key's first."""
        for key in self._keys.values():
            mark = hmac.new(key.recognising, text.encode(), hashlib.sha256).hexdigest()
            yield f"{key.name}.{mark}"


def name_of(sealed: bytes) -> str:
    """The name of the key, as far as what is sealed tells it."""
    if sealed[:1] != MANNER:
        return ""
    return sealed[2 : 2 + int.from_bytes(sealed[1:2])].decode("utf-8", "replace")


_of_the_process: list[Keyring] = []


def use(keyring: Keyring) -> None:
    """Make these the keys of the process. Called by app."""
    _of_the_process[:] = [keyring]


def current() -> Keyring:
    return _of_the_process[-1]


def needed() -> None:
    """For a form that will have to seal something: refuses before anything is typed or kept.

    Raises ``NoKey``.
    """
    if not current().names:
        raise NoKey
