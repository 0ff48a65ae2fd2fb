"""What is put right afterwards about a visit and its problems, and what is not."""

from datetime import timedelta

import pytest

from tests.factories import inspections as made
from tests.factories.inspections import by_service
from tests.factories.registry import institution
from training_oversight import clock
from training_oversight.errors import BadInput, WrongState
from training_oversight.inspections import service
from training_oversight.inspections.models import Approval, VisitState
from training_oversight.places import Position

HERE = Position(29.5600, 106.5500)


def test_nobody_approved_a_visit_tomorrow(county):
    visit = made.visit(county, approval=Approval.TO_FOLLOW)

    with pytest.raises(BadInput) as refused:
        by_service(
            service.record_approval,
            visit,
            approved_by_name="罗志远",
            approved_on=county.today + timedelta(days=1),
            by=county.officer(),
            today=county.today,
        )

    assert set(refused.value.fields) == {"approved_on"}
    assert visit.approval is Approval.TO_FOLLOW


def test_a_planned_visit_is_put_off_but_one_that_was_made_is_not(county):
    planned, visit = made.planned_visit(county), made.visit(county)
    later = clock.now() + timedelta(days=3)

    def put_off(one):
        right = made.draft(county, one.institution, happened_at=later)
        by_service(service.correct, one, right, reason="改期", by=county.officer())

    put_off(planned)
    with pytest.raises(BadInput):
        put_off(visit)

    assert (planned.state, planned.happened_at) == (VisitState.PLANNED, later)


def test_a_position_is_put_right_and_the_distance_with_it(county):
    place = institution(county, latitude=HERE.latitude, longitude=HERE.longitude)
    visit = made.visit(county, place, position=Position(29.5700, 106.5500))
    far = visit.distance
    right = made.draft(county, place, position=HERE, officers=visit.officers)

    by_service(service.correct, visit, right, reason="定位漂移", by=county.officer())

    assert far > 1000
    assert visit.distance == 0


def test_a_problem_that_was_decided_is_not_rewritten(county):
    finding, officer = made.finding(county), county.officer()
    by_service(service.set_aside, finding, reason="重复记录", by=officer)

    with pytest.raises(WrongState):
        by_service(service.change_finding, finding, made.finding_draft(county), by=officer)
