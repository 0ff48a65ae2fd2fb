"""Which papers asked for what is decided on an item."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from training_oversight.accounts.models import Officer
from training_oversight.accounts.permissions import Permission
from training_oversight.ledger.clocks import SECOND
from training_oversight.ledger.contributed import PAPERS, Paper
from training_oversight.ledger.models import RectificationItem
from training_oversight.web.contributions import contributions


@dataclass(frozen=True)
class AskedBy:
    """The paper of each; none where no paper asked for it as it stands now."""

    measure: Paper | None
    limit: Paper | None
    second: Paper | None


def asked_by(item: RectificationItem, officer: Officer, today: date) -> AskedBy:
    found = contributions().fact_of(RectificationItem, PAPERS, item, today) or ()
    if not officer.may(Permission.VIEW_NOTICES):
        found = [replace(paper, url=None) for paper in found]
    by_number = {paper.number: paper for paper in found}
    seconds = [limit.source for limit in item.limits if limit.kind in SECOND]
    return AskedBy(
        measure=next((paper for paper in found if paper.requires), None),
        limit=by_number.get(item.due_source) if item.due_on is not None else None,
        second=by_number.get(seconds[-1]) if seconds else None,
    )
