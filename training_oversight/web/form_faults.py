"""What is wrong in a form, field by field."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from wtforms import Field, FieldList, FormField


def beside(fields: Iterable[Field]) -> Iterator[tuple[str | None, object]]:
    """Of a field that is made of others, beside which of them it is; of a hidden one, nowhere."""
    for field in fields:
        inner = list(beside(field)) if isinstance(field, FormField | FieldList) else []
        yield from inner or ((_place(field), text) for text in flat(field.errors))


def _place(field: Field) -> str | None:
    is_hidden = getattr(field.widget, "input_type", None) == "hidden"
    return None if is_hidden else field.id


def flat(errors: Any) -> list[object]:
    """The sentences of a field, of one made of many fields too."""
    if isinstance(errors, dict):
        return [text for inner in errors.values() for text in flat(inner)]
    return [text for error in errors for text in (flat(error) if _many(error) else [error])]


def _many(error: object) -> bool:
    return isinstance(error, (list, tuple, dict))
