"""One act of a phone, taken once: its effect and its receipt in one transaction."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Final

import sqlalchemy as sa
from sqlalchemy.orm import Session

from training_oversight import database
from training_oversight.accounts.models import Officer
from training_oversight.errors import BadInput, WrongState
from training_oversight.field.acts import UNREADABLE, Act, ActKind
from training_oversight.field.models import FieldAct
from training_oversight.field.service import effects
from training_oversight.field.service.conflicts import Conflict
from training_oversight.inspections import queries as inspections
from training_oversight.inspections.models import Visit
from training_oversight.inspections.workflow import VisitState
from training_oversight.texts import Text

__all__ = ["Conflict", "Taken", "take"]

Effect = Callable[[Session, Visit, Act, Officer, date], list[Text]]

EFFECTS: Final[dict[ActKind, Effect]] = {
    ActKind.POSITION: effects.position,
    ActKind.ANSWER: effects.answer,
    ActKind.PROBLEM: effects.problem,
    ActKind.PHOTO: effects.photo,
    ActKind.TEAM: effects.team,
    ActKind.FINISH: effects.finish,
    ActKind.NOT_POSSIBLE: effects.not_possible,
}


@dataclass(frozen=True)
class Taken:
    """The visit of the act, whether it had come before, and what is worth a word."""

    visit_id: int
    visit_state: VisitState
    again: bool
    know: list[Text] = field(default_factory=list)


def take(session: Session, act: Act, *, by: Officer, today: date) -> Taken:
    """Do what the phone noted. Under one key it is done once, however often it is sent.

    Raises ``Conflict`` where a colleague has said something else meanwhile, and whatever the
    services of visits refuse; then nothing of the act is kept, and the phone still has it.
    """
    if (known := _taken(session, act, by)) is not None:
        visit = session.get_one(Visit, known.visit_id)
        return Taken(visit.id, visit.state, again=True)
    if act.kind is ActKind.START:
        visit, know = effects.start(session, act, by, today)
    else:
        visit = _visit(session, act, by)
        know = EFFECTS[act.kind](session, visit, act, by, today)
    session.flush()
    session.add(
        FieldAct(
            officer_id=by.id,
            key=str(act.key),
            kind=act.kind,
            sha256=act.sha256,
            visit_id=visit.id,
            phone_at=act.phone_at,
            done_at=act.done_at,
            received_at=database.instant(session),
        )
    )
    return Taken(visit.id, visit.state, again=False, know=know)


def _taken(session: Session, act: Act, by: Officer) -> FieldAct | None:
    mine = sa.select(FieldAct).where(FieldAct.officer_id == by.id, FieldAct.key == str(act.key))
    known = session.scalars(mine).one_or_none()
    if known is not None and known.sha256 != act.sha256:
        raise BadInput(UNREADABLE)
    return known


def _visit(session: Session, act: Act, by: Officer) -> Visit:
    if act.visit_id is not None:
        return inspections.visit(session, act.visit_id, by.scope)
    begun = sa.select(Visit.id).where(
        Visit.authority_id == by.authority_id, Visit.client_key == str(act.visit_key)
    )
    key = session.scalar(begun)
    if key is None:
        # Its beginning was refused, or has not come yet: then this waits for it.
        raise WrongState(Text("The beginning of this visit has not been taken yet."))
    return inspections.visit(session, key, by.scope)
