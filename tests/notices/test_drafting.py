"""Drafting and the completeness check."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.factories import inspections, ledger, notices, registry
from tests.factories.ledger import done
from training_oversight import database
from training_oversight.accounts.permissions import Role
from training_oversight.catalogue.models import Check
from training_oversight.errors import BadInput, Blocked, NotFound, NotPermitted, StaleForm
from training_oversight.inspections.models import Approval, VisitKind
from training_oversight.law import Unit
from training_oversight.notices import completeness, service
from training_oversight.notices.models import Recipient
from training_oversight.web.components import Tone


def test_a_draft_is_filled_in_from_the_records(county):
    place = registry.institution(county, name="明径艺术培训学校", responsible_person="㛃龑")
    item = ledger.item(county, place)

    notice = notices.draft(county, items=[item])

    assert notice.recipient_name == "明径艺术培训学校"
    assert notice.recipient_person == "㛃龑"
    assert notice.recipient_address == place.main_venue.address
    assert notice.facts.startswith("1. 2026年9月15日（现场检查）：二楼东侧安全出口前放有")
    assert notice.basis == [{"item": item.id, "text": item.violation_type.legal_basis}]
    assert notice.entries[0].requirement == "搬离器材柜，修复应急灯。"
    assert (notice.entries[0].length, notice.entries[0].unit) == (15, Unit.WORKING_DAYS)
    assert notice.remedies == county.authority.remedies
    assert notice.consequence == notice.type.consequence


def test_a_paper_within_the_administration_asks_whom_it_goes_to(county):
    notice = notices.draft(county, type="assign")

    problems = completeness.problems(notice)

    assert notice.recipient_name == ""
    assert str(problems[0]) == "受送达人没有填写"


def test_a_stop_is_at_once_with_a_period_for_refunds(county):
    notice = notices.draft(county, type="stop")

    assert notice.entries[0].at_once
    assert (notice.entries[0].length, notice.entries[0].unit) == (15, Unit.CALENDAR_DAYS)


def test_an_item_is_on_one_notice_on_its_way_at_a_time(county):
    item = ledger.item(county)
    first = notices.draft(county, items=[item])

    with pytest.raises(BadInput) as refused:
        notices.draft(county, items=[item])

    assert first.drafted_by.name in str(refused.value)


def test_an_item_of_a_voided_notice_may_be_drafted_again(county):
    item = ledger.item(county)
    first = notices.draft(county, items=[item])
    done(service.withdraw, first, reason="类型选错", by=first.drafted_by, today=county.today)

    second = notices.draft(county, items=[item])

    assert second.id != first.id


def test_items_of_two_institutions_are_refused(county):
    items = [ledger.item(county), ledger.item(county)]

    with pytest.raises(BadInput, match="同一家机构"):
        notices.draft(county, items=items)


def test_a_closed_item_is_refused(county):
    item = ledger.closed(county)

    with pytest.raises(BadInput, match="整改中的问题"):
        notices.draft(county, items=[item])


def test_a_reader_and_a_foreign_officer_cannot_draft(county):
    item = ledger.item(county)
    elsewhere = county.officer(division=county.townships[1])

    with pytest.raises(NotPermitted):
        notices.draft(county, items=[item], by=county.officer(Role.OBSERVER))
    with pytest.raises(NotFound):
        notices.draft(county, items=[item], by=elsewhere)


def test_a_draft_is_saved_with_everything_missing(county):
    notice = notices.draft(county)

    notices.rewritten(
        county,
        notice,
        recipient_name="",
        recipient_person="",
        facts="",
        remedies="",
        asked=lambda one: replace(one, basis="", requirement="", length=None, unit=None),
    )

    assert notice.facts == ""
    assert notice.entries[0].length is None


def test_what_is_asked_for_alone_makes_another_form_stale(county):
    notice = notices.draft(county)
    version = notice.version
    notices.rewritten(county, notice, asked=lambda one: replace(one, length=10))

    with pytest.raises(StaleForm):
        done(
            service.update,
            notice,
            wording=notices.wording(notice, facts="另一种写法"),
            by=notice.drafted_by,
            version=version,
        )


def test_a_problem_can_be_left_out_but_not_the_last_one(county):
    notice = notices.draft(county, count=2)
    gone = notice.entries[0].item_id
    leaving = lambda one: replace(one, left_out=one.item_id == gone)  # noqa: E731
    notices.rewritten(county, notice, asked=leaving)

    with pytest.raises(BadInput, match="至少写一项"):
        notices.rewritten(county, notice, asked=lambda one: replace(one, left_out=True))

    assert len(notice.entries) == 1
    assert len(notice.basis) == 1


def test_turning_to_the_organiser_brings_the_organisers_name(county):
    place = registry.institution(county, organiser="堃祎珺")
    notice = notices.draft(county, institution=place)

    notices.rewritten(county, notice, recipient=Recipient.ORGANISER)

    assert notice.recipient_name == "堃祎珺"
    assert notice.recipient_person == ""


def test_nothing_is_ordered_of_a_landlord(county):
    notice = notices.draft(county)

    with pytest.raises(BadInput, match="房东"):
        notices.rewritten(county, notice, recipient=Recipient.LANDLORD)


MISSING = {
    Check.PERSON: {"recipient_person": ""},
    Check.FACTS: {"facts": " "},
    Check.REMEDIES: {"remedies": ""},
    Check.BASIS: {"asked": lambda one: replace(one, basis="")},
    Check.REQUIREMENTS: {"asked": lambda one: replace(one, requirement="")},
    Check.DEADLINES: {"asked": lambda one: replace(one, length=None, unit=None, at_once=False)},
}


@pytest.mark.parametrize("type", ["rectify", "stop"])
@pytest.mark.parametrize("check", MISSING)
def test_each_type_refuses_to_submit_what_its_own_checks_miss(county, type, check):
    notice = notices.draft(county, type=type)
    notices.rewritten(county, notice, **MISSING[check])

    reasons = completeness.problems(notice)

    assert bool(reasons) is (check.value in notice.type.checks)


@pytest.mark.parametrize(
    ("remedies", "complete"),
    [
        ("可以依法申请行政复议或者提起行政诉讼。", False),
        ("可以依照2023年修订的行政复议法申请复议。", False),
        ("请在6日向本局说明。", False),
        ("可以自收到之日起六十日内申请行政复议。", True),
        ("可以在60日以内申请行政复议。", True),
        ("可以在6个月内提起行政诉讼。", True),
        ("可以在十五个工作日之内提出异议。", True),
    ],
)
def test_remedies_name_how_long_one_has(county, remedies, complete):
    notice = notices.draft(county)
    notices.rewritten(county, notice, remedies=remedies)

    lines = completeness.checked(county.session, notice, today=county.today)

    assert [one.field for one in lines if one.problem] == ([] if complete else ["remedies"])


@pytest.mark.parametrize(
    ("where", "place"),
    [
        ({"recipient_name": "李\ue000棋院"}, "受送达人"),
        ({"facts": "欧阳\ue000霞在场。"}, "查明的事实"),
        ({"asked": lambda one: replace(one, requirement="\ue000")}, "第1项问题"),
        ({"asked": lambda one: replace(one, basis="\ue000")}, "第1项问题"),
    ],
)
def test_what_no_font_can_print_is_named_with_its_place_before_a_notice_is_submitted(
    county, where, place
):
    notice = notices.draft(county)
    notices.rewritten(county, notice, **where)

    with pytest.raises(Blocked) as refused:
        notices.submitted(county, notice)

    (reason,) = refused.value.reasons
    assert f"“{place}”" in str(reason)
    assert "“\ue000”" in str(reason)


def test_a_name_in_the_settings_that_no_font_can_print_stops_the_approval(county):
    notice = notices.submitted(county)
    with database.transaction():
        county.authority.name = "澄江\ue000教育局"

    with pytest.raises(Blocked, match="发文机关"):
        notices.approved(county, notice)

    assert notice.number is None


def test_submitting_names_everything_that_is_missing(county):
    notice = notices.draft(county, count=2)
    notices.rewritten(
        county, notice, recipient_person="", asked=lambda one: replace(one, basis="", length=None)
    )

    with pytest.raises(Blocked) as refused:
        notices.submitted(county, notice)

    assert len(refused.value.reasons) == 5
    assert "第1项问题没有法律依据" in str(refused.value)


@pytest.mark.parametrize(
    ("length", "unit", "allowed"),
    [
        (30, Unit.WORKING_DAYS, True),
        (31, Unit.WORKING_DAYS, False),
        (42, Unit.CALENDAR_DAYS, True),
        (43, Unit.CALENDAR_DAYS, False),
    ],
)
def test_a_period_is_no_longer_than_the_longest_of_the_type(county, length, unit, allowed):
    notice = notices.draft(county)
    notices.rewritten(county, notice, asked=lambda one: replace(one, length=length, unit=unit))

    problems = completeness.problems(notice)

    assert (problems == []) is allowed


@pytest.mark.parametrize(
    ("values", "enough"),
    [
        ({}, True),
        ({"kind": VisitKind.GUIDANCE}, False),
    ],
)
def test_a_notice_rests_on_a_formal_visit(county, values, enough):
    place = registry.institution(county)
    visit = inspections.visit(county, place, **values)
    item = ledger.item(county, place, on=visit)
    notice = notices.draft(county, items=[item])

    problems = completeness.problems(notice)

    assert (problems == []) is enough


def test_one_certified_officer_is_not_enough(county):
    place = registry.institution(county)
    helper = county.officer(certificate_number=None)
    visit = inspections.visit(county, place, officers=[county.officer(), helper])
    notice = notices.draft(county, items=[ledger.item(county, place, on=visit)])

    with pytest.raises(Blocked) as refused:
        notices.submitted(county, notice)

    assert "两名持证执法人员" in str(refused.value)


def test_what_is_only_worth_knowing_does_not_block(county):
    place = registry.institution(county)
    notices.served(county, institution=place)
    visit = inspections.visit(county, place, approval=Approval.TO_FOLLOW)
    notice = notices.draft(county, items=[ledger.item(county, place, on=visit)])

    lines = completeness.checked(county.session, notice, today=county.today)
    notices.submitted(county, notice)

    assert sum(line.tone is Tone.AMBER for line in lines) == 2
    assert notice.submitted_on == county.today


def test_a_service_more_than_two_years_ago_is_not_mentioned(county, at):
    place = registry.institution(county)
    today = county.today
    at(today - timedelta(days=800))
    notices.served(county, institution=place)
    at(today)
    notice = notices.draft(county, institution=place)

    lines = completeness.checked(county.session, notice, today=county.today)

    assert not [line for line in lines if line.tone is Tone.AMBER]
