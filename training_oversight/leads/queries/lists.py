"""The list of leads, by state."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload, raiseload

from training_oversight.accounts.models import Division, Officer, Scope
from training_oversight.leads.models import Lead, LeadSource
from training_oversight.leads.queries.records import readable
from training_oversight.leads.workflow import OWES, LeadState
from training_oversight.registry import queries as registry
from training_oversight.registry.models import Institution
from training_oversight.registry.queries import Search


@dataclass(frozen=True)
class LeadFilter:
    """Which leads a list shows; what is empty does not narrow it."""

    source: LeadSource | None = None
    township: Division | None = None
    # Only those whose decision the officer owes.
    mine: bool = False
    # Those that words are found in.
    found: sa.ColumnElement[bool] | None = None


def found(session: Session, officer: Officer, words: str) -> sa.ColumnElement[bool] | None:
    """Leads at the institutions that the search box finds, or at a place so described."""
    search = Search.by(officer, words)
    if not search.typed:
        return None
    described = sa.or_(
        *(column.contains(words, autoescape=True) for column in (Lead.place, Lead.address))
    )
    return sa.or_(registry.belonging(session, search, Lead.institution_id), described)


def _narrowed(officer: Officer, wanted: LeadFilter) -> list[sa.ColumnElement[bool]]:
    clauses = [readable(officer)]
    if wanted.source is not None:
        clauses.append(Lead.source == wanted.source)
    if wanted.township is not None:
        clauses.append(Scope(wanted.township.path).clause(Lead.division_path))
    if wanted.mine:
        clauses.append(OWES.clause(officer, Lead))
    if wanted.found is not None:
        clauses.append(wanted.found)
    return clauses


def counts(session: Session, officer: Officer, wanted: LeadFilter) -> Mapping[LeadState, int]:
    """How many leads are in each state: one query for all tabs."""
    rows = session.execute(
        sa.select(Lead.state, sa.func.count())
        .where(*_narrowed(officer, wanted))
        .group_by(Lead.state)
    )
    known: dict[LeadState, int] = {row[0]: row[1] for row in rows}
    return {state: known.get(state, 0) for state in LeadState}


def listed(officer: Officer, wanted: LeadFilter, state: LeadState) -> sa.Select[Lead]:
    return (
        sa.select(Lead)
        .where(*_narrowed(officer, wanted), Lead.state == state)
        .options(
            joinedload(Lead.division),
            joinedload(Lead.institution).joinedload(Institution.officer_in_charge),
            joinedload(Lead.handed_to),
            joinedload(Lead.decided_by),
            raiseload("*"),
        )
    )
