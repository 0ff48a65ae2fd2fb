"""Rights that wait for a second person, and what became of earlier ones."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload

from training_oversight.accounts.models import Officer, RightsProposal, Scope
from training_oversight.texts import Text

# Not law: as long as who made a password for somebody could have signed in with it unnoticed,
# that account confirms nothing for them.
KNOWN_FOR = timedelta(days=7)


def waiting_for(session: Session, officer_id: int) -> RightsProposal | None:
    """What is proposed for an officer now; there is one at most."""
    return session.scalars(
        sa.select(RightsProposal)
        .where(RightsProposal.officer_id == officer_id, RightsProposal.decision.is_(None))
        .options(joinedload(RightsProposal.proposed_by))
    ).one_or_none()


def waiting(session: Session, scope: Scope) -> Sequence[RightsProposal]:
    """All that waits for a second person, oldest first."""
    return session.scalars(
        sa.select(RightsProposal)
        .where(
            scope.clause(RightsProposal.division_path),
            RightsProposal.decision.is_(None),
        )
        .options(joinedload(RightsProposal.proposed_by), joinedload(RightsProposal.officer))
        .order_by(RightsProposal.id)
    ).all()


def obstacle(proposal: RightsProposal, by: Officer) -> Text | None:
    """Why this officer is not the second person."""
    if by.id == proposal.officer_id:
        return Text("Nobody gives rights to themselves. Somebody else confirms them.")
    if by.id == proposal.proposed_by_id:
        return Text("You proposed it. Another administrator, the section head or the leader "
                    "confirms it.")  # fmt: skip
    if by.password_set_by_id != proposal.proposed_by_id or by.password_set_at is None:
        return None
    until = by.password_set_at + KNOWN_FOR
    if proposal.proposed_at >= until:
        return None
    return Text(
        "%(name)s made the password of your account. What %(name)s proposes before %(until)s is "
        "confirmed by somebody else.",
        name=proposal.proposed_by.name,
        until=until,
    )
