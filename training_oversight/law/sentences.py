"""Sentences kept with a row, to be said later in the language of whoever reads it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from training_oversight.law.wording import Joined, Named
from training_oversight.texts import Counted, LabelledEnum, Text


def packed(sentence: Text) -> list[Any]:
    """A sentence as JSON keeps it; one with a number has its other form behind the values."""
    stored = [sentence.message, {name: _pack(value) for name, value in sentence.values.items()}]
    return [*stored, sentence.one] if isinstance(sentence, Counted) else stored


def unpacked(stored: Iterable[object]) -> list[Text]:
    """The sentences that were kept."""
    return [_sentence(one) for one in stored]


def _sentence(stored: Any) -> Text:
    message, packed_values, *one = stored
    values = {name: _unpack(value) for name, value in packed_values.items()}
    return Counted(one[0], message, **values) if one else Text(message, **values)


def _pack(value: object) -> object:
    match value:
        case Text():
            return {"text": packed(value)}
        case Named():
            return {"named": [value.chinese, value.english]}
        case Joined():
            return {"list": [_pack(item) for item in value.items]}
        case LabelledEnum():
            return {"text": packed(value.label)}
        case date():
            return {"day": value.isoformat()}
        case int() | float() | str():
            return value
        case _:
            return str(value)


def _unpack(value: object) -> object:
    match value:
        case {"text": stored}:
            return _sentence(stored)
        case {"named": [chinese, english]}:
            return Named(chinese, english)
        case {"list": items}:
            return Joined([_unpack(item) for item in items])
        case {"day": day}:
            return date.fromisoformat(day)
        case _:
            return value
