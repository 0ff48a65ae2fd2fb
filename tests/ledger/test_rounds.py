"""Report and re-check answer each other: none is dated before what it answers."""

from datetime import date, datetime, time, timedelta

import pytest
import sqlalchemy as sa

from tests.factories import ledger as make
from training_oversight import clock, database, law
from training_oversight.errors import BadInput, Blocked
from training_oversight.inspections import service as inspections
from training_oversight.inspections.models import Approval, VisitKind
from training_oversight.ledger import service
from training_oversight.ledger.models import (
    LimitBasis,
    Verdict,
    Verification,
    VerificationMode,
)
from training_oversight.ledger.workflow import ItemState

DUE = date(2026, 10, 1)
FAILED_ON = date(2026, 10, 9)
NEW = service.FixedLimit(date(2026, 10, 12), LimitBasis.RE_CHECK)


def report(county, one, received_on):
    make.done(
        service.apply, one, report="已改。", received_on=received_on, by=make.inspector(county),
        today=county.today, calendar=make.calendar(county),
    )  # fmt: skip


def look(county, one, recheck, *, by=None, verdict=Verdict.PASSED, new_limit=None):
    make.done(
        service.verify, one, recheck=recheck, verdict=verdict, new_limit=new_limit,
        by=by or make.inspector(county), today=county.today, calendar=make.calendar(county),
    )  # fmt: skip


def documents(day, note="看过照片。"):
    return service.Recheck(VerificationMode.DOCUMENTS, day, note)


def on_site(day, visit):
    return service.Recheck(VerificationMode.ON_SITE, day, "到场看过。", visit)


def failed(county, **more):
    """Reported in time, looked at on 9 October, and found not to be put right."""
    one = make.applied(county, due_on=DUE, received_on=DUE, **more)
    look(county, one, documents(FAILED_ON), verdict=Verdict.FAILED, new_limit=NEW)
    return one


def refused(field, act, *given, **more):
    with pytest.raises(BadInput) as refusal:
        act(*given, **more)
    assert field in refusal.value.fields
    return str(refusal.value.fields[field])


def test_no_report_is_older_than_the_failed_re_check_that_it_answers(county):
    one = failed(county)

    sentence = refused("received_on", report, county, one, FAILED_ON - timedelta(days=1))

    assert sentence == "不能早于2026年10月9日（那天复查不合格）。"
    assert one.state == ItemState.OPEN
    report(county, one, FAILED_ON)
    assert one.applied_on == FAILED_ON


def test_an_overdue_item_does_not_come_in_time_by_an_older_report(county):
    one = failed(county)
    assert one.is_overdue(county.today)

    refused("received_on", report, county, one, DUE)

    assert one.is_overdue(county.today)


def test_no_re_check_is_older_than_the_report_that_it_answers(county):
    one = make.applied(county, received_on=date(2026, 10, 12))

    sentence = refused("verified_on", look, county, one, documents(date(2026, 10, 11)))

    assert sentence == "不能早于2026年10月12日（那天收到整改报告）。"
    look(county, one, documents(date(2026, 10, 12)))
    assert one.state == ItemState.VERIFIED


def test_a_second_look_is_not_older_than_the_first(county):
    one = make.applied(county, received_on=DUE)
    look(county, one, documents(FAILED_ON))
    make.done(
        service.return_, one, reason="照片不清", by=make.section_head(county),
        today=county.today, calendar=make.calendar(county),
    )  # fmt: skip

    sentence = refused("verified_on", look, county, one, documents(FAILED_ON - timedelta(days=1)))

    assert "2026年10月9日" in sentence


@pytest.mark.parametrize("verdict", list(Verdict))
def test_nothing_is_dated_tomorrow(county, verdict):
    one = make.applied(county)
    tomorrow = county.today + timedelta(days=1)

    refused(
        "verified_on", look, county, one, documents(tomorrow), verdict=verdict,
        new_limit=service.FixedLimit(tomorrow, LimitBasis.RE_CHECK),
    )  # fmt: skip


def test_the_visit_that_failed_an_item_cannot_pass_it(county):
    me = make.inspector(county)
    one = make.applied(county, received_on=DUE)
    visit = make.visit(county, one.institution, me, day=FAILED_ON, kind=VisitKind.RE_INSPECTION)
    look(county, one, on_site(FAILED_ON, visit), by=me, verdict=Verdict.FAILED, new_limit=NEW)
    report(county, one, FAILED_ON)

    refused("visit_id", look, county, one, on_site(FAILED_ON, visit), by=me)

    assert one.state == ItemState.APPLIED


