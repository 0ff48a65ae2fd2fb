"""The states of a list on its way into the register, and who moves it on.

A person settles, confirms, discards, takes back; what lies between is done part by part, often by
an errand in that person's name. What a sender wrote is deleted after a while, so the history of a
list keeps its states and counts, and never its cells.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from sqlalchemy.orm import object_session

from training_oversight.accounts.permissions import Permission
from training_oversight.errands.models import Errand
from training_oversight.errands.workflow import UNDER_WAY
from training_oversight.errors import WrongState
from training_oversight.texts import LabelledEnum, Text
from training_oversight.workflow import Move, Workflow, states


class ImportState(LabelledEnum):
    UPLOADED = "uploaded", Text("Uploaded, columns not confirmed yet")
    READING = "reading", Text("Being read")
    PREVIEWED = "previewed", Text("Preview, nothing written yet")
    WRITING = "writing", Text("Being written")
    CONFIRMED = "confirmed", Text("Confirmed and written")
    UNDOING = "undoing", Text("Being taken back")
    UNDONE = "undone", Text("Taken back")
    DISCARDED = "discarded_import", Text("Discarded")


class RowOutcome(LabelledEnum):
    NEW = "new", Text("New")
    CHANGED = "changed", Text("Changed")
    UNCHANGED = "unchanged", Text("Unchanged")
    POSSIBLE_DUPLICATE = "possible_duplicate", Text("Possible duplicate")
    REJECTED = "rejected", Text("Rejected")
    SKIPPED = "skipped", Text("Skipped")


class ImportVerb(LabelledEnum):
    SETTLE = "import.settled", Text("Columns settled, reading began")
    READ = "import.read", Text("List read and compared")
    BEGIN = "import.begun", Text("Writing the list to the register began")
    CONFIRM = "import.confirmed", Text("List written to the register")
    TAKE_BACK = "import.undo_begun", Text("Taking the list back began")
    UNDONE = "import.undone", Text("List taken back")
    DISCARD = "import.discarded", Text("List discarded")


class _List(Protocol):
    """What its conditions look at; it is a record, with a session."""

    @property
    def state(self) -> ImportState: ...

    @property
    def errand_id(self) -> int | None: ...


def is_stuck(batch: _List) -> bool:
    """Whether nobody is reading it any more, though it was not read to its end."""
    if batch.state is not ImportState.READING:
        return False
    session = object_session(batch)
    errand = session.get(Errand, batch.errand_id) if session and batch.errand_id else None
    return errand is None or errand.state not in UNDER_WAY


def _being_read(batch: _List) -> Sequence[Text]:
    if batch.state is not ImportState.READING or is_stuck(batch):
        return ()
    return (_dealt_with(batch),)


def _dealt_with(batch: _List) -> Text:
    return Text("This list has been dealt with already: %(state)s.", state=batch.state)


S, V, P = ImportState, ImportVerb, Permission

IMPORT_WORKFLOW = Workflow(
    moves=(
        Move(
            V.SETTLE,
            states(S.UPLOADED, S.PREVIEWED, S.READING),
            S.READING,
            P.IMPORT_REGISTRY,
            blockers=_being_read,
        ),
        Move(
            V.READ,
            states(S.READING),
            S.PREVIEWED,
            P.IMPORT_REGISTRY,
            facts=frozenset({"rows", "left_out"}),
        ),
        Move(V.BEGIN, states(S.PREVIEWED), S.WRITING, P.IMPORT_REGISTRY, grave=True),
        Move(
            V.CONFIRM,
            states(S.WRITING),
            S.CONFIRMED,
            P.IMPORT_REGISTRY,
            facts=frozenset(outcome.value for outcome in RowOutcome),
        ),
        Move(
            V.TAKE_BACK,
            states(S.CONFIRMED, S.WRITING),
            S.UNDOING,
            P.IMPORT_REGISTRY,
            grave=True,
        ),
        Move(
            V.UNDONE,
            states(S.UNDOING),
            S.UNDONE,
            P.IMPORT_REGISTRY,
            facts=frozenset({"new", "changed", "left_as_is"}),
        ),
        Move(
            V.DISCARD,
            states(S.UPLOADED, S.PREVIEWED, S.READING),
            S.DISCARDED,
            P.IMPORT_REGISTRY,
            blockers=_being_read,
        ),
    ),
    states=ImportState,
    initial=S.UPLOADED,
    ends=frozenset({S.UNDONE, S.DISCARDED}),
)

# Nothing of it has been written: its file may be forgotten like any that was sent.
UNDECIDED = (S.UPLOADED, S.READING, S.PREVIEWED)
# Whoever works on it has not come to its end.
BEGUN = (S.WRITING, S.UNDOING)
FINISHED = (S.CONFIRMED, S.UNDONE)


def check_state(batch: _List, verb: ImportVerb) -> None:
    """Raises ``WrongState`` for a list that somebody has moved on since the page was drawn."""
    if IMPORT_WORKFLOW.move(verb, batch.state) is None:
        raise WrongState(_dealt_with(batch))


def is_open(batch: _List) -> bool:
    """Whether it can still be said how its columns are read."""
    move = IMPORT_WORKFLOW.move(V.SETTLE, batch.state)
    return move is not None and not move.blockers(batch)


def check_open(batch: _List) -> None:
    """Raises ``WrongState`` when its columns are settled, or being read."""
    if not is_open(batch):
        raise WrongState(_dealt_with(batch))
