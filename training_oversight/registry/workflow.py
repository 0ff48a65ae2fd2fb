"""The states of an institution. Licensed, expiring, being rectified are computed, not states."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from training_oversight.accounts.permissions import Permission
from training_oversight.texts import LabelledEnum, Text
from training_oversight.workflow import Correction, Move, Workflow, states


class InstitutionState(LabelledEnum):
    OPERATING = "operating", Text("Operating")
    ORDERED_TO_STOP = "ordered_to_stop", Text("Ordered to stop")
    ENDING = "ending", Text("Ending announced")
    CLOSED = "closed", Text("Closed")


class InstitutionVerb(LabelledEnum):
    ORDER_STOP = "institution.order_stop", Text("Order to stop")
    LIFT = "institution.lift", Text("Lift the order to stop")
    ANNOUNCE_END = "institution.announce_end", Text("Record the announced ending")
    WITHDRAW_END = "institution.withdraw_end", Text("Withdraw the announced ending")
    CLOSE = "institution.close", Text("Close the institution")
    REOPEN = "institution.reopen", Text("Reopen the institution")


class InstitutionCorrection(LabelledEnum):
    """What is done to a record that was no institution of its own."""

    JOIN = "institution.gone", Text("Joined with another record")
    APART = "institution.apart", Text("Taken apart from another record again")
    TAKE_OFF = "institution.taken_off", Text("Taken off the register with its list")


class _Place(Protocol):
    @property
    def withdrawn(self) -> bool: ...


def _is_none(institution: _Place) -> Sequence[Text]:
    """A record that was joined with another, or came with a list that was taken back."""
    if not institution.withdrawn:
        return ()
    return (Text("This record is no institution of its own any more; its history says why."),)


S, V, P = InstitutionState, InstitutionVerb, Permission
C = InstitutionCorrection

INSTITUTION_WORKFLOW = Workflow(
    moves=(
        Move(
            V.ORDER_STOP,
            states(S.OPERATING, S.ENDING),
            S.ORDERED_TO_STOP,
            P.SERVE_NOTICE,
            facts=frozenset({"source"}),
            grave=True,
        ),
        Move(V.LIFT, states(S.ORDERED_TO_STOP), S.OPERATING, P.CLOSE_INSTITUTION, grave=True),
        Move(
            V.ANNOUNCE_END,
            states(S.OPERATING),
            S.ENDING,
            P.EDIT_REGISTRY,
            facts=frozenset({"happened_on", "short"}),
        ),
        Move(V.WITHDRAW_END, states(S.ENDING), S.OPERATING, P.EDIT_REGISTRY),
        Move(
            V.CLOSE,
            states(S.OPERATING, S.ORDERED_TO_STOP, S.ENDING),
            S.CLOSED,
            P.CLOSE_INSTITUTION,
            grave=True,
        ),
        Move(
            V.REOPEN,
            states(S.CLOSED),
            S.OPERATING,
            P.CLOSE_INSTITUTION,
            blockers=_is_none,
            grave=True,
        ),
    ),
    states=InstitutionState,
    initial=S.OPERATING,
    ends=frozenset(),
    corrections=(
        Correction(C.JOIN, S.CLOSED, P.EDIT_REGISTRY, facts=frozenset({"name"})),
        Correction(C.APART, None, P.EDIT_REGISTRY, facts=frozenset({"name", "records"})),
        Correction(C.TAKE_OFF, S.CLOSED, P.IMPORT_REGISTRY),
    ),
)
