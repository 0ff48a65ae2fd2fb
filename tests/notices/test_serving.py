"""Service: its proof, its day, and what it sets off."""

from dataclasses import replace
from datetime import date, time, timedelta

import pytest

from tests.factories import ledger, notices, registry
from tests.factories.ledger import done
from training_oversight.accounts.permissions import Role
from training_oversight.errors import BadInput, NotPermitted, WrongState
from training_oversight.law import Unit
from training_oversight.ledger.clocks import LimitKind
from training_oversight.ledger.models import LimitBasis
from training_oversight.notices import printed, queries, service
from training_oversight.notices.models import ServiceMethod
from training_oversight.notices.workflow import NoticeState
from training_oversight.registry.workflow import InstitutionState

M = ServiceMethod
PROOF = {
    M.DIRECT: {"received_by": "许芸", "receiver_role": "负责人"},
    M.LEFT: {"detail": "负责人当面拒收", "witness": "居委会 王昇"},
    M.POST: {"detail": "EMS 1234567890123", "receipt_on": date(2026, 10, 15)},
    M.ELECTRONIC: {"detail": "2026年9月1日签的确认书，存案卷第3页"},
    M.BY_ANOTHER: {
        "detail": "邻县教育局，委托函〔2026〕8号",
        "received_by": "许芸",
        "receipt_on": date(2026, 10, 15),
    },
}
NOTHING = {"received_by": "", "receiver_role": "", "place": ""}


def two_items(county):
    place = registry.institution(county)
    return [ledger.item(county, place), ledger.item(county, place)]


def attempt(county, method, **values):
    return notices.handing_over(county, method, **(NOTHING | values))


@pytest.mark.parametrize("method", PROOF)
def test_service_with_its_proof_is_recorded(county, method):
    notice = notices.approved(county)

    notices.served(county, notice, attempt=attempt(county, method, **PROOF[method]))

    assert notice.state is NoticeState.SERVED
    assert notice.served_on == county.today
    assert notice.services[-1].takes_effect_on == county.today


@pytest.mark.parametrize(
    ("method", "left_out"), [(method, field) for method, proof in PROOF.items() for field in proof]
)
def test_service_without_its_proof_is_refused(county, method, left_out):
    notice = notices.approved(county)
    given = {name: value for name, value in PROOF[method].items() if name != left_out}

    with pytest.raises(BadInput) as refused:
        notices.served(county, notice, attempt=attempt(county, method, **given))

    assert left_out in refused.value.fields
    assert notice.state is NoticeState.APPROVED


def test_post_counts_from_the_day_on_the_receipt(county, at):
    notice = notices.approved(county)
    sent = county.today
    at(sent + timedelta(days=6))
    letter = attempt(county, M.POST, on=sent, detail="EMS 1", receipt_on=sent + timedelta(days=4))

    notices.served(county, notice, attempt=letter)

    assert notice.served_on == sent + timedelta(days=4)
    assert notice.entries[0].item.limits[-1].starts_on == sent + timedelta(days=4)


@pytest.mark.parametrize("days", [1, -1])
def test_service_is_neither_in_the_future_nor_before_approval(county, days):
    notice = notices.approved(county)
    wrong = notices.handing_over(county, on=county.today + timedelta(days=days))

    with pytest.raises(BadInput) as refused:
        notices.served(county, notice, attempt=wrong)

    assert list(refused.value.fields) == ["attempted_on"]


def test_a_notice_is_not_served_before_it_is_approved(county):
    notice = notices.submitted(county)

    with pytest.raises(WrongState) as refused:
        notices.served(county, notice)

    assert str(refused.value) == "现在不能办“登记送达”：这条记录的状态是“待审批”。"


def test_deadlines_run_from_service_not_from_approval(county, at):
    notice = notices.approved(county)
    at(county.today + timedelta(days=5))

    notices.served(county, notice)
    item = notice.entries[0].item

    assert item.due_on == date(2026, 11, 10)
    assert (item.due_basis, item.due_source) == (LimitBasis.SERVICE, notice.number)
    assert item.limits[-1].starts_on == notice.served_on


