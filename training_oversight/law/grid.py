"""A count of days drawn as whole weeks, Monday first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from training_oversight.law.calendar import ONE_DAY, WorkingCalendar
from training_oversight.texts import Text


class CellKind(StrEnum):
    """What a day is in the count. A template draws each kind in its own way."""

    START = "start"
    COUNTED = "counted"
    REST = "rest"
    HOLIDAY = "holiday"
    MADE_UP = "made_up"
    DUE = "due"
    AFTER = "after"
    BEFORE = "before"


@dataclass(frozen=True)
class GridDay:
    """One day. ``count`` is which day of the period it is, if it counts."""

    day: date
    date_label: str
    label: Text | str
    count: int | None
    kind: CellKind
    is_made_up: bool
    is_today: bool


def weeks(
    start: date,
    due_on: date,
    calendar: WorkingCalendar,
    today: date | None,
    *,
    starting: Text | None,
    counts: dict[date, int],
) -> list[list[GridDay]]:
    monday = start - start.weekday() * ONE_DAY
    length = (due_on - monday).days + 7 - due_on.weekday()
    cells = []
    for day in (monday + n * ONE_DAY for n in range(length)):
        kind = _kind(day, start, due_on, calendar, is_counted=day in counts)
        cells.append(
            GridDay(
                day=day,
                date_label=f"{day.month}/{day.day}"
                if day in (start, monday) or day.day == 1
                else str(day.day),
                label=_label(day, kind, calendar, starting),
                count=counts.get(day),
                kind=kind,
                is_made_up=start <= day <= due_on and calendar.is_made_up(day),
                is_today=day == today,
            )
        )
    return [cells[n : n + 7] for n in range(0, len(cells), 7)]


def _kind(
    day: date, start: date, due_on: date, calendar: WorkingCalendar, *, is_counted: bool
) -> CellKind:
    if day == due_on:
        return CellKind.DUE
    if day < start:
        return CellKind.BEFORE
    if day == start:
        return CellKind.START
    if day > due_on:
        return CellKind.AFTER
    if is_counted:
        return CellKind.MADE_UP if calendar.is_made_up(day) else CellKind.COUNTED
    return CellKind.HOLIDAY if calendar.holiday(day) else CellKind.REST


def _label(
    day: date, kind: CellKind, calendar: WorkingCalendar, starting: Text | None
) -> Text | str:
    match kind:
        case CellKind.START if starting:
            return starting
        case CellKind.HOLIDAY:
            return calendar.holiday(day) or ""
        case CellKind.REST:
            return Text("off")
        case CellKind.MADE_UP:
            return Text("work")
        case CellKind.DUE if calendar.is_made_up(day):
            return Text("work")
        case _:
            return ""
