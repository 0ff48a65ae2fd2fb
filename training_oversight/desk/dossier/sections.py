"""The dossier as tables of words: the page and the paper say the same."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from training_oversight import clock
from training_oversight.desk.dossier.facts import Cell, joined
from training_oversight.desk.dossier.queries import InstitutionRecords
from training_oversight.enforcement.models import JointTask
from training_oversight.files.addresses import belongs_to
from training_oversight.ledger.clocks import SECOND
from training_oversight.ledger.models import ItemLimit, RectificationItem
from training_oversight.ledger.presenting import late_tag, second_time_of
from training_oversight.notices.models import Notice
from training_oversight.notices.presenting import status as notice_status
from training_oversight.publication import presenting as publications
from training_oversight.publication.models import PublicEntry
from training_oversight.registry import presenting
from training_oversight.registry.fields import PLACES, Field, Kind, arranged
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

# Of a place; where it lies on the map no paper shows.
PLACE = [
    one
    for one in arranged(PLACES, ("address", "premises", "tenure", "landlord", "lease_until"))
    if one.kind not in (Kind.LATITUDE, Kind.LONGITUDE)
]
WIDTHS = {Kind.ADDRESS: 8, Kind.PERSON: 4, Kind.DAY: 0, Kind.LAST_DAY: 0}
FIGURES = (Kind.COUNT, Kind.AREA)


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
            "venues", Text("Venues"), [*map(_head, PLACE), Text("Gone since")],
            [_venue(venue, len(one.venues)) for venue, _ in presenting.venues(one)],
            (*(WIDTHS.get(one.kind, 3) for one in PLACE), 0),
            figures=[place for place, one in enumerate(PLACE) if one.kind in FIGURES],
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
              joined(o.name for o in v.officers), v.minutes] for v in known.visits],
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
            [[c.number, c.state, joined((_task(t) for t in c.tasks), Text("; ")), c.conclusion]
             for c in known.cases], (0, 0, 6, 4),
        ),
        DossierSection(
            "publications", Text("Publications"),
            [Text("Day"), Text("List"), Text("What the list says"), Text("State made public")],
            [_entry(entry) for entry in known.entries], (0, 5, 5, 3),
        ),
        DossierSection(
            "files", Text("Files"),
            [Text("Name"), Text("Belongs to"), Text("Added"), Text("By")],
            [[a.name, belongs_to(a), clock.day_of(a.added_at), a.added_by_name]
             for a in known.attachments],
            (6, 3, 0, 0),
        ),
        DossierSection(
            "history", Text("History"),
            [Text("When"), Text("What happened"), Text("Note"), Text("By")],
            [_happened(entry) for entry in timeline(known.events, kinds, departments)],
            (0, 4, 6, 0),
        ),
    ]  # fmt: skip


def _head(field: Field) -> Text:
    """Under the title of the table it goes without saying whose address it is."""
    return Text("Address") if field.kind is Kind.ADDRESS else field.label


def _venue(venue: Venue, count: int) -> list[Cell]:
    return [*(_of_place(one, venue, count) for one in PLACE), venue.ended_on]


def _of_place(field: Field, venue: Venue, count: int) -> Cell:
    value = getattr(venue, field.column)
    if field.kind is Kind.ADDRESS and venue.main and count > 1:
        return Text("%(address)s (main venue)", address=value)
    return presenting.masked(field, value) if field.protected else value


def _licence(paper: Licence, kind_code: str | None, today: date) -> list[Cell]:
    kind: Cell = paper.type
    if paper.exception_reason:
        kind = Text("%(paper)s (exception: %(reason)s)", paper=paper.type,
                    reason=paper.exception_reason)  # fmt: skip
    elif is_unexplained(paper, kind_code):
        kind = Text("%(paper)s (exception without a reason)", paper=paper.type)
    return [
        kind, paper.number, paper.issuer, paper.scope,
        paper.valid_until or Text("Not on record, or without end"),
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
    return joined([kinds.get(kind or "", ""), form.label if form else ""])


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
        item.number, item.title, joined(limits, Text("; ")), joined(checks, Text("; ")),
        closed or _standing(item, today),
    ]  # fmt: skip


def _standing(item: RectificationItem, today: date) -> Cell:
    """The state; of one that is late, by how much and by which clock."""
    shown = (late_tag(item, today), second_time_of(item, today))
    late = [one.label for one in shown if one is not None and one.tone is Tone.RED]
    if not late:
        return item.state
    return Text("%(state)s: %(late)s", state=item.state, late=joined(late, Text("; ")))


def _notice(notice: Notice, fulfilled: Collection[int]) -> list[Cell]:
    services = (
        Text("%(day)s %(method)s", day=clock.day_of(one.attempted_at), method=one.method)
        for one in notice.services
        if one.succeeded
    )
    state = notice_status(notice, fulfilled=notice.id in fulfilled).label
    return [notice.number, notice.type.label, state, joined(services, Text("; "))]


def _happened(entry: TimelineEntry) -> list[Cell]:
    day = clock.day_of(entry.at) if isinstance(entry.at, datetime) else entry.at
    # A whole sentence goes on after a semicolon here.
    said = str(entry.sentence or "").rstrip("。.")
    parts = (said, *map(_changed, entry.changes), entry.note)
    return [day, entry.label, joined(parts, Text("; ")), entry.person]


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
