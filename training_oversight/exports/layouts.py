"""Which columns a file has, in which order, under which headers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from training_oversight.law.wording import Named
from training_oversight.registry.columns import COLUMNS, STATE, Column
from training_oversight.registry.fields import ALL, PROTECTED
from training_oversight.texts import LabelledEnum, Text


class Layout(LabelledEnum):
    OWN = "own", Text("The county's columns")
    PLATFORM = "platform", Text("Fields that the national platform publishes")


class FileForm(LabelledEnum):
    XLSX = "xlsx", Text("Excel workbook (.xlsx)")
    CSV = "csv", Text("Text table (.csv)")


LAYOUTS = {one.value: one for one in Layout}
FORMS = {one.value: one for one in FileForm}


@dataclass(frozen=True)
class Arrangement:
    """The columns of a file. ``with_state`` adds what only our own files have."""

    columns: tuple[tuple[object, str], ...]
    with_state: bool = False

    @property
    def fields(self) -> tuple[str, ...]:
        return tuple(field for _, field in self.columns)

    @property
    def header(self) -> list[object]:
        return [*(label for label, _ in self.columns), *([STATE] if self.with_state else [])]


# Its published fields in its order, always under its own headers.
PLATFORM = Arrangement(
    tuple(
        (published.header, name)
        for published, name in sorted(
            ((one.published, one.name) for one in ALL if one.published),
            key=lambda column: column[0].order,
        )
    )
)
# Without the name no row is anybody's.
ALWAYS = frozenset({"name"})


def offered(*, personal: bool) -> Sequence[Column]:
    """The columns that may be chosen, in the county's order; personal ones only for some."""
    return [
        one
        for one in COLUMNS
        if one.field not in ALWAYS and (personal or one.field not in PROTECTED)
    ]


def arranged(layout: Layout, fields: Iterable[str] | None, *, personal: bool) -> Arrangement:
    """The file's columns; no ``fields`` means all of them. What may not be seen is not there."""
    if layout is Layout.PLATFORM:
        return PLATFORM
    may = {one.field for one in offered(personal=personal)}
    wanted = ALWAYS | (may if fields is None else may & set(fields))
    columns: list[tuple[Named, str]] = [
        (one.label, one.field) for one in COLUMNS if one.field in wanted
    ]
    return Arrangement(tuple(columns), with_state=True)
