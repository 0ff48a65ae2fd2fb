"""Whether history is whole: its chains, the seals of its days, and a copy of these kept outside."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from training_oversight.audit import comparing, rows, seals
from training_oversight.audit.comparing import Loss
from training_oversight.audit.contradictions import HistoryComparison
from training_oversight.audit.rows import EventRow


@dataclass
class VerifiedHistory:
    """What ``audit verify`` found.

    ``broken`` names events as ``kind/id#sequence``, ``lost`` says which days lack what,
    ``seals_broken`` which seals were changed or are gone, ``late`` names events that came
    after the seal of their day, ``contradicted`` records that are not as history left them.
    """

    records: int = 0
    events: int = 0
    broken: list[str] = field(default_factory=list)
    seals: int = 0
    sealed_until: str | None = None
    unsealed: int = 0
    late: list[str] = field(default_factory=list)
    lost: list[Loss] = field(default_factory=list)
    seals_broken: list[str] = field(default_factory=list)
    contradicted: list[str] = field(default_factory=list)

    @property
    def since(self) -> str | None:
        """The first day of which something is missing."""
        return min((loss.day for loss in self.lost), default=None)

    @property
    def whole(self) -> bool:
        return not (self.broken or self.lost or self.seals_broken or self.contradicted)


def verify(session: Session, outside: Sequence[seals.KeptSeal] = ()) -> VerifiedHistory:
    """Look at everything. Raises nothing: what is broken is listed.

    ``outside``: seals from a file that was kept elsewhere; they count more than our own.
    """
    verdict = VerifiedHistory()
    _verify_chains(session, verdict)
    comparing.compare(session, outside, verdict)
    return verdict


def _verify_chains(session: Session, verdict: VerifiedHistory) -> None:
    comparison = HistoryComparison(session)
    record, sequence, previous = None, 0, ""
    for row in rows.in_chains(session):
        verdict.events += 1
        if row.record != record:
            comparison.record_ended()
            record, sequence, previous = row.record, 0, ""
            verdict.records += 1
        if not _follows(row, sequence, previous):
            verdict.broken.append(row.name)
        sequence = int(row.sequence) if row.sequence.isdecimal() else sequence + 1
        previous = row.hash
        comparison.take(row)
    verdict.contradicted = comparison.result()


def _follows(row: EventRow, sequence: int, previous: str) -> bool:
    return row.holds() and row.previous_hash == previous and row.sequence == str(sequence + 1)
