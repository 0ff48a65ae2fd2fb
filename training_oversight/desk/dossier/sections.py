"""The dossier as tables of words: the page and the paper say the same."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from training_oversight import clock
from training_oversight.desk.dossier.queries import Known
from training_oversight.ledger.models import RectificationItem
from training_oversight.notices.models import Notice
from training_oversight.registry.models import Institution, Licence, LicenceEventKind, Stage, Venue
from training_oversight.registry.queries import licence_state
from training_oversight.registry.views.timeline import timeline
from training_oversight.texts import Text
from training_oversight.web.components import TimelineEntry
from training_oversight.web.display import masked_phone

Cell = Any


@dataclass(frozen=True)
class Section:
    """One table; ``widths`` are relative, for the paper."""

    key: str
    title: Text
    head: Sequence[Text]
    rows: Sequence[Sequence[Cell]]
    widths: Sequence[int]


def facts(known: Known, kinds: Mapping[str, str]) -> list[tuple[Text, Cell]]:
    """What the register itself says; personal numbers are masked on paper and screen alike."""
    one = known.institution
    stages = [stage.label for stage in Stage if stage.value in one.stages]
    pairs: list[tuple[Text, Cell]] = [
        (Text("Kind"), kinds.get(one.kind_code or "")),
        (Text("Legal form"), one.legal_form),
        (Text("Unified credit code"), one.uscc),
        (Text("State"), one.closing_kind or one.state),
        (Text("Industry department"), one.industry_department and one.industry_department.name),
        (Text("Officer in charge"), one.officer_in_charge and one.officer_in_charge.name),
        (Text("Township"), one.division.name),
        (Text("Responsible person"), one.responsible_person),
        (Text("Telephone"), masked_phone(one.phone) if one.phone else None),
        (Text("Legal representative"), one.legal_representative),
        (Text("Principal"), one.principal),
        (Text("Organiser"), one.organiser),
        (Text("Registered address"), one.registered_address),
        (Text("Registered with"), one.registered_with),
        (Text("Who is taught"), _joined(stages)),
        (Text("Courses"), one.courses),
        (Text("Mode"), one.mode),
        (Text("Number of pupils"), one.pupils),
        (Text("Number of teachers"), one.staff),
        (Text("Number on the national platform"), one.platform_id),
        (Text("Supervised account for prepaid fees"), one.fund_bank),
        (Text("Former names"), _joined(name["name"] for name in one.former_names)),
        (Text("Also called"), _joined(one.aliases)),
        (Text("Note"), one.note),
    ]
    return [(label, value) for label, value in pairs if value not in (None, "")]


def sections(
    known: Known, kinds: Mapping[str, str], departments: Mapping[int, str], *, today: date
) -> list[Section]:
    """Every part of the file, also the empty ones: that there is nothing is worth reading."""
    one = known.institution
    return [
        Section(
            "venues", Text("Venues"),
            [Text("Address"), Text("Premises"), Text("Area in square metres"), Text("Until")],
            [_venue(venue) for venue in one.venues], (8, 3, 2, 3),
        ),
        Section(
            "licences", Text("Licences"),
            [Text("Licence"), Text("Number of the paper"), Text("Issued by"), Text("Valid until"),
             Text("State today")],
            [_licence(paper, today) for paper in one.licences], (4, 4, 3, 3, 2),
        ),
        Section(
            "checks", Text("Licence events and annual checks"),
            [Text("Day"), Text("What happened"), Text("Grade"), Text("Note")],
            list(_licence_events(one)), (2, 3, 3, 5),
        ),
        Section(
            "conversions", Text("Conversions"),
            [Text("Day"), Text("What happened"), Text("From"), Text("To")],
            [[c.on_day, c.kind, _shape(c.from_kind_code, c.from_legal_form, kinds),
              _shape(c.to_kind_code, c.to_legal_form, kinds)] for c in known.conversions],
            (2, 3, 4, 4),
        ),
        Section(
            "visits", Text("Inspections"),
            [Text("Day"), Text("Kind"), Text("State"), Text("Officers"), Text("Minutes")],
            [[clock.day_of(v.happened_at), v.kind, v.not_possible or v.state,
              _joined(o.name for o in v.officers), v.minutes] for v in known.visits],
            (2, 2, 2, 3, 6),
        ),
        Section(
            "findings", Text("Findings"),
            [Text("Day"), Text("Problem"), Text("Facts"), Text("State")],
            [[f.found_on, f.title, f.facts, f.state] for f in known.findings], (2, 4, 6, 2),
        ),
        Section(
            "items", Text("Problems on the ledger"),
            [Text("Number"), Text("Problem"), Text("Deadlines"), Text("Re-checks"), Text("State")],
            [_item(item) for item in known.items], (2, 4, 4, 4, 3),
        ),
        Section(
            "notices", Text("Notices"),
            [Text("Number"), Text("Notice"), Text("State"), Text("Service")],
            [_notice(notice) for notice in known.notices], (4, 4, 2, 4),
        ),
        Section(
            "cases", Text("Joint enforcement"),
            [Text("Number"), Text("State"), Text("Departments and results"), Text("Conclusion")],
            [[c.number, c.state, _joined((_task(t) for t in c.tasks), Text("; ")), c.conclusion]
             for c in known.cases], (2, 2, 6, 4),
        ),
        Section(
            "publications", Text("Publications"),
            [Text("Day"), Text("List"), Text("Problem"), Text("State made public")],
            [[e.publication.published_on, e.publication.title, e.problem, e.status]
             for e in known.entries], (2, 5, 5, 3),
        ),
        Section(
            "files", Text("Files"),
            [Text("Name"), Text("Added"), Text("By")],
            [[a.name, clock.day_of(a.added_at), a.added_by_name] for a in known.attachments],
            (6, 2, 2),
        ),
        Section(
            "history", Text("History"),
            [Text("When"), Text("What happened"), Text("Note"), Text("By")],
            [_happened(entry) for entry in timeline(known.events, kinds, departments)],
            (3, 4, 6, 2),
        ),
    ]  # fmt: skip


def _joined(parts: Iterable[Cell], mark: Text | str = "、") -> str:
    return str(mark).join(str(part) for part in parts if part)


def _venue(venue: Venue) -> list[Cell]:
    return [venue.address, venue.premises, venue.area, venue.ended_on]


def _licence(paper: Licence, today: date) -> list[Cell]:
    return [
        paper.type, paper.number, paper.issuer, paper.valid_until or Text("No end"),
        licence_state(paper, today),
    ]  # fmt: skip


def _licence_events(one: Institution) -> Iterable[list[Cell]]:
    for paper in one.licences:
        for happened in paper.events:
            grade: Cell = happened.grade
            if happened.kind is LicenceEventKind.ANNUAL_CHECK and happened.grade is not None:
                grade = Text("%(year)s: %(grade)s", year=happened.year, grade=happened.grade)
            yield [happened.on_day, happened.kind, grade, happened.note]


def _shape(kind: str | None, form: Any, kinds: Mapping[str, str]) -> str:
    return _joined([kinds.get(kind or "", ""), form.label if form else ""])


def _item(item: RectificationItem) -> list[Cell]:
    limits = (Text("%(due)s (%(basis)s)", due=one.due_on, basis=one.basis) for one in item.limits)
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
        closed or item.state,
    ]  # fmt: skip


def _notice(notice: Notice) -> list[Cell]:
    services = (
        Text("%(day)s %(method)s", day=clock.day_of(one.attempted_at), method=one.method)
        for one in notice.services
        if one.succeeded
    )
    return [notice.number, notice.type.label, notice.state, _joined(services, Text("; "))]


def _happened(entry: TimelineEntry) -> list[Cell]:
    day = clock.day_of(entry.at) if isinstance(entry.at, datetime) else entry.at
    return [day, entry.label, _joined((entry.sentence, entry.note), Text("; ")), entry.person]


def _task(task: Any) -> Text:
    return Text(
        "%(department)s %(state)s %(result)s", department=task.department.name, state=task.state,
        result=task.result,
    )  # fmt: skip
