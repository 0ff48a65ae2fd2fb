"""Two records beside each other, field by field."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from training_oversight.doubles.fields import CHOICES, VENUE, FieldGroup, proposed
from training_oversight.names.naming import match_name
from training_oversight.registry.models import Institution, Stage
from training_oversight.texts import Text, rendered
from training_oversight.web.jinja_filters import masked_account, masked_phone

NOTHING = Text("Not known")
MAIN_VENUE = Text("Main venue")
PROTECTED = frozenset({"phone", "fund_account"})


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
    parts = (_word(column, institution, kinds) for column in choice.columns[:2])
    return " ".join(part for part in parts if part)


SILENT = frozenset({"informal_name", "department_overridden", "division_path"})


def _word(column: str, institution: Institution, kinds: Mapping[str, str]) -> str:
    value: Any = getattr(institution, column)
    if value is None or column in SILENT:
        return ""
    if column == "kind_code":
        return kinds.get(value, value)
    if column == "stages":
        return str(Text(", ")).join(rendered(stage) for stage in Stage if stage.value in value)
    if column in PROTECTED:
        return masked_phone(value) if column == "phone" else masked_account(value)
    return _named(column, institution) or rendered(value)


def _named(column: str, institution: Institution) -> str:
    """The name of the record that a key points at."""
    named = {
        "division_id": institution.division,
        "industry_department_id": institution.industry_department,
        "officer_in_charge_id": institution.officer_in_charge,
    }.get(column)
    return named.name if named is not None else ""
