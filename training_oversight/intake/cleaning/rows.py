"""A whole row: every cell that can be used, and every reason why one cannot, all at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from training_oversight.documents.signs import PRIVATE
from training_oversight.errors import BadInput
from training_oversight.intake.cleaning import losses, positions
from training_oversight.intake.cleaning.choices import township_at
from training_oversight.intake.cleaning.fields import CLEANERS, REPEATED
from training_oversight.intake.cleaning.reading import Said
from training_oversight.intake.cleaning.taught import Taught, Words
from training_oversight.intake.cleaning.traces import trace
from training_oversight.intake.manner import USUAL, Manner
from training_oversight.intake.matching import REMARKS, Judged
from training_oversight.intake.queries import Ground
from training_oversight.law.identifiers import PERSONAL
from training_oversight.law.personal_numbers import hides_personal, without_personal
from training_oversight.registry.columns import BY_FIELD
from training_oversight.registry.fields import BY_NAME, LISTED, Kind
from training_oversight.spreadsheets import Ditto, NumberSince1904, Picture, Row, Unusable, Value
from training_oversight.texts import Text

NO_NAME = Text("The name is missing.")
# What names one institution alone is asked, never taken from the row above.
ITS_OWN = frozenset(
    one.name
    for one in LISTED
    if one.kind
    in {
        *(Kind.NAME, Kind.ALIASES, Kind.FORMER_NAMES, Kind.CREDIT_CODE, Kind.LICENCE_NUMBER),
        *(Kind.CODE, Kind.ACCOUNT),
    }
)
DAYS = frozenset(one.name for one in LISTED if one.kind in {Kind.DAY, Kind.LAST_DAY})


@dataclass(slots=True)
class _Cell:
    """What one cell came to."""

    value: Any = None
    said: Said | None = None
    # [as written, as understood]
    trace: list[object] | None = None
    reason: Text | None = None


class RowCleaner:
    """Cleans the rows of one table. ``columns`` says at which place each field stands.

    ``words``: what the county said of words that are not understood by themselves.
    """

    def __init__(
        self,
        ground: Ground,
        columns: Mapping[str, int],
        words: Words | None = None,
        manner: Manner = USUAL,
    ) -> None:
        self.ground = ground
        self.columns = columns
        self.manner = manner
        self.taught = Taught(ground, words or {})
        self._remembered: dict[tuple[str, Value], _Cell] = {}

    def clean(self, row: Row) -> Judged:
        """The row, not judged yet."""
        judged = Judged(row.number, self._kept(row), {})
        more: dict[str, tuple[str, object]] = {}
        for name, place in self.columns.items():
            cell = row.cells[place]
            if cell:
                found = self._cell(name, cell)
                self._take(judged, name, found)
                if found.said is not None:
                    more.update({other: (str(cell), it) for other, it in found.said.more.items()})
        for name, (written, value) in more.items():
            _add(judged, name, written, value)
        self._place(judged, row)
        _check_whole(judged, has_name=bool(row.cells[self.columns["name"]]))
        positions.settle(judged, self.manner.datum)
        return judged

    def _place(self, judged: Judged, row: Row) -> None:
        """Where no township is written and the whole list has none, the address may say it."""
        place = self.columns.get("division_id")
        written = str(row.cells[place]) if place is not None else ""
        # A word of which somebody said that it means nothing is as good as none.
        means_nothing = judged.cleaned.get("division_id") == [written, ""]
        if written and not means_nothing:
            return
        address = judged.values.get("address")
        if not address or self.ground.division.id != self.ground.county.id:
            return
        town = township_at(address, self.ground)
        if town is not None:
            judged.values["division_id"] = town
            judged.cleaned["division_id"] = [written or address, town]

    def _take(self, judged: Judged, name: str, cell: _Cell) -> None:
        if cell.reason is not None:
            judged.reasons.append(cell.reason)
            return
        if cell.value not in (None, "", []):
            judged.values[name] = cell.value
        if cell.trace is not None:
            judged.cleaned[name] = cell.trace
        if cell.said is not None:
            judged.warnings.extend(column_reason(name, one) for one in cell.said.warnings)
            if cell.said.remarks:
                judged.values.setdefault(REMARKS, []).extend(cell.said.remarks)

    def _kept(self, row: Row) -> list[object]:
        """The cells as a row keeps them; what its sheet alone explains is written out."""
        cells = [kept(cell) for cell in row.cells]
        for name, place in self.columns.items():
            cell = row.cells[place]
            if isinstance(cell, Ditto) and cell.above and name not in ITS_OWN:
                cell = cell.above
                cells[place] = kept(cell)
            if isinstance(cell, NumberSince1904) and name in DAYS and cell.day:
                cells[place] = kept(cell.day)
        return cells

    def _above(self, name: str, cell: Ditto) -> _Cell:
        """What stands in the row above, shown like everything that was cleaned."""
        if name in ITS_OWN or not cell.above:
            return _Cell(reason=column_reason(name, cell.reason))
        found = self._cell(name, cell.above)
        return replace(found, trace=[cell.shown, found.value if found.value is not None else ""])

    def _cell(self, name: str, cell: Value) -> _Cell:
        if isinstance(cell, Ditto):
            return self._above(name, cell)
        if isinstance(cell, Picture):
            return _Cell(said=Said([cell.reason]), trace=[cell.shown, ""])
        if name not in REPEATED:
            return self._read(name, cell)
        key = name, cell
        found = self._remembered.get(key)
        if found is None:
            found = self._remembered[key] = self._read(name, cell)
        return found

    def _read(self, name: str, cell: Value) -> _Cell:
        said = Said()
        try:
            cell = _nobodys(name, cell, said)
            left = losses.without(BY_NAME[name], cell, said)
            value = CLEANERS[name](self.taught.put(name, left), self.ground, said)
            said.warnings.extend(_private(value))
        except BadInput as error:
            return _Cell(reason=column_reason(name, error.text))
        written = str(cell)
        same = value == written and type(value) is str
        return _Cell(
            value=value,
            said=said if said.warnings or said.more or said.remarks else None,
            trace=None if same else trace(name, written, value, self.ground),
        )


def _nobodys(name: str, cell: Value, said: Said) -> Value:
    """The cell without numbers of persons. Raises ``BadInput`` where a code should stand."""
    kind = BY_NAME[name].kind
    # Accounts are as long, and anything may stand in the middle of one.
    if isinstance(cell, date) or kind is Kind.ACCOUNT:
        return cell
    written = str(cell)
    left = without_personal(written)
    if left == written and not (isinstance(cell, Unusable) and hides_personal(written)):
        return cell
    if kind is Kind.CREDIT_CODE or isinstance(cell, Unusable):
        raise BadInput(PERSONAL)
    said.warnings.append(PERSONAL)
    return left


def _private(value: object) -> list[Text]:
    """A sign that only the sender's own font has: on every other computer it is another."""
    found = PRIVATE.findall(value) if isinstance(value, str) else []
    return [
        Text(
            "Character U+%(code)s is of a private font: it is shown as 〓, and no paper can be "
            "printed with it. Write the usual character.",
            code=f"{ord(one):X}",
        )
        for one in dict.fromkeys(found)
    ]


def _add(judged: Judged, name: str, written: str, value: object) -> None:
    """What another column's cell says of this field, too: seen like everything that was cleaned."""
    if judged.values.setdefault(name, value) == value:
        judged.cleaned.setdefault(name, [written, value])
    else:
        judged.warnings.append(
            column_reason(name, Text("“%(written)s” says otherwise.", written=written))
        )


def column_reason(name: str, reason: Text) -> Text:
    """Why a cell cannot be used, and which column it stands in."""
    return Text("%(column)s: %(reason)s", column=BY_FIELD[name].label, reason=reason)


def kept(cell: Value) -> Any:
    """The cell as a row keeps it, to be given back as it was."""
    if isinstance(cell, date):
        return {"day": cell.isoformat()}
    return cell.shown if isinstance(cell, Unusable) else cell


def _check_whole(row: Judged, *, has_name: bool) -> None:
    if "name" not in row.values and not (has_name and row.reasons):
        row.reasons.append(NO_NAME)