def test_the_database_itself_takes_a_visit_once_for_an_item(county):
    me = make.inspector(county)
    one = make.applied(county, received_on=DUE)
    visit = make.visit(county, one.institution, me, day=FAILED_ON)
    look(county, one, on_site(FAILED_ON, visit), by=me)
    columns = [column.name for column in Verification.__table__.columns if column.name != "id"]
    again = sa.insert(Verification).from_select(columns, sa.select(
        *(Verification.__table__.c[name] for name in columns)
    ))  # fmt: skip

    with pytest.raises(sa.exc.IntegrityError), database.transaction() as session:
        session.execute(again)


def test_one_visit_carries_the_re_checks_of_several_items(county):
    me, place = make.inspector(county), make.institution(county)
    items = [
        make.applied(county, make.item(county, place), received_on=DUE) for _ in range(2)
    ]  # fmt: skip
    visit = make.visit(county, place, me, day=FAILED_ON)

    for one in items:
        look(county, one, on_site(FAILED_ON, visit), by=me)

    assert {one.state for one in items} == {ItemState.VERIFIED}


def test_who_re_checks_on_site_has_been_there(county):
    me, other = make.inspector(county), make.inspector(county)
    one = make.applied(county, received_on=DUE)
    visit = make.visit(county, one.institution, me, make.inspector(county), day=FAILED_ON)

    sentence = refused("visit_id", look, county, one, on_site(FAILED_ON, visit), by=other)

    assert other.name in sentence
    look(county, one, on_site(FAILED_ON, visit), by=me)


def test_a_visit_before_the_report_answers_nothing(county):
    me = make.inspector(county)
    one = make.applied(county, received_on=FAILED_ON)
    visit = make.visit(county, one.institution, me, day=FAILED_ON - timedelta(days=1))

    refused("visit_id", look, county, one, on_site(county.today, visit), by=me)


def test_a_re_check_is_not_older_than_its_visit(county):
    me = make.inspector(county)
    one = make.applied(county, received_on=DUE)
    visit = make.visit(county, one.institution, me, day=FAILED_ON)

    refused("verified_on", look, county, one, on_site(FAILED_ON - timedelta(days=1), visit), by=me)


@pytest.mark.parametrize("mode", [VerificationMode.DOCUMENTS, VerificationMode.PLATFORM])
def test_from_the_desk_no_visit_is_named_but_what_was_seen(county, mode):
    me = make.inspector(county)
    one = make.applied(county, received_on=DUE)
    visit = make.visit(county, one.institution, me, day=FAILED_ON)

    refused("visit_id", look, county, one, service.Recheck(mode, FAILED_ON, "看过", visit), by=me)
    refused("note", look, county, one, service.Recheck(mode, FAILED_ON, " "), by=me)


def closed_directly(county, one, recheck, verified_by):
    make.done(
        service.close_directly, one, reason=make.close_reason(county, "stopped"),
        recheck=recheck, verified_by=verified_by, by=make.section_head(county),
        today=county.today,
    )  # fmt: skip


def test_a_direct_close_answers_the_failed_re_check_as_well(county):
    one, me = failed(county), make.inspector(county)
    early = make.visit(county, one.institution, me, day=FAILED_ON - timedelta(days=1))
    later = make.visit(county, one.institution, me, day=FAILED_ON)

    before = documents(FAILED_ON - timedelta(days=1))
    refused("verified_on", closed_directly, county, one, before, me)
    refused("visit_id", closed_directly, county, one, on_site(county.today, early), me)
    other = make.inspector(county)
    refused("visit_id", closed_directly, county, one, on_site(county.today, later), other)

    closed_directly(county, one, on_site(county.today, later), me)
    assert one.state == ItemState.CLOSED


def put_back(county, one, limit):
    make.done(
        service.reopen, one, limit=limit, reason="又开课", by=make.section_head(county),
        today=county.today, calendar=make.calendar(county),
    )  # fmt: skip


