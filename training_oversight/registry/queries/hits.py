"""What was found, ready for a line each: the institution, and why it is there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import (
    QueryableAttribute,
    Session,
    joinedload,
    load_only,
    raiseload,
    selectinload,
)

from training_oversight.accounts.models import Division
from training_oversight.names import naming
from training_oversight.registry.models import Institution
from training_oversight.registry.queries import sought
from training_oversight.registry.queries.finding import best
from training_oversight.registry.queries.search import Rank, Search
from training_oversight.texts import Text


@dataclass(frozen=True)
class Hit:
    """An institution, and what in it was found where its name does not show it."""

    institution: Institution
    rank: Rank
    reasons: Sequence[Text]
    # What was typed is the whole of a number that belongs to it.
    exact: bool


def hits(session: Session, search: Search, *, limit: int) -> list[Hit]:
    """The institutions nearest to what was typed, nearest first."""
    ranks = dict(best(session, search, limit=limit))
    if not ranks:
        return []
    rows = session.scalars(
        sa.select(Institution)
        .where(Institution.id.in_(ranks), search.scope.clause(Institution.division_path))
        .options(
            load_only(*_shown(search), raiseload=True),
            joinedload(Institution.division).load_only(
                Division.name, Division.path, raiseload=True
            ),
            selectinload(Institution.venues).load_only(*sought.VENUE_COLUMNS),
            selectinload(Institution.licences).load_only(*sought.LICENCE_COLUMNS),
            raiseload("*"),
        )
    )
    found = {one.id: one for one in rows}
    return [_hit(search, found[key], rank) for key, rank in ranks.items()]


def _hit(search: Search, institution: Institution, rank: Rank) -> Hit:
    reasons = list(dict.fromkeys(_reasons(search, institution)))
    return Hit(institution, rank, reasons, exact=_is_exactly(search, institution))


def _is_exactly(search: Search, institution: Institution) -> bool:
    whole = {naming.normalised(number) for number in sought.numbers(institution)}
    return any(len(way) == 1 and way[0] in whole for way in search.typed.ways)


def _shown(search: Search) -> list[QueryableAttribute[object]]:
    shown: list[QueryableAttribute[object]] = [
        Institution.name, Institution.informal_name, Institution.aliases,
        Institution.former_names, Institution.search_text, Institution.kind_code,
        Institution.state, Institution.closing_kind, *sought.OWN_COLUMNS,
    ]  # fmt: skip
    return [*shown, Institution.search_phone] if search.phones else shown


def _reasons(search: Search, institution: Institution) -> Iterator[Text]:
    name = naming.search_text(institution.name)
    for word in _way(search, institution):
        if word not in name:
            yield from _reason(word, institution)


def _way(search: Search, institution: Institution) -> Sequence[str]:
    """The way to understand what was typed in which it is a hit."""
    looked_in = institution.search_text + (institution.search_phone if search.phones else "")
    ways = search.typed.ways
    return next((way for way in ways if all(word in looked_in for word in way)), ways[0])


def _reason(word: str, institution: Institution) -> Iterator[Text]:
    """Where the word was found; of the telephone only that, not the number."""
    for said, told in _parts(institution):
        if word in said:
            yield told
            return
    yield Text("Telephone fits")


def _parts(institution: Institution) -> Iterator[tuple[str, Text]]:
    """Every part beside the name that the search box looks in, and its words."""
    for alias in institution.aliases:
        yield naming.search_text(alias), Text("Also called %(name)s", name=alias)
    for former in institution.former_names:
        name = former["name"]
        yield naming.search_text(name), Text("Formerly called %(name)s", name=name)
    for field, value in sought.sought(institution):
        if field.found:
            yield naming.normalised(value), field.found(value)
