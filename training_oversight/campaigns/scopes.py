"""The scope of a campaign: a filter of the register, kept as the register's own address.

What the register can filter by is declared there and by the areas that add to it; here it is only
kept and read again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from training_oversight.accounts.models import Officer, Scope
from training_oversight.campaigns.models import Campaign
from training_oversight.campaigns.queries import targets
from training_oversight.errors import Blocked
from training_oversight.registry import queries as registry
from training_oversight.registry.listing import LISTING, SHOWING, lasting, wanted_of
from training_oversight.registry.models import Institution
from training_oversight.texts import Text
from training_oversight.web import listings
from training_oversight.web.contributions import contributions


def written(given: Iterable[tuple[str, str]], officer: Officer) -> str:
    """The rule that an address of the register says, for whoever reads it later."""
    known = contributions().listing(LISTING)
    assert known is not None, "the register hands in its list"
    parts = [one for one in listings.parts(known, given, officer) if one[0] not in SHOWING]
    return listings.written(sorted(lasting(parts, officer)))


def args(scope: str) -> MultiDict[str, str]:
    return MultiDict(listings.read(scope))


def address(scope: str) -> Mapping[str, list[str]]:
    """The parts of the register's address that show the same places."""
    return args(scope).to_dict(flat=False)


def within(scope: str, officer: Officer, today: date, *, path: str) -> sa.Select[int]:
    """The places that the rule finds there.

    Raises ``Blocked`` for who may not use a filter that it names: read without it, it would find
    more than was meant.
    """
    if written(listings.read(scope), officer) != scope:
        raise Blocked(
            Text(
                "The scope uses a filter that you may not use. Let somebody who may see it "
                "carry out this step, or choose the scope anew."
            )
        )
    found = registry.keys(officer, wanted_of(args(scope), today, by=officer), today=today)
    return found.where(Scope(path).clause(Institution.division_path))


def of_campaign(campaign: Campaign, officer: Officer, today: date) -> sa.Select[int]:
    return within(campaign.scope, officer, today, path=campaign.division_path)


def fallen_in(campaign: Campaign, officer: Officer, today: date) -> sa.Select[int]:
    """Places that the rule finds now and that the campaign does not know: proposed, never added."""
    found = of_campaign(campaign, officer, today)
    return found.where(Institution.id.not_in(targets.institutions_of(campaign.id)))


def count(session: Session, keys: sa.Select[int]) -> int:
    return session.scalar(sa.select(sa.func.count()).select_from(keys.subquery())) or 0
