"""What may be done to an item, by whom, and what it leaves behind."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from tests.factories import ledger as make
from training_oversight import database, law
from training_oversight.audit.models import Event
from training_oversight.errors import (
    BadInput,
    Blocked,
    NotFound,
    NotPermitted,
    StaleForm,
    WrongState,
)
from training_oversight.inspections.models import VisitKind
from training_oversight.ledger import service
from training_oversight.ledger.models import (
    ItemLimit,
    LimitBasis,
    RectificationItem,
    Verdict,
    Verification,
    VerificationMode,
)
from training_oversight.ledger.workflow import ITEM_WORKFLOW, ItemState, ItemVerb

ALLOWED = {
    ("open", "item.apply"): "applied",
    ("open", "item.close_directly"): "closed",
    ("open", "item.void"): "void",
    ("applied", "item.pass"): "verified",
    ("applied", "item.fail"): "open",
    ("applied", "item.void"): "void",
    ("verified", "item.return"): "applied",
    ("verified", "item.close"): "closed",
    ("closed", "item.reopen"): "open",
}


@pytest.mark.parametrize("state", list(ItemState))
@pytest.mark.parametrize("verb", list(ItemVerb))
def test_exactly_the_moves_of_the_procedure_are_allowed(state, verb):
    found = ITEM_WORKFLOW.move(verb, state)

    assert (found and found.target) == ALLOWED.get((state, verb))


def test_registering_takes_the_finding_off_the_list_of_undecided(county):
    found = make.finding(county)

    made = make.done(
        service.register,
        found,
        measure="",
        responsible_party="",
        responsible_person="",
        officer_in_charge=None,
        limit=None,
        by=make.inspector(county),
        today=county.today,
        calendar=make.calendar(county),
    )

    assert found.state == "registered"
    assert (made.state, made.due_on, made.number) == ("open", None, "2026-0001")


def test_a_finding_gets_one_number_only(county):
    one = make.item(county)

    with pytest.raises(WrongState):
        make.done(
            service.register,
            one.finding,
            measure="",
            responsible_party="",
            responsible_person="",
            officer_in_charge=None,
            limit=None,
            by=make.inspector(county),
            today=county.today,
            calendar=make.calendar(county),
        )

    assert make.item(county).number == "2026-0002"


def test_a_period_is_frozen_as_a_day_with_its_basis(county):
    limit = service.PeriodLimit(
        law.Period(15, law.Unit.WORKING_DAYS), date(2026, 9, 14), LimitBasis.SERVICE, "责改37号"
    )

    one = make.item(county, limit=limit)

    assert (one.due_on, one.sort_due) == (date(2026, 10, 10), date(2026, 10, 10))
    assert (one.due_basis, one.due_source) == (LimitBasis.SERVICE, "责改37号")
    assert [row.length for row in one.limits] == [15]


def test_a_period_into_an_unknown_year_is_marked_provisional(county):
    limit = service.PeriodLimit(
        law.Period(60, law.Unit.WORKING_DAYS), county.today, LimitBasis.SERVICE
    )

    one = make.item(county, limit=limit)

    assert one.limits[0].provisional


def test_service_of_a_notice_starts_the_limit(county):
    one = make.item(county)

    make.done(
        service.start,
        one,
        period=law.Period(5, law.Unit.WORKING_DAYS),
        from_day=county.today,
        basis=LimitBasis.SERVICE,
        source="责改38号",
        by=make.inspector(county),
        calendar=make.calendar(county),
    )

    assert one.due_on == date(2026, 10, 22)


def test_service_starts_no_limit_for_what_has_left_the_ledger(county):
    one = make.closed(county)

    given = make.done(
        service.start,
        one,
        due_on=date(2026, 11, 1),
        from_day=county.today,
        basis=LimitBasis.SERVICE,
        source="",
        by=make.inspector(county),
        calendar=make.calendar(county),
    )

    assert (given, one.due_on) == (None, None)


def test_a_running_limit_is_not_moved_by_hand(county):
    one = make.item(county, due_on=date(2026, 10, 20))

    with pytest.raises(Blocked):
        make.done(
            service.set_limit,
            one,
            limit=service.FixedLimit(date(2027, 1, 1)),
            by=make.inspector(county),
            today=county.today,
            calendar=make.calendar(county),
        )

    assert one.due_on == date(2026, 10, 20)


def test_the_report_starts_the_offices_own_limit(county):
    one = make.applied(county, received_on=date(2026, 10, 14))

    assert one.state == ItemState.APPLIED
    assert one.office_due_on == date(2026, 10, 23)


def test_a_report_of_tomorrow_is_refused(county):
    with pytest.raises(BadInput) as refused:
        make.applied(county, received_on=county.today + timedelta(days=1))

    assert "received_on" in refused.value.fields


def test_who_is_responsible_cannot_verify(county):
    officer = make.inspector(county)
    one = make.applied(county, in_charge=officer)

    with pytest.raises(NotPermitted):
        make.verified(county, one, by=officer)

    assert one.state == ItemState.APPLIED


def test_who_verified_cannot_close(county):
    head = make.section_head(county)
    one = make.verified(county, by=head)

    with pytest.raises(NotPermitted):
        make.closed(county, one, by=head)

    assert one.state == ItemState.VERIFIED


def test_the_database_itself_refuses_a_close_out_by_the_verifier(county):
    one = make.verified(county)

    changed = sa.update(RectificationItem).values(
        state="closed", closed_on=county.today, closed_by_id=one.verified_by_id
    )

    with pytest.raises(sa.exc.IntegrityError), database.transaction() as session:
        session.execute(changed)


def test_a_failed_re_check_without_a_new_limit_is_refused(county):
    one = make.applied(county)

    with pytest.raises(BadInput):
        make.verified(county, one, verdict=Verdict.FAILED)

    assert one.state == ItemState.APPLIED


def test_a_failed_re_check_puts_the_item_back_with_its_new_limit(county):
    one = make.applied(county, due_on=date(2026, 10, 10))

    make.verified(
        county,
        one,
        verdict=Verdict.FAILED,
        new_limit=service.FixedLimit(date(2026, 10, 30), LimitBasis.RE_CHECK),
    )

    assert (one.state, one.due_on, one.applied_on) == ("open", date(2026, 10, 30), None)
    assert [row.due_on.day for row in one.limits] == [10, 30]
    assert [row.verdict for row in one.verifications] == [Verdict.FAILED]


def checked_on_site(county, one, visit):
    make.done(
        service.verify,
        one,
        recheck=service.Recheck(VerificationMode.ON_SITE, county.today, "看过", visit),
        verdict=Verdict.PASSED,
        new_limit=None,
        by=make.inspector(county),
        today=county.today,
        calendar=make.calendar(county),
    )


def test_on_site_means_a_finished_visit_there(county):
    one = make.applied(county)
    elsewhere = make.visit(county, make.institution(county))
    planned = make.visit(county, one.institution, state="planned")
    guidance = make.visit(county, one.institution, kind=VisitKind.GUIDANCE)

    for visit in (None, elsewhere, planned, guidance, one.finding.visit):
        with pytest.raises(BadInput) as refused:
            checked_on_site(county, one, visit)
        assert "visit_id" in refused.value.fields

    checked_on_site(county, one, make.visit(county, one.institution, kind=VisitKind.RE_INSPECTION))
    assert one.state == ItemState.VERIFIED


def closed_directly(county, one, **more):
    given = {"verified_by": make.inspector(county), "by": make.section_head(county)}
    make.done(
        service.close_directly,
        one,
        reason=make.close_reason(county, more.pop("reason", "stopped")),
        recheck=service.Recheck(VerificationMode.PLATFORM, county.today, "平台已注销"),
        today=county.today,
        **(given | more),
    )


def test_a_direct_close_leaves_a_re_check_and_two_names(county):
    one = make.item(county)

    closed_directly(county, one)

    assert one.state == ItemState.CLOSED
    assert one.verified_by_id not in (None, one.closed_by_id)
    assert [row.mode for row in one.verifications] == [VerificationMode.PLATFORM]


def test_a_direct_close_by_one_person_or_for_another_reason_is_refused(county):
    charge = make.inspector(county)
    one = make.item(county, in_charge=charge)
    head = make.section_head(county)

    for more in (
        {"reason": "rectified"},
        {"by": head, "verified_by": head},
        {"verified_by": charge},
    ):
        with pytest.raises(BadInput):
            closed_directly(county, one, **more)

    assert one.state == ItemState.OPEN


def test_who_entered_an_item_cannot_void_it(county):
    head = make.section_head(county)
    one = make.item(county, by=head)

    with pytest.raises(NotPermitted):
        make.done(service.void, one, reason="重复", by=head)

    assert make.voided(county, one).state == ItemState.VOID


def test_a_relapse_is_back_on_the_ledger_with_a_new_limit(county):
    one = make.closed(county, due_on=date(2026, 10, 10))

    make.done(
        service.reopen,
        one,
        limit=service.FixedLimit(date(2026, 11, 2), LimitBasis.REOPENED),
        reason="回头看发现又开课",
        by=make.section_head(county),
        today=county.today,
        calendar=make.calendar(county),
    )

    assert (one.state, one.due_on, one.closed_on, one.verified_by_id) == (
        "open",
        date(2026, 11, 2),
        None,
        None,
    )


def test_a_stale_form_changes_nothing(county):
    one = make.item(county)
    seen = one.version
    make.applied(county, one)

    with pytest.raises(StaleForm):
        make.done(service.void, one, reason="重复", by=make.section_head(county), version=seen)

    assert one.state == ItemState.APPLIED


def test_a_foreign_officer_finds_no_item(county, session):
    from tests.factories.county import County

    one = make.item(county)
    stranger = make.section_head(County(session, "990202", "云溪县"))

    with pytest.raises(NotFound):
        make.done(
            service.edit,
            one,
            measure="",
            responsible_party="",
            responsible_person="",
            officer_in_charge=None,
            by=stranger,
        )

    assert one.measure


def test_an_inspector_cannot_list_for_supervision(county):
    one = make.item(county)

    with pytest.raises(NotPermitted):
        make.done(service.list_for_supervision, one, document="x", by=make.inspector(county))

    assert not one.listed


def test_listing_and_delisting_keep_the_document_in_the_history(county, session):
    one, head = make.item(county), make.section_head(county)
    make.done(service.list_for_supervision, one, document="市教督〔2026〕8号", by=head)
    make.done(service.delist, one, document="市教督〔2026〕11号", by=head)

    notes = session.scalars(
        sa.select(Event.note)
        .where(Event.verb.in_(["item.listed", "item.delisted"]))
        .order_by(Event.id)
    ).all()
    assert notes == ["市教督〔2026〕8号", "市教督〔2026〕11号"]
    assert not one.listed


def test_numbers_follow_each_other_within_a_county_and_a_year(county, session, at):
    from tests.factories.county import County

    first, second = make.item(county), make.item(county)
    at(date(2027, 1, 4))

    assert [first.number, second.number, make.item(county).number] == [
        "2026-0001",
        "2026-0002",
        "2027-0001",
    ]
    assert make.item(County(session, "990202", "云溪县")).number == "2027-0001"


def test_counts_of_rows_agree_with_what_was_done(county, session):
    make.closed(county, due_on=date(2026, 10, 20))

    counts = [
        session.scalar(sa.select(sa.func.count()).select_from(model))
        for model in (RectificationItem, ItemLimit, Verification)
    ]

    assert counts == [1, 1, 1]
