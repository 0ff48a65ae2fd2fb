"""How an item is verified, closed and reopened, and by whom it is not."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from tests.factories import ledger as make
from training_oversight import database
from training_oversight.accounts.permissions import Role
from training_oversight.catalogue.models import CloseReason
from training_oversight.errors import (
    BadInput,
    NotPermitted,
)
from training_oversight.inspections.models import VisitKind
from training_oversight.ledger import service
from training_oversight.ledger.models import (
    LimitBasis,
    RectificationItem,
    Verdict,
    VerificationMode,
)
from training_oversight.ledger.workflow import ItemState
from training_oversight.notices import publishing


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


def checked_on_site(county, one, visit, by):
    make.done(
        service.verify,
        one,
        recheck=service.Recheck(VerificationMode.ON_SITE, county.today, "看过", visit),
        verdict=Verdict.PASSED,
        new_limit=None,
        by=by,
        today=county.today,
        calendar=make.calendar(county),
    )


def test_on_site_means_a_finished_visit_there(county):
    one = make.applied(county, received_on=county.today - timedelta(days=3))
    me = make.inspector(county)
    elsewhere = make.visit(county, make.institution(county), me)
    planned = make.visit(county, one.institution, me, state="planned")
    guidance = make.visit(county, one.institution, me, kind=VisitKind.GUIDANCE)

    for visit in (None, elsewhere, planned, guidance, one.finding.visit):
        with pytest.raises(BadInput) as refused:
            checked_on_site(county, one, visit, me)
        assert "visit_id" in refused.value.fields

    again = make.visit(county, one.institution, me, kind=VisitKind.RE_INSPECTION)
    checked_on_site(county, one, again, me)
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


def test_a_reason_that_the_county_adds_closes_an_item_and_says_what_is_published(
    client_as, county, session
):
    one = make.verified(county)
    client_as(county.officer(Role.ADMINISTRATOR)).submit(
        "/settings/close-reasons/new", code="moved_away", name="已迁出本县", public_status="stopped"
    )
    added = session.scalars(sa.select(CloseReason).where(CloseReason.code == "moved_away")).one()

    client_as(make.section_head(county)).submit(
        f"/items/{one.id}/close", reason_id=str(added.id), note="已迁往邻县"
    )

    assert (one.state, one.close_reason.name) == (ItemState.CLOSED, "已迁出本县")
    assert publishing.status_of(one, waiting="", owed="") == "stopped"
