from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from tests.factories import inspections as made
from tests.factories.county import County
from tests.factories.inspections import by_service, events
from tests.factories.registry import institution
from training_oversight import clock, database
from training_oversight.accounts.permissions import Role
from training_oversight.audit import queries as history
from training_oversight.errors import BadInput, NotFound, NotPermitted, WrongState
from training_oversight.inspections import queries, service
from training_oversight.inspections.models import (
    Approval,
    Finding,
    NotPossible,
    Visit,
    VisitKind,
    VisitState,
)
from training_oversight.inspections.service import NewPlace
from training_oversight.places import Position
from training_oversight.registry.models import Institution, PositionSource, Premises

HERE = Position(29.5600, 106.5500)


def test_a_logged_visit_is_done_and_keeps_when_it_happened_and_when_it_was_entered(county):
    visit = made.visit(county, happened_at=clock.now() - timedelta(days=3))

    assert visit.state is VisitState.DONE
    assert visit.entered_at - visit.happened_at == timedelta(days=3)


def test_an_inspector_keeps_the_certificate_number_of_that_day(county, session):
    officer = county.officer(certificate_number="ZF-old")
    visit = made.visit(county, officers=[officer, county.officer()])

    with database.transaction():
        officer.certificate_number = "ZF-new"

    kept = {row.officer_id: row.certificate_number for row in visit.officer_rows}
    assert kept[officer.id] == "ZF-old"


def test_a_visit_of_two_certified_officers_can_found_a_notice(county):
    visit = made.visit(county)

    assert queries.can_found_notice(visit) == []


def test_a_visit_without_certificate_approval_and_position_is_saved_with_notes(county):
    lonely = county.officer(certificate_number=None)

    visit = made.visit(county, officers=[lonely], approval=Approval.TO_FOLLOW)

    told = " ".join(str(reason) for reason in queries.reservations(visit))
    assert "持证检查人员不足两名" in told
    assert "审批还没有补办" in told
    assert "没有记录位置" in told
    assert len(queries.can_found_notice(visit)) == 1


def test_a_covert_or_guiding_visit_cannot_found_a_notice(county):
    visit = made.visit(county, kind=VisitKind.GUIDANCE)

    assert len(queries.can_found_notice(visit)) == 1


def test_a_visit_in_the_future_is_refused_beside_its_field(county):
    tomorrow = clock.now() + timedelta(days=1)

    with pytest.raises(BadInput) as refused:
        made.visit(county, happened_at=tomorrow)

    assert set(refused.value.fields) == {"happened_at"}


def test_a_visit_does_not_end_before_it_begins(county):
    with pytest.raises(BadInput) as refused:
        made.visit(county, ended_at=clock.now() - timedelta(hours=5))

    assert set(refused.value.fields) == {"ended_at"}


def test_the_distance_to_the_registered_place_is_frozen(county, session):
    place = institution(county, latitude=HERE.latitude, longitude=HERE.longitude)
    near = made.visit(county, place, position=Position(29.5601, 106.5500))
    far = made.visit(county, place, position=Position(29.5700, 106.5500))

    with database.transaction():
        place.main_venue.latitude = 29.5700

    assert near.distance == 11
    assert not queries.is_far(near)
    assert far.distance == 1112
    assert queries.is_far(far)


def test_a_dwelling_is_never_entered_without_consent(county):
    place = institution(county, premises=Premises.DWELLING)

    visit = made.visit(county, place)

    assert "未经居住人同意" in " ".join(str(one) for one in queries.reservations(visit))


def unknown_place(county):
    return NewPlace(
        name="启衡数学工作室",
        address="文澜街道桂园小区3栋2单元",
        division=county.townships[0],
        kind_code="subject",
        premises=Premises.DWELLING,
        unregistered=True,
    )


def test_an_unknown_place_becomes_an_institution(county):
    visit = made.visit(county, place=unknown_place(county))

    place = visit.institution
    assert (place.name, place.informal_name) == ("启衡数学工作室", True)
    assert place.legal_form is None
    assert place.note == "2026年10月15日检查时未出示许可证或登记证照。"
    assert place.main_venue.address == "文澜街道桂园小区3栋2单元"


