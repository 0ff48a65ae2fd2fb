"""The states of a lead. It is no inspection: what comes of it begins with a visit."""

from __future__ import annotations

from training_oversight.accounts.permissions import Permission
from training_oversight.texts import LabelledEnum, Text
from training_oversight.workflow import Move, Stands, Workflow, states


class LeadState(LabelledEnum):
    OPEN = "open", Text("Lead to be decided")
    FOLLOWED = "followed", Text("Lead followed by a visit")
    HANDED_ON = "handed_on", Text("Lead handed on")
    SET_ASIDE = "set_aside", Text("Lead set aside")


class LeadVerb(LabelledEnum):
    FOLLOW = "lead.follow", Text("Follow the lead by a visit")
    HAND_ON = "lead.hand_on", Text("Hand the lead on")
    SET_ASIDE = "lead.set_aside", Text("Set the lead aside")
    REOPEN = "lead.reopen", Text("Take the lead up again")


S, V, P = LeadState, LeadVerb, Permission

# Who owes the decision: the officer in charge of the institution; where the place is only
# described, or in nobody's charge, whoever may log visits in its township.
OWES = Stands("officer_in_charge_id", of="institution", or_anybody=True)

LEAD_WORKFLOW = Workflow(
    moves=(
        Move(V.FOLLOW, states(S.OPEN), S.FOLLOWED, P.LOG_VISIT, turn=(OWES,)),
        Move(V.HAND_ON, states(S.OPEN), S.HANDED_ON, P.LOG_VISIT, turn=(OWES,)),
        Move(V.SET_ASIDE, states(S.OPEN), S.SET_ASIDE, P.LOG_VISIT, turn=(OWES,)),
        Move(V.REOPEN, states(S.HANDED_ON, S.SET_ASIDE), S.OPEN, P.LOG_VISIT),
    ),
    states=LeadState,
    initial=S.OPEN,
    ends=frozenset({S.FOLLOWED}),
)
