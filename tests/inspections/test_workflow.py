"""The exact tables: every state by every verb."""

import pytest

from training_oversight.inspections.workflow import (
    FINDING_WORKFLOW,
    VISIT_WORKFLOW,
    FindingState,
    FindingVerb,
    VisitState,
    VisitVerb,
)

ALLOWED_VISITS = {
    (VisitState.PLANNED, VisitVerb.START): VisitState.UNDER_WAY,
    (VisitState.PLANNED, VisitVerb.FINISH): VisitState.DONE,
    (VisitState.PLANNED, VisitVerb.NOT_POSSIBLE): VisitState.NOT_POSSIBLE,
    (VisitState.UNDER_WAY, VisitVerb.FINISH): VisitState.DONE,
    (VisitState.UNDER_WAY, VisitVerb.NOT_POSSIBLE): VisitState.NOT_POSSIBLE,
}
ALLOWED_FINDINGS = {
    (FindingState.PENDING, FindingVerb.REGISTER): FindingState.REGISTERED,
    (FindingState.PENDING, FindingVerb.FIX): FindingState.FIXED_ON_SPOT,
    (FindingState.PENDING, FindingVerb.SET_ASIDE): FindingState.SET_ASIDE,
}


@pytest.mark.parametrize("state", VisitState)
@pytest.mark.parametrize("verb", VisitVerb)
def test_a_visit_moves_only_as_the_table_says(state, verb):
    move = VISIT_WORKFLOW.move(verb, state)

    assert (move and move.target) == ALLOWED_VISITS.get((state, verb))


@pytest.mark.parametrize("state", FindingState)
@pytest.mark.parametrize("verb", FindingVerb)
def test_a_finding_moves_only_as_the_table_says(state, verb):
    move = FINDING_WORKFLOW.move(verb, state)

    assert (move and move.target) == ALLOWED_FINDINGS.get((state, verb))
