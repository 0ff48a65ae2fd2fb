"""The columns and words of one batch, frozen with it: an old batch reads as it was published."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date

from training_oversight.publication.models import Publication, PublicEntry
from training_oversight.publication.rules import ListColumn, ListRule, ListStatus, Place, Value
from training_oversight.texts import Language, speaking
from training_oversight.web.components import Shape, Tone


@dataclass(frozen=True)
class Layout:
    columns: Sequence[ListColumn]
    statuses: Mapping[str, ListStatus]

    def values(self, entry: PublicEntry) -> list[tuple[ListColumn, Value]]:
        pairs = zip(self.columns, entry.cells, strict=True)
        return [(column, _value(column, cell)) for column, cell in pairs]

    def at(self, entry: PublicEntry, *places: Place) -> Iterator[tuple[ListColumn, Value]]:
        """What the entry has there; empty cells are left out."""
        return ((c, value) for c, value in self.values(entry) if value and c.place in places)

    def name(self, entry: PublicEntry) -> str:
        return next((str(value) for _column, value in self.at(entry, Place.NAME)), "")

    def columns_at(self, *places: Place) -> list[ListColumn]:
        return [column for column in self.columns if column.place in places]


def of(publication: Publication) -> Layout:
    statuses = [_status(one) for one in publication.statuses]
    return Layout(
        [_column(one) for one in publication.columns], {status.code: status for status in statuses}
    )


def _column(kept: Mapping[str, object]) -> ListColumn:
    return ListColumn(
        name=str(kept["name"]),
        label=kept["label"],
        place=Place(str(kept["place"])),
        step=kept["step"],
        is_day=bool(kept["is_day"]),
    )


def _status(kept: Mapping[str, object]) -> ListStatus:
    return ListStatus(
        code=str(kept["code"]),
        label=kept["label"],
        meaning=kept["meaning"],
        shape=Shape(str(kept["shape"])),
        tone=Tone(str(kept["tone"])),
        ahead=kept["ahead"],
    )


def freeze(publication: Publication, rule: ListRule) -> None:
    """Keep the rule's columns and words of now with the list; publications are Chinese."""
    with speaking(Language.CHINESE):
        publication.title = rule.title
        publication.columns = [_kept(column) for column in rule.columns]
        publication.statuses = [_kept(status) for status in rule.statuses]


def _kept(one: ListColumn | ListStatus) -> dict[str, object]:
    return {
        name: value if isinstance(value, bool) or value is None else str(value)
        for name, value in asdict(one).items()
    }


def _value(column: ListColumn, cell: object) -> Value:
    if cell is None:
        return None
    return _day(str(cell)) if column.is_day else str(cell)


def _day(cell: str) -> Value:
    """The words stay words where one day alone would not say it."""
    try:
        return date.fromisoformat(cell)
    except ValueError:
        return cell
