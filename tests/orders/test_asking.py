"""What is asked of the 12345 centre: more time, or that it takes an order back."""

from datetime import timedelta

import pytest

from tests.factories.complaints import (
    accepted,
    answered,
    assigned,
    desk,
    objected,
    received,
    submitted,
)
from tests.factories.ledger import done
from tests.factories.orders import asked_back, counts, more_time, row, said, taken
from training_oversight.accounts.permissions import Role
from training_oversight.complaints.kinds import LimitBasis, RequestResult, Step
from training_oversight.complaints.service import return_
from training_oversight.complaints.workflow import ComplaintState
from training_oversight.errors import BadInput, Blocked, NotPermitted
from training_oversight.orders import service

GRANTED, REFUSED = RequestResult.GRANTED, RequestResult.REFUSED


def order(county, make=assigned, **more):
    due = county.today + timedelta(10)
    return make(county, outside_number="DH1", outside_due_on=due, **more)


def in_days(county, days):
    return county.today + timedelta(days)


def test_time_that_the_centre_gives_is_the_new_day_of_the_answer(county):
    complaint = order(county)
    more_time(county, complaint, until=in_days(county, 20))
    before = complaint.due_on

    said(county, complaint, GRANTED)

    assert before == in_days(county, 10)
    assert complaint.due_on == complaint.sort_due == in_days(county, 20)
    last = complaint.limits[-1]
    assert (last.step, last.basis) == (Step.ANSWER, LimitBasis.EXTENSION)
    assert complaint.requests[0].granted_until == in_days(county, 20)


def test_the_centre_may_give_less_than_was_asked(county):
    complaint = order(county)
    more_time(county, complaint, until=in_days(county, 20))

    said(county, complaint, GRANTED, until=in_days(county, 15))

    assert complaint.due_on == in_days(county, 15)


def test_of_an_order_that_nobody_has_accepted_acceptance_stays_owed(county):
    complaint = order(county, received)
    owed = complaint.due_on
    more_time(county, complaint, until=in_days(county, 20))

    said(county, complaint, GRANTED)

    assert complaint.due_on == owed


def test_what_the_centre_refuses_changes_no_day(county):
    complaint = order(county)
    more_time(county, complaint, until=in_days(county, 20))

    said(county, complaint, REFUSED, until=in_days(county, 20), words="请按期办结。")

    assert complaint.due_on == in_days(county, 10)
    assert (complaint.requests[0].words, complaint.requests[0].granted_until) == (
        "请按期办结。",
        None,
    )
    more_time(county, complaint, until=in_days(county, 20))
    assert len(complaint.requests) == 2


def test_a_list_from_before_the_extension_changes_nothing(county):
    complaint = order(county, words="反映退费问题\n机构关门后一直不退剩余课时费。")
    more_time(county, complaint, until=in_days(county, 20))
    said(county, complaint, GRANTED)

    lists = [taken(county, row("DH1", 办理期限=in_days(county, days))) for days in (10, 20)]

    assert [counts(one) for one in lists] == [{"unchanged": 1}, {"unchanged": 1}]


@pytest.mark.parametrize("make", [received, accepted, assigned, objected])
def test_an_order_that_the_centre_takes_back_has_ended(county, make):
    complaint = order(county, make)
    asked_back(county, complaint)

    said(county, complaint, GRANTED)

    assert complaint.state is ComplaintState.DECLINED
    assert complaint.declined_on == county.today
    assert complaint.due_on is None
    assert "12345" in complaint.declined_words


def test_an_order_whose_return_is_refused_stays(county):
    complaint = order(county)
    asked_back(county, complaint)

    said(county, complaint, REFUSED)

    assert complaint.state is ComplaintState.ASSIGNED
    with pytest.raises(Blocked):
        done(service.give_up, complaint, by=desk(county), today=county.today)


def test_while_an_answer_waits_for_approval_the_order_is_given_back_afterwards(county):
    complaint = order(county, submitted)
    asked_back(county, complaint)
    said(county, complaint, GRANTED)
    waiting = complaint.state
    done(return_, complaint, reason="中心已收回。", by=county.officer(Role.SECTION_HEAD))

    done(service.give_up, complaint, by=desk(county), today=county.today)

    assert waiting is ComplaintState.SUBMITTED
    assert complaint.state is ComplaintState.DECLINED


