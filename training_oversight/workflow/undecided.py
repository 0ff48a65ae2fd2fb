"""What waits for a decision, and who is a party to it: nobody is lent the decision on their own."""

from __future__ import annotations

from collections import Counter

import sqlalchemy as sa
from sqlalchemy.orm import Session, raiseload

from training_oversight.accounts.lending import KNOWN, Undecided
from training_oversight.accounts.models import Scope
from training_oversight.texts import LabelledEnum
from training_oversight.workflow import parties
from training_oversight.workflow.moves import HasState, Move
from training_oversight.workflow.parties import Past


def declare(model: type[HasState], *verbs: LabelledEnum) -> None:
    """These verbs decide on what others have made."""
    for move in model.workflow.moves:
        if move.verb in verbs:
            KNOWN.declare(_by(model, move))


def _by(model: type[HasState], move: Move) -> Undecided:
    def made(session: Session, scope: Scope) -> Counter[int]:
        waiting = session.scalars(
            sa.select(model)
            .where(scope.clause(model.division_path), model.state.in_(move.sources))
            .options(raiseload("*"))
        ).all()
        past = parties.past_of_all(waiting, move.past)
        return Counter(who for one in waiting for who in move.bars(one, past.get(one.id, Past())))

    return Undecided(move.verb, move.permission, made)
