"""Rights that wait for a second person."""

from __future__ import annotations

from training_oversight.accounts.models import Officer, RightsProposal
from training_oversight.accounts.permissions import Permission
from training_oversight.accounts.placeholders import Asking
from training_oversight.accounts.worklist import Statement, WaitingKind, lines
from training_oversight.texts import Text


def rights_to_confirm(officer: Asking) -> Statement:
    """For everybody who may, but not who proposed them nor who gets them."""
    return (
        lines(Officer.id, Officer.name, since=RightsProposal.proposed_at)
        .join(Officer, Officer.id == RightsProposal.officer_id)
        .where(
            officer.scope.clause(RightsProposal.division_path),
            RightsProposal.decision.is_(None),
            RightsProposal.proposed_by_id != officer.id,
            RightsProposal.officer_id != officer.id,
        )
    )


WAITING = (
    WaitingKind(
        "rights-confirm",
        "officers.index",
        Text("Confirm rights"),
        Permission.CONFIRM_RIGHTS,
        rights_to_confirm,
        "officers.rights",
        "officer_id",
        limit="approve",
        why=Text("Rights are given by two people"),
    ),
)
