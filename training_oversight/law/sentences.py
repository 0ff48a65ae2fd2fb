"""Sentences kept with a row, to be said later in the language of whoever reads it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from training_oversight.law.wording import Listing, Named
from training_oversight.texts import LabelledEnum, Text


def packed(sentence: Text) -> list[Any]:
    """A sentence as JSON keeps it."""
    return [sentence.message, {name: _pack(value) for name, value in sentence.values.items()}]


def unpacked(stored: Iterable[Any]) -> list[Text]:
    """The sentences that were kept."""
    return [_sentence(one) for one in stored]


def _sentence(stored: Any) -> Text:
    message, values = stored
    return Text(message, **{name: _unpack(value) for name, value in values.items()})


def _pack(value: object) -> Any:
    match value:
        case Text():
            return {"text": packed(value)}
        case Named():
            return {"named": [value.chinese, value.english]}
        case Listing():
            return {"list": [_pack(item) for item in value.items]}
        case LabelledEnum():
            return {"text": packed(value.label)}
        case date():
            return {"day": value.isoformat()}
        case int() | float() | str():
            return value
        case _:
            return str(value)


def _unpack(value: Any) -> object:
    match value:
        case {"text": stored}:
            return _sentence(stored)
        case {"named": [chinese, english]}:
            return Named(chinese, english)
        case {"list": items}:
            return Listing([_unpack(item) for item in items])
        case {"day": day}:
            return date.fromisoformat(day)
        case _:
            return value
