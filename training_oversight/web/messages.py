"""What was done, said at the top of the next page."""

from __future__ import annotations

from typing import cast

import flask
from flask.json.tag import JSONTag
from flask.sessions import SecureCookieSessionInterface

from training_oversight.texts import Text

# A sentence, or a sentence with the words and the address of a link.
Message = Text | str | tuple[Text | str, Text | str, str]


class _SaidText(JSONTag):
    """A sentence in the session cookie: as it reads in the language of who did the step."""

    __slots__ = ()
    key = " T"

    def check(self, value: object) -> bool:
        return isinstance(value, Text)

    def to_json(self, value: object) -> str:
        return str(value)

    def to_python(self, value: object) -> object:
        return value


def plain(message: Message) -> str | list[str]:
    """The message as it reads now, to be kept; one with a link as its three parts."""
    return [str(part) for part in message] if isinstance(message, tuple) else str(message)


def flash(message: Message, kind: str = "done") -> None:
    """Say something at the top of the next page. Kinds: done, know, failed, quiet."""
    flask.flash(cast(str, message), kind)


def register(app: flask.Flask) -> None:
    serializer = cast(SecureCookieSessionInterface, app.session_interface).serializer
    serializer.register(_SaidText, force=True, index=0)
