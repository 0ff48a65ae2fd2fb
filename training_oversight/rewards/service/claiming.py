"""Paying a reward out at the counter, to who has the code and the own word, once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from training_oversight import workflow
from training_oversight.accounts import passwords
from training_oversight.accounts.models import Officer
from training_oversight.complaints.models import Complaint
from training_oversight.errors import BadInput, NotPermitted, WrongState
from training_oversight.rewards.models import Reward
from training_oversight.rewards.workflow import RewardVerb
from training_oversight.texts import Text

NOT_THEIRS = Text(
    "The word does not belong to this code. Let the reporter type it once more; nothing was paid."
)


@dataclass(frozen=True)
class Proof:
    """That somebody knew the word which the reporter of this order chose."""

    complaint_id: int


def proven(complaint: Complaint, word: str) -> Proof:
    """Compare the word, which takes its time: before the transaction. Raises ``BadInput``."""
    if not passwords.matches(word.strip(), complaint.tracking_hash):
        raise BadInput(NOT_THEIRS, {"word": NOT_THEIRS})
    return Proof(complaint.id)


def pay(
    session: Session,
    reward: Reward,
    proof: Proof,
    *,
    by: Officer,
    today: date,
    version: int | None = None,
) -> None:
    """Record that the money was handed over. A second clerk finds it paid."""
    if proof.complaint_id != reward.complaint_id:
        raise NotPermitted(NOT_THEIRS)
    with workflow.moving(session, reward, RewardVerb.PAY, by=by, version=version):
        if reward.has_lapsed(today):
            raise WrongState(
                Text("It could be claimed until %(day)s and has lapsed.", day=reward.until_on)
            )
        reward.paid_on, reward.paid_by_id = today, by.id