def test_one_request_is_open_at_a_time(county):
    complaint = order(county)
    asked_back(county, complaint)

    with pytest.raises(Blocked):
        more_time(county, complaint, until=in_days(county, 20))


def test_only_the_centres_orders_that_are_owed_an_answer_are_asked_about(county):
    for complaint in (assigned(county), order(county, answered)):
        with pytest.raises(Blocked):
            asked_back(county, complaint)


def test_nothing_is_answered_that_was_not_asked(county):
    with pytest.raises(Blocked):
        said(county, order(county), GRANTED)


@pytest.mark.parametrize("days", [0, 10])
def test_more_time_is_more_than_there_is(county, days):
    complaint = order(county)

    with pytest.raises(BadInput) as refused:
        more_time(county, complaint, until=in_days(county, days))

    assert "wanted_on" in refused.value.fields


def test_an_order_without_a_day_is_given_one_after_today(county):
    complaint = received(county, outside_number="DH2")

    with pytest.raises(BadInput):
        more_time(county, complaint, until=county.today)
    more_time(county, complaint, until=in_days(county, 1))
    said(county, complaint, GRANTED)

    assert complaint.limits[-1].due_on == in_days(county, 1)


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"decided_on": -1}, "decided_on"),
        ({"decided_on": 1}, "decided_on"),
        ({"until": 10}, "until"),
    ],
)
def test_an_answer_has_a_day_that_can_be(county, given, field):
    complaint = order(county)
    more_time(county, complaint, until=in_days(county, 20))

    with pytest.raises(BadInput) as refused:
        said(county, complaint, GRANTED, **{name: in_days(county, n) for name, n in given.items()})

    assert refused.value.fields.keys() == {field}


def test_only_the_desk_asks(county):
    complaint = order(county)

    with pytest.raises(NotPermitted):
        asked_back(county, complaint, by=county.officer())


def test_the_desk_asks_and_enters_the_answer_on_pages(client_as, county):
    complaint = order(county)
    browser, address = client_as(desk(county)), f"/complaints/{complaint.id}"
    day = in_days(county, 20).isoformat()

    early = browser.submit(
        f"{address}/centre/extension",
        422,
        ground="需要核对合同",
        wanted_on=county.today.isoformat(),
    )
    asked = browser.submit(f"{address}/centre/extension", ground="需要核对合同", wanted_on=day)
    answer = browser.submit(
        f"{address}/centre/answer", result="granted", decided_on=county.today.isoformat(),
        words="同意延期一次",
    )  # fmt: skip

    assert "之后的日期" in early.text
    assert "登记中心答复" in asked.text
    assert "向中心申请延期" not in asked.soup.select_one("main").text
    assert "同意延期一次" in answer.text
    county.session.refresh(complaint)
    assert complaint.due_on == in_days(county, 20)


def test_a_return_is_asked_granted_and_shown(client_as, county):
    complaint = order(county)
    browser, address = client_as(desk(county)), f"/complaints/{complaint.id}"

    page = browser.get(f"{address}/centre/return")
    browser.submit(f"{address}/centre/return", ground="属于市场监管部门")
    form = browser.get(f"{address}/centre/answer")
    after = browser.submit(
        f"{address}/centre/answer", result="granted", decided_on=county.today.isoformat()
    )

    assert "时限照常走" in page.text
    assert form.soup.select_one("[name=until]") is None
    assert "不予受理" in after.text
    assert "属于市场监管部门" in after.text
    browser.get(f"{address}/centre/answer", status=409)


def test_who_may_not_enter_the_answer_reads_that_there_is_none(client_as, county):
    complaint = order(county)
    asked_back(county, complaint)

    page = client_as(county.officer()).get(f"/complaints/{complaint.id}")

    assert "中心尚未答复" in page.text
    assert "登记中心答复" not in page.text


def test_what_was_granted_late_is_given_back_on_its_page(client_as, county):
    complaint = order(county, submitted)
    asked_back(county, complaint)
    said(county, complaint, GRANTED)
    browser, address = client_as(desk(county)), f"/complaints/{complaint.id}/centre/give-up"
    browser.get(address, status=409)
    done(return_, complaint, reason="中心已收回。", by=county.officer(Role.SECTION_HEAD))

    after = browser.submit(address)

    assert "工单已退回中心" in after.text
