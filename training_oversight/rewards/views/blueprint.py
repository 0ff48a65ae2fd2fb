"""The blueprint, and what its pages begin with."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from flask import Blueprint, request, url_for

from training_oversight.accounts.guard import current_officer
from training_oversight.complaints import queries as complaints
from training_oversight.complaints.models import Complaint
from training_oversight.database import current_session
from training_oversight.rewards import queries
from training_oversight.rewards.models import Reward
from training_oversight.vault.screened import ScreenedForm

bp = Blueprint("rewards", __name__, url_prefix="/rewards")
Form = TypeVar("Form", bound=ScreenedForm)


def found(reward_id: int) -> Reward:
    return queries.reward_for(current_session(), current_officer(), reward_id)


def screened(kind: type[Form], complaint: Complaint, version: int) -> Form:
    """A form in which the reporter's names are looked for, as far as the officer may know them."""
    names: Sequence[str] = ()
    if request.method == "POST":
        names = complaints.known_of(current_session(), current_officer(), complaint)
    return kind(data={"version": version}, names=names)


def page_of(reward: Reward) -> str:
    return url_for("rewards.show", reward_id=reward.id)
