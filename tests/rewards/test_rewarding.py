"""A reward from the proposal to the money, by three people, and once."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from tests.factories import complaints, rewards
from tests.factories.county import County
from tests.factories.enforcement import done
from training_oversight import clock
from training_oversight.accounts.permissions import Role
from training_oversight.audit import queries as history
from training_oversight.complaints.kinds import ComplaintKind, Truth
from training_oversight.complaints.service import Written
from training_oversight.errors import BadInput, Blocked, NotPermitted, StaleForm, WrongState
from training_oversight.rewards import queries, service
from training_oversight.rewards.models import Reward
from training_oversight.rewards.queries import Figures, RewardView
from training_oversight.rewards.rules import RewardRules
from training_oversight.rewards.workflow import RewardState


def propose(county, of, *, fen=rewards.FEN, by=None):
    by = by or rewards.proposer(county)
    given = {"fen": fen, "reason": "线索准确", "by": by, "today": clock.today()}
    return done(service.propose, of, **given)


def test_three_people_stand_in_it_and_the_history_says_who(county):
    made = rewards.paid(county)

    people = {made.proposed_by_id, made.approved_by_id, made.paid_by_id}
    assert len(people) == 3
    verbs = [event.verb for event in history.history(county.session, made)]
    assert verbs == ["reward.pay", "reward.approve", "reward.proposed"]
    assert made.number.startswith("JL-2026-")
    assert made.until_on == clock.today() + timedelta(60)


def test_nothing_is_proposed_before_the_county_has_set_it(county):
    with pytest.raises(Blocked, match="本县没有设定举报奖励"):
        propose(county, rewards.report(county))


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"kind": ComplaintKind.COMPLAINT}, "不奖励这一类型"),
        ({"tracking_hash": None}, "没有定查询词"),
        ({"written": Written(Truth.NOT, "查无此事", "未发现所述情况。")}, "属实或部分属实"),
    ],
)
def test_what_the_county_does_not_reward_is_refused(county, values, sentence):
    rewards.ruled(county)

    with pytest.raises(Blocked, match=sentence):
        propose(county, rewards.report(county, **values))


def test_partly_confirmed_is_enough_and_not_answered_is_not(county):
    rewards.ruled(county)
    partly = Written(Truth.PARTLY, "部分查实", "部分情况属实。")

    assert propose(county, rewards.report(county, written=partly)).state is RewardState.PROPOSED
    with pytest.raises(Blocked, match="属实或部分属实"):
        propose(county, complaints.submitted(county, kind=ComplaintKind.REPORT, tracking_hash="x"))


@pytest.mark.parametrize(("fen", "sentence"), [(0, "大于零"), (100_001, "最高1000.00元")])
def test_nothing_and_more_than_the_county_gives_are_refused(county, fen, sentence):
    rewards.ruled(county)

    with pytest.raises(BadInput, match=sentence) as refused:
        propose(county, rewards.report(county), fen=fen)

    assert set(refused.value.fields) == {"fen"}


def test_only_who_handled_it_proposes(county):
    rewards.ruled(county)
    named = rewards.proposer(county)
    order = rewards.report(county, to=named, by=named)

    for other in (rewards.proposer(county), complaints.handler(county, "market")):
        with pytest.raises(NotPermitted):
            propose(county, order, by=other)
    assert propose(county, order, by=named).proposed_by_id == named.id


def test_nobody_proposes_from_another_county(county, session):
    order = rewards.report(county)
    foreign = rewards.proposer(County(session, code="990102", name="临溪县"))

    assert not service.may_propose(foreign, order)


def test_a_report_has_one_reward_until_that_has_ended(county):
    order = rewards.report(county)
    first = rewards.proposed(county, order)

    with pytest.raises(Blocked, match=first.number):
        propose(county, order)
    done(service.refuse, first, reason="重复", by=rewards.head(county))
    assert propose(county, order).state is RewardState.PROPOSED


def test_each_reporter_of_a_merged_order_has_a_reward_of_their_own(county):
    rewards.ruled(county)
    into = complaints.accepted(county, kind=ComplaintKind.REPORT, tracking_hash="x")
    other = complaints.merged(county, into=into, kind=ComplaintKind.REPORT, tracking_hash="y")
    given = {"by": complaints.desk(county), "today": clock.today()}
    done(
        complaints.service.assign, into, department=county.departments["education"], handler=None,
        helpers=[], account="反映无证办学", **given,
    )  # fmt: skip
    done(
        complaints.service.submit, into, complaints.ANSWER, by=complaints.handler(county),
        today=clock.today(),
    )  # fmt: skip
    done(complaints.service.approve, into, by=complaints.head(county), today=clock.today())
    county.session.refresh(other)

    made = [propose(county, one) for one in (into, other)]

    assert [one.complaint_id for one in made] == [into.id, other.id]


def test_who_proposed_approves_nothing_and_neither_pays(county):
    boss = county.officer(Role.SECTION_HEAD, Role.HOTLINE)
    own = rewards.proposed(county, by=boss)
    with pytest.raises(NotPermitted, match="您提出的"):
        done(service.approve, own, by=boss, today=clock.today())

    approved = rewards.approved(county, by=boss)
    with pytest.raises(NotPermitted, match="您批准的"):
        rewards.pay(county, approved, by=boss)
    assert approved.state is RewardState.APPROVED


def test_the_database_itself_refuses_two_parts_by_one_person(county, session):
    made = rewards.approved(county)

    with pytest.raises(sa.exc.IntegrityError, match="three_people"), session.begin_nested():
        session.execute(sa.update(Reward).values(approved_by_id=made.proposed_by_id))


def test_it_is_paid_once_whoever_comes_second(county):
    made = rewards.approved(county)
    seen = made.version
    rewards.pay(county, made)

    with pytest.raises(WrongState):
        rewards.pay(county, made)
    with pytest.raises((StaleForm, WrongState)):
        rewards.pay(county, made, version=seen)
    county.session.refresh(made)
    assert [event.verb for event in history.history(county.session, made)].count("reward.pay") == 1


def test_another_word_or_another_reporters_proof_opens_nothing(county):
    one, other = rewards.approved(county), rewards.approved(county)

    with pytest.raises(BadInput, match="没有发放"):
        service.proven(one.complaint, "别的查询词")
    proof = service.proven(other.complaint, rewards.WORD)
    with pytest.raises(NotPermitted):
        done(service.pay, one, proof, by=rewards.clerk(county), today=clock.today())


@pytest.mark.parametrize(("days", "lapsed"), [(59, False), (60, False), (61, True)])
def test_it_lapses_the_day_after_its_last_day(county, days, lapsed):
    made = rewards.approved(county)
    today = clock.today() + timedelta(days)

    assert made.has_lapsed(today) is lapsed
    if lapsed:
        with pytest.raises(WrongState, match="已过期"):
            rewards.pay(county, made, today=today)
    else:
        rewards.pay(county, made, today=today)


def test_without_days_it_never_lapses(county):
    rewards.ruled(county, RewardRules([ComplaintKind.REPORT], 100_000))

    made = rewards.approved(county)

    assert made.until_on is None
    assert not made.has_lapsed(clock.today() + timedelta(9999))


def test_the_county_can_lower_what_it_gives_before_it_is_approved(county):
    made = rewards.proposed(county)
    rewards.ruled(county, RewardRules([ComplaintKind.REPORT], 1_000))

    with pytest.raises(BadInput, match=r"最高10\.00元"):
        done(service.approve, made, by=rewards.head(county), today=clock.today())
    rewards.ruled(county, None)
    with pytest.raises(Blocked, match="没有设定"):
        done(service.approve, made, by=rewards.head(county), today=clock.today())


def test_a_report_that_is_handled_again_pays_nothing_meanwhile(county):
    made = rewards.approved(county)
    complaints.redone(county, made.complaint)

    with pytest.raises(Blocked, match="重新办理"):
        rewards.pay(county, made)


def test_what_is_written_of_it_covers_who_told(county):
    made = rewards.proposed(county, reason="林素问提供的线索准确，13800138000。")

    assert "林素问" not in made.reason
    assert "13800138000" not in made.reason


def test_count_and_sum_of_the_views_are_all_there_are(county, session):
    rewards.proposed(county, fen=100)
    rewards.approved(county, fen=200)
    rewards.paid(county, fen=300)
    rewards.refused(county, fen=400)
    rewards.withdrawn(county, fen=500)
    head, late = rewards.head(county), clock.today() + timedelta(61)

    now = queries.figures(session, head, today=clock.today())
    then = queries.figures(session, head, today=late)

    assert now[RewardView.ENDED] == Figures(2, 900)
    assert (now[RewardView.CLAIMABLE], now[RewardView.LAPSED]) == (Figures(1, 200), Figures())
    assert (then[RewardView.CLAIMABLE], then[RewardView.LAPSED]) == (Figures(), Figures(1, 200))
    for figures in (now, then):
        assert sum(one.fen for one in figures.values()) == 1500
        for view, one in figures.items():
            rows = session.scalars(
                queries.listed(head).where(view.clause(clock.today() if figures is now else late))
            ).all()
            assert (len(rows), sum(row.fen for row in rows)) == (one.count, one.fen)


def test_another_department_and_another_county_read_nothing(county, session):
    rewards.proposed(county)

    market = complaints.handler(county, "market")
    abroad = county.officer(Role.SECTION_HEAD, division=county.townships[2])

    for officer in (market, abroad):
        found = queries.figures(session, officer, today=clock.today())
        assert sum(one.count for one in found.values()) == 0
