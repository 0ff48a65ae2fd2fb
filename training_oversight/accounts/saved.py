"""Saved filters as a list offers them: the officer's own, and those of colleagues."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from flask import url_for

from training_oversight import clock
from training_oversight.accounts import saved_queries as queries
from training_oversight.accounts.guard import current_officer
from training_oversight.accounts.models import Officer, SavedFilter
from training_oversight.accounts.permissions import Permission
from training_oversight.database import current_session
from training_oversight.errors import NotFound
from training_oversight.web import listings
from training_oversight.web.contributions import contributions
from training_oversight.web.listings import Listing

COLUMNS = "cols"


@dataclass(frozen=True)
class Entry:
    """One saved filter as the menu over a list shows it."""

    label: str
    url: str
    current: bool
    whose: str


@dataclass(frozen=True)
class Offered:
    """What stands over a list: the officer's own filters, those of colleagues, saving."""

    own: Sequence[Entry]
    shared: Sequence[Entry]
    save_url: str
    # The columns that this officer has chosen once for all; empty for the usual ones.
    columns: str

    @property
    def current(self) -> str:
        """The name of the one that the list shows now."""
        return next((one.label for one in (*self.own, *self.shared) if one.current), "")


def offered(name: str, asked: Iterable[tuple[str, str]]) -> Offered:
    """The saved filters of a list, for the officer who is here: one query.

    ``asked`` are the parts of the list's address, its view among them.
    """
    officer, listing = current_officer(), listing_of(name)
    found = queries.of_listing(current_session(), officer, name, today=clock.today())
    here = listings.written(listings.parts(listing, asked, officer))

    def entry(one: SavedFilter) -> Entry:
        return Entry(one.name, opening(listing, one), one.query == here, one.officer.name)

    mine = [one for one in found if one.officer_id == officer.id]
    return Offered(
        own=[entry(one) for one in mine if one.name != queries.COLUMNS],
        shared=[entry(one) for one in found if one.officer_id != officer.id],
        save_url=f"{url_for('saved.new', listing=name)}?{here}",
        columns=",".join(
            value
            for one in mine
            if one.name == queries.COLUMNS
            for part, value in listings.read(one.query)
            if part == COLUMNS
        ),
    )


def opening(listing: Listing[Officer], saved: SavedFilter) -> str:
    return f"{url_for(listing.endpoint)}?{saved.query}"


def listing_of(name: str) -> Listing[Officer]:
    """A list that this officer may open. Raises ``NotFound``."""
    found = contributions().listing(name)
    if found is None or not current_officer().may(Permission(found.permission)):
        raise NotFound
    return found
