"""What an officer brings from a visit, before it is a record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from training_oversight.accounts.models import Division, Officer
from training_oversight.catalogue.models import Checklist, Severity, ViolationType
from training_oversight.inspections.models import Answer, Approval, VisitKind
from training_oversight.places import Position
from training_oversight.registry.models import Institution, PositionSource, Premises
from training_oversight.texts import LabelledEnum, Text


class Handling(LabelledEnum):
    """What the inspector does with a problem there and then."""

    LEDGER = "ledger", Text("Onto the ledger")
    FIXED = "fixed", Text("Put right on the spot")
    SET_ASIDE = "not_registered", Text("Do not register")


@dataclass(frozen=True, kw_only=True)
class NewPlace:
    """A place that no record knows yet: what can be seen from the street is enough."""

    name: str
    address: str
    division: Division
    kind_code: str | None = None
    premises: Premises | None = None
    unregistered: bool = False


@dataclass(frozen=True, kw_only=True)
class FindingDraft:
    violation_type: ViolationType
    severity: Severity
    facts: str
    title: str = ""
    handling: Handling = Handling.LEDGER
    # Why it is not registered, or how it was put right.
    note: str = ""
    checklist_item_code: str | None = None
    client_key: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class VisitDraft:
    """A visit as it was, or as it is planned. Only place, kind and time cannot be left out."""

    place: Institution | NewPlace
    kind: VisitKind
    happened_at: datetime
    ended_at: datetime | None = None
    purpose: str = ""
    officers: Sequence[Officer] = ()
    helpers: str = ""
    approval: Approval = Approval.UNSTATED
    approved_by_name: str | None = None
    approved_on: date | None = None
    outside_number: str | None = None
    position: Position | None = None
    position_accuracy: int | None = None
    position_source: PositionSource | None = None
    checklist: Checklist | None = None
    answers: Mapping[str, Answer] = field(default_factory=dict)
    representative: str | None = None
    representative_role: str | None = None
    statement: str = ""
    minutes: str = ""
    findings: Sequence[FindingDraft] = ()
    unanswered_reason: str | None = None
    client_key: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class ClosingWords:
    """What is written down before the inspectors leave."""

    representative: str = ""
    representative_role: str = ""
    statement: str = ""
    minutes: str = ""
