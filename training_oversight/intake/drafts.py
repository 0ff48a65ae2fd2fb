"""New records on their way into the tables, as plain objects.

A record of the session remembers every value that it is given, to be able to take it back. Of
thousands that are filled in once and inserted nobody asks that. A draft has the same names.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TypeVar, cast

import sqlalchemy as sa
from sqlalchemy.orm import Session

from training_oversight import bulk
from training_oversight.database import Base

One = TypeVar("One", bound=Base)


class Draft:
    """Stands for a new record of ``model`` to whoever fills it in."""

    model: type[Base]
    # Once it is in its table: its key, and all that is stored of it.
    id: int
    row: dict[str, object]

    def __init__(self, values: dict[str, object]) -> None:
        vars(self).update(values)


def draft(model: type[One], **values: object) -> One:
    """A new record that no session knows; what is not given is empty."""
    kind, lists = _kind(model)
    return cast(One, kind({**{name: [] for name in lists}, **values}))


def insert(session: Session, model: type[One], drafts: Sequence[One]) -> None:
    """Put drafts into their table in one statement; each then has its key and all its values."""
    rows = bulk.insert_new(session, model, [vars(one) for one in drafts])
    for one, row in zip(drafts, rows, strict=True):
        vars(one).update(id=row["id"], row=row)


@cache
def _kind(model: type[Base]) -> tuple[type[Draft], tuple[str, ...]]:
    """The class of its drafts, and what is a list in them."""
    mapper = sa.inspect(model)
    lists = tuple(one.key for one in mapper.relationships if one.uselist)
    empty = dict.fromkeys(one.key for one in mapper.attrs if one.key not in lists)
    facts = {name: one for name, one in vars(model).items() if isinstance(one, property)}
    return type(f"{model.__name__}Draft", (Draft,), {**empty, **facts, "model": model}), lists
