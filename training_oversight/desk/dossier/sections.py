"""The dossier as tables of words: the page and the paper say the same."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from training_oversight import clock
from training_oversight.desk.dossier.queries import InstitutionRecords
from training_oversight.enforcement.models import JointTask
from training_oversight.ledger.clocks import SECOND
from training_oversight.ledger.models import ItemLimit, RectificationItem
from training_oversight.ledger.presenting import late_tag, second_time_of
from training_oversight.notices.models import Notice
from training_oversight.notices.presenting import status as notice_status
from training_oversight.publication import presenting as publications
from training_oversight.publication.models import PublicEntry
from training_oversight.registry import presenting
from training_oversight.registry.models import (
    Institution,
    LegalForm,
    Licence,
    LicenceEventKind,
    Venue,
)
from training_oversight.registry.queries import is_unexplained, licence_state
from training_oversight.registry.timeline import timeline
from training_oversight.texts import Text
from training_oversight.web.components import Change, TimelineEntry, Tone
from training_oversight.web.jinja_filters import masked_account, masked_name, masked_phone

Cell = object
EMPTY = (None, "")
COMMA = Text(", ")


@dataclass(frozen=True)
class DossierSection:
    """One table; ``widths`` are relative, 0 is as wide as its words, which are then not broken."""

    key: str
    title: Text
    head: Sequence[Text]
    rows: Sequence[Sequence[Cell]]
    widths: Sequence[int]
    # Places of columns that hold figures.
    figures: Collection[int] = ()


def facts(
    known: InstitutionRecords, kinds: Mapping[str, str], *, today: date
) -> list[tuple[Text, Cell]]:
    """What the register itself says; personal numbers are masked on paper and screen alike.

    What every file has to have is there, too, when it is missing: that is worth reading.
    """
    one, charge = known.institution, known.institution.officer_in_charge
    needed: list[tuple[Text, Cell]] = [
        (Text("Kind"), kinds.get(one.kind_code or "")),
        (Text("Legal form"), one.legal_form),
        (Text("Unified credit code"), one.uscc),
        (Text("State"), _state(one)),
        (Text("Industry department"), _department(one)),
        (Text("Officer in charge"), charge and presenting.charged(charge, today)),
        (Text("Township"), one.division.name),
        (Text("Organiser"), one.organiser),
        (Text("Responsible person"), one.responsible_person),
        (Text("Telephone"), masked_phone(one.phone) if one.phone else None),
        (Text("Who is taught"), _joined(stage.label for stage in presenting.stages(one))),
        (Text("Mode"), one.mode),
        (Text("Number of pupils"), _counted(one.pupils, one.counted_on)),
        (Text("Number of teachers"), _counted(one.staff, one.counted_on)),
        (Text("Number on the national platform"), _platform(one)),
        (Text("Prepaid-fund account"), _account(one)),
    ]
    known_only: list[tuple[Text, Cell]] = [
        (Text("Legal representative"), one.legal_representative),
        (Text("Principal"), one.principal),
        (Text("Registered with"), one.registered_with),
        (Text("Registered address"), one.registered_address),
        (Text("Courses"), one.courses),
        (Text("Former names"), _joined(_former(name) for name in one.former_names)),
        (Text("Also called"), _joined(one.aliases)),
        (Text("Note"), one.note),
    ]
    filled = [(label, Text("Not known") if value in EMPTY else value) for label, value in needed]
    return filled + [(label, value) for label, value in known_only if value not in EMPTY]


def sections(
    known: InstitutionRecords,
    kinds: Mapping[str, str],
    departments: Mapping[int, str],
    *,
    today: date,
) -> list[DossierSection]:
    """Every part of the file, also the empty ones: that there is nothing is worth reading."""
    one = known.institution
    return [
        DossierSection(
            "venues", Text("Venues"),
            [Text("Address"), Text("Premises"), Text("Owned or rented"),
             Text("Owner or landlord"), Text("Lease until"), Text("Area in square metres"),
             Text("Gone since")],
            [_venue(venue, len(one.venues)) for venue, _ in presenting.venues(one)],
            (8, 3, 3, 4, 0, 3, 0), figures=(5,),
        ),
        DossierSection(
            "licences", Text("Licences"),
            [Text("Licence"), Text("Number of the paper"), Text("Issued by"),
             Text("Licensed scope"), Text("Valid until"), Text("State today")],
            [_licence(paper, one.kind_code, today) for paper in one.licences], (5, 0, 4, 4, 0, 0),
        ),
        DossierSection(
            "checks", Text("Licence events and annual checks"),
            [Text("Day"), Text("Licence"), Text("What happened"), Text("Grade"), Text("Note")],
            list(_licence_events(one)), (0, 4, 0, 0, 5),
        ),
        DossierSection(
            "conversions", Text("Conversions"),
            [Text("Day"), Text("Conversion"), Text("Before"), Text("After"), Text("Document")],
            [[c.on_day, c.kind, _shape(c.from_kind_code, c.from_legal_form, kinds),
              _shape(c.to_kind_code, c.to_legal_form, kinds), c.document]
             for c in known.conversions],
            (0, 0, 4, 4, 4),
        ),
        DossierSection(
            "visits", Text("Visits"),
            [Text("Day"), Text("Kind"), Text("State"), Text("Inspectors"), Text("Minutes")],
            [[clock.day_of(v.happened_at), v.kind, v.not_possible or v.state,
              _joined(o.name for o in v.officers), v.minutes] for v in known.visits],
            (0, 0, 0, 3, 6),
        ),
        DossierSection(
            "findings", Text("Findings"),
            [Text("Day"), Text("Problem"), Text("Facts"), Text("State")],
            [[f.found_on, f.title, f.facts, f.state] for f in known.findings], (0, 4, 6, 0),
        ),
        DossierSection(
            "items", Text("Problems on the ledger"),
            [Text("Number"), Text("Problem"), Text("Deadlines"), Text("Re-checks"), Text("State")],
            [_item(item, today) for item in known.items], (0, 4, 4, 4, 3),
        ),
        DossierSection(
            "notices", Text("Notices"),
            [Text("Number"), Text("Notice"), Text("State"), Text("Service")],
            [_notice(notice, known.fulfilled) for notice in known.notices], (0, 4, 0, 4),
        ),
        DossierSection(
            "cases", Text("Joint enforcement"),
            [Text("Number"), Text("State"), Text("Departments and results"), Text("Conclusion")],
            [[c.number, c.state, _joined((_task(t) for t in c.tasks), Text("; ")), c.conclusion]
             for c in known.cases], (0, 0, 6, 4),
        ),
        DossierSection(
            "publications", Text("Publications"),
            [Text("Day"), Text("List"), Text("What the list says"), Text("State made public")],
            [_entry(entry) for entry in known.entries], (0, 5, 5, 3),
        ),
        DossierSection(
            "files", Text("Files"),
            [Text("Name"), Text("Added"), Text("By")],
            [[a.name, clock.day_of(a.added_at), a.added_by_name] for a in known.attachments],
            (6, 0, 0),
        ),
        DossierSection(
            "history", Text("History"),
            [Text("When"), Text("What happened"), Text("Note"), Text("By")],
            [_happened(entry) for entry in timeline(known.events, kinds, departments)],
            (0, 4, 6, 0),
        ),
    ]  # fmt: skip


def _joined(parts: Iterable[Cell], mark: Text | str = COMMA) -> str:
    return str(mark).join(str(part) for part in parts if part)


def _state(one: Institution) -> Cell:
    """The state, and since when, or when it is to end."""
    state = presenting.state_status(one).label
    if one.closed_on is not None:
        return Text("%(state)s on %(day)s", state=state, day=one.closed_on)
    if one.ending_on is not None:
        return Text("%(state)s, to end on %(day)s", state=state, day=one.ending_on)
    if one.ordered_to_stop_on is not None:
        return Text("%(state)s since %(day)s", state=state, day=one.ordered_to_stop_on)
    return state


def _department(one: Institution) -> Cell:
    if one.industry_department is None or not one.department_overridden:
        return one.industry_department and one.industry_department.name
    return Text("%(department)s (decided by hand)", department=one.industry_department.name)


def _counted(number: int | None, on_day: date | None) -> Cell:
    if number is None or on_day is None:
        return number
    return Text("%(number)s (as of %(day)s)", number=number, day=on_day)


def _platform(one: Institution) -> Cell:
    if one.platform_id is None or one.platform_entered_on is None:
        return one.platform_id
    return Text("%(number)s (entered on %(day)s)", number=one.platform_id,
                day=one.platform_entered_on)  # fmt: skip


def _account(one: Institution) -> str:
    number = masked_account(one.fund_account) if one.fund_account else None
    return _joined([one.fund_bank, number], " ")


def _former(name: Mapping[str, Any]) -> Cell:
    until = name.get("until")
    if not until:
        return name["name"]
    return Text("%(name)s (until %(day)s)", name=name["name"], day=date.fromisoformat(until))


def _venue(venue: Venue, count: int) -> list[Cell]:
    address: Cell = venue.address
    if venue.main and count > 1:
        address = Text("%(address)s (main venue)", address=venue.address)
    return [
        address, venue.premises, venue.tenure, masked_name(venue.landlord), venue.lease_until,
        venue.area, venue.ended_on,
    ]  # fmt: skip


def _licence(paper: Licence, kind_code: str | None, today: date) -> list[Cell]:
    kind: Cell = paper.type
    if paper.exception_reason:
        kind = Text("%(paper)s (exception: %(reason)s)", paper=paper.type,
                    reason=paper.exception_reason)  # fmt: skip
    elif is_unexplained(paper, kind_code):
        kind = Text("%(paper)s (exception without a reason)", paper=paper.type)
    return [
        kind, paper.number, paper.issuer, paper.scope, paper.valid_until or Text("No end"),
        licence_state(paper, today),
    ]  # fmt: skip


def _licence_events(one: Institution) -> Iterable[list[Cell]]:
    """Newest first, over all papers."""
    happened = [(event, paper) for paper in one.licences for event in paper.events]
    happened.sort(key=lambda pair: (pair[0].on_day, pair[0].id), reverse=True)
    for event, paper in happened:
        grade: Cell = event.grade
        if event.kind is LicenceEventKind.ANNUAL_CHECK and event.grade is not None:
            grade = Text("%(year)s: %(grade)s", year=event.year, grade=event.grade)
        yield [event.on_day, paper.type, event.kind, grade, event.note]


def _shape(kind: str | None, form: LegalForm | None, kinds: Mapping[str, str]) -> str:
    return _joined([kinds.get(kind or "", ""), form.label if form else ""])


def _limit(limit: ItemLimit) -> Text:
    basis = Text("%(basis)s, provisional", basis=limit.basis) if limit.provisional else limit.basis
    if limit.kind not in SECOND:
        return Text("%(due)s (%(basis)s)", due=limit.due_on, basis=basis)
    return Text("%(due)s (%(kind)s, %(basis)s)", due=limit.due_on, kind=limit.kind, basis=basis)


def _entry(entry: PublicEntry) -> list[Cell]:
    row = publications.row(entry.publication, entry)
    said = row.status
    title = entry.publication.title
    return [entry.publication.published_on, title, row.words, str(said.label) if said else ""]


def _item(item: RectificationItem, today: date) -> list[Cell]:
    limits = (_limit(one) for one in item.limits)
    checks = (
        Text("%(day)s %(verdict)s %(name)s", day=one.verified_on, verdict=one.verdict,
             name=one.verified_by.name)
        for one in item.verifications
    )  # fmt: skip
    closed = item.close_reason and Text(
        "%(state)s %(day)s %(reason)s", state=item.state, day=item.closed_on,
        reason=item.close_reason.label,
    )  # fmt: skip
    return [
        item.number, item.title, _joined(limits, Text("; ")), _joined(checks, Text("; ")),
        closed or _standing(item, today),
    ]  # fmt: skip


def _standing(item: RectificationItem, today: date) -> Cell:
    """The state; of one that is late, by how much and by which clock."""
    shown = (late_tag(item, today), second_time_of(item, today))
    late = [one.label for one in shown if one is not None and one.tone is Tone.RED]
    if not late:
        return item.state
    return Text("%(state)s: %(late)s", state=item.state, late=_joined(late, Text("; ")))


def _notice(notice: Notice, fulfilled: Collection[int]) -> list[Cell]:
    services = (
        Text("%(day)s %(method)s", day=clock.day_of(one.attempted_at), method=one.method)
        for one in notice.services
        if one.succeeded
    )
    state = notice_status(notice, fulfilled=notice.id in fulfilled).label
    return [notice.number, notice.type.label, state, _joined(services, Text("; "))]


def _happened(entry: TimelineEntry) -> list[Cell]:
    day = clock.day_of(entry.at) if isinstance(entry.at, datetime) else entry.at
    # A whole sentence goes on after a semicolon here.
    said = str(entry.sentence or "").rstrip("。.")
    parts = (said, *map(_changed, entry.changes), entry.note)
    return [day, entry.label, _joined(parts, Text("; ")), entry.person]


def _changed(change: Change) -> Text:
    """A fact before and after; of one that is protected, that it changed."""
    if change.before is None and change.after is None:
        return Text("%(what)s changed", what=change.what)
    if not change.before:
        return Text("%(what)s: %(after)s", what=change.what, after=change.after)
    return Text("%(what)s: %(before)s → %(after)s", what=change.what,
                before=change.before, after=change.after or Text("empty"))  # fmt: skip


def _task(task: JointTask) -> Text:
    return Text(
        "%(department)s %(state)s %(result)s", department=task.department.name, state=task.state,
        result=task.result,
    )  # fmt: skip
