"""Choices of forms, and what an empty one means."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from wtforms.fields.choices import SelectChoice

from training_oversight.texts import LabelledEnum, Text
from training_oversight.web.safe_request import whole

NOT_KNOWN = Text("Not known")


def member(members: type[LabelledEnum]) -> Callable[[object], LabelledEnum | None]:
    """The member of that value, or nothing for the empty choice."""
    return lambda value: next((one for one in members if one.value == value), None)


def key(value: object) -> int | None:
    return whole(str(value)) if value not in (None, "", "None") else None


def code(value: object) -> str | None:
    return str(value) if value not in (None, "", "None") else None


def each(members: Iterable[LabelledEnum]) -> list[SelectChoice]:
    """The members of an enum, labels rendered late."""
    return listed((one.value, one.label) for one in members)


def listed(pairs: Iterable[tuple[object, object]]) -> list[SelectChoice]:
    return [SelectChoice(value, label) for value, label in pairs]


def with_none(choices: list[SelectChoice], words: Text = NOT_KNOWN) -> list[SelectChoice]:
    """The choices after one that leaves the field empty."""
    return [SelectChoice("", words), *choices]
