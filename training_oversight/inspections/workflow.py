"""The states of a visit, and what becomes of a finding."""

from __future__ import annotations

from training_oversight.accounts.permissions import Permission
from training_oversight.texts import LabelledEnum, Text
from training_oversight.workflow import Move, Workflow, states


class VisitState(LabelledEnum):
    PLANNED = "planned", Text("To be inspected")
    UNDER_WAY = "under_way", Text("Under way")
    DONE = "done", Text("Visit done")
    NOT_POSSIBLE = "not_possible", Text("Could not be inspected")


class VisitVerb(LabelledEnum):
    START = "visit.start", Text("Start the visit")
    FINISH = "visit.finish", Text("Finish the visit")
    NOT_POSSIBLE = "visit.not_possible", Text("Record that it was not possible")


S, V, P = VisitState, VisitVerb, Permission

VISIT_WORKFLOW = Workflow(
    moves=(
        Move(V.START, states(S.PLANNED), S.UNDER_WAY, P.LOG_VISIT),
        Move(V.FINISH, states(S.PLANNED, S.UNDER_WAY), S.DONE, P.LOG_VISIT),
        Move(V.NOT_POSSIBLE, states(S.PLANNED, S.UNDER_WAY), S.NOT_POSSIBLE, P.LOG_VISIT),
    ),
    states=VisitState,
    initial=S.PLANNED,
    ends=frozenset({S.DONE, S.NOT_POSSIBLE}),
)


class FindingState(LabelledEnum):
    """What became of a finding; pending is what somebody must still decide."""

    PENDING = "pending", Text("Not decided yet")
    REGISTERED = "registered", Text("On the ledger")
    FIXED_ON_SPOT = "fixed_on_spot", Text("Fixed on the spot")
    SET_ASIDE = "set_aside", Text("Set aside")


class FindingVerb(LabelledEnum):
    REGISTER = "finding.register", Text("Put on the ledger")
    FIX = "finding.fix", Text("Record as fixed on the spot")
    SET_ASIDE = "finding.set_aside", Text("Set the finding aside")


F, W = FindingState, FindingVerb

FINDING_WORKFLOW = Workflow(
    moves=(
        Move(W.REGISTER, states(F.PENDING), F.REGISTERED, P.REGISTER_ITEM),
        Move(W.FIX, states(F.PENDING), F.FIXED_ON_SPOT, P.LOG_VISIT),
        Move(W.SET_ASIDE, states(F.PENDING), F.SET_ASIDE, P.LOG_VISIT),
    ),
    states=FindingState,
    initial=F.PENDING,
    ends=frozenset({F.REGISTERED, F.FIXED_ON_SPOT, F.SET_ASIDE}),
)
