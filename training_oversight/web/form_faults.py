"""What is wrong in a form, field by field."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from wtforms import Field, FieldList, FormField


def beside(fields: Iterable[Field]) -> Iterator[tuple[str, object]]:
    """Of a field that is made of others, beside which of them it is."""
    for field in fields:
        inner = list(beside(field)) if isinstance(field, FormField | FieldList) else []
        yield from inner or ((field.id, text) for text in flat(field.errors))


def flat(errors: Any) -> list[object]:
    """The sentences of a field, of one made of many fields too."""
    if isinstance(errors, dict):
        return [text for inner in errors.values() for text in flat(inner)]
    return [text for error in errors for text in (flat(error) if _many(error) else [error])]


def _many(error: object) -> bool:
    return isinstance(error, (list, tuple, dict))