def test_each_item_has_its_own_period(county):
    notice = notices.draft(county, count=2)
    second = notice.entries[1].item_id
    notices.rewritten(
        county,
        notice,
        asked=lambda one: replace(one, length=5) if one.item_id == second else one,
    )

    notices.served(county, notices.approved(county, notices.submitted(county, notice)))

    assert [e.item.due_on.isoformat() for e in notice.entries] == ["2026-11-05", "2026-10-22"]


def test_what_left_the_ledger_meanwhile_gets_no_deadline(county):
    items = two_items(county)
    notice = notices.approved(county, items=items)
    ledger.voided(county, items[0])

    notices.served(county, notice)

    assert items[0].due_on is None
    assert items[1].due_on is not None


def test_a_stop_moves_the_institution_and_is_due_at_once(county):
    place = registry.institution(county)

    notice = notices.served(county, type="stop", institution=place)

    assert place.state is InstitutionState.ORDERED_TO_STOP
    assert place.ordered_to_stop_on == notice.served_on
    assert notice.entries[0].item.due_on == notice.served_on


@pytest.mark.parametrize("type", ["urge", "talk", "inform"])
def test_what_only_reminds_moves_no_deadline(county, type):
    place = registry.institution(county)
    due_on = county.today + timedelta(days=3)
    item = ledger.item(county, place, due_on=due_on)

    notice = notices.served(county, type=type, items=[item])

    assert notice.state is NoticeState.SERVED
    assert (item.due_on, len(item.limits)) == (due_on, 1)


def test_a_second_stop_leaves_the_institution_as_it_is(county):
    place = registry.institution(county)
    notices.served(county, type="stop", institution=place)

    second = notices.served(county, type="stop", institution=place)

    assert second.state is NoticeState.SERVED
    assert place.state is InstitutionState.ORDERED_TO_STOP


def test_a_failed_attempt_is_recorded_and_the_notice_stays_to_be_served(county):
    notice = notices.approved(county)
    officer = county.officer()

    done(
        service.record_failed_attempt,
        notice,
        attempt=notices.failure(county),
        by=officer,
        today=county.today,
    )

    assert notice.state is NoticeState.APPROVED
    assert notice.services[-1].failure == "门锁着，没有人。"
    assert notice.entries[0].item.due_on is None


def test_a_failed_attempt_says_why(county):
    notice = notices.approved(county)

    with pytest.raises(BadInput):
        done(
            service.record_failed_attempt,
            notice,
            attempt=notices.failure(county, failure=" "),
            by=county.officer(),
            today=county.today,
        )


def test_a_reader_records_no_service(county):
    notice = notices.approved(county)

    with pytest.raises(NotPermitted):
        notices.served(county, notice, by=county.officer(Role.OBSERVER))


def completed(county, notice):
    done(
        service.complete_announcement,
        notice,
        by=county.officer(),
        today=county.today,
        calendar=ledger.calendar(county),
    )


def test_an_announcement_counts_after_thirty_days(county, at):
    notice = notices.announced(county, notices.approved(county))
    running = notice.state, queries.pending_announcement(notice)
    at(county.today + timedelta(days=40))

    completed(county, notice)

    assert running[0] is NoticeState.APPROVED
    assert running[1] is not None
    # Day 30 is Saturday the 14th of November.
    assert notice.served_on == date(2026, 11, 16)
    assert notice.entries[0].item.limits[-1].starts_on == date(2026, 11, 16)


def test_an_announcement_is_not_completed_early(county, at):
    notice = notices.announced(county, notices.approved(county))
    at(county.today + timedelta(days=30))

    with pytest.raises(WrongState):
        completed(county, notice)

    assert notice.state is NoticeState.APPROVED


def test_one_announcement_runs_at_a_time(county):
    notice = notices.announced(county, notices.approved(county))

    with pytest.raises(WrongState):
        notices.announced(county, notice)


