"""What the phone hears of each act that it sent."""

from __future__ import annotations

import json
import logging
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.exc import IntegrityError

from training_oversight import clock, troubles
from training_oversight.accounts.models import Officer
from training_oversight.database import transaction
from training_oversight.errors import BadInput, NotPermitted, OversightError
from training_oversight.field import service
from training_oversight.field.acts import MOST, UNREADABLE, Act, Told, ahead_of
from training_oversight.field.service import Conflict, Taken
from training_oversight.texts import LabelledEnum, Text

Json = dict[str, object]
log = logging.getLogger(__name__)


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
        taken = _taken_once(Act.read(sent, ahead=ahead, now=now), by)
    except Conflict as conflict:
        return told | _beside(conflict)
    except OversightError as error:
        return told | {"outcome": Outcome.REFUSED.value, "sentence": str(error)}
    except Exception as error:
        if troubles.of(error) is not None:
            # Nothing is wrong with the act: the phone sends all of them once more.
            raise
        log.exception("the act %s of a phone failed", told["key"])
        return told | {"outcome": Outcome.REFUSED.value, "sentence": str(_fault())}
    return told | {
        "outcome": (Outcome.AGAIN if taken.again else Outcome.TAKEN).value,
        "visit_id": taken.visit_id,
        "state": taken.visit_state.value,
        "know": [str(one) for one in taken.know],
    }


def _taken_once(act: Act, by: Officer) -> Taken:
    """Of the same act twice at one moment the second finds the receipt of the first."""
    try:
        with transaction() as session:
            return service.take(session, act, by=by, today=clock.today())
    except IntegrityError:
        with transaction() as session:
            return service.take(session, act, by=by, today=clock.today())


def _fault() -> Text:
    return Text(
        "It could not be taken; it is a fault of ours. It stays on this phone. Export it to a file "
        "and tell the administrator."
    )


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
