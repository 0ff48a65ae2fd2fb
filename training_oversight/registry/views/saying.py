"""How institutions and their papers look on pages: words, shapes, suggestions."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from training_oversight.audit.models import Event
from training_oversight.audit.timeline import Saying, entries
from training_oversight.registry import queries
from training_oversight.registry.models import (
    AnnualGrade,
    ClosingKind,
    Institution,
    LegalForm,
    Licence,
    LicenceEventKind,
    LicenceState,
    LicenceType,
    Mode,
    Premises,
    Stage,
    Tenure,
)
from training_oversight.registry.workflow import InstitutionState
from training_oversight.texts import Text
from training_oversight.web.components import Shape, Status, TimelineEntry, Tone

LICENCE_LOOKS: Mapping[LicenceState, tuple[Shape, Tone]] = {
    LicenceState.NOT_YET: (Shape.NOT_BEGUN, Tone.GREY),
    LicenceState.VALID: (Shape.DONE, Tone.GREEN),
    LicenceState.EXPIRING: (Shape.SOON, Tone.AMBER),
    LicenceState.EXPIRED: (Shape.OVERDUE, Tone.RED),
    LicenceState.SUSPENDED: (Shape.SOON, Tone.AMBER),
    LicenceState.REVOKED: (Shape.ENDED, Tone.RED),
    LicenceState.CANCELLED: (Shape.ENDED, Tone.GREY),
}
STATE_LOOKS: Mapping[InstitutionState, tuple[Shape | None, Tone]] = {
    InstitutionState.OPERATING: (None, Tone.INK),
    InstitutionState.ORDERED_TO_STOP: (Shape.ENDED, Tone.RED),
    InstitutionState.ENDING: (Shape.SOON, Tone.AMBER),
    InstitutionState.CLOSED: (Shape.ENDED, Tone.GREY),
}
UNLICENSED = Status(Shape.OVERDUE, Text("Unlicensed"), Tone.RED)

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
    "number": Text("Number of the paper"),
    "issuer": Text("Issued by"),
    "scope": Text("Licensed scope"),
    "issued_on": Text("Issued on"),
    "valid_from": Text("Valid from"),
    "valid_until": Text("Valid until"),
    "exception_reason": Text("Why this permit exists"),
    "ending_on": Text("Last day"),
    "closed_on": Text("Since what day"),
    "closing_kind": Text("How it ended"),
}


def state_status(institution: Institution) -> Status:
    """The state; of a closed one, how it ended."""
    shape, tone = STATE_LOOKS[institution.state]
    label = institution.closing_kind or institution.state
    return Status(shape, label.label, tone)


def licence_status(licence: Licence, today: date) -> Status:
    state = queries.licence_state(licence, today)
    shape, tone = LICENCE_LOOKS[state]
    return Status(shape, state.label, tone)


def standing(institution: Institution, today: date) -> Status:
    """Licensed or not, as the list says it in one word."""
    paper = queries.training_licence(institution, today)
    return licence_status(paper, today) if paper else UNLICENSED


def standing_note(institution: Institution, today: date) -> Text | None:
    """The second line under it: until when, or which paper there is instead."""
    paper = queries.training_licence(institution, today)
    if paper is None:
        registered = queries.is_registered(institution, today)
        return Text("Has a business licence") if registered else None
    if paper.ended_on is not None:
        return Text("On %(day)s", day=paper.ended_on)
    return Text("Until %(day)s", day=paper.valid_until) if paper.valid_until else None


def standing_tag(institution: Institution, today: date) -> Status | None:
    """The same in the title line, with the days that are left; nothing while all is well."""
    paper = queries.training_licence(institution, today)
    if paper is None:
        return UNLICENSED
    status = licence_status(paper, today)
    state = queries.licence_state(paper, today)
    if state is LicenceState.EXPIRING and paper.valid_until:
        left = Text("Licence ends in %(days)s days", days=(paper.valid_until - today).days)
        return Status(status.shape, left, status.tone)
    if state is LicenceState.VALID:
        return None
    return Status(status.shape, Text("Licence: %(state)s", state=state.label), status.tone)


def suggestion(institution: Institution, today: date) -> tuple[Text, Text]:
    """(what the rule of thumb suggests, why). Never applied by itself."""
    if queries.is_licensed(institution, today):
        return (
            Text("Licensed: problems are put right by a date; what is not goes further."),
            Text("A permit stands today."),
        )
    if queries.is_registered(institution, today):
        return (
            Text("No training of pupils; apply for a permit, or keep to the registered scope."),
            Text("A business licence stands today, a permit does not."),
        )
    return (
        Text("Stop and settle the pupils, or guide it to both papers where it qualifies."),
        Text("Neither a permit nor a business licence stands today."),
    )


def gaps(institution: Institution) -> list[Text]:
    """What the file still lacks. Nothing is refused for it; the list is for filling in."""
    venue = institution.main_venue
    lacking = (
        (institution.kind_code is None, Text("Kind not known")),
        (institution.industry_department_id is None, Text("Industry department not settled")),
        (institution.officer_in_charge_id is None, Text("Nobody is in charge")),
        (_owes_code(institution), Text("No credit code")),
        (institution.responsible_person is None, Text("No responsible person")),
        (institution.phone is None, Text("No telephone number")),
        (venue is None or not venue.address, Text("No address")),
        (venue is None or venue.latitude is None, Text("No position of the venue")),
        (institution.platform_id is None, Text("No number on the national platform")),
        (institution.fund_account is None, Text("No prepaid-fund account")),
    )
    return [words for missing, words in lacking if missing]


def _owes_code(institution: Institution) -> bool:
    return institution.uscc is None and institution.legal_form not in (
        None,
        LegalForm.UNREGISTERED,
    )


def stages(institution: Institution) -> list[Stage]:
    return [stage for stage in Stage if stage.value in institution.stages]


def size(institution: Institution) -> list[Text]:
    """As much as is known of how big it is."""
    venue = institution.main_venue
    known = (
        (institution.pupils, Text("%(count)s pupils", count=institution.pupils)),
        (institution.staff, Text("%(count)s teachers", count=institution.staff)),
        (venue and venue.area, Text("%(area)s m²", area=venue and venue.area)),
    )
    return [words for figure, words in known if figure is not None]


def annual_checks(institution: Institution) -> list[Text]:
    """Year and grade of every annual check, newest first."""
    checks = [
        happened
        for licence in institution.licences
        for happened in licence.events
        if happened.kind is LicenceEventKind.ANNUAL_CHECK and happened.grade is not None
    ]
    newest = sorted(checks, key=lambda check: (check.year or 0, check.id), reverse=True)
    return [
        Text("%(year)s: %(grade)s", year=check.year, grade=check.grade)
        for check in newest
        if check.grade is not None
    ]


def timeline(events: list[Event], kinds: Mapping[str, str]) -> list[TimelineEntry]:
    values: dict[str, Saying] = {
        "kind_code": kinds,
        "legal_form": LegalForm,
        "mode": Mode,
        "premises": Premises,
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
            "institution.order_stop": _source,
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
