"""Codes that families get and type: on paper, over the telephone, on a small keyboard."""

from __future__ import annotations

import hmac
import secrets
import unicodedata

# Without what is mistaken for another: 0 and O, 1 and I and L, U and V, 2 and Z, 5 and S, 8 and B.
SIGNS = "34679ACDEFGHJKMNPQRTVWXY"
# Of an event, which hangs on its door, and of one family.
OF_EVENT = 8
OF_FAMILY = 12
GROUP = 4


def fresh(length: int) -> str:
    return "".join(secrets.choice(SIGNS) for _ in range(length))


def derived(secret: str, form: str, length: int) -> str:
    """The same code for the same form, however often it is sent: both answers can show it."""
    made = hmac.digest(secret.encode(), b"family code " + form.encode(), "sha256")
    return "".join(SIGNS[byte % len(SIGNS)] for byte in made[:length])


def typed(written: str) -> str:
    """As it is kept, however somebody typed it."""
    plain = unicodedata.normalize("NFKC", written).upper()
    return "".join(sign for sign in plain if sign.isalnum())


def shown(code: str) -> str:
    """In groups that can be read out."""
    return "-".join(code[at : at + GROUP] for at in range(0, len(code), GROUP))
