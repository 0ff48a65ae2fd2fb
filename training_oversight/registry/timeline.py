"""What happened to an institution, its venues and its papers, in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from training_oversight.audit.models import Event
from training_oversight.audit.timeline import Saying, entries
from training_oversight.registry.fields import ALL, Kind
from training_oversight.registry.models import (
    AnnualGrade,
    ClosingKind,
    ConversionKind,
    LicenceEventKind,
    LicenceType,
    PositionSource,
)
from training_oversight.registry.service import WarningAnswer
from training_oversight.texts import Text
from training_oversight.web.components import TimelineEntry

# Kept as keys and lists that no reader knows; other steps tell of them in words.
UNTOLD = (Kind.ALIASES, Kind.FORMER_NAMES, Kind.STAGES, Kind.TOWNSHIP, Kind.OFFICER)
LABELS: Mapping[str, Text] = {
    **{one.column: one.label for one in ALL if one.kind not in UNTOLD},
    "department_overridden": Text("Another department than that of the kind"),
    "position_source": Text("Source of the position"),
    "position_accuracy": Text("Accuracy in metres"),
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
        "position_source": PositionSource,
        "closing_kind": ClosingKind,
        **{one.column: one.choices for one in ALL if one.choices},
    }
    sentences = {kind.value: _licence_event for kind in LicenceEventKind}
    return entries(
        events,
        labels=LABELS,
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
