"""Conversions by their day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload, raiseload

from training_oversight.accounts.models import Scope
from training_oversight.errors import NotFound
from training_oversight.registry.models import Conversion, ConversionKind, Institution


@dataclass(frozen=True)
class Span:
    """From which day to which; open where nothing is said."""

    first: date | None = None
    last: date | None = None


def conversions(
    scope: Scope, span: Span, kind: ConversionKind | None = None
) -> sa.Select[*tuple[object, ...]]:
    """Those of a span of days, for a list that is read page by page."""
    found = sa.select(Conversion).where(*_counted(scope, span))
    if kind is not None:
        found = found.where(Conversion.kind == kind)
    return found.options(joinedload(Conversion.institution), raiseload("*"))


def conversion_counts(session: Session, scope: Scope, span: Span) -> Mapping[ConversionKind, int]:
    """How many of each kind; every kind is named, also with 0."""
    rows = session.execute(
        sa.select(Conversion.kind, sa.func.count())
        .where(*_counted(scope, span))
        .group_by(Conversion.kind)
    )
    found = {kind: count for kind, count in rows}  # noqa: C416 - a row is no pair for mypy
    return dict.fromkeys(ConversionKind, 0) | found


def conversions_of(session: Session, institution: Institution) -> Sequence[Conversion]:
    """Those of one institution, newest first; struck off ones are left out."""
    return session.scalars(
        sa.select(Conversion)
        .where(Conversion.institution_id == institution.id, Conversion.struck_off_at.is_(None))
        .order_by(Conversion.on_day.desc(), Conversion.id.desc())
    ).all()


def conversion_of(session: Session, institution: Institution, conversion_id: int) -> Conversion:
    """One of the institution's conversions. Raises ``NotFound``."""
    found = session.get(Conversion, conversion_id)
    if found is None or found.institution_id != institution.id:
        raise NotFound
    return found


def _counted(scope: Scope, span: Span) -> list[sa.ColumnElement[bool]]:
    conditions = [scope.clause(Conversion.division_path), Conversion.struck_off_at.is_(None)]
    if span.first is not None:
        conditions.append(Conversion.on_day >= span.first)
    if span.last is not None:
        conditions.append(Conversion.on_day <= span.last)
    return conditions
