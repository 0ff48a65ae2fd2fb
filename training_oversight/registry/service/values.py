"""What an officer or a spreadsheet says about an institution, before it is written."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, make_dataclass
from datetime import date
from typing import Any, TypeVar

from training_oversight.registry.fields import OWN, PLACES, Field, Kind
from training_oversight.registry.models import (
    Institution,
    LegalForm,
    Mode,
    PositionSource,
    Premises,
    Stage,
)

Values = TypeVar("Values")


def holding(declared: Iterable[Field]) -> Callable[[type[Values]], type[Values]]:
    """Add a value for each declared field that the class does not name itself."""

    def extended(values: type[Values]) -> type[Values]:
        more = [
            (one.column, object, field(default=one.nothing))
            for one in declared
            if one.column not in values.__annotations__
        ]
        # What is known of a class by its name, so that nobody tells the two apart.
        itself = {"__module__": values.__module__, "__doc__": values.__doc__}
        return make_dataclass(values.__name__, more, bases=(values,), namespace=itself, frozen=True)

    return extended


@dataclass(frozen=True)
class FormerName:
    """What an institution was called before (曾用名); the day may not be known."""

    name: str
    until: date | None = None

    @classmethod
    def of(cls, kept: dict[str, Any]) -> FormerName:
        until = kept.get("until")
        return cls(kept["name"], date.fromisoformat(until) if until else None)

    @property
    def kept(self) -> dict[str, Any]:
        """As the column keeps it."""
        return {"name": self.name, "until": self.until.isoformat() if self.until else None}


@holding((*OWN, *PLACES))
@dataclass(frozen=True)
class InstitutionValues:
    """Everything that can be edited. Only the name and the division are required.

    By name stand those of which some rule speaks; the others are taken over as they are.
    """

    name: str
    # The township, or the county while the township is not known.
    division_id: int
    informal_name: bool = False
    # The name was only spelt wrongly: the old spelling is no former name.
    name_corrected: bool = False
    aliases: tuple[str, ...] = ()
    former_names: tuple[FormerName, ...] = ()
    kind_code: str | None = None
    legal_form: LegalForm | None = None
    stages: tuple[Stage, ...] = ()
    mode: Mode | None = None
    uscc: str | None = None
    responsible_person: str | None = None
    organiser: str | None = None
    phone: str | None = None
    pupils: int | None = None
    staff: int | None = None
    # Empty: the county's mapping of kinds decides. Set: overrides it, with a reason.
    industry_department_id: int | None = None
    department_reason: str = ""
    officer_in_charge_id: int | None = None
    note: str = ""
    address: str = ""
    premises: Premises | None = None
    latitude: float | None = None
    longitude: float | None = None
    position_source: PositionSource | None = None
    position_accuracy: int | None = None

    @property
    def has_venue(self) -> bool:
        return bool(self.address) or self.latitude is not None or self.premises is not None


# What a rule of its own takes over.
RULED = (
    *(Kind.NAME, Kind.ALIASES, Kind.FORMER_NAMES, Kind.STAGES, Kind.TOWNSHIP),
    *(Kind.CREDIT_CODE, Kind.DEPARTMENT),
)
# Columns of the two tables that take their values over as they are.
TAKEN_OVER = ("informal_name", *(one.column for one in OWN if one.kind not in RULED))
VENUE = (*(one.column for one in PLACES), "position_source", "position_accuracy")


def values_of(institution: Institution) -> InstitutionValues:
    """The institution as it stands; ``dataclasses.replace`` makes the next values of it."""
    venue = institution.main_venue
    overridden = institution.department_overridden
    return InstitutionValues(
        name=institution.name,
        division_id=institution.division_id,
        uscc=institution.uscc,
        aliases=tuple(institution.aliases),
        former_names=tuple(FormerName.of(kept) for kept in institution.former_names),
        stages=tuple(stage for stage in Stage if stage.value in institution.stages),
        industry_department_id=institution.industry_department_id if overridden else None,
        **{name: getattr(institution, name) for name in TAKEN_OVER},
        **({name: getattr(venue, name) for name in VENUE} if venue else {}),
    )
