"""Choices that may stay empty, and the numbers and positions of forms."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from training_oversight.texts import LabelledEnum, Text

NOT_KNOWN = Text("Not known")


def member(members: type[LabelledEnum]) -> Callable[[Any], LabelledEnum | None]:
    """The member of that value, or nothing for the empty choice."""
    return lambda value: next((one for one in members if one.value == value), None)


def key(value: Any) -> int | None:
    return int(value) if value not in (None, "", "None") else None


def code(value: Any) -> str | None:
    return str(value) if value not in (None, "", "None") else None


def with_none(choices: Sequence[tuple[Any, Any]], words: Text = NOT_KNOWN) -> list[Any]:
    return [("", words), *choices]
