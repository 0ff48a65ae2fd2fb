"""What an officer or a spreadsheet says about an institution, before it is written."""

from __future__ import annotations

from dataclasses import dataclass

from training_oversight.registry.models import (
    Institution,
    LegalForm,
    Mode,
    PositionSource,
    Premises,
    Stage,
)


@dataclass(frozen=True)
class InstitutionValues:
    """Everything that can be edited. Only the name and the division are required."""

    name: str
    # The township, or the county while the township is not known.
    division_id: int
    informal_name: bool = False
    aliases: tuple[str, ...] = ()
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
    platform_id: str | None = None
    # Empty: the county's mapping of kinds decides. Set: overrides it, with a reason.
    industry_department_id: int | None = None
    department_reason: str = ""
    officer_in_charge_id: int | None = None
    note: str = ""
    address: str = ""
    premises: Premises | None = None
    landlord: str | None = None
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
    "informal_name", "kind_code", "legal_form", "mode", "responsible_person", "organiser",
    "phone", "pupils", "staff", "platform_id", "officer_in_charge_id", "note",
)  # fmt: skip
VENUE = (
    "address", "premises", "landlord", "area", "latitude", "longitude", "position_source",
    "position_accuracy",
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
        stages=tuple(stage for stage in Stage if stage.value in institution.stages),
        industry_department_id=institution.industry_department_id if overridden else None,
        **{name: getattr(institution, name) for name in OWN},
        **({name: getattr(venue, name) for name in VENUE} if venue else {}),
    )
