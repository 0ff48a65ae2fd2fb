"""The columns that the list of institutions can show, and which of them it shows now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from training_oversight.accounts.models import Officer
from training_oversight.database import current_session
from training_oversight.registry import presenting, queries
from training_oversight.registry.listing import LISTING
from training_oversight.registry.models import Institution
from training_oversight.texts import Text
from training_oversight.web import shown_columns
from training_oversight.web.components import Cell
from training_oversight.web.contributions import Step
from training_oversight.web.jinja_filters import masked_phone
from training_oversight.web.shown_columns import ShownColumn

NAME, ADDRESS = "name", "address"
NOT_SETTLED = Cell(Text("Not settled"), quiet=True)
NOBODY_YET = Cell(Text("Nobody yet"), quiet=True)
ME = Cell(Text("Me"), me=True)


@dataclass(frozen=True)
class InstitutionRow:
    """One institution with what its cells are made of."""

    institution: Institution
    kind: str | Text
    step: Step | None
    officer: Officer
    today: date


Shown = ShownColumn[InstitutionRow, Officer]


def _words(value: object, note: object = "") -> Cell:
    return Cell("" if value is None else value, "" if note is None else note)


def _place(row: InstitutionRow) -> Cell:
    venue = row.institution.main_venue
    return _words(venue and venue.address, venue and venue.premises)


def _stages(row: InstitutionRow) -> Cell:
    taught = presenting.stages(row.institution)
    return Cell(str(Text(", ")).join(str(one.label) for one in taught))


def _permit(row: InstitutionRow) -> Cell:
    one, today = row.institution, row.today
    return Cell(
        status=presenting.permit_status(one, today), note=presenting.permit_note(one, today) or ""
    )


def _number(row: InstitutionRow) -> Cell:
    paper = queries.training_licence(row.institution, row.today)
    return _words(paper and paper.number, paper and paper.issuer)


def _department(row: InstitutionRow) -> Cell:
    office = row.institution.industry_department
    return Cell(office.name) if office else NOT_SETTLED


def _in_charge(row: InstitutionRow) -> Cell:
    charge = row.institution.officer_in_charge
    if charge is None:
        return NOBODY_YET
    return ME if charge.id == row.officer.id else Cell(charge.name)


def _step(row: InstitutionRow) -> Cell:
    step = row.step
    if step is None:
        return Cell()
    return Cell(step.label, Text("Me") if step.mine else step.who, url=step.url, me=step.mine)


# In the order of the county's list; what follows from the records comes after its columns.
OWN: tuple[Shown, ...] = (
    ShownColumn(NAME, Text("Name"), 0, "", "s-title", sort="name"),
    ShownColumn("kind", Text("Kind"), 10, cell=lambda row: Cell(row.kind)),
    ShownColumn(
        "township", Text("Township"), 20, cell=lambda row: Cell(row.institution.division.name)
    ),
    ShownColumn(ADDRESS, Text("Address of the venue"), 30, "w-240", cell=_place),
    ShownColumn(
        "uscc", Text("Credit code"), 40, "w-184", cell=lambda row: _words(row.institution.uscc)
    ),
    ShownColumn("number", Text("Licence number"), 50, "w-184", cell=_number),
    ShownColumn("permit", Text("Permit"), 60, "w-152", "s-right", sort="licence", cell=_permit),
    ShownColumn(
        *("form", Text("Legal form"), 70),
        cell=lambda row: _words(row.institution.legal_form),
    ),
    ShownColumn("stages", Text("Who is taught"), 80, "w-136", cell=_stages),
    ShownColumn("mode", Text("Mode"), 90, cell=lambda row: _words(row.institution.mode)),
    ShownColumn(
        *("person", Text("Responsible person"), 100),
        cell=lambda row: _words(row.institution.responsible_person),
    ),
    ShownColumn(
        *("phone", Text("Telephone"), 110, "w-120"),
        cell=lambda row: Cell(masked_phone(row.institution.phone)),
    ),
    ShownColumn(
        *("pupils", Text("Number of pupils"), 120, "w-88"),
        right=True,
        cell=lambda row: _words(row.institution.pupils),
    ),
    ShownColumn(
        *("staff", Text("Number of teachers"), 130, "w-88"),
        right=True,
        cell=lambda row: _words(row.institution.staff),
    ),
    ShownColumn(
        *("platform", Text("Number on the national platform"), 140, "w-136"),
        cell=lambda row: _words(row.institution.platform_id, row.institution.platform_entered_on),
    ),
    ShownColumn("department", Text("Industry department"), 150, "w-136", "low", cell=_department),
    ShownColumn("officer", Text("Officer in charge"), 160, cell=_in_charge),
    ShownColumn(
        *("state", Text("State"), 900, "w-112", "s-left"),
        cell=lambda row: Cell(status=presenting.state_status(row.institution)),
    ),
    ShownColumn("step", Text("Next step, and whose"), 910, "w-152", "s-end", cell=_step),
)
USUAL = (NAME, "permit", "department", "officer", "state", "step")
# What the first column needs on the narrowest desk.
NARROWEST_NAME = 200
# Which column offers an order that upper areas know the words of.
SORTED = {"visited": "visited"}


def offered(officer: Officer) -> list[Shown]:
    return shown_columns.offered(LISTING, OWN, officer, SORTED)


def chosen(officer: Officer, asked: str) -> list[Shown]:
    return shown_columns.chosen(offered(officer), asked, USUAL)


def cells(
    shown: Sequence[Shown], rows: Sequence[InstitutionRow], officer: Officer, today: date
) -> Mapping[int, Mapping[str, Cell]]:
    by_key = {row.institution.id: row for row in rows}
    return shown_columns.cells(current_session(), shown, by_key, officer, today)
