"""The list that a scope is frozen into, and what becomes of each target."""

import pytest
import sqlalchemy as sa

from tests.factories import campaigns, inspections, registry
from tests.factories.inspections import by_service, events
from training_oversight.accounts.permissions import Role
from training_oversight.audit import queries as history
from training_oversight.campaigns import scopes, service
from training_oversight.campaigns.models import CampaignTarget, TargetOrigin
from training_oversight.campaigns.queries import TargetState, targets
from training_oversight.doubles import service as joining
from training_oversight.errors import BadInput, Blocked, NotFound, WrongState
from training_oversight.inspections.models import Approval


def state_of(county, target):
    return targets.state(county.session, target.id)


def test_the_scope_is_frozen_into_targets_when_the_campaign_begins(county):
    first, second = campaigns.places(county, 2)
    one = campaigns.running(county, among=[first, second])

    made = campaigns.of(county, one)

    assert {target.institution_id for target in made} == {first.id, second.id}
    assert {target.origin for target in made} == {TargetOrigin.FROZEN}
    assert events(county.session, made[0]) == ["campaign_target.came_in"]


def test_a_campaign_of_nobody_does_not_begin(county):
    one = campaigns.approved(county)

    with pytest.raises(Blocked, match="没有可检查的对象"):
        by_service(
            service.start, one, sa.select(CampaignTarget.id).where(sa.false()),
            by=one.prepared_by, today=county.today, version=None,
        )  # fmt: skip


def test_what_is_added_later_says_why(county):
    one, place = campaigns.running(county), registry.institution(county)

    with pytest.raises(BadInput, match="写明原因"):
        by_service(
            service.add, one, [place.id], origin=TargetOrigin.ADDED, reason=" ",
            by=one.prepared_by, today=county.today,
        )  # fmt: skip
    by_service(
        service.add, one, [place.id], origin=TargetOrigin.ADDED, reason="群众反映",
        by=one.prepared_by, today=county.today,
    )  # fmt: skip

    added = campaigns.of(county, one)[-1]
    assert (added.institution_id, added.came_in_because) == (place.id, "群众反映")


def test_no_place_stands_twice_among_the_targets(county):
    place = registry.institution(county)
    one = campaigns.running(county, among=[place])

    with pytest.raises(BadInput, match="已经是本次行动的对象"):
        by_service(
            service.add, one, [place.id], origin=TargetOrigin.ADDED, reason="再加",
            by=one.prepared_by, today=county.today,
        )  # fmt: skip


def test_who_is_taken_out_stays_with_the_reason_and_counts_no_more(county):
    one = campaigns.running(county)
    target = campaigns.of(county, one)[0]

    by_service(
        service.take_out, one, [target.id], reason="已注销", by=one.prepared_by,
        today=county.today,
    )  # fmt: skip

    counts = targets.counts(county.session, one.id, targets.TargetFilter())
    assert (counts[targets.TargetView.ALL], counts[targets.TargetView.OUT]) == (2, 1)
    assert target.taken_out_because == "已注销"
    assert history.history(county.session, target)[0].note == "已注销"


def test_a_visited_target_is_neither_taken_out_nor_exempt(county):
    one = campaigns.running(county)
    target = campaigns.of(county, one)[0]
    [visit] = campaigns.visited_by(county, one, [target])
    campaigns.finished(county, visit)

    for step in (service.take_out, service.exempt):
        with pytest.raises(WrongState):
            by_service(
                step, one, [target.id], reason="不查", by=one.prepared_by, today=county.today
            )


def test_a_target_goes_from_left_to_planned_to_not_possible_to_visited(county):
    one = campaigns.running(county)
    target = campaigns.of(county, one)[0]
    seen = [state_of(county, target)]
    [visit] = campaigns.visited_by(county, one, [target])
    seen.append(state_of(county, target))
    again = campaigns.shut(county, visit)
    seen.append(state_of(county, target))
    by_service(inspections.service.start, again, by=again.officers[0])
    campaigns.finished(county, again)
    seen.append(state_of(county, target))

    assert seen == [
        TargetState.LEFT, TargetState.PLANNED, TargetState.NOT_POSSIBLE, TargetState.VISITED,
    ]  # fmt: skip


def test_a_door_that_stayed_shut_keeps_the_duty_and_the_officer_in_charge(county):
    one = campaigns.running(county)
    target = campaigns.of(county, one)[0]
    [visit] = campaigns.visited_by(county, one, [target])

    again = campaigns.shut(county, visit)

    found = targets.visits(county.session, [target.id])[target.id]
    assert {each.visit.id for each in found} == {visit.id, again.id}
    assert len({each.lead for each in found}) == 1


def test_an_exemption_has_a_reason_and_can_be_taken_back(county):
    one = campaigns.running(county)
    target = campaigns.of(county, one)[0]
    by = one.prepared_by
    by_service(service.exempt, one, [target.id], reason="年检优秀", by=by, today=county.today)
    exempt = state_of(county, target)

    by_service(service.owe_again, one, target, reason="又有投诉", by=by, version=target.version)

    assert (exempt, state_of(county, target)) == (TargetState.EXEMPT, TargetState.LEFT)


def test_targets_change_only_while_the_campaign_runs(county):
    one = campaigns.closed(county)
    target = campaigns.of(county, one)[0]

    with pytest.raises(WrongState, match="行动进行中"):
        by_service(
            service.exempt, one, [target.id], reason="不查", by=one.prepared_by,
            today=county.today,
        )  # fmt: skip


