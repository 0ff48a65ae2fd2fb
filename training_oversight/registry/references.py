"""Which records of other areas hang on an institution, found by their foreign keys.

The register lies below those areas and imports none of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from training_oversight.database import Base

# Its own bookkeeping, which tells what was and does not move.
STAYING = frozenset(
    {"institution", "import_row", "distinct_pair", "institution_merge", "venue", "licence"}
)


def referring() -> Iterator[tuple[type[Base], str]]:
    """(model, attribute) of everything that names an institution and moves with it."""
    for mapper in sorted(Base.registry.mappers, key=lambda one: one.class_.__name__):
        table = mapper.local_table
        if not isinstance(table, sa.Table) or table.name in STAYING:
            continue
        for key in table.foreign_keys:
            if key.column.table.name == "institution":
                yield mapper.class_, mapper.get_property_by_column(key.parent).key


def of_institution(session: Session, institution_id: int) -> Iterator[tuple[type[Base], str, Any]]:
    """The records themselves: one query for each kind."""
    for model, attribute in referring():
        wanted = sa.select(model).where(getattr(model, attribute) == institution_id)
        for record in session.scalars(wanted.order_by(sa.inspect(model).primary_key[0])):
            yield model, attribute, record
