"""What the search box looks in beside the names."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy.orm import QueryableAttribute

from training_oversight.registry.fields import OWN, PAPERS, PLACES, Field, Kind
from training_oversight.registry.models import Institution, Licence, Venue

NUMBERS = (Kind.CREDIT_CODE, Kind.CODE, Kind.LICENCE_NUMBER)
Record = Institution | Venue | Licence


def _itself(institution: Institution) -> list[Record]:
    return [institution]


def _places(institution: Institution) -> list[Record]:
    """Those that were given up find nothing."""
    return [venue for venue in institution.venues if venue.ended_on is None]


def _papers(institution: Institution) -> list[Record]:
    return [*institution.licences]


# In the order of the county's list: a hit tells of the first that fits.
SOUGHT = sorted(
    (
        (one, records)
        for fields, records in ((OWN, _itself), (PLACES, _places), (PAPERS, _papers))
        for one in fields
        if one.found
    ),
    key=lambda source: source[0].order,
)


def _columns(fields: tuple[Field, ...], model: type[Record]) -> list[QueryableAttribute[object]]:
    return [getattr(model, one.column) for one in fields if one.found]


# What is loaded for it.
OWN_COLUMNS = _columns(OWN, Institution)
VENUE_COLUMNS = [*_columns(PLACES, Venue), Venue.ended_on]
LICENCE_COLUMNS = _columns(PAPERS, Licence)


def sought(institution: Institution) -> Iterator[tuple[Field, str]]:
    """Each value that can be found, and what it is."""
    for field, records in SOUGHT:
        for record in records(institution):
            if value := getattr(record, field.column):
                yield field, value


def numbers(institution: Institution) -> list[str]:
    """Those that belong to one institution alone."""
    return [value for field, value in sought(institution) if field.kind in NUMBERS]
