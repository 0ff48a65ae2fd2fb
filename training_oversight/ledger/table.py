"""The ledger as the columns that officials expect, for paper and for spreadsheets."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from training_oversight.ledger.models import RectificationItem, Verification
from training_oversight.texts import Text


@dataclass(frozen=True)
class Line:
    """An item with what its cells need beside it."""

    item: RectificationItem
    kinds: Mapping[str, str]
    today: date

    @property
    def last(self) -> Verification | None:
        """The re-check whose result stands."""
        return self.item.standing_check


@dataclass(frozen=True)
class LedgerColumn:
    name: str
    label: Text
    value: Callable[[Line], object]


def _column(name: str, label: Text, value: Callable[[Line], object]) -> LedgerColumn:
    return LedgerColumn(name, label, value)


# What officials expect, in their order.
OFFICIAL = (
    _column("number", Text("Number"), lambda one: one.item.number),
    _column("institution", Text("Institution"), lambda one: one.item.institution.name),
    _column("found", Text("Found on"), lambda one: one.item.found_on),
    _column("problem", Text("Problem"), lambda one: one.item.title),
    _column("type", Text("Violation type"), lambda one: one.item.violation_type.label),
    _column("severity", Text("Severity"), lambda one: one.item.severity.label),
    _column("measure", Text("Measure"), lambda one: one.item.measure),
    _column("responsible", Text("Responsible"), lambda one: responsible(one.item)),
    _column("limit", Text("Rectification limit"), lambda one: one.item.due_on),
    _column("state", Text("Progress"), lambda one: one.item.state.label),
    _column("overdue", Text("Days overdue"), lambda one: one.item.days_overdue(one.today) or None),
    _column("result", Text("Result of re-check"), lambda one: one.last and one.last.verdict.label),
    _column("verified_by", Text("Verified by"), lambda one: one.last and one.last.verified_by.name),
    _column("closed", Text("Written off on"), lambda one: one.item.closed_on),
    # After the columns that officials expect, so that theirs stay where they are.
    _column("second", Text("Second limit"), lambda one: one.item.second_due_on),
)
WHOLE = (
    *OFFICIAL,
    _column("township", Text("Township or street"), lambda one: one.item.institution.division.name),
    _column(
        "kind", Text("Kind"), lambda one: one.kinds.get(one.item.institution.kind_code or "", "")
    ),
    _column("facts", Text("Facts"), lambda one: one.item.facts),
    _column(
        *("officer", Text("Officer in charge")),
        lambda one: one.item.officer_in_charge.name if one.item.officer_in_charge else None,
    ),
    _column("basis", Text("Basis of the limit"), lambda one: basis(one.item)),
    _column("registered", Text("Put on the ledger on"), lambda one: one.item.registered_on),
    _column("applied", Text("Reported on"), lambda one: one.item.applied_on),
    _column("second_kind", Text("What the second limit is for"), lambda one: second(one.item)),
    _column("second_met", Text("Second limit reported on"), lambda one: one.item.second_met_on),
    _column("verified", Text("Re-checked on"), lambda one: one.item.verified_on),
    _column(
        *("reason", Text("Reason of close-out")),
        lambda one: one.item.close_reason.label if one.item.close_reason else None,
    ),
    _column("listed", Text("Listed for supervision"), lambda one: one.item.listed),
    _column("repeated", Text("Repeated within two years"), lambda one: one.item.repeated),
)


def header(columns: Sequence[LedgerColumn]) -> list[Text]:
    return [one.label for one in columns]


def row(columns: Sequence[LedgerColumn], line: Line) -> list[object]:
    return [one.value(line) for one in columns]


def responsible(item: RectificationItem) -> str:
    """责任单位/责任人, as one cell."""
    return "/".join(part for part in (item.responsible_party, item.responsible_person) if part)


def second(item: RectificationItem) -> Text | None:
    """What the second limit is for."""
    if item.second_kind is None:
        return None
    label = item.second_kind.label
    return Text("%(basis)s, provisional", basis=label) if item.second_provisional else label


def basis(item: RectificationItem) -> Text | str | None:
    """Why the limit is what it is; of a paper, its number."""
    if item.due_basis is None:
        return None
    found = item.due_basis.label
    if item.due_source:
        found = Text("%(basis)s (%(source)s)", basis=item.due_basis, source=item.due_source)
    return Text("%(basis)s, provisional", basis=found) if item.due_provisional else found