def test_a_target_of_another_campaign_is_none_of_ours(county):
    one, other = campaigns.running(county), campaigns.running(county)
    foreign = campaigns.of(county, other)[0]

    with pytest.raises(NotFound):
        by_service(
            service.exempt, one, [foreign.id], reason="不查", by=one.prepared_by,
            today=county.today,
        )  # fmt: skip


def test_a_target_is_handed_over_with_its_history(county):
    one, to = campaigns.running(county), county.officer()
    target = campaigns.of(county, one)[0]

    by_service(
        service.hand_over, one, [target.id], officer=to, reason="调岗", by=one.prepared_by,
        today=county.today,
    )  # fmt: skip

    county.session.refresh(target)
    assert target.officer_id == to.id
    assert history.history(county.session, target)[0].facts == {"to": to.name}


def test_the_targets_of_who_leaves_go_over_with_their_institutions(county, client_as):
    giver, taker = county.officer(), county.officer()
    one = campaigns.running(county, among=campaigns.places(county, officer_in_charge_id=giver.id))
    first, *others = campaigns.of(county, one)
    [visit] = campaigns.visited_by(county, one, [first])
    campaigns.finished(county, visit)

    client_as(county.officer(Role.SECTION_HEAD)).submit(
        f"/institutions/hand-over?from={giver.id}", giver_id=giver.id, taker_id=taker.id,
        reason="调离", also=["campaign_targets"],
    )  # fmt: skip

    for target in (first, *others):
        county.session.refresh(target)
    assert {target.officer_id for target in others} == {taker.id}
    # What was visited stays with whoever answered for it.
    assert first.officer_id == giver.id


def test_what_is_registered_later_is_proposed_and_never_added(county, in_app):
    place = registry.institution(county)
    by = county.officer()
    scope = scopes.written([("kind", place.kind_code)], by)
    one = campaigns.running(county, among=[place], scope=scope, by=by)

    later = registry.institution(county)

    found = county.session.scalars(scopes.fallen_in(one, by, county.today)).all()
    assert later.id in found
    assert place.id not in found
    assert len(campaigns.of(county, one)) == 1


def test_what_was_left_out_is_not_proposed_again(county, in_app):
    by = county.officer()
    one = campaigns.running(county, by=by)
    later = registry.institution(county)

    by_service(service.decline, one, [later.id], reason="不在整治行业", by=by, today=county.today)

    assert later.id not in county.session.scalars(scopes.fallen_in(one, by, county.today)).all()
    assert campaigns.of(county, one)[-1].taken_out_because == "不在整治行业"


def test_a_scope_in_my_charge_is_kept_as_that_of_its_planner(county, in_app):
    planner, head = county.officer(), county.officer()

    scope = scopes.written([("view", "mine")], planner)

    assert scope == f"officer={planner.id}&view=live"
    assert scopes.written(scopes.listings.read(scope), head) == scope


def test_a_scope_with_a_filter_that_its_reader_may_not_use_finds_nothing_else(county, in_app):
    by = county.officer()

    with pytest.raises(Blocked, match="筛选条件"):
        scopes.within("no_such_filter=1", by, county.today, path=by.division_path)


def test_a_campaign_is_not_closed_before_every_target_is_settled_or_explained(county):
    one = campaigns.running(county)
    first, second, third = campaigns.of(county, one)
    [visit] = campaigns.visited_by(county, one, [first])
    campaigns.finished(county, visit)
    by, today = one.prepared_by, county.today
    by_service(service.exempt, one, [second.id], reason="已停业", by=by, today=today)
    told = {"conclusion": "完成", "by": by, "today": today, "version": None}

    with pytest.raises(Blocked, match="还有1家"):
        by_service(service.close, one, **told)
    by_service(service.explain, one, [third.id], reason="负责人住院", by=by)
    by_service(service.close, one, **told)

    assert one.closed_on == today


def test_an_approval_that_is_named_is_that_of_the_plan(county):
    one = campaigns.running(county)
    some = campaigns.of(county, one)[:1]

    [visit] = campaigns.visited_by(county, one, some, approval=Approval.APPROVED)

    assert visit.approved_by_name == one.approved_by.name
    assert visit.approved_on == one.approved_on


def test_a_target_follows_its_institution_into_the_record_that_is_kept(county):
    kept, gone = registry.institution(county), registry.institution(county)
    one, by = campaigns.running(county, among=[gone]), county.officer()

    by_service(joining.join, kept, gone, taken=(), reason="同一家", by=by)

    [target] = campaigns.of(county, one)
    county.session.refresh(target)
    assert target.institution_id == kept.id


def test_two_targets_of_one_campaign_are_joined_once_one_of_them_is_taken_out(county):
    kept, gone = registry.institution(county), registry.institution(county)
    one, by = campaigns.running(county, among=[kept, gone]), county.officer()
    double = next(each for each in campaigns.of(county, one) if each.institution_id == gone.id)

    with pytest.raises(BadInput):
        by_service(joining.join, kept, gone, taken=(), reason="同一家", by=by)
    by_service(
        service.take_out, one, [double.id], reason="与另一家是同一处", by=by, today=county.today
    )
    by_service(joining.join, kept, gone, taken=(), reason="同一家", by=by)

    found = campaigns.of(county, one)
    assert {each.institution_id for each in found} == {kept.id}
    assert [each.stands for each in found].count(True) == 1
