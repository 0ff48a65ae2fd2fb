"""Which place of the register a public form is about: said by a link of ours, and by nobody else.

The link carries the record under the installation's key together with the name that is shown.
Nobody reads names out of the register by counting numbers, and who types another name means
another place.
"""

from __future__ import annotations

import flask
from flask import url_for
from itsdangerous import BadSignature, Signer

SALT = "the place of a public complaint form"
# What separates the kind of the record from its key.
MARK = "-"


def address(kind: str, key: int, *, shown: str = "", external: bool = False) -> str:
    """Where somebody tells of this record. ``shown`` is what a public list calls it; without it
    the form shows the register's name: for a link that officers hand out."""
    at = _signer(shown).sign(f"{kind}{MARK}{key}").decode()
    asked = {"at": at, "place": shown} if shown else {"at": at}
    return url_for("complaint_form.tell", _external=external, **asked)


def meant(at: str, *, shown: str = "") -> tuple[str, int] | None:
    """Table and key of the record; nothing if the link is not ours or means another name."""
    try:
        kind, _mark, key = _signer(shown).unsign(at).decode().rpartition(MARK)
    except (BadSignature, UnicodeDecodeError):
        return None
    return kind, int(key)


def _signer(shown: str) -> Signer:
    # Sixteen bytes of a digest are enough, and a code on paper stays small.
    return Signer(flask.current_app.config["SECRET_KEY"], salt=f"{SALT} {shown}", sep=".")
