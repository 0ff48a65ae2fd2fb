"""What the phone hears of each act that it sent."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta

from training_oversight import clock
from training_oversight.accounts.models import Officer
from training_oversight.database import transaction
from training_oversight.errors import BadInput, NotPermitted, OversightError
from training_oversight.field import service
from training_oversight.field.acts import MOST, UNREADABLE, Act, Told, ahead_of
from training_oversight.field.service import Conflict
from training_oversight.texts import LabelledEnum, Text

Json = dict[str, object]


class Outcome(LabelledEnum):
    TAKEN = "taken", Text("Taken")
    AGAIN = "again", Text("Had been taken before")
    REFUSED = "refused", Text("Refused by the office")
    CONFLICT = "conflict", Text("A colleague said otherwise")


@dataclass(frozen=True)
class Answered:
    """The answer to each act, and what is worth a word of all."""

    acts: list[Json]
    know: list[str]


def take_all(sent: object, *, by: Officer) -> Answered:
    """The answer to each act; what is refused does not hold up what is good.

    Raises ``BadInput`` or ``NotPermitted`` where none of it can be taken.
    """
    envelope, now = Told(sent), clock.now()
    refuse_others(envelope, by)
    given = sent.get("acts") if isinstance(sent, dict) else None
    if not isinstance(given, list) or len(given) > MOST:
        raise BadInput(UNREADABLE)
    ahead = ahead_of(envelope.instant("phone_now"), now)
    told = [_taken(one, ahead, now, by) for one in given]
    return Answered(told, [str(_wrong_clock(now))] if ahead else [])


def parsed(body: bytes) -> object:
    """What a phone sent. Raises ``BadInput``."""
    try:
        return json.loads(body)
    except ValueError:
        raise BadInput(UNREADABLE) from None


def _wrong_clock(now: datetime) -> Text:
    return Text(
        "The clock of this phone is wrong. Times were counted by the office's clock; it shows "
        "%(now)s now.",
        now=now,
    )


def refuse_others(envelope: Told, by: Officer) -> None:
    """A second officer on the same phone never sends what the first has noted."""
    if envelope.number("officer") != by.id:
        name = envelope.text("officer_name", longest=60) or "?"
        raise NotPermitted(
            Text(
                "What waits here was noted by %(name)s. Only %(name)s can send it, after signing "
                "in; nothing was sent.",
                name=name,
            )
        )


def _taken(sent: object, ahead: timedelta, now: datetime, by: Officer) -> Json:
    key = sent.get("key") if isinstance(sent, dict) else None
    told: Json = {"key": key if isinstance(key, str) else ""}
    try:
        act = Act.read(sent, ahead=ahead, now=now)
        with transaction() as session:
            taken = service.take(session, act, by=by, today=clock.today())
    except Conflict as conflict:
        return told | _beside(conflict)
    except OversightError as error:
        return told | {"outcome": Outcome.REFUSED.value, "sentence": str(error)}
    return told | {
        "outcome": (Outcome.AGAIN if taken.again else Outcome.TAKEN).value,
        "visit_id": taken.visit_id,
        "state": taken.visit_state.value,
        "know": [str(one) for one in taken.know],
    }


def _beside(conflict: Conflict) -> Json:
    theirs = conflict.theirs
    return {
        "outcome": Outcome.CONFLICT.value,
        "sentence": str(conflict.text),
        "theirs": {
            "words": str(theirs.words),
            "by": theirs.by,
            "at": f"{clock.local(theirs.at):%H:%M}" if theirs.at else "",
            "value": theirs.value,
        },
    }
