"""What an officer or a spreadsheet says about an institution, before it is written."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from training_oversight.registry.models import (
    Institution,
    LegalForm,
    Mode,
    PositionSource,
    Premises,
    Stage,
    Tenure,
)


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


@dataclass(frozen=True)
class InstitutionValues:
    """Everything that can be edited. Only the name and the division are required."""

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
    courses: str | None = None
    responsible_person: str | None = None
    legal_representative: str | None = None
    principal: str | None = None
    organiser: str | None = None
    phone: str | None = None
    pupils: int | None = None
    staff: int | None = None
    registered_address: str | None = None
    registered_with: str | None = None
    platform_id: str | None = None
    platform_entered_on: date | None = None
    fund_bank: str | None = None
    fund_account: str | None = None
    # Empty: the county's mapping of kinds decides. Set: overrides it, with a reason.
    industry_department_id: int | None = None
    department_reason: str = ""
    officer_in_charge_id: int | None = None
    note: str = ""
    address: str = ""
    premises: Premises | None = None
    tenure: Tenure | None = None
    landlord: str | None = None
    lease_until: date | None = None
    area: int | None = None
    latitude: float | None = None
    longitude: float | None = None
    position_source: PositionSource | None = None
    position_accuracy: int | None = None

    @property
    def has_venue(self) -> bool:
        return bool(self.address) or self.latitude is not None or self.premises is not None


# Columns of the two tables that take their values over as they are.
OWN = (
    "informal_name", "kind_code", "legal_form", "mode", "courses", "responsible_person",
    "legal_representative", "principal", "organiser", "phone", "pupils", "staff",
    "registered_address", "registered_with", "platform_id", "platform_entered_on", "fund_bank",
    "fund_account", "officer_in_charge_id", "note",
)  # fmt: skip
VENUE = (
    "address", "premises", "tenure", "landlord", "lease_until", "area", "latitude", "longitude",
    "position_source", "position_accuracy",
)  # fmt: skip


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
        **{name: getattr(institution, name) for name in OWN},
        **({name: getattr(venue, name) for name in VENUE} if venue else {}),
    )
