"""Visits made from targets in bulk: shared out, planned, planned anew."""

from datetime import timedelta

import pytest

from tests.factories import campaigns, inspections
from tests.factories.inspections import by_service
from training_oversight import clock
from training_oversight.audit import queries as history
from training_oversight.campaigns import service
from training_oversight.campaigns.queries import load, targets
from training_oversight.campaigns.service import Errand
from training_oversight.campaigns.sharing import Pool, Share, Wanted, Way, shared_out
from training_oversight.errors import BadInput, WrongState
from training_oversight.inspections.workflow import VisitState

ONE_DAY = timedelta(days=1)


def shares_of(wanted, pool, way, first, per_day=2):
    return shared_out(
        wanted, pool, way, first=first, per_day=per_day, following=lambda day: day + ONE_DAY
    )


def test_one_team_goes_to_all_with_whoever_is_in_charge_first(county):
    wanted = [Wanted(key, 1, None) for key in range(5)]

    shares = shares_of(wanted, Pool([7, 8], {}, lead=8), Way.ONE_TEAM, county.today)

    assert {share.team for share in shares} == {(8, 7)}
    assert [share.day - county.today for share in shares] == [0 * ONE_DAY] * 2 + [ONE_DAY] * 2 + [
        2 * ONE_DAY
    ]


def test_whoever_is_in_charge_of_a_target_leads_its_team(county):
    wanted = [Wanted(1, 1, 7), Wanted(2, 1, 8), Wanted(3, 1, None)]

    shares = shares_of(wanted, Pool([9, 7, 8], {7: 4, 8: 2}), Way.IN_CHARGE, county.today)

    assert [share.team[0] for share in shares] == [7, 8, shares[2].team[0]]
    assert all(len(set(share.team)) == 2 for share in shares)


def test_townships_go_whole_to_the_pair_that_has_the_least(county):
    wanted = [Wanted(key, 1 if key < 6 else 2, None) for key in range(9)]

    shares = shares_of(wanted, Pool([1, 2, 3, 4], {3: 9, 4: 9}), Way.LOAD, county.today)

    towns = {township: set() for township in (1, 2)}
    for one, share in zip(wanted, shares, strict=True):
        towns[one.township_id].add(share.team)
    assert towns == {1: {(1, 2)}, 2: {(1, 2)}}


def test_an_odd_one_goes_with_the_last_pair(county):
    wanted = [Wanted(key, key, None) for key in range(4)]

    shares = shares_of(wanted, Pool([1, 2, 3], {}), Way.LOAD, county.today)

    assert {share.team for share in shares} == {(1, 2, 3)}


def test_a_planned_visit_carries_the_checklist_of_its_place_and_its_team(county):
    one = campaigns.running(county)
    [target, *_] = campaigns.of(county, one)

    [visit] = campaigns.visited_by(county, one, [target], helpers="邻县教体局王某")

    assert visit.state is VisitState.PLANNED
    assert visit.checklist is not None
    assert visit.kind is one.kind
    assert visit.purpose == one.title
    assert visit.helpers == "邻县教体局王某"
    assert len(visit.officer_rows) == 2
    assert all(row.certificate_number for row in visit.officer_rows)
    planned = history.history(county.session, visit)[0]
    assert planned.facts["officers"] == [each.name for each in planned_team(visit)]


def planned_team(visit):
    order = [row.officer_id for row in visit.officer_rows]
    return sorted(visit.officers, key=lambda one: order.index(one.id))


def test_the_campaigns_own_checklist_goes_before_that_of_the_kind(county):
    version = inspections.checklist(county)
    one = campaigns.running(county, checklist=version)

    visits = campaigns.visited_by(county, one, campaigns.of(county, one))

    assert {visit.checklist_id for visit in visits} == {version.id}


def test_nobody_is_visited_twice_because_a_button_was_pressed_twice(county):
    one = campaigns.running(county)
    some = campaigns.of(county, one)
    campaigns.visited_by(county, one, some)

    with pytest.raises(WrongState, match="都已有检查安排"):
        campaigns.visited_by(county, one, some)


def test_no_visit_is_planned_for_a_day_gone_by(county):
    one = campaigns.running(county)

    with pytest.raises(BadInput, match="第一天不能早于今天"):
        campaigns.visited_by(county, one, campaigns.of(county, one), day=county.today - ONE_DAY)


def plan(county, one, some):
    team = [county.officer(), county.officer()]
    keys = tuple(each.id for each in team)
    shares = [Share(each.id, keys, county.today) for each in some]
    by_service(
        service.plan_visits, one, shares, {each.id: each for each in team}, Errand(),
        by=one.prepared_by, today=county.today,
    )  # fmt: skip


def test_four_hundred_targets_take_no_more_statements_than_forty(county, queries_of):
    counts = []
    for many in (10, 60):
        one = campaigns.running(county, among=campaigns.places(county, many))
        some = campaigns.of(county, one)
        with queries_of(county.session) as sent:
            plan(county, one, some)
        counts.append(len(sent))

    assert counts[0] == counts[1]


def test_visits_are_put_on_other_days_and_into_other_hands_with_a_reason(county):
    one = campaigns.running(county)
    visits = campaigns.visited_by(county, one, campaigns.of(county, one))
    team = [county.officer(), county.officer()]
    later = county.today + 3 * ONE_DAY
    before = {visit.id: visit.version for visit in visits}

    count = by_service(
        service.replan, one, {visit.id: later for visit in visits}, team, reason="培训冲突",
        by=one.prepared_by, today=county.today,
    )  # fmt: skip

    assert count == len(visits)
    for visit in visits:
        county.session.refresh(visit)
        assert clock.day_of(visit.happened_at) == later
        assert {each.id for each in visit.officers} == {each.id for each in team}
        assert visit.version == before[visit.id] + 1
        last = history.history(county.session, visit)[0]
        assert (last.verb, last.note) == ("visit.replanned", "培训冲突")
    found = targets.visits(county.session, [t.id for t in campaigns.of(county, one)])
    assert {each.lead for rows in found.values() for each in rows} == {team[0].name}


def test_visits_are_not_planned_anew_without_a_reason(county):
    one = campaigns.running(county)
    [visit, *_] = campaigns.visited_by(county, one, campaigns.of(county, one))

    with pytest.raises(BadInput, match="为什么重新安排"):
        by_service(
            service.replan, one, {visit.id: county.today}, [county.officer()], reason="",
            by=one.prepared_by, today=county.today,
        )  # fmt: skip


def test_a_visit_that_has_begun_is_not_planned_anew(county):
    one = campaigns.running(county)
    [visit, *_] = campaigns.visited_by(county, one, campaigns.of(county, one))
    by_service(inspections.service.start, visit, by=visit.officers[0])

    with pytest.raises(WrongState, match="已经开始"):
        by_service(
            service.replan, one, {visit.id: county.today}, (), reason="改期",
            by=one.prepared_by, today=county.today,
        )  # fmt: skip


def test_who_has_the_least_to_do_stands_first(county):
    one = campaigns.running(county)
    team = [county.officer(), county.officer()]
    campaigns.visited_by(county, one, campaigns.of(county, one), team=team)

    found = load.inspectors(county.session, one.prepared_by, one.id, today=county.today)

    loads = {each.officer.id: (each.visits, each.of_campaign) for each in found}
    assert [each.visits for each in found] == sorted(each.visits for each in found)
    assert {loads[each.id] for each in team} == {(3, 3)}
