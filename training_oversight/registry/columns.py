"""The columns of a county's list: what they are called out there, and in our own file."""

from __future__ import annotations

from dataclasses import dataclass

from training_oversight.law.wording import Named
from training_oversight.registry import fields


@dataclass(frozen=True)
class Column:
    """``spellings`` in order of trust: of two columns of one field the first named is read."""

    field: str
    label: Named
    spellings: tuple[str, ...]


# In the order in which the register is exported.
COLUMNS = tuple(
    Column(one.name, one.header.label, one.header.spellings)
    for one in fields.LISTED
    if one.header is not None
)
BY_FIELD = {column.field: column for column in COLUMNS}
FIELDS = {spelling: column.field for column in COLUMNS for spelling in column.spellings}
# What only our own file has.
STATE = Named("台账状态", "State on the register")
