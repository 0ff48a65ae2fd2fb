"""What other lists have done to institutions since, and what of it was taken back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import Session

from training_oversight.intake.models import ImportBatch, ImportRow
from training_oversight.intake.workflow import RowOutcome


@dataclass(frozen=True)
class Later:
    """A list that stands on the register and would have to be taken back first."""

    id: int
    name: str
    division_path: str
    # The latest of the whole history when it was written: by it lists have their order.
    event: int


class Act(NamedTuple):
    """What a list did to an institution at one stroke: a change, or taking it back."""

    version: int
    left: int
    # The latest of the whole history before and after.
    since: int
    until: int


@dataclass(frozen=True)
class Acts:
    """What other lists did to one institution. ``standing``: the changes not taken back."""

    all: list[Act] = field(default_factory=list)
    standing: list[tuple[Act, Later]] = field(default_factory=list)

    def after(self, version: int) -> Acts:
        return Acts(
            [act for act in self.all if act.version >= version],
            [(act, which) for act, which in self.standing if act.version >= version],
        )

    @property
    def steps(self) -> int:
        """How many versions came of them."""
        return sum(act.left - act.version for act in self.all)

    def cover(self, event: int) -> bool:
        """Whether an event of the institution's venues and papers came of one of them."""
        return any(act.since < event <= act.until for act in self.all)

    @property
    def latest(self) -> Later | None:
        return max(self.standing, key=lambda one: one[0].version)[1] if self.standing else None


def in_turn(found: Iterable[Later | None]) -> list[Later]:
    """The lists in the order in which they are to be taken back: the last first."""
    each = {one.id: one for one in found if one is not None}
    return sorted(each.values(), key=lambda one: one.event, reverse=True)


def lists(session: Session, but: ImportBatch, keys: Sequence[int]) -> Mapping[int, Acts]:
    """Institution -> what all lists but this one did to it and can take back, or have."""
    if not keys:
        return {}
    rows = session.execute(
        sa.select(
            ImportRow.institution_id, ImportRow.undo, ImportRow.written,
            ImportBatch.id, ImportBatch.filename, ImportBatch.division_path,
        )
        .join(ImportBatch, ImportBatch.id == ImportRow.batch_id)
        .where(
            ImportRow.institution_id.in_(keys),
            ImportRow.batch_id != but.id,
            ImportRow.outcome == RowOutcome.CHANGED,
            ImportRow.left_version.is_not(None),
        )
        .order_by(ImportRow.id)
    )  # fmt: skip
    found: dict[int, Acts] = defaultdict(Acts)
    for row in rows:
        acts = [Act(*one) for one in row.undo.get("acts", ())]
        found[row.institution_id].all.extend(acts)
        if row.written:
            found[row.institution_id].standing.extend((act, _later(row)) for act in acts)
    return found


def _later(row: sa.Row[*tuple[object, ...]]) -> Later:
    return Later(row.id, row.filename, row.division_path, row.undo["event"])
