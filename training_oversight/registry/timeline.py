"""What happened to an institution, its venues and its papers, in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from training_oversight.audit.models import Event
from training_oversight.audit.timeline import Saying, entries
from training_oversight.registry.models import (
    AnnualGrade,
    ClosingKind,
    ConversionKind,
    LegalForm,
    LicenceEventKind,
    LicenceType,
    Mode,
    PositionSource,
    Premises,
    Tenure,
)
from training_oversight.registry.service import WarningAnswer
from training_oversight.texts import Text
from training_oversight.web.components import TimelineEntry

COLUMNS: Mapping[str, Text] = {
    "name": Text("Name"),
    "kind_code": Text("Kind"),
    "legal_form": Text("Legal form"),
    "uscc": Text("Credit code"),
    "mode": Text("Mode"),
    "courses": Text("What is taught"),
    "responsible_person": Text("Responsible person"),
    "legal_representative": Text("Legal representative"),
    "principal": Text("Principal"),
    "organiser": Text("Organiser"),
    "phone": Text("Telephone"),
    "pupils": Text("Number of pupils"),
    "staff": Text("Number of teachers"),
    "registered_with": Text("Registered with"),
    "registered_address": Text("Registered address"),
    "platform_id": Text("Number on the national platform"),
    "platform_entered_on": Text("Entered there on"),
    "fund_bank": Text("Bank of the prepaid-fund account"),
    "fund_account": Text("Prepaid-fund account"),
    "industry_department_id": Text("Industry department"),
    "department_overridden": Text("Another department than that of the kind"),
    "note": Text("Note"),
    "address": Text("Address of the venue"),
    "premises": Text("Premises"),
    "tenure": Text("Owned or rented"),
    "landlord": Text("Owner or landlord"),
    "lease_until": Text("Lease until"),
    "area": Text("Area in square metres"),
    "latitude": Text("Latitude"),
    "longitude": Text("Longitude"),
    "position_source": Text("Source of the position"),
    "position_accuracy": Text("Accuracy in metres"),
    "number": Text("Number of the paper"),
    "issuer": Text("Issued by"),
    "scope": Text("Licensed scope"),
    "issued_on": Text("Issued on"),
    "valid_from": Text("Valid from"),
    "valid_until": Text("Valid until"),
    "exception_reason": Text("Why this permit exists"),
    "ending_on": Text("To end on"),
    "closed_on": Text("Since what day"),
    "closing_kind": Text("How it ended"),
}


def timeline(
    events: Sequence[Event], kinds: Mapping[str, str], departments: Mapping[int, str] | None = None
) -> list[TimelineEntry]:
    values: dict[str, Saying] = {
        "kind_code": kinds,
        "industry_department_id": departments or {},
        "legal_form": LegalForm,
        "mode": Mode,
        "premises": Premises,
        "position_source": PositionSource,
        "tenure": Tenure,
        "closing_kind": ClosingKind,
        "type": LicenceType,
    }
    sentences = {kind.value: _licence_event for kind in LicenceEventKind}
    return entries(
        events,
        labels=COLUMNS,
        values=values,
        sentences=sentences
        | {
            "licence.added": _paper,
            "institution.assigned": _assigned,
            "institution.converted": _converted,
            "licence.warned": _ending,
            "licence.warning_answered": _answered,
            "institution.conversion_taken_back": _converted,
            "institution.joined": _name,
            "institution.gone": _name,
            "institution.apart": _name,
            "institution.distinct": _name,
            "venue.ended": _address,
            "venue.main": _address,
            "institution.order_stop": _source,
            "institution.announce_end": _announced,
        },
    )


def _licence_event(event: Event) -> Text:
    year, grade = event.facts.get("year"), event.facts.get("grade")
    if year:
        return Text("%(year)s: %(grade)s", year=year, grade=_grade(grade))
    day = date.fromisoformat(event.facts["on"])
    return Text("On %(day)s", day=day)


def _paper(event: Event) -> Text | str:
    """Which paper was recorded, for several are."""
    value = event.changes.get("type", [None, None])[1]
    kind = next((one for one in LicenceType if one.value == value), None)
    return kind.label if kind else ""


def _grade(value: str | None) -> object:
    return next((grade for grade in AnnualGrade if grade.value == value), value or "")


def _assigned(event: Event) -> str:
    return str(event.facts.get("to", ""))


def _source(event: Event) -> str:
    return str(event.facts.get("source", ""))


def _converted(event: Event) -> Text | str:
    what = next((one for one in ConversionKind if one.value == event.facts.get("what")), None)
    if what is None:
        return ""
    document = event.facts.get("document")
    return Text("%(what)s, %(document)s", what=what, document=document) if document else what.label


def _name(event: Event) -> str:
    """The other record."""
    return str(event.facts.get("name", ""))


def _address(event: Event) -> str:
    return str(event.facts.get("address", ""))


def _ending(event: Event) -> Text:
    """How it stood when the officer was told."""
    until, left = date.fromisoformat(event.facts["until"]), int(event.facts["left"])
    if left < 0:
        return Text("Ended on %(day)s", day=until)
    return Text("Ends on %(day)s, in %(left)s days", day=until, left=left)


def _answered(event: Event) -> Text | str:
    how = next((one for one in WarningAnswer if one.value == event.facts.get("how")), None)
    return how.label if how else ""


def _announced(event: Event) -> Text | str:
    """The last day stands among the changes; what is wrong with it stands here."""
    return Text("Announced less than six months ahead.") if event.facts.get("short") else ""
