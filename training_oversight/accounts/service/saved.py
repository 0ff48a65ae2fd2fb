"""Keeping the filters of a list under a name, sharing them, and choosing its columns."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import Session

from training_oversight import audit, database
from training_oversight.accounts import saved_queries as queries
from training_oversight.accounts.authorising import own_matter
from training_oversight.accounts.models import Officer, SavedFilter
from training_oversight.audit import EventType
from training_oversight.errors import BadInput
from training_oversight.texts import Text

SAVED = EventType.declare("filter.saved", Text("Filter saved"))
CHANGED = EventType.declare("filter.changed", Text("Saved filter changed"))
REMOVED = EventType.declare("filter.removed", Text("Saved filter removed"))


def save_filter(
    session: Session, *, listing: str, name: str, query: str, shared: bool, by: Officer
) -> SavedFilter:
    """Keep a filter for this officer. Raises ``BadInput`` for a name they use already."""
    _refuse_taken(session, listing, name, by=by)
    saved = SavedFilter(
        officer_id=by.id,
        division_path=by.division_path,
        listing=listing,
        name=name,
        query=query,
        shared=shared,
        saved_at=database.instant(session),
    )
    audit.created(session, saved, SAVED, by=by)
    return saved


def change_saved(
    session: Session,
    saved: SavedFilter,
    *,
    name: str,
    query: str,
    shared: bool,
    by: Officer,
    version: int | None = None,
) -> None:
    """Give it another name, share it or keep it to oneself. Raises ``BadInput``, ``StaleForm``."""
    _lock(session, saved, by=by, version=version)
    if name != saved.name:
        _refuse_taken(session, saved.listing, name, by=by)
    with audit.editing(session, saved, CHANGED, by=by):
        saved.name, saved.query, saved.shared = name, query, shared


def remove_saved(session: Session, saved: SavedFilter, *, by: Officer) -> None:
    """A filter is a convenience and no record: it goes, and its history stays."""
    _lock(session, saved, by=by, version=None)
    audit.record(session, saved, REMOVED, by=by)
    session.delete(saved)


def keep_columns(session: Session, *, listing: str, query: str, by: Officer) -> None:
    """Which columns a list shows this officer when its address says nothing."""
    _one_at_a_time(session, by)
    found = queries.named(session, by, listing, queries.COLUMNS)
    if found is None:
        save_filter(
            session, listing=listing, name=queries.COLUMNS, query=query, shared=False, by=by
        )
        return
    with audit.editing(session, found, CHANGED, by=by):
        found.query = query


def _refuse_taken(session: Session, listing: str, name: str, *, by: Officer) -> None:
    _one_at_a_time(session, by)
    if queries.named(session, by, listing, name) is not None:
        sentence = Text(
            "You have saved a filter called “%(name)s” already. Choose another name.", name=name
        )
        raise BadInput(sentence, {"name": sentence})


def _one_at_a_time(session: Session, by: Officer) -> None:
    """What an officer saves twice at once is saved one after the other, and the second sees it."""
    own = sa.select(Officer.id).where(Officer.id == by.id)
    session.execute(own.with_for_update(key_share=True))


def _lock(session: Session, saved: SavedFilter, *, by: Officer, version: int | None) -> None:
    database.locked(session, saved)
    own_matter(by, saved.officer_id, Text("Only who saved a filter can change it."))
    database.seen(saved, version)
