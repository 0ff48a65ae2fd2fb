"""Rows of one credit code and several addresses: campuses (校区) of one institution.

The register has an institution once, with its venues. What a list says of a campus goes to the
row that comes first: its address as a further venue, its name as another name, its telephone
beside the others; what a venue has no place for becomes a remark.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from training_oversight.intake import company
from training_oversight.intake.cleaning import RowCleaner
from training_oversight.intake.company import Values
from training_oversight.intake.matching import (
    ACCURACY,
    APART,
    PLACES,
    REMARKS,
    Judged,
    set_apart,
)
from training_oversight.intake.workflow import RowOutcome
from training_oversight.law.identifiers import looks_like_uscc
from training_oversight.names.naming import match_name
from training_oversight.registry.cells import shown
from training_oversight.registry.columns import BY_FIELD
from training_oversight.registry.fields import PLACE_COLUMNS, PROTECTED
from training_oversight.registry.models import Institution
from training_oversight.spreadsheets import Row, clean_code
from training_oversight.texts import Text

# What a campus has of its own; in everything else it speaks of the institution.
OWN = frozenset({*PLACE_COLUMNS, "name", "phone", "division_id", "uscc", "aliases"})
SEPARATOR = "、"
# How a name says that it is one of several.
CAMPUS = re.compile(r"(?:校区|分校|教学点|教学部|分部|分店|分院|校部)[)）]?$")


class Campuses:
    """The rows that are campuses of a row above, found before the list is judged."""

    def __init__(self, rows: Iterable[Row], cleaner: RowCleaner) -> None:
        self.cleaner = cleaner
        self.apart = cleaner.manner.apart
        # Number of the first row of a code -> the rows of that code below it.
        self.below = self._below(rows)
        self.first_of: dict[int, int] = {}
        self.names: dict[int, str] = {}
        self.fates: dict[int, RowOutcome] = {}

    def _below(self, rows: Iterable[Row]) -> Mapping[int, Sequence[Row]]:
        place = self.cleaner.columns.get("uscc")
        if place is None or "address" not in self.cleaner.columns:
            return {}
        first: dict[str, int] = {}
        found: dict[int, list[Row]] = defaultdict(list)
        for row in rows:
            cell = row.cells[place]
            code = clean_code(cell) if isinstance(cell, str) else ""
            if looks_like_uscc(code) and first.setdefault(code, row.number) != row.number:
                found[first[code]].append(row)
        return found

    def gather(self, row: Judged) -> None:
        """Give a row what the rows below say of its further venues."""
        for other in self.below.get(row.number, ()):
            campus = self.cleaner.clean(other)
            if row.reasons or campus.reasons or not self._is_campus(campus.values, row.values):
                continue
            self.first_of[campus.number] = row.number
            self.names[row.number] = row.values["name"]
            if not self.apart:
                _take(row, campus.values)

    def is_taken(self, row: Judged) -> bool:
        """Whether a row above has what this one says, so that nothing more comes of it."""
        first = self.first_of.get(row.number)
        if first is None:
            return False
        if self.apart:
            row.values = set_apart({**row.values, APART: self.names[first]})
        return not self.apart

    def settle(self, rows: Sequence[Judged]) -> None:
        """The end of the rows that were taken: that of the row above, of which they are part."""
        for row in rows:
            if row.number in self.below:
                self.fates[row.number] = row.outcome
        for row in rows:
            first = self.first_of.get(row.number)
            if first is None or self.apart:
                continue
            if self.fates.get(first) in (RowOutcome.REJECTED, RowOutcome.POSSIBLE_DUPLICATE):
                row.outcome = RowOutcome.REJECTED
                row.reasons.append(
                    Text(
                        "This is a further venue of row %(number)s, which is not on the register "
                        "yet: settle that row, then import both again.",
                        number=first,
                    )
                )
            else:
                row.outcome = RowOutcome.UNCHANGED
                row.warnings.append(Text("A further venue of row %(number)s.", number=first))

    def _is_campus(self, values: Values, first: Values) -> bool:
        """Another place, and something else alike beside the code."""
        here, there = values.get("address"), first.get("address")
        if not here or not there or match_name(here) == match_name(there):
            return False
        return company.of_row(values).is_alike(company.of_row(first), self.cleaner.ground.towns)


def as_campus(row: Judged, institution: Institution) -> None:
    """A row whose name says that it is a campus of a record speaks of a venue of that record."""
    values, main = row.values, institution.main_venue
    name, address = values["name"], values.get("address")
    is_one = values.get("uscc") == institution.uscc is not None and CAMPUS.search(name)
    if not (is_one and address and main) or match_name(name) == institution.match_name:
        return
    if match_name(address) == match_name(main.address):
        return
    told: dict[str, object] = {"name": institution.name, "uscc": institution.uscc}
    if institution.phone:
        told["phone"] = institution.phone
    row.values = told
    _take(row, values)


def _take(row: Judged, values: Values) -> None:
    place = {name: values[name] for name in (*PLACE_COLUMNS, ACCURACY) if name in values}
    row.values.setdefault(PLACES, []).append(place)
    if match_name(values["name"]) != match_name(row.values["name"]):
        row.values["aliases"] = list(
            dict.fromkeys([*row.values.get("aliases", ()), values["name"]])
        )
    if phone := values.get("phone"):
        numbers = [*row.values.get("phone", "").split(SEPARATOR), *phone.split(SEPARATOR)]
        row.values["phone"] = SEPARATOR.join(dict.fromkeys(filter(None, numbers)))
    if remark := _rest(values, row.values):
        row.values.setdefault(REMARKS, []).append(
            f"{values['name']}（{values['address']}）：{remark}"
        )


def _rest(values: Values, first: Values) -> str:
    """What the campus says otherwise and a venue has no place for."""
    told = [
        f"{BY_FIELD[name].label.chinese}{shown(name, value, {})}"
        for name, value in values.items()
        if name in BY_FIELD
        and name not in OWN
        and name not in PROTECTED
        and first.get(name) != value
    ]
    return "，".join(told)
