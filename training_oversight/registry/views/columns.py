"""The columns that the list of institutions can show, and which of them it shows now."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from training_oversight.accounts.models import Officer
from training_oversight.database import current_session
from training_oversight.registry import presenting, queries
from training_oversight.registry.listing import LISTING
from training_oversight.registry.models import Institution
from training_oversight.texts import Text
from training_oversight.web.components import Cell
from training_oversight.web.contributions import Step, contributions
from training_oversight.web.jinja_filters import masked_phone
from training_oversight.web.listings import Column

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


@dataclass(frozen=True)
class ShownColumn:
    """A column as the head and the cells of the table need it."""

    name: str
    label: Text
    order: int
    width: str = "w-112"
    # Class of its cells, which says where it stands in a stacked row on a phone.
    css: str = ""
    right: bool = False
    # Name of the order that its head offers.
    sort: str = ""
    cell: Callable[[InstitutionRow], Cell] | None = None
    source: Column[Officer] | None = None


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
OWN = (
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
# The list beside the navigation on the narrowest desk, and what its first column needs there.
NARROWEST_PAGE, NARROWEST_NAME = 984, 200
# Which column offers an order that upper areas know the words of.
SORTED = {"visited": "visited"}


def offered(officer: Officer) -> list[ShownColumn]:
    """Every column that this officer may have, in the county's order."""
    from_above = [
        ShownColumn(
            *(one.name, one.label, one.order, one.width),
            right=one.right,
            sort=SORTED.get(one.name, ""),
            source=one,
        )
        for one in contributions().columns_of(LISTING, officer)
    ]
    return sorted([*OWN, *from_above], key=lambda column: column.order)


def chosen(officer: Officer, asked: str) -> list[ShownColumn]:
    """The columns that an address asks for; the name always, the usual ones for none."""
    wanted = {name for name in asked.split(",") if name}
    known = offered(officer)
    names = wanted & {column.name for column in known} or set(USUAL)
    return [column for column in known if column.name in names or column.name == NAME]


def is_wide(shown: Sequence[ShownColumn]) -> bool:
    """Whether the name would be squeezed, so that the table rather scrolls sideways."""
    taken = sum(int(column.width.removeprefix("w-")) for column in shown if column.width)
    return taken + NARROWEST_NAME > NARROWEST_PAGE


def cells(
    columns: Sequence[ShownColumn], rows: Sequence[InstitutionRow], officer: Officer, today: date
) -> Mapping[int, list[Cell]]:
    """Institution -> its cells in the order of the columns but for the name's."""
    keys = [row.institution.id for row in rows]
    from_above = {
        column.name: column.source.cells(current_session(), officer, keys, today)
        for column in columns
        if column.source is not None and keys
    }
    return {
        row.institution.id: [
            column.cell(row)
            if column.cell
            else from_above[column.name].get(row.institution.id, Cell())
            for column in columns
            if column.name != NAME
        ]
        for row in rows
    }
