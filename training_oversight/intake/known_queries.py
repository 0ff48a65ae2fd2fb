"""The register by what a row of a list can recognise a record by, without the records themselves.

Hundreds of thousands of records fit into memory this way, and take a few queries to read.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import Session, selectinload

from training_oversight.accounts.models import Authority
from training_oversight.names import naming
from training_oversight.registry.models import Institution, Licence, Venue
from training_oversight.registry.workflow import InstitutionState

# SQLite and PostgreSQL take thousands of keys in one statement, but not hundreds of thousands.
KEYS_AT_ONCE = 1_000
# Who stands for an institution; one person in any of these roles is the same person.
PEOPLE = ("responsible_person", "legal_representative", "principal", "organiser")


class Paper(NamedTuple):
    """A licence by its number."""

    number: str | None


@dataclass(frozen=True, slots=True)
class Known:
    """A record of the register, small."""

    id: int
    name: str
    match_name: str
    uscc: str | None
    state: InstitutionState
    division_id: int
    division_path: str
    kind_code: str | None
    phone: str | None
    responsible_person: str | None
    # Its responsible person among them, with whoever else stands for it.
    people: Sequence[str]
    address: str | None
    # Of all places, the main one first.
    addresses: Sequence[str]
    licences: Sequence[Paper]
    # Names that it also goes or went by, as ``match_name`` writes them.
    other_names: Sequence[str]


def known(session: Session, authority: Authority) -> list[Known]:
    """Every record of the authority. What was joined with another is known as that one."""
    rows = session.execute(
        sa.select(
            Institution.id, Institution.name, Institution.match_name, Institution.uscc,
            Institution.state, Institution.division_id, Institution.division_path,
            Institution.kind_code, Institution.phone, Institution.responsible_person,
            Institution.legal_representative, Institution.principal, Institution.organiser,
            Institution.aliases, Institution.former_names, Venue.address,
        )
        .outerjoin(
            Venue,
            sa.and_(
                Venue.institution_id == Institution.id, Venue.main, Venue.ended_on.is_(None)
            ),
        )
        .where(Institution.authority_id == authority.id, Institution.withdrawn.is_(False))
        .order_by(Institution.id)
    )  # fmt: skip
    papers = _papers(session, authority)
    joined, places = _joined(session, authority), _further_places(session, authority)
    return [
        _known(row, papers.get(row.id, ()), joined.get(row.id, ()), places.get(row.id, ()))
        for row in rows
    ]


def _known(
    row: sa.Row[*tuple[object, ...]],
    papers: Sequence[Paper],
    joined: Sequence[str],
    places: Sequence[str],
) -> Known:
    names = [*row.aliases, *(former.get("name", "") for former in row.former_names), *joined]
    return Known(
        id=row.id,
        name=row.name,
        match_name=row.match_name,
        uscc=row.uscc,
        state=row.state,
        division_id=row.division_id,
        division_path=row.division_path,
        kind_code=row.kind_code,
        phone=row.phone,
        responsible_person=row.responsible_person,
        people=[one for one in (getattr(row, name) for name in PEOPLE) if one],
        address=row.address,
        addresses=[row.address, *places] if row.address else places,
        licences=papers,
        other_names=tuple(naming.match_name(name) for name in names) if names else (),
    )


def _papers(session: Session, authority: Authority) -> Mapping[int, list[Paper]]:
    found: dict[int, list[Paper]] = defaultdict(list)
    numbered = session.execute(
        sa.select(Licence.institution_id, Licence.number)
        .join(Institution, Institution.id == Licence.institution_id)
        .where(Institution.authority_id == authority.id, Licence.number.is_not(None))
    )
    for key, number in numbered:
        found[key].append(Paper(number))
    return found


def _further_places(session: Session, authority: Authority) -> Mapping[int, list[str]]:
    """The addresses beside the main one, by the key of the institution."""
    found: dict[int, list[str]] = defaultdict(list)
    further = session.execute(
        sa.select(Venue.institution_id, Venue.address)
        .join(Institution, Institution.id == Venue.institution_id)
        .where(
            Institution.authority_id == authority.id,
            Venue.main.is_(False),
            Venue.ended_on.is_(None),
        )
    )
    for key, address in further:
        found[key].append(address)
    return found


def _joined(session: Session, authority: Authority) -> Mapping[int, list[str]]:
    """The names of the records that were joined with another, by the key of that one."""
    found: dict[int, list[str]] = defaultdict(list)
    gone = session.execute(
        sa.select(Institution.merged_into_id, Institution.name).where(
            Institution.authority_id == authority.id, Institution.merged_into_id.is_not(None)
        )
    )
    for key, name in gone:
        if key is not None:
            found[key].append(name)
    return found


def in_full(session: Session, keys: Sequence[int]) -> dict[int, Institution]:
    """The records of these keys with their places and papers, to be compared field by field."""
    found: dict[int, Institution] = {}
    for start in range(0, len(keys), KEYS_AT_ONCE):
        part = session.scalars(
            sa.select(Institution)
            .where(Institution.id.in_(keys[start : start + KEYS_AT_ONCE]))
            .options(selectinload(Institution.venues), selectinload(Institution.licences))
        )
        found.update((one.id, one) for one in part)
    return found
