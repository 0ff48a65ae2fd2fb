"""The rows of a file: their keys at once, the rest in parts, so that memory stays small."""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence, Set
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from training_oversight.accounts.models import Authority, Division, Scope
from training_oversight.registry.fields import OWN_COLUMNS, PAPER_COLUMNS, PLACE_COLUMNS
from training_oversight.registry.models import Institution, Licence, Venue
from training_oversight.registry.queries.positions import IS_MAIN

KEYS_AT_ONCE = 10_000


def of_division(authority: Authority, division: Division, *, scope: Scope) -> sa.Select[int]:
    """Everything that stands on the register of a division."""
    return sa.select(Institution.id).where(
        Institution.authority_id == authority.id,
        Scope(division.path).clause(Institution.division_path),
        scope.clause(Institution.division_path),
        Institution.withdrawn.is_(False),
    )


def in_order(session: Session, keys: sa.Select[int]) -> array[int]:
    """The keys in the order of the register: eight bytes each, one sorting however many."""
    ordered = keys.order_by(Institution.sort_key, Institution.id)
    return array("q", session.scalars(ordered.execution_options(yield_per=KEYS_AT_ONCE)))


def part(
    session: Session, keys: Sequence[int], fields: Set[str]
) -> tuple[Mapping[int, Any], Mapping[int, Any], Mapping[int, list[Any]]]:
    """Institutions, main venues and papers of these keys, as rows with the columns needed."""
    own = [getattr(Institution, name) for name in OWN_COLUMNS if name in fields]
    institutions = session.execute(
        sa.select(Institution.id, Institution.state, *own).where(Institution.id.in_(keys))
    )
    return (
        {row.id: row for row in institutions},
        _venues(session, keys, fields) if not fields.isdisjoint(PLACE_COLUMNS) else {},
        _papers(session, keys) if not fields.isdisjoint(PAPER_COLUMNS) else {},
    )


def _venues(session: Session, keys: Sequence[int], fields: Set[str]) -> Mapping[int, Any]:
    place = [getattr(Venue, name) for name in PLACE_COLUMNS if name in fields]
    found = session.execute(
        sa.select(Venue.institution_id, *place).where(Venue.institution_id.in_(keys), IS_MAIN)
    )
    return {row.institution_id: row for row in found}


def _papers(session: Session, keys: Sequence[int]) -> Mapping[int, list[object]]:
    columns = [getattr(Licence, column) for column in PAPER_COLUMNS.values()]
    found: dict[int, list[object]] = {key: [] for key in keys}
    rows = session.execute(
        sa.select(Licence.institution_id, Licence.id, Licence.ended_on, *columns)
        .where(Licence.institution_id.in_(keys))
        .order_by(Licence.id)
    )
    for row in rows:
        found[row.institution_id].append(row)
    return found
