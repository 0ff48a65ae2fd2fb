"""Rights that wait for a second person."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from training_oversight.accounts.models import Officer, RightsProposal
from training_oversight.accounts.placeholders import Asking
from training_oversight.desk.waiting.columns import Statement


def rights_to_confirm(officer: Asking) -> Statement:
    """For everybody who may, but not who proposed them nor who gets them."""
    no_text = sa.null().cast(sa.Text())
    columns: list[Any] = [
        Officer.id.label("key"),
        Officer.name.label("title"),
        no_text.label("note"),
        no_text.label("institution"),
        no_text.label("kind_code"),
        no_text.label("division"),
        sa.null().cast(sa.Date()).label("due_on"),
        RightsProposal.proposed_at.label("since"),
    ]
    return (
        sa.select(*columns)
        .join(Officer, Officer.id == RightsProposal.officer_id)
        .where(
            officer.scope.clause(RightsProposal.division_path),
            RightsProposal.decision.is_(None),
            RightsProposal.proposed_by_id != officer.id,
            RightsProposal.officer_id != officer.id,
        )
    )
