"""A row beside what it may be the same as, for somebody to decide."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from training_oversight.accounts.models import Scope
from training_oversight.intake import known_queries
from training_oversight.intake.deciding import RowDecision, choice_of
from training_oversight.intake.models import Decision, ImportRow
from training_oversight.intake.presenting import RowLine, Sayer
from training_oversight.intake.register_values import on_register
from training_oversight.law.sentences import unpacked
from training_oversight.law.wording import Named
from training_oversight.registry.columns import BY_FIELD
from training_oversight.registry.models import Institution
from training_oversight.registry.workflow import InstitutionState
from training_oversight.texts import Text

# What two are compared in, where either says something.
COMPARED = (
    "name", "aliases", "kind_code", "division_id", "address", "uscc", "licence_number", "phone",
    "responsible_person", "legal_representative", "organiser",
)  # fmt: skip
# Of a record outside the officer's jurisdiction.
ELSEWHERE = ("name", "division_id")


@dataclass(frozen=True)
class ComparedCell:
    value: object
    differs: bool = False


@dataclass(frozen=True)
class Other:
    """A candidate: a record or a row above."""

    choice: str
    title: str
    why: Sequence[Text]
    chosen: bool
    institution_id: int | None = None
    row: int | None = None
    closed: bool = False
    # Outside the jurisdiction: neither opened nor changed by this officer.
    outside: bool = False


@dataclass(frozen=True)
class Comparison:
    """``rows`` have the cell of the list first, then one for each of the others."""

    line: RowLine
    choice: str
    decision: Decision | None
    others: Sequence[Other]
    rows: Sequence[tuple[Named, Sequence[ComparedCell]]]
    # For each of the others, what it says beside that.
    besides: Sequence[Sequence[tuple[Named, object]]]


def comparisons(
    session: Session, rows: Sequence[ImportRow], sayer: Sayer, *, scope: Scope
) -> list[Comparison]:
    """The rows beside their candidates; five queries however many."""
    found = [one for row in rows for one in row.candidates]
    records = known_queries.in_full(session, list({one["id"] for one in found if "id" in one}))
    above = _above(session, rows, {one["row"] for one in found if "row" in one})
    return [_comparison(row, records, above, sayer, scope) for row in rows]


def _above(
    session: Session, rows: Sequence[ImportRow], numbers: set[int]
) -> Mapping[int, Mapping[str, object]]:
    if not numbers:
        return {}
    found = session.execute(
        sa.select(ImportRow.number, ImportRow.values).where(
            ImportRow.batch_id == rows[0].batch_id, ImportRow.number.in_(numbers)
        )
    )
    return {row.number: row.values for row in found}


def _comparison(
    row: ImportRow,
    records: Mapping[int, Institution],
    above: Mapping[int, Mapping[str, Any]],
    sayer: Sayer,
    scope: Scope,
) -> Comparison:
    now = choice_of(row)
    others: list[Other] = []
    told: list[Mapping[str, Any]] = []
    for one in row.candidates:
        choice = RowDecision(Decision.SAME, one.get("id"), one.get("row"))
        why = unpacked(one["why"])
        if (record := records.get(one.get("id", 0))) is not None:
            outside = not scope.covers(record.division_path)
            values = on_register(record)
            told.append({n: values[n] for n in ELSEWHERE} if outside else values)
            others.append(
                Other(
                    str(choice),
                    record.name,
                    why,
                    chosen=choice == now,
                    institution_id=record.id,
                    closed=record.state is InstitutionState.CLOSED,
                    outside=outside,
                )
            )
        elif (values_above := above.get(one.get("row", 0))) is not None:
            told.append(values_above)
            name = values_above["name"]
            others.append(Other(str(choice), name, why, chosen=choice == now, row=one["row"]))
    return Comparison(
        line=sayer.line(row),
        choice=str(now),
        decision=row.decision,
        others=others,
        rows=_rows(row.values, told, sayer),
        besides=[_besides(row.values, one, sayer) for one in told],
    )


def _rows(
    values: Mapping[str, object], told: Sequence[Mapping[str, object]], sayer: Sayer
) -> list[tuple[Named, list[ComparedCell]]]:
    found = []
    for name in COMPARED:
        mine = values.get(name) or None
        if mine is None:
            continue
        theirs = [one.get(name) or None for one in told]
        cells = [ComparedCell(sayer.cell(name, mine))]
        cells += [
            ComparedCell(sayer.cell(name, one), differs=one is not None and one != mine)
            for one in theirs
        ]
        found.append((BY_FIELD[name].label, cells))
    return found


def _besides(
    values: Mapping[str, object], told: Mapping[str, object], sayer: Sayer
) -> list[tuple[Named, object]]:
    return [
        (BY_FIELD[name].label, sayer.cell(name, told[name]))
        for name in COMPARED
        if told.get(name) and not values.get(name)
    ]