def test_an_unknown_place_is_not_kept_when_a_finding_of_the_visit_fails(county, session):
    found = [made.finding_draft(county), made.finding_draft(county, facts="  ")]

    with pytest.raises(BadInput):
        made.visit(county, place=unknown_place(county), findings=found)

    kept = [session.scalar(sa.select(sa.func.count(t.id))) for t in (Institution, Visit, Finding)]
    assert kept == [0, 0, 0]


def test_a_planned_visit_begins_when_it_is_started(county):
    visit = made.planned_visit(county)

    by_service(service.start, visit, by=county.officer())

    assert (visit.state, visit.happened_at) == (VisitState.UNDER_WAY, clock.now())


def test_an_attempt_before_a_closed_door_keeps_the_duty(county):
    visit, officer = made.visit_under_way(county), county.officer()

    again = by_service(
        service.not_possible,
        visit,
        kind=NotPossible.CLOSED,
        note="卷帘门落锁",
        again_on=date(2026, 10, 19),
        by=officer,
        today=county.today,
    )

    assert visit.state is VisitState.NOT_POSSIBLE
    assert again.state is VisitState.PLANNED
    assert clock.day_of(again.happened_at) == date(2026, 10, 19)
    assert {one.id for one in again.officers} == {one.id for one in visit.officers}


def test_the_next_attempt_is_not_in_the_past(county):
    visit = made.visit_under_way(county)

    with pytest.raises(BadInput) as refused:
        by_service(
            service.not_possible,
            visit,
            kind=NotPossible.CLOSED,
            note="",
            again_on=date(2026, 10, 14),
            by=county.officer(),
            today=county.today,
        )

    assert set(refused.value.fields) == {"again_on"}


def test_approval_is_recorded_afterwards(county, session):
    visit = made.visit(county, approval=Approval.TO_FOLLOW)

    by_service(
        service.record_approval,
        visit,
        approved_by_name="罗志远",
        approved_on=county.today,
        by=county.officer(),
        today=county.today,
    )

    assert (visit.approval, visit.approved_by_name) == (Approval.APPROVED, "罗志远")
    assert events(session, visit)[0] == "visit.approval_recorded"


def test_a_correction_keeps_what_stood_before_and_needs_a_reason(county, session):
    visit, officer = made.visit(county, helpers="网格员"), county.officer()
    right = made.draft(county, visit.institution, helpers="网格员两名")
    with pytest.raises(BadInput):
        by_service(service.correct, visit, right, reason="", by=officer)

    by_service(service.correct, visit, right, reason="少记一人", by=officer)

    event = history.history(session, visit)[0]
    assert (event.verb, event.note) == ("visit.corrected", "少记一人")
    assert event.changes["helpers"] == ["网格员", "网格员两名"]
    assert {one.id for one in visit.officers} == {one.id for one in right.officers}


def test_the_position_is_noted_while_the_visit_is_under_way(county):
    place = institution(county, latitude=HERE.latitude, longitude=HERE.longitude)
    visit = made.visit_under_way(county, place)

    by_service(
        service.note_position,
        visit,
        HERE,
        accuracy=12,
        source=PositionSource.DEVICE,
        by=county.officer(),
    )

    assert (visit.distance, visit.position_accuracy) == (0, 12)


def test_an_observer_and_a_foreign_inspector_cannot_move_a_visit(county, session):
    visit = made.planned_visit(county)
    foreign = County(session, code="990102", name="南塘县").officer()

    with pytest.raises(NotPermitted):
        by_service(service.start, visit, by=county.officer(Role.OBSERVER))
    with pytest.raises(NotFound):
        by_service(service.start, visit, by=foreign)

    assert visit.state is VisitState.PLANNED


def test_a_visit_planned_for_later_is_not_finished_before_it_began(county):
    visit = made.planned_visit(county, happened_at=clock.now() + timedelta(days=2))

    with pytest.raises(WrongState):
        by_service(service.finish, visit, by=visit.entered_by, unanswered_reason="未答")

    assert visit.state is VisitState.PLANNED


def test_a_planned_visit_has_no_end_yet(county):
    visit = made.planned_visit(county, happened_at=clock.now() + timedelta(days=2))
    told = made.draft(
        county, visit.institution, happened_at=visit.happened_at, ended_at=clock.now()
    )

    with pytest.raises(BadInput) as refused:
        by_service(service.correct, visit, told, reason="改", by=visit.entered_by)

    assert "ended_at" in refused.value.fields