def test_an_announcement_is_no_service_yet(county):
    notice = notices.approved(county)
    words = attempt(county, M.ANNOUNCEMENT, detail="下落不明", place="县政府网站")

    with pytest.raises(BadInput):
        notices.served(county, notice, attempt=words)


def test_a_notice_is_fulfilled_when_every_item_is_written_off(county):
    items = two_items(county)
    notice = notices.served(county, items=items)
    before = queries.fulfilled(county.session, [notice.id]), notice.is_fulfilled
    ledger.voided(county, items[0])
    ledger.closed(county, ledger.verified(county, ledger.applied(county, items[1])))

    after = queries.fulfilled(county.session, [notice.id]), notice.is_fulfilled

    assert before == (set(), False)
    assert after == ({notice.id}, True)


def test_the_proof_of_service_is_filled_in(county):
    notice = notices.served(county)

    paper = printed.receipt(notice, notice.services[-1])

    assert paper.method == "直接送达"
    assert (paper.receiver, paper.relation) == ("许芸", "负责人")
    assert paper.served_at.hour == 9
    assert paper.number == notice.number


def test_the_proof_of_service_prints_the_day_where_no_hour_is_known(county):
    notice = notices.served(county, attempt=notices.handing_over(county, at=time(0)))

    paper = printed.receipt(notice, notice.services[-1])

    assert (paper.served_at, paper.served_on) == (None, county.today)


def test_the_proof_of_service_by_post_prints_the_day_on_the_receipt(county, at):
    notice = notices.approved(county)
    sent = county.today
    at(sent + timedelta(days=6))
    letter = attempt(county, M.POST, on=sent, detail="EMS 1", receipt_on=sent + timedelta(days=4))
    notices.served(county, notice, attempt=letter)

    paper = printed.receipt(notice, notice.services[-1])

    assert (paper.served_at, paper.served_on) == (None, sent + timedelta(days=4))


@pytest.mark.parametrize("method", [M.POST, M.BY_ANOTHER])
def test_no_receipt_is_older_than_what_was_posted(county, at, method):
    sent = date(2026, 10, 20)
    notice = notices.approved(county)
    at(sent)
    proof = PROOF[method] | {"receipt_on": sent - timedelta(days=1)}

    with pytest.raises(BadInput) as refused:
        notices.served(county, notice, attempt=attempt(county, method, on=sent, **proof))

    assert "receipt_on" in refused.value.fields


@pytest.mark.parametrize(
    ("type", "kind"), [("stop", LimitKind.SETTLEMENT), ("rectify", LimitKind.REST)]
)
def test_what_is_asked_at_once_and_by_a_day_runs_on_two_clocks(county, type, kind):
    notice = notices.draft(county, type=type)
    notices.rewritten(
        county,
        notice,
        asked=lambda one: replace(one, at_once=True, length=15, unit=Unit.CALENDAR_DAYS),
    )

    notices.served(county, notices.approved(county, notices.submitted(county, notice)))

    item = notice.entries[0].item
    assert (item.due_on, item.second_due_on) == (county.today, county.today + timedelta(days=15))
    assert item.second_kind == kind
    assert [(row.kind, row.source) for row in item.limits] == [
        ("rectification", notice.number),
        (kind, notice.number),
    ]


def test_what_has_only_a_period_runs_on_one_clock(county):
    notice = notices.served(county, type="rectify")

    assert notice.entries[0].item.second_due_on is None


@pytest.mark.parametrize(("at", "said"), [(time(9), "10月15日 09:00"), (time(), "10月15日")])
def test_an_attempt_says_when_it_was_and_when_and_by_whom_it_was_entered(
    county, client_as, at, said
):
    by = county.officer()
    notice = notices.served(county, by=by, attempt=notices.handing_over(county, at=at))

    cell = client_as(by).get(f"/notices/{notice.id}").soup.select_one("#service tbody td")
    happened, entered = cell.select("time")[:2]

    assert happened.text == said
    assert entered.text.startswith("10月15日 ")
    assert by.name in cell.select_one(".second").text
