"""What an institution is called, and what it was called before."""

from __future__ import annotations

from datetime import date

from training_oversight.names import naming
from training_oversight.registry.models import Institution
from training_oversight.registry.service.values import FormerName, InstitutionValues


def take(institution: Institution, values: InstitutionValues, *, today: date) -> None:
    """Take over the names. One that is given up is kept, unless it was only spelt wrongly.

    What people called a place (俗称) becomes another name of it, every other a former name.
    """
    name = values.name.strip()
    aliases, former = list(values.aliases), list(values.former_names)
    if _given_up(institution, name) and not values.name_corrected:
        if institution.informal_name:
            aliases.append(institution.name)
        else:
            former.insert(0, FormerName(institution.name, today))
    institution.name = name
    institution.match_name = naming.match_name(name)
    institution.sort_key = naming.sort_key(name)
    institution.aliases = aliases
    institution.former_names = [one.kept for one in former if not _same(one.name, name)]


def former(institution: Institution) -> list[str]:
    """The former names alone."""
    return [FormerName.of(kept).name for kept in institution.former_names]


def _given_up(institution: Institution, name: str) -> bool:
    return bool(institution.name) and not _same(institution.name, name)


def _same(one: str, other: str) -> bool:
    """Other brackets or width are no other name."""
    return naming.match_name(one) == naming.match_name(other)
