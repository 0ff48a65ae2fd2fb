"""What a row says that the register does not say itself.

A record that was typed in may be spelt otherwise than a list is understood: two lines of a note,
a telephone number with spaces. Our own export of it, read in again, must be no change.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from training_oversight.errors import BadInput
from training_oversight.intake.cleaning.fields import CLEANERS, DEGREES_APART
from training_oversight.intake.cleaning.reading import Said
from training_oversight.intake.queries import Ground
from training_oversight.intake.register_values import differences
from training_oversight.registry.models import Institution

# Lists of names only grow; of others, stages for one, a shorter one is another one.
NAMES = frozenset({"aliases", "former_names"})


def news(
    institution: Institution, values: Mapping[str, object], ground: Ground
) -> dict[str, list[object]]:
    """Field -> [old, new] for what a row says otherwise than the register would say it."""
    found = differences(institution, values)
    return {
        name: [old, new] for name, (old, new) in found.items() if not _same(name, old, new, ground)
    }


def _same(name: str, old: Any, new: Any, ground: Ground) -> bool:
    match old:
        case str() if type(new) is str:
            return bool(_read(name, old, ground) == new)
        case list() if name in NAMES:
            return _all_known(name, old, new, ground)
        case list():
            return set(old) == set(new)
        case float() if type(new) is float:
            return abs(old - new) < DEGREES_APART
    return False


def _read(name: str, written: str, ground: Ground) -> Any:
    """The register's own words as a list with them would be understood."""
    try:
        return CLEANERS[name](written, ground, Said())
    except BadInput:
        return None


def _all_known(name: str, old: list[object], new: list[object], ground: Ground) -> bool:
    """Names that the register has, though as part of one another: “甲、乙” is one of its names."""
    known = [part for one in old for part in _read(name, _name_of(one), ground) or ()]
    names = {_name_of(one) for one in known}
    return all(_name_of(one) in names for one in new if one not in old)


def _name_of(one: object) -> str:
    return one["name"] if isinstance(one, dict) else str(one)
