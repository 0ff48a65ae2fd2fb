"""The records that a part of a list may speak of, read as they are now."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Session, selectinload

from training_oversight.names.naming import match_name
from training_oversight.registry.models import Institution, Licence


def named_by(
    session: Session,
    authority_id: int,
    rows: Sequence[Mapping[str, object]],
    *,
    also: Iterable[int] = (),
    writing: bool = False,
) -> Sequence[Institution]:
    """What these rows may mean, by code, number or name, and some more by their keys.

    With places and papers, in a few queries however long the list and the register are.
    ``writing`` keeps others from changing them meanwhile.
    """
    keys = {*also, *session.scalars(_named_by(authority_id, rows))}
    if not keys:
        return []
    # A sum is in no index: else a plan may read the whole county to find these few.
    own = Institution.authority_id + 0 == authority_id
    wanted = sa.select(Institution).where(
        Institution.id.in_(keys), own, Institution.withdrawn.is_(False)
    )
    if writing:
        wanted = wanted.with_for_update(of=Institution)
    return session.scalars(
        wanted.options(selectinload(Institution.venues), selectinload(Institution.licences))
        .order_by(Institution.id)
        .execution_options(populate_existing=True)
    ).all()


def _named_by(authority_id: int, rows: Sequence[Mapping[str, object]]) -> sa.CompoundSelect[int]:
    """The keys of what they may mean; of licences also those that another county gave."""
    own = sa.select(Institution.id).where(Institution.authority_id == authority_id)
    codes = [row["uscc"] for row in rows if "uscc" in row]
    names = [match_name(row["name"]) for row in rows if "name" in row]
    numbers = [row["licence_number"] for row in rows if "licence_number" in row]
    return sa.union(
        own.where(Institution.uscc.in_(codes)),
        own.where(Institution.match_name.in_(names)),
        sa.select(Licence.institution_id).where(Licence.number.in_(numbers)),
    )
