"""How institutions and their papers look on pages: words, shapes, gaps."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from training_oversight.accounts.models import Officer
from training_oversight.registry import queries
from training_oversight.registry.fields import PLACES, Field, Kind, arranged
from training_oversight.registry.models import (
    AnnualGrade,
    Conversion,
    Institution,
    LegalForm,
    Licence,
    LicenceState,
    Stage,
    Venue,
)
from training_oversight.registry.suggestion import Problems
from training_oversight.registry.workflow import InstitutionState
from training_oversight.texts import Counted, LabelledEnum, Text
from training_oversight.web.components import Shape, Status, Tone
from training_oversight.web.jinja_filters import masked_account, masked_name, masked_phone

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
# What a reader of an institution asks for first, on its page and in the whole file. Each leaves
# out what it has in another place; all other fields follow as they are declared.
FACTS_FIRST = (
    *("kind_code", "legal_form", "uscc", "industry_department_id", "officer_in_charge_id"),
    *("division_id", "organiser", "responsible_person", "phone", "legal_representative"),
    *("principal", "stages", "pupils", "staff", "courses", "mode", "platform_id", "fund_account"),
    *("registered_with", "registered_address", "former_names", "aliases"),
)
# From when on the last days of a licence are said with a stronger sign.
CLOSE = timedelta(days=30)
MOST_YEARS = 8
UNLICENSED = Status(Shape.OVERDUE, Text("Unlicensed"), Tone.RED)
# No permit is on file, and nobody has confirmed that there is none.
UNRECORDED = Status(None, Text("Permit not recorded"), Tone.GREY)


# What is protected, as everybody may see it.
MASKS: Mapping[Kind, Callable[[str], str]] = {
    Kind.PHONE: masked_phone,
    Kind.ACCOUNT: masked_account,
    Kind.PERSON: masked_name,
}


def masked(field: Field, value: str | None) -> str:
    return MASKS[field.kind](value) if value else ""


def state_status(institution: Institution) -> Status:
    """The state; of a closed one, how it ended."""
    shape, tone = STATE_LOOKS[institution.state]
    label = institution.closing_kind or institution.state
    return Status(shape, label.label, tone)


def licence_status(licence: Licence, today: date) -> Status:
    return _worth(queries.licence_state(licence, today), licence.valid_until, today)


def licence_status_on(licence: Licence, day: date) -> Status:
    """The same for any day, from the events of the paper."""
    return _worth(queries.licence_state_on(licence, day), queries.valid_until_on(licence, day), day)


def _worth(state: LicenceState, until: date | None, day: date) -> Status:
    """The state in a word; of a paper that runs out, the days that are left."""
    shape, tone = LICENCE_LOOKS[state]
    if state is not LicenceState.EXPIRING or until is None:
        return Status(shape, state.label, tone)
    left = (until - day).days
    words = (
        Counted("Ends in %(days)s day", "Ends in %(days)s days", days=left)
        if left
        else Text("Ends today")
    )
    return Status(Shape.OVERDUE if left <= CLOSE.days else shape, words, tone)


def permit_status(institution: Institution, today: date) -> Status:
    """Licensed or not, as the list says it in one word."""
    paper = queries.training_licence(institution, today)
    return licence_status(paper, today) if paper else _without_paper(institution)


def _without_paper(institution: Institution) -> Status:
    return UNLICENSED if queries.is_unlicensed(institution) else UNRECORDED


def permit_note(institution: Institution, today: date) -> Text | None:
    """The second line under it: until when, or which paper there is instead."""
    paper = queries.training_licence(institution, today)
    if paper is None:
        if queries.is_unlicensed(institution):
            return Text("Confirmed on %(day)s", day=institution.unlicensed_on)
        registered = queries.is_registered(institution, today)
        return Text("Has a business licence") if registered else None
    if paper.ended_on is not None:
        return Text("On %(day)s", day=paper.ended_on)
    return Text("Until %(day)s", day=paper.valid_until) if paper.valid_until else None


def permit_tag(institution: Institution, today: date) -> Status | None:
    """The same in the title line, with the days that are left; nothing while all is well."""
    paper = queries.training_licence(institution, today)
    if paper is None:
        return _without_paper(institution)
    status = licence_status(paper, today)
    state = queries.licence_state(paper, today)
    if state is LicenceState.VALID:
        return None
    return Status(status.shape, Text("Permit: %(state)s", state=status.label), status.tone)


def problems_tag(problems: Problems) -> Status | None:
    """How much is open, in the title line; red once something of it is overdue."""
    if problems.overdue:
        words = Text(
            "%(open)s open problems, %(late)s overdue", open=problems.open, late=problems.overdue
        )
        return Status(Shape.OVERDUE, words, Tone.RED)
    if problems.open:
        return Status(
            Shape.UNDER_WAY,
            Counted("%(count)s open problem", "%(count)s open problems", count=problems.open),
        )
    return None


def annual_tag(institution: Institution) -> Status | None:
    """A failed or missed annual check is said in the title line until the next is passed."""
    check = next(iter(queries.checks_by_year(institution).values()), None)
    if check is None or check.grade not in queries.OWING:
        return None
    words = Text("Annual check %(year)s: %(grade)s", year=check.year, grade=check.grade)
    failed = check.grade is AnnualGrade.FAILED
    return Status(
        Shape.OVERDUE if failed else Shape.SOON, words, Tone.RED if failed else Tone.AMBER
    )


def charged(officer: Officer | None, today: date) -> Text | str:
    """Who is in charge, and whether they are still there."""
    if officer is None:
        return Text("Nobody yet")
    if officer.works_on(today):
        return officer.name
    return Text("%(name)s (has left)", name=officer.name)


def stages(institution: Institution) -> list[Stage]:
    return [stage for stage in Stage if stage.value in institution.stages]


def size(institution: Institution) -> list[Text]:
    """As much as is known of how big it is."""
    venue = institution.main_venue
    known = (
        (
            institution.pupils,
            Counted("%(count)s pupil", "%(count)s pupils", count=institution.pupils),
        ),
        (
            institution.staff,
            Counted("%(count)s teacher", "%(count)s teachers", count=institution.staff),
        ),
        (venue and venue.area, Text("%(area)s m²", area=venue and venue.area)),
    )
    return [words for figure, words in known if figure is not None]


def venues(institution: Institution) -> list[tuple[Venue, list[Text]]]:
    """Where it teaches, the main place first and former ones last, with what is known of each."""
    order = sorted(institution.venues, key=lambda one: (one.ended_on is not None, not one.main))
    return [(one, _venue_notes(one)) for one in order]


# What stands elsewhere in the line of a place.
NOT_NOTED = (Kind.ADDRESS, Kind.LATITUDE, Kind.LONGITUDE)


def _venue_notes(venue: Venue) -> list[Text]:
    noted = [
        place_note(one, getattr(venue, one.column))
        for one in arranged(PLACES, ("premises", "tenure", "lease_until"))
        if one.kind not in NOT_NOTED and not one.protected
    ]
    known = (
        (venue.position_source, Text("position: %(source)s", source=venue.position_source)),
        (venue.ended_on, Text("given up on %(day)s", day=venue.ended_on)),
    )
    return [one for one in noted if one] + [words for value, words in known if value is not None]


def place_note(field: Field, value: object) -> Text | None:
    """What is known of a place, in a few words; of a choice the word alone."""
    if value is None:
        return None
    if isinstance(value, LabelledEnum):
        return value.label
    match field.kind:
        case Kind.LAST_DAY:
            return Text("until %(day)s", day=value)
        case Kind.AREA:
            return Text("%(area)s m²", area=value)
    return Text("%(what)s: %(after)s", what=field.label, after=value)


def annual_grid(institution: Institution, today: date) -> list[tuple[int, AnnualGrade | None]]:
    """Year and grade from the first year that is known to the last that has ended."""
    checks = queries.checks_by_year(institution)
    if not checks:
        return []
    years = range(max(today.year - 1, *checks), min(checks) - 1, -1)
    return [(year, checks[year].grade if year in checks else None) for year in years][:MOST_YEARS]


@dataclass(frozen=True)
class ConversionLine:
    """A conversion in words: from what to what."""

    conversion: Conversion
    before: str
    after: str


def conversion_lines(found: Sequence[Conversion], kinds: Mapping[str, str]) -> list[ConversionLine]:
    return [
        ConversionLine(
            one,
            _as_it_was(one.from_kind_code, one.from_legal_form, kinds),
            _as_it_was(one.to_kind_code, one.to_legal_form, kinds),
        )
        for one in found
    ]


def _as_it_was(kind: str | None, form: LegalForm | None, kinds: Mapping[str, str]) -> str:
    parts = (kinds.get(kind or "", kind or ""), str(form.label) if form else "")
    return "·".join(part for part in parts if part) or str(Text("Not known"))
