"""How far a target is: told by its visits, in one expression that every list and figure asks.

What has happened goes before what was decided, and a door that stayed shut before the next try:
the parts of a campaign are each target once, whatever hangs on it.
"""

from __future__ import annotations

from typing import cast

import sqlalchemy as sa

from training_oversight.campaigns.models import CampaignTarget, CampaignVisit
from training_oversight.inspections.models import Visit
from training_oversight.inspections.workflow import VisitState
from training_oversight.texts import LabelledEnum, Text


class TargetState(LabelledEnum):
    # Nobody has planned a visit.
    LEFT = "left", Text("No visit planned yet")
    PLANNED = "planned", Text("Visit is planned")
    # Nobody got in; the visit is still owed.
    NOT_POSSIBLE = "not_possible", Text("Nobody got in so far")
    VISITED = "visited", Text("Target visited")
    EXEMPT = "exempt", Text("Exempt")


# Their visit is still owed.
OWED = (TargetState.LEFT, TargetState.PLANNED, TargetState.NOT_POSSIBLE)
OPEN_VISIT = (VisitState.PLANNED, VisitState.UNDER_WAY)


def has_visit(*states: VisitState) -> sa.ColumnElement[bool]:
    """Whether the target has a visit in one of these states."""
    return (
        sa.exists()
        .where(
            CampaignVisit.target_id == CampaignTarget.id,
            Visit.id == CampaignVisit.visit_id,
            Visit.state.in_(states),
        )
        .correlate(CampaignTarget)
    )


TARGET_STATE = cast(
    "sa.ColumnElement[str]",
    sa.case(
        (has_visit(VisitState.DONE), TargetState.VISITED.value),
        (CampaignTarget.exempt_on.is_not(None), TargetState.EXEMPT.value),
        (has_visit(VisitState.NOT_POSSIBLE), TargetState.NOT_POSSIBLE.value),
        (has_visit(*OPEN_VISIT), TargetState.PLANNED.value),
        else_=TargetState.LEFT.value,
    ),
)
STANDS = CampaignTarget.taken_out_on.is_(None)


def is_in(*states: TargetState) -> sa.ColumnElement[bool]:
    return TARGET_STATE.in_([one.value for one in states])


def state_of(value: str) -> TargetState:
    return next(one for one in TargetState if one.value == value)