def test_nothing_answers_a_relapse_before_it_was_seen(county, at):
    one = make.closed(county, received_on=DUE)
    at(date(2026, 10, 30))
    before, week = date(2026, 10, 14), law.Period(7, law.Unit.CALENDAR_DAYS)
    for limit in (
        service.FixedLimit(before, LimitBasis.REOPENED),
        service.PeriodLimit(week, before, LimitBasis.REOPENED),
    ):
        with pytest.raises(BadInput):
            put_back(county, one, limit)
    put_back(county, one, service.PeriodLimit(week, date(2026, 10, 28), LimitBasis.REOPENED))

    sentence = refused("received_on", report, county, one, date(2026, 10, 27))

    assert sentence == "不能早于2026年10月28日（那天重新挂账）。"


def test_no_limit_is_over_before_the_failed_re_check_that_gives_it(county):
    one = make.applied(county, received_on=DUE)
    day = FAILED_ON - timedelta(days=1)
    week = law.Period(7, law.Unit.CALENDAR_DAYS)

    refused(
        "due_on", look, county, one, documents(FAILED_ON), verdict=Verdict.FAILED,
        new_limit=service.FixedLimit(day, LimitBasis.RE_CHECK),
    )  # fmt: skip
    refused(
        "starts_on", look, county, one, documents(FAILED_ON), verdict=Verdict.FAILED,
        new_limit=service.PeriodLimit(week, day, LimitBasis.RE_CHECK),
    )  # fmt: skip


def test_a_first_limit_does_not_run_from_before_the_finding(county):
    week = law.Period(7, law.Unit.CALENDAR_DAYS)

    with pytest.raises(BadInput):
        make.item(county, limit=service.PeriodLimit(
            week, county.today - timedelta(days=31), LimitBasis.ON_THE_SPOT
        ))  # fmt: skip


def test_the_page_offers_the_visits_that_can_carry_the_re_check(county, client_as):
    me = make.inspector(county)
    one = make.applied(county, received_on=FAILED_ON)
    place = one.institution
    mine = make.visit(county, place, me, day=FAILED_ON)
    make.visit(county, place, me, day=FAILED_ON - timedelta(days=1))
    make.visit(county, place, day=FAILED_ON)

    page = client_as(me).get(f"/items/{one.id}/verify").soup

    offered = [option["value"] for option in page.select("[name=visit_id] option")]
    assert offered == ["0", str(mine.id)]
    assert "不能早于2026年10月9日（那天收到整改报告）。" in page.select_one("main form").text


def test_the_page_says_from_when_a_report_counts(county, client_as):
    one = failed(county)

    answer = client_as(make.inspector(county)).submit(
        f"/items/{one.id}/apply", 422, report="已改。", received_on="2026-10-08"
    )

    assert answer.text.count("不能早于2026年10月9日（那天复查不合格）。") >= 2


def corrected(county, visit, officers, *, day=FAILED_ON, kind=VisitKind.RE_INSPECTION):
    at = clock.from_local(datetime.combine(day, time(15)))
    told = inspections.VisitDraft(
        place=visit.institution, kind=kind, happened_at=at, approval=Approval.APPROVED,
        officers=officers,
    )  # fmt: skip
    make.done(inspections.correct, visit, told, reason="录错了", by=officers[0])


def test_a_visit_that_carries_a_re_check_keeps_its_verifier_its_day_and_its_kind(county):
    me, other = make.inspector(county), make.inspector(county)
    one = make.applied(county, received_on=DUE)
    visit = make.visit(county, one.institution, me, other, day=FAILED_ON)
    look(county, one, on_site(FAILED_ON, visit), by=me)

    for officers, more in (
        ([other], {}),
        ([me], {"day": DUE - timedelta(days=1)}),
        ([me], {"day": FAILED_ON + timedelta(days=1)}),
        ([me], {"kind": VisitKind.GUIDANCE}),
    ):
        with pytest.raises(Blocked, match=one.number):
            corrected(county, visit, officers, **more)

    corrected(county, visit, [me], day=DUE)
    assert [officer.id for officer in visit.officers] == [me.id]


def test_what_was_returned_for_another_re_check_holds_no_visit(county):
    me, other = make.inspector(county), make.inspector(county)
    one = make.applied(county, received_on=DUE)
    visit = make.visit(county, one.institution, me, day=FAILED_ON)
    look(county, one, on_site(FAILED_ON, visit), by=me)
    make.done(
        service.return_, one, reason="没有到场", by=make.section_head(county),
        today=county.today, calendar=make.calendar(county),
    )  # fmt: skip

    corrected(county, visit, [other])

    assert [officer.id for officer in visit.officers] == [other.id]
