"""What a county's list is read against: its townships, kinds and officers, loaded once."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session, raiseload

from training_oversight.accounts import queries as accounts
from training_oversight.accounts.models import (
    Authority,
    Department,
    Division,
    DivisionLevel,
    Officer,
    Scope,
)
from training_oversight.catalogue import queries as catalogue
from training_oversight.errors import NotFound
from training_oversight.intake.models import ImportBatch, ImportMapping, ImportRow
from training_oversight.intake.words import KIND_WORDS, folded
from training_oversight.intake.workflow import RowOutcome
from training_oversight.registry.queries import industry

COUNTY_DIGITS = 6


@dataclass(frozen=True)
class Ground:
    """The county as the rows of a list may name it. ``division`` is where a row without one lies.

    ``officers`` are found by name and by user name; None stands for a name that several bear.
    """

    authority: Authority
    division: Division
    scope: Scope
    today: date
    towns: Mapping[str, Division]
    kinds: Mapping[str, str]
    kind_names: Sequence[str]
    kind_labels: Mapping[str, Sequence[str]]
    # Kind -> department, by the county's mapping.
    industry: Mapping[str, int | None]
    officers: Mapping[str, Officer | None]
    # Of the authority, those whose time is over included: what stands on the register stays.
    department_ids: frozenset[int]
    officer_ids: frozenset[int]
    other_counties: Collection[str]

    @property
    def county(self) -> Division:
        return self.authority.division

    @cached_property
    def county_code(self) -> str | None:
        """As it stands in the numbers of licences."""
        code = self.county.code[:COUNTY_DIGITS]
        return code if len(code) == COUNTY_DIGITS and code.isdigit() else None

    @cached_property
    def town_words(self) -> Sequence[str]:
        """The whole names of the townships, as ``towns`` has them."""
        return [folded(one.name) for one in set(self.towns.values()) if one != self.county]

    @cached_property
    def labels(self) -> Mapping[str, Mapping[Any, Sequence[str]]]:
        """Field -> key -> the words that already are the register's own."""
        return {
            "kind_code": self.kind_labels,
            "division_id": {one.id: (one.name,) for one in self.towns.values()},
            "officer_in_charge_id": {
                one.id: (one.name, one.username) for one in self.officers.values() if one
            },
        }

    @cached_property
    def paths(self) -> dict[int, str]:
        return {one.id: one.path for one in self.towns.values()}

    @property
    def town_names(self) -> list[str]:
        return list(dict.fromkeys(one.name for one in self.towns.values() if one != self.county))


def ground(session: Session, division: Division, *, scope: Scope, today: date) -> Ground:
    """What a list for ``division`` is read against."""
    authority = accounts.authority_of(session, division)
    if authority is None or not scope.covers(division.path):
        raise NotFound
    kinds = catalogue.kinds(session, authority_id=authority.id, today=today)
    return Ground(
        authority=authority,
        division=division,
        scope=scope,
        today=today,
        towns=_towns(session, authority),
        kinds={
            folded(word): kind.code
            for kind in kinds
            for word in (
                *KIND_WORDS.get(kind.code, ()),
                *(kind.code, kind.name, kind.name_en, kind.name.removesuffix("类")),
            )
            if word
        },
        kind_names=[kind.label for kind in kinds],
        kind_labels={kind.code: (kind.name, kind.name_en or "", kind.code) for kind in kinds},
        industry=industry(session, authority.id, today=today),
        officers=_officers(session, authority, today),
        department_ids=_keys(session, Department.id, Department.authority_id == authority.id),
        officer_ids=_keys(session, Officer.id, Officer.authority_id == authority.id),
        other_counties=_other_counties(session, authority),
    )


def _towns(session: Session, authority: Authority) -> dict[str, Division]:
    """The divisions of the county by code, name and short name."""
    inside = Scope(authority.division.path).clause(Division.path)
    divisions = session.scalars(sa.select(Division).where(inside).order_by(Division.path)).all()
    found: dict[str, Division] = {}
    for one in reversed(divisions):
        for word in (one.code, one.name, f"{authority.division.name}{one.name}"):
            found[folded(word)] = one
    for one in divisions:
        short = one.name.removesuffix("街道").removesuffix("镇").removesuffix("乡")
        found.setdefault(folded(short), one)
    return found


def _officers(session: Session, authority: Authority, today: date) -> dict[str, Officer | None]:
    found: dict[str, Officer | None] = {}
    everybody = accounts.colleagues(session, Scope(authority.division.path), today=today)
    colleagues = [one for one in everybody if one.authority_id == authority.id]
    for officer in colleagues:
        name = folded(officer.name)
        found[name] = None if name in found else officer
    found.update({folded(officer.username): officer for officer in colleagues})
    return found


def _keys(
    session: Session, key: sa.SQLColumnExpression[int], mine: sa.ColumnElement[bool]
) -> frozenset[int]:
    return frozenset(session.scalars(sa.select(key).where(mine)))


def _other_counties(session: Session, authority: Authority) -> Collection[str]:
    return frozenset(
        session.scalars(
            sa.select(Division.name).where(
                Division.level == DivisionLevel.COUNTY, Division.id != authority.division_id
            )
        )
    )


def divisions(session: Session, scope: Scope, authority: Authority) -> Sequence[Division]:
    """Where an officer's list may lie: the county and its townships, as far as the scope goes."""
    return session.scalars(
        sa.select(Division)
        .where(
            scope.clause(Division.path),
            Scope(authority.division.path).clause(Division.path),
        )
        .order_by(Division.path)
    ).all()


def batch(session: Session, batch_id: int, *, scope: Scope) -> ImportBatch:
    """One import. Raises ``NotFound`` outside the scope."""
    found = session.get(ImportBatch, batch_id)
    if found is None or not scope.covers(found.division_path):
        raise NotFound
    return found


def held(session: Session, batch_id: int) -> ImportBatch:
    """A list as it is now, which stays so until the transaction ends."""
    return session.get_one(ImportBatch, batch_id, populate_existing=True, with_for_update=True)


def people(session: Session, batch: ImportBatch) -> Mapping[int, str]:
    """The names of those who dealt with a list."""
    keys = [batch.uploaded_by_id, batch.confirmed_by_id, batch.undone_by_id]
    found = session.execute(sa.select(Officer.id, Officer.name).where(Officer.id.in_(keys)))
    return {row.id: row.name for row in found}


def latest(
    session: Session, scope: Scope, *, count: int = 10
) -> Sequence[sa.Row[*tuple[object, ...]]]:
    """The last imports and who made them."""
    return session.execute(
        sa.select(ImportBatch, Officer.name)
        .join(Officer, Officer.id == ImportBatch.uploaded_by_id)
        .where(scope.clause(ImportBatch.division_path))
        .order_by(ImportBatch.id.desc())
        .limit(count)
        .options(raiseload("*"))
    ).all()


def senders(session: Session, authority: Authority) -> Sequence[str]:
    """Who sent lists before, the latest first."""
    return session.scalars(
        sa.select(ImportMapping.sender)
        .where(ImportMapping.authority_id == authority.id)
        .order_by(ImportMapping.used_at.desc())
        .limit(100)
    ).all()


def counts(session: Session, batch_id: int) -> dict[RowOutcome, int]:
    """How many rows of each outcome."""
    found = session.execute(
        sa.select(ImportRow.outcome, sa.func.count())
        .where(ImportRow.batch_id == batch_id)
        .group_by(ImportRow.outcome)
    ).all()
    return dict.fromkeys(RowOutcome, 0) | dict(found)
