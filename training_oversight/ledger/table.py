"""The ledger as the columns that officials expect, for paper and for spreadsheets."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from training_oversight.ledger.models import RectificationItem
from training_oversight.texts import Text

OFFICIAL = (
    Text("Number"),
    Text("Institution"),
    Text("Found on"),
    Text("Problem"),
    Text("Violation type"),
    Text("Severity"),
    Text("Measure"),
    Text("Responsible"),
    Text("Limit"),
    Text("Progress"),
    Text("Days overdue"),
    Text("Result of re-check"),
    Text("Verified by"),
    Text("Written off on"),
    # After the columns that officials expect, so that theirs stay where they are.
    Text("Second limit"),
)
WHOLE = (
    *OFFICIAL,
    Text("Township or street"),
    Text("Kind"),
    Text("Facts"),
    Text("Officer in charge"),
    Text("Basis of the limit"),
    Text("Put on the ledger on"),
    Text("Reported on"),
    Text("What the second limit is for"),
    Text("Second limit reported on"),
    Text("Re-checked on"),
    Text("Reason of close-out"),
    Text("Listed for supervision"),
    Text("Repeated within two years"),
)


def official(item: RectificationItem, today: date) -> list[object]:
    """One row of the official ledger."""
    last = item.verifications[-1] if item.verifications else None
    return [
        item.number,
        item.institution.name,
        item.found_on,
        item.title,
        item.violation_type.label,
        item.severity.label,
        item.measure,
        responsible(item),
        item.due_on,
        item.state.label,
        item.days_overdue(today) or None,
        last.verdict.label if last else None,
        last.verified_by.name if last else None,
        item.closed_on,
        item.second_due_on,
    ]


def whole(item: RectificationItem, kinds: Mapping[str, str], today: date) -> list[object]:
    """One row with everything."""
    return [
        *official(item, today),
        item.institution.division.name,
        kinds.get(item.institution.kind_code or "", ""),
        item.facts,
        item.officer_in_charge.name if item.officer_in_charge else None,
        basis(item),
        item.registered_on,
        item.applied_on,
        second(item),
        item.second_met_on,
        item.verified_on,
        item.close_reason.label if item.close_reason else None,
        item.listed,
        item.repeated,
    ]


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
