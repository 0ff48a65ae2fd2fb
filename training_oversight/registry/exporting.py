"""The register as a county's own list: what goes out comes in again without a difference."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session, selectinload

from training_oversight import audit
from training_oversight.accounts import queries as accounts
from training_oversight.accounts.models import Authority, Division, Officer, Scope
from training_oversight.accounts.permissions import Permission
from training_oversight.audit import EventType
from training_oversight.catalogue import queries as catalogue
from training_oversight.errors import NotFound
from training_oversight.law.wording import Named
from training_oversight.registry.importing.columns import COLUMNS, PROTECTED, STATE, Column
from training_oversight.registry.importing.standing import standing
from training_oversight.registry.models import (
    Institution,
    LegalForm,
    LicenceType,
    Mode,
    Premises,
    Stage,
    Tenure,
)
from training_oversight.texts import LabelledEnum, Text, rendered

EXPORTED = EventType.declare("registry.exported", Text("Register exported"), ["rows", "phones"])
LABELLED: Mapping[str, Mapping[str, LabelledEnum]] = {
    "legal_form": {one.value: one for one in LegalForm},
    "mode": {one.value: one for one in Mode},
    "premises": {one.value: one for one in Premises},
    "tenure": {one.value: one for one in Tenure},
    "licence_type": {one.value: one for one in LicenceType},
}
DAYS = frozenset(
    {
        *("licence_issued_on", "licence_valid_from", "licence_until"),
        *("lease_until", "platform_entered_on"),
    }
)


@dataclass(frozen=True)
class Exported:
    header: list[Named]
    rows: list[list[object]]


def export(
    session: Session,
    division: Division,
    *,
    by: Officer,
    scope: Scope,
    today: date,
    keys: sa.Select[int] | None = None,
) -> Exported:
    """The institutions of a division in the county's columns, all or those that ``keys`` finds.

    Phone numbers only for who may see them. That somebody took the list out is recorded.
    """
    authority = accounts.authority_of(session, division)
    if authority is None or not scope.covers(division.path):
        raise NotFound
    protected = by.may(Permission.SEE_PERSONAL_DATA)
    found = session.scalars(
        sa.select(Institution)
        .where(
            Institution.authority_id == authority.id,
            Scope(division.path).clause(Institution.division_path),
            scope.clause(Institution.division_path),
            sa.true() if keys is None else Institution.id.in_(keys),
        )
        .options(selectinload(Institution.venues), selectinload(Institution.licences))
        .order_by(Institution.sort_key, Institution.id)
    ).all()
    columns = [one for one in COLUMNS if protected or one.field not in PROTECTED]
    words = words_for(session, authority, today=today)
    rows = [_row(institution, columns, words) for institution in found]
    audit.record(session, authority, EXPORTED, by=by, rows=len(rows), phones=protected)
    return Exported([*(column.label for column in columns), STATE], rows)


def words_for(
    session: Session, authority: Authority, *, today: date
) -> Mapping[str, Mapping[Any, Any]]:
    """What stands for keys: names of kinds, townships and officers."""
    inside = Scope(authority.division.path)
    divisions = session.scalars(sa.select(Division).where(inside.clause(Division.path)))
    colleagues = session.scalars(
        sa.select(Officer).where(Officer.authority_id == authority.id).order_by(Officer.id)
    ).all()
    names = [one.name for one in colleagues]
    return {
        "kind_code": catalogue.kind_labels(session, authority_id=authority.id, today=today),
        "division_id": {one.id: one.name for one in divisions},
        # Of two officers of one name the user name says which.
        "officer_in_charge_id": {
            one.id: one.name if names.count(one.name) == 1 else one.username for one in colleagues
        },
    }


def _row(
    institution: Institution, columns: Iterable[Column], words: Mapping[str, Mapping[Any, Any]]
) -> list[object]:
    values = standing(institution)
    cells = [shown(column.field, values[column.field], words) for column in columns]
    return [*cells, institution.state]


def shown(name: str, value: Any, words: Mapping[str, Mapping[Any, Any]]) -> object:
    if value is None:
        return ""
    if name in words:
        return words[name].get(value, value)
    if name in LABELLED:
        return LABELLED[name][value]
    if name == "stages":
        return "、".join(rendered(one) for one in Stage if one.value in value)
    if name == "aliases":
        return "、".join(value)
    if name == "former_names":
        return "、".join(one["name"] for one in value)
    if name in DAYS:
        return date.fromisoformat(value)
    return value if isinstance(value, int | float) else str(value)
