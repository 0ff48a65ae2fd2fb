"""Two records beside each other, field by field."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from training_oversight.doubles.fields import CHOICES, VENUE, FieldGroup, proposed
from training_oversight.names.naming import match_name
from training_oversight.registry import presenting as looks
from training_oversight.registry.fields import Field, Kind
from training_oversight.registry.models import Institution
from training_oversight.texts import Text, rendered

NOTHING = Text("Not known")
MAIN_VENUE = Text("Main venue")


@dataclass(frozen=True)
class FieldLine:
    """One field in both records; ``differs`` asks for a choice, ``take`` is the proposal."""

    name: str
    label: Text
    kept: str
    gone: str
    differs: bool
    take: bool = False


def lines(kept: Institution, gone: Institution, kinds: Mapping[str, str]) -> list[FieldLine]:
    """Every field in which at least one of the two says something."""
    found = [
        FieldLine(
            choice.name,
            choice.label,
            said(choice, kept, kinds),
            said(choice, gone, kinds),
            differs=choice.values(kept) != choice.values(gone),
            take=proposed(choice, kept, gone),
        )
        for choice in CHOICES
        if choice.says_something(kept) or choice.says_something(gone)
    ]
    return [*found, *_venue(kept, gone)]


def _venue(kept: Institution, gone: Institution) -> Sequence[FieldLine]:
    one, other = kept.main_venue, gone.main_venue
    if other is None:
        return []
    return [
        FieldLine(
            VENUE,
            MAIN_VENUE,
            one.address if one else str(NOTHING),
            other.address or str(NOTHING),
            differs=one is not None and match_name(one.address) != match_name(other.address),
        )
    ]


def said(choice: FieldGroup, institution: Institution, kinds: Mapping[str, str]) -> str:
    """The values of one choice in words, personal ones masked."""
    if not choice.says_something(institution):
        return str(NOTHING)
    parts = (_word(field, institution, kinds) for field in choice.fields)
    return " ".join(part for part in parts if part)


def _word(field: Field, institution: Institution, kinds: Mapping[str, str]) -> str:
    value = getattr(institution, field.column)
    if value is None:
        return ""
    if field.protected:
        return looks.masked(field, value)
    match field.kind:
        case Kind.INSTITUTION_KIND:
            return kinds.get(value, value)
        case Kind.STAGES:
            return str(Text(", ")).join(str(one.label) for one in looks.stages(institution))
    return _named(field, institution) or rendered(value)


def _named(field: Field, institution: Institution) -> str:
    """The name of the record that a key points at."""
    named = {
        Kind.TOWNSHIP: institution.division,
        Kind.DEPARTMENT: institution.industry_department,
        Kind.OFFICER: institution.officer_in_charge,
    }.get(field.kind)
    return named.name if named is not None else ""
