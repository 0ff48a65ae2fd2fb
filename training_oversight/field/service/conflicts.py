"""What a colleague has said meanwhile, beside what the phone says."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from training_oversight.audit.models import Event
from training_oversight.errors import OversightError
from training_oversight.inspections.models import Answer, Visit
from training_oversight.inspections.service.on_site import ANSWERED
from training_oversight.inspections.workflow import VisitVerb
from training_oversight.texts import Text


@dataclass(frozen=True)
class Theirs:
    """What stands there now, who said it and when; ``value`` is what an answer goes on from."""

    words: Text
    by: str
    at: datetime | None
    value: str | None = None


class Conflict(OversightError):
    """Two people said different things. Nothing was changed; the officer decides which holds."""

    def __init__(self, text: Text, theirs: Theirs) -> None:
        super().__init__(text)
        self.theirs = theirs


def of_answer(session: Session, visit: Visit, item: str, standing: Answer) -> Conflict:
    event = _last(session, visit, [ANSWERED.verb], lambda one: item in _answers(one))
    return Conflict(
        Text("A colleague has answered this question meanwhile."),
        Theirs(
            standing.label,
            event.actor_name if event else "",
            event.at if event else None,
            standing.value,
        ),
    )


def of_end(session: Session, visit: Visit) -> Conflict:
    verbs = [VisitVerb.FINISH.value, VisitVerb.NOT_POSSIBLE.value]
    event = _last(session, visit, verbs, lambda _one: True)
    return Conflict(
        Text("A colleague has ended this visit meanwhile."),
        Theirs(
            visit.state.label,
            event.actor_name if event else "",
            event.at if event else None,
        ),
    )


def _answers(event: Event) -> dict[str, str]:
    found = (event.facts or {}).get("answers", {})
    return found if isinstance(found, dict) else {}


def _last(
    session: Session, visit: Visit, verbs: Sequence[str], fits: Callable[[Event], bool]
) -> Event | None:
    events = session.scalars(
        sa.select(Event)
        .where(
            Event.subject_kind == Visit.__tablename__,
            Event.subject_id == visit.id,
            Event.verb.in_(verbs),
        )
        .order_by(Event.id.desc())
    )
    return next((one for one in events if fits(one)), None)
