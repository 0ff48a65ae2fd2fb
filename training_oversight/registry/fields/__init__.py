"""The fields of an institution, its places and its papers: each is declared here alone."""

from __future__ import annotations

from training_oversight.registry.fields.field import (
    EARLIEST,
    LARGEST,
    LATEST,
    Field,
    Header,
    Joining,
    Kind,
    Part,
    Published,
    Together,
    arranged,
)
from training_oversight.registry.fields.identity import IDENTITY
from training_oversight.registry.fields.papers import PAPERS
from training_oversight.registry.fields.people import PEOPLE
from training_oversight.registry.fields.places import PLACES

__all__ = [
    "ALL",
    "BY_NAME",
    "EARLIEST",
    "LARGEST",
    "LATEST",
    "LISTED",
    "OWN",
    "OWN_COLUMNS",
    "PAPERS",
    "PAPER_COLUMNS",
    "PLACES",
    "PLACE_COLUMNS",
    "PROTECTED",
    "Field",
    "Header",
    "Joining",
    "Kind",
    "Part",
    "Published",
    "Together",
    "arranged",
]

# Columns of the institution itself; PLACES are those of a venue, PAPERS those of a licence.
OWN = (*IDENTITY, *PEOPLE)
ALL = (*OWN, *PLACES, *PAPERS)
BY_NAME = {one.name: one for one in ALL}
# What a list can say, in the order of the county's list.
LISTED = sorted((one for one in ALL if one.header), key=lambda one: one.order)
# Shown only to who may see personal data.
PROTECTED = frozenset(one.name for one in ALL if one.protected)


def _columns(fields: tuple[Field, ...]) -> dict[str, str]:
    return {one.name: one.column for one in fields if one.header}


# Field of a list -> column of the table.
OWN_COLUMNS, PLACE_COLUMNS, PAPER_COLUMNS = map(_columns, (OWN, PLACES, PAPERS))
