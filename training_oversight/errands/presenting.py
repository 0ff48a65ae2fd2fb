"""An errand in words: what it is, how far it is, what came of it."""

from __future__ import annotations

from training_oversight.errands.kinds import LEFT_AS_IS, ErrandKind, counted, kind_of
from training_oversight.errands.models import Errand
from training_oversight.errands.workflow import UNDER_WAY, ErrandState
from training_oversight.errors import NotFound
from training_oversight.law.sentences import unpacked
from training_oversight.texts import Text
from training_oversight.web.components import Shape, Status, Tone

STANDING = {
    ErrandState.WAITING: (Shape.NOT_BEGUN, Tone.INK),
    ErrandState.RUNNING: (Shape.UNDER_WAY, Tone.INK),
    ErrandState.DONE: (Shape.DONE, Tone.GREEN),
    ErrandState.FAILED: (Shape.ENDED, Tone.RED),
    ErrandState.CANCELLED: (Shape.ENDED, Tone.GREY),
}


def _kind(errand: Errand) -> ErrandKind | None:
    """Nothing for one that this release does not know any more: its history stays readable."""
    try:
        return kind_of(errand.kind)
    except NotFound:
        return None


def label(errand: Errand) -> Text:
    kind = _kind(errand)
    return kind.label if kind else Text("Unknown work (%(code)s)", code=errand.kind)


def if_stopped(errand: Errand) -> Text:
    kind = _kind(errand)
    return kind.if_stopped if kind else LEFT_AS_IS


def status(errand: Errand) -> Status:
    shape, tone = STANDING[errand.state]
    return Status(shape, errand.state.label, tone)


def is_under_way(errand: Errand) -> bool:
    return errand.state in UNDER_WAY


def sentence(errand: Errand) -> Text:
    """How far it is, or what came of it."""
    match errand.state:
        case ErrandState.WAITING if errand.attempts:
            return Text("It broke off and is tried again shortly.")
        case ErrandState.WAITING:
            return Text("Waiting its turn.")
        case ErrandState.RUNNING if errand.stop_wanted:
            return Text("Being stopped.")
        case ErrandState.RUNNING:
            kind = _kind(errand)
            return (kind.doing if kind else counted)(errand.done, errand.total)
        case ErrandState.CANCELLED:
            return Text("Stopped. %(what)s", what=if_stopped(errand))
    return unpacked([errand.outcome])[0]
