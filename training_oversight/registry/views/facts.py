"""The facts of the record page: every field that an institution has, or ought to have."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import flask

from training_oversight.registry import presenting
from training_oversight.registry.fields import BY_NAME, OWN, Field, Kind, arranged
from training_oversight.registry.models import Institution
from training_oversight.texts import Text

# On the page in another place, or in the line of what they belong to.
ELSEWHERE = (
    "name", "aliases", "former_names", "division_id", "officer_in_charge_id", "note", "phone",
    "staff", "platform_entered_on", "fund_bank",
)  # fmt: skip
# Where one of the two is known, the other is missed.
PAIRS = (("legal_representative", "principal"), ("registered_with", "registered_address"))
NOTHING: tuple[object, ...] = (None, "", [])
NOT_KNOWN, NOT_ON_RECORD = Text("Not known"), Text("Not on record")
# Numbers: that none was entered does not say that there is none.
NUMBERS = (Kind.CREDIT_CODE, Kind.CODE, Kind.ACCOUNT)


@dataclass(frozen=True)
class Masked:
    """A value of which everybody sees a part; who may see all of it asks at ``url``."""

    key: str
    part: str
    url: str
    words: Text


@dataclass(frozen=True)
class Fact:
    label: Text
    value: object
    # In smaller letters beside it.
    note: object = ""
    masked: Masked | None = None


def facts(institution: Institution, kind: str) -> list[Fact]:
    """In the order of the page; ``kind`` as the county calls it."""
    fields = [one for one in arranged(OWN, presenting.FACTS_FIRST) if one.name not in ELSEWHERE]
    return [
        _fact(one, institution, kind) for one in fields if one.needed or _is_told(one, institution)
    ]


def _is_told(field: Field, institution: Institution) -> bool:
    pair = next((pair for pair in PAIRS if field.name in pair), (field.name,))
    return any(getattr(institution, name) not in NOTHING for name in pair)


def _fact(field: Field, institution: Institution, kind: str) -> Fact:
    if field.kind is Kind.INSTITUTION_KIND:
        return Fact(field.label, kind or NOT_KNOWN)
    if field.name in WITH_MORE:
        return WITH_MORE[field.name](field, institution)
    value = getattr(institution, field.column)
    if value in NOTHING:
        return Fact(field.label, NOT_ON_RECORD if field.kind in NUMBERS else NOT_KNOWN)
    return Fact(field.label, presenting.masked(field, value) if field.protected else value)


def _department(field: Field, institution: Institution) -> Fact:
    office = institution.industry_department
    by_hand = institution.department_overridden
    return Fact(
        field.label,
        office.name if office else Text("Not settled"),
        Text("decided by hand") if by_hand else Text("by kind"),
    )


def _responsible(field: Field, institution: Institution) -> Fact:
    return Fact(
        field.label,
        institution.responsible_person or NOT_KNOWN,
        masked=_masked("phone", institution, ".phone", Text("Show the number")),
    )


def _stages(field: Field, institution: Institution) -> Fact:
    taught = [one.label for one in presenting.stages(institution)]
    return Fact(field.label, str(Text(", ")).join(map(str, taught)) or NOT_KNOWN)


def _size(_field: Field, institution: Institution) -> Fact:
    known = str(Text(", ")).join(map(str, presenting.size(institution)))
    day = institution.counted_on
    return Fact(Text("Size"), known or NOT_KNOWN, Text("as of %(day)s", day=day) if day else "")


def _platform(field: Field, institution: Institution) -> Fact:
    day = institution.platform_entered_on
    return Fact(
        field.label,
        institution.platform_id or NOT_ON_RECORD,
        Text("entered on %(day)s", day=day) if day else "",
    )


def _fund(field: Field, institution: Institution) -> Fact:
    account = _masked("fund_account", institution, ".account", Text("Show the account"))
    nothing = "" if account else NOT_ON_RECORD
    return Fact(field.label, institution.fund_bank or nothing, masked=account)


def _masked(name: str, institution: Institution, view: str, words: Text) -> Masked | None:
    value = getattr(institution, name)
    if not value:
        return None
    url = flask.url_for(view, institution_id=institution.id)
    return Masked(name, presenting.masked(BY_NAME[name], value), url, words)


# What stands in one line with something else, or is said otherwise than it is kept.
WITH_MORE: Mapping[str, Callable[[Field, Institution], Fact]] = {
    "industry_department_id": _department,
    "responsible_person": _responsible,
    "stages": _stages,
    "pupils": _size,
    "platform_id": _platform,
    "fund_account": _fund,
}
