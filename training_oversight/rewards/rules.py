"""Whether a county rewards reports, of which kinds, how much at most, and for how long.

No law is shipped: nothing set is no reward.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy.orm import Session

from training_oversight.catalogue import queries as catalogue
from training_oversight.complaints.kinds import ComplaintKind
from training_oversight.database import JsonObject

CODE = "rewards"
KINDS = {kind.value: kind for kind in ComplaintKind}


@dataclass(frozen=True)
class RewardRules:
    kinds: Sequence[ComplaintKind]
    most_fen: int
    # So many days after the approval it can be claimed; nothing: as long as it takes.
    days: int | None = None

    def last_day(self, approved_on: date) -> date | None:
        return None if self.days is None else approved_on + timedelta(self.days)


def understood(value: JsonObject) -> RewardRules | None:
    """The rules from the row of a county; an empty value rewards nothing."""
    if not value:
        return None
    kinds = [KINDS[code] for code in value["kinds"] if code in KINDS]
    return RewardRules(kinds, value["most_fen"], value["days"])


def kept(rules: RewardRules | None) -> JsonObject:
    """The rules as the row has them."""
    if rules is None:
        return {}
    kinds = [kind.value for kind in rules.kinds]
    return {"kinds": kinds, "most_fen": rules.most_fen, "days": rules.days}


def of(session: Session, authority_id: int | None) -> RewardRules | None:
    """What the county has set; nothing where it rewards nobody."""
    found = catalogue.settings(session, [CODE], authority_id=authority_id)
    return understood(found[CODE].value) if CODE in found else None
