"""One closing, many families, one running total."""

import json
from datetime import timedelta

import pytest
import sqlalchemy as sa

from tests.factories import refunds
from tests.factories.county import County
from tests.factories.enforcement import done
from tests.factories.registry import institution
from training_oversight import database
from training_oversight.accounts.permissions import Role
from training_oversight.errors import BadInput, NotFound, NotPermitted, WrongState
from training_oversight.refunds import queries, service
from training_oversight.refunds.formula import Contract
from training_oversight.refunds.models import Refund, RefundWay
from training_oversight.refunds.workflow import EventState, RefundState


def totals(county, event):
    return queries.totals(county.session, [event.id])[event.id]


def test_an_event_runs_once_at_an_institution(county):
    running = refunds.event(county)

    assert (running.number, running.state) == ("TY-2026-01", EventState.OPEN)
    with pytest.raises(WrongState, match="TY-2026-01"):
        refunds.event(county, running.institution)
    with pytest.raises(NotPermitted):
        refunds.event(county, by=county.officer(Role.LEADER))


def test_an_event_does_not_begin_tomorrow(county):
    with pytest.raises(BadInput):
        done(
            service.open_event, institution(county),
            happened_on=county.today + timedelta(days=1), summary="", by=county.officer(),
            today=county.today,
        )  # fmt: skip


def test_the_total_adds_up_to_the_fen_by_way_and_by_state(county):
    running = refunds.event(county)
    first = refunds.agreed(county, event=running)
    refunds.paid(county, first, 100_001, way=RefundWay.ACCOUNT)
    refunds.paid(county, first, 2, way=RefundWay.COURT)
    refunds.settled(county, event=running, contract=Contract(99, 1, 0, 0), fen=99)
    refunds.signed_up(county, running)
    refunds.withdrawn(county, event=running)
    refunds.refund(county)

    found = totals(county, running)

    assert (found.families, found.refunds, found.unchecked) == (3, 3, 1)
    assert (found.due, found.paid) == (2 * refunds.DUE + 99, 100_102)
    assert found.left == found.due - found.paid
    assert found.by_way == {
        RefundWay.TALK: 99, RefundWay.MEDIATION: 0, RefundWay.COURT: 2,
        RefundWay.ACCOUNT: 100_001,
    }  # fmt: skip
    assert found.unaccounted == 0
    assert found.by_state == {
        RefundState.AGREED: 1, RefundState.SETTLED: 1, RefundState.SIGNED_UP: 1,
        RefundState.WITHDRAWN: 1,
    }  # fmt: skip


def test_a_family_with_two_contracts_is_one_family(county):
    running, whose = refunds.event(county), refunds.family(county)
    for course in ("美术", "舞蹈"):
        refunds.refund(county, event=running, whose=whose, course=course)

    assert (totals(county, running).families, totals(county, running).refunds) == (1, 2)


def test_families_are_counted_also_when_nobody_knows_any_more_who_they_were(county):
    running, whose = refunds.event(county), refunds.family(county)
    for course in ("美术", "舞蹈"):
        refunds.refund(county, event=running, whose=whose, course=course)
    refunds.refund(county, event=running)
    with database.transaction() as session:
        for one in session.scalars(sa.select(Refund)):
            one.parent = one.phone = one.phone_mark = None

    assert (totals(county, running).families, totals(county, running).refunds) == (2, 3)


def test_an_event_without_families_is_nothing_by_every_way(county):
    found = totals(county, refunds.event(county))

    assert (found.families, found.due, found.left, found.unaccounted) == (0, 0, 0, 0)
    assert set(found.by_way.values()) == {0}


def test_a_voided_payment_is_in_no_total(county):
    running = refunds.event(county)
    part = refunds.paid(county, refunds.agreed(county, event=running), 500)
    head = county.officer(Role.SECTION_HEAD)
    done(service.void_part, part, reason="重复", by=head, today=county.today)

    assert (totals(county, running).paid, totals(county, running).unaccounted) == (0, 0)


def test_an_ended_event_can_be_reopened_unless_another_runs(county):
    first, head = refunds.ended(county), county.officer(Role.SECTION_HEAD)
    done(service.reopen_event, first, reason="又有家长", by=head)
    assert (first.state, first.closed_on, first.conclusion) == (EventState.OPEN, None, "")

    done(service.close_event, first, conclusion="完", by=head, today=county.today)
    refunds.event(county, first.institution)
    with pytest.raises(WrongState):
        done(service.reopen_event, first, reason="又有家长", by=head)


def test_balances_stand_with_their_day_and_source_the_latest_first(county):
    running, by = refunds.event(county), county.officer()
    for days, fen in ((0, 5), (3, 900)):
        done(
            service.note_balance, running, as_of=county.today - timedelta(days=days), fen=fen,
            source="银行函", by=by, today=county.today,
        )  # fmt: skip

    assert [one.fen for one in queries.balances(county.session, running.id)] == [5, 900]


def test_families_are_told_by_the_head_and_no_more_once_it_is_taken_back(county):
    running, head = refunds.event(county), county.officer(Role.SECTION_HEAD)
    told = refunds.told(county, running)
    assert queries.announcements(county.session, running.id) == [told]
    with pytest.raises(NotPermitted):
        done(service.announce, running, text="x", by=county.officer(), today=county.today)

    taken = {"reason": "时间有误", "by": head, "today": county.today}
    done(service.take_back, running, told, **taken)

    assert queries.announcements(county.session, running.id) == []
    with pytest.raises(WrongState):
        done(service.take_back, running, told, **taken)


def test_the_command_gives_the_total_in_whole_fen(app, county):
    running = refunds.event(county)
    refunds.paid(county, refunds.agreed(county, event=running), 100, way=RefundWay.MEDIATION)
    run = app.test_cli_runner().invoke

    answer = run(args=["refunds", "totals", running.number, "--format", "json"])

    assert json.loads(answer.stdout) == {
        "event": running.number,
        "families": 1,
        "due": refunds.DUE,
        "paid": 100,
        "left": refunds.DUE - 100,
        "by_way": {"talk": 0, "mediation": 100, "court": 0, "account": 0},
    }
    words = run(args=["refunds", "totals", running.number]).stdout
    assert "paid: 1.00" in words
    assert "mediation 1.00" in words


def test_the_command_refuses_an_unknown_event_and_who_may_not_read(app, county):
    run = app.test_cli_runner().invoke
    running, liaison = refunds.event(county), county.officer(Role.LIAISON)

    assert run(args=["refunds", "totals", "TY-2026-99"]).exit_code == 2
    assert run(args=["refunds", "totals", "什么"]).exit_code == 2
    asked = run(args=["refunds", "totals", running.number, "--by", liaison.username])
    assert asked.exit_code == 2


def test_a_number_that_two_counties_have_is_nobodys_until_it_is_said_whose(county, session):
    other = County(session, code="990202", name="临川县")
    ours, theirs = refunds.event(county), refunds.event(other)
    assert ours.number == theirs.number

    with pytest.raises(NotFound, match="有几个县"):
        queries.event_named(session, county.system, ours.number)
    assert queries.event_named(session, other.officer(), ours.number) == theirs
