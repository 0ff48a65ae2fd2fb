"""Roles are lent only to who may hold them, and both officers see it until either ends it."""

from datetime import date

import pytest
import sqlalchemy as sa

from tests.factories import ledger, notices, publication
from tests.factories.ledger import done
from training_oversight import database
from training_oversight.accounts import lent_queries, queries, service
from training_oversight.accounts.models import Delegation
from training_oversight.accounts.permissions import Permission, Role
from training_oversight.errors import BadInput, NotPermitted, WrongState

TODAY = date(2026, 10, 15)
LAST = date(2026, 10, 18)


@pytest.fixture
def head(county):
    return county.officer(Role.SECTION_HEAD, name="罗志远")


def lend(giver, taker):
    return done(service.delegate, giver, taker=taker, starts_on=TODAY, ends_on=LAST, reason="休假")


def acting(session, officer, day=TODAY):
    session.expire_all()
    return queries.acting(session, officer.id, today=day)


@pytest.mark.parametrize(
    ("roles", "more", "why"),
    [
        ((Role.LIAISON,), {"department": "fire"}, "在别的部门"),
        ((Role.INSPECTOR,), {"department": "fire"}, "在别的部门"),
        ((Role.OBSERVER,), {}, "只看不办"),
        ((Role.HOTLINE,), {"certificate_number": None}, "没有执法证"),
    ],
)
def test_roles_are_lent_only_to_who_may_hold_each_right(county, session, head, roles, more, why):
    taker = county.officer(*roles, name="陈立群", **more)

    with pytest.raises(NotPermitted, match=f"陈立群.*{why}"):
        lend(head, taker)

    assert session.scalars(sa.select(Delegation)).all() == []


def test_an_officer_of_a_township_lends_nothing_to_one_of_the_county(county):
    of_township = county.officer(division=county.townships[0])
    taker = county.officer(Role.PUBLISHER, name="陈立群")

    with pytest.raises(NotPermitted, match="管辖范围不在您的范围之内"):
        lend(of_township, taker)


def test_a_borrowed_officer_may_hold_them_from_whichever_department(county, session, head):
    taker = county.officer(
        department="fire", borrowed_from="消防救援大队", borrowed_until=date(2026, 12, 31)
    )

    lend(head, taker)

    assert acting(session, taker).may(Permission.APPROVE_NOTICE)


def test_what_was_borrowed_is_not_lent_on(county, session, head):
    first, second = county.officer(), county.officer()

    lend(head, first)
    lend(acting(session, first), second)

    assert not acting(session, second).may(Permission.APPROVE_NOTICE)


@pytest.mark.parametrize("made", ["notice", "item", "list"])
def test_nobody_is_lent_the_decision_on_what_they_made(county, head, made):
    if made == "notice":
        maker = notices.submitted(county).drafted_by
    elif made == "item":
        maker = ledger.verified(county).verified_by
    else:
        publication.owed(county)
        maker = publication.submitted(county).prepared_by

    with pytest.raises(BadInput, match="会审到自己经办的事：其中1件"):
        lend(head, maker)


def test_what_is_decided_stands_in_nobodys_way(county, session, head):
    notice = notices.submitted(county)
    notices.approved(county, notice, head=head)

    lend(head, notice.drafted_by)

    assert acting(session, notice.drafted_by).may(Permission.APPROVE_NOTICE)


def test_who_may_hold_the_rights_already_is_in_nobodys_way(county, session, head):
    """A second section head has lost and gained nothing: the notice itself bars who wrote it."""
    notice = notices.submitted(county, by=county.officer(Role.SECTION_HEAD))

    lend(head, notice.drafted_by)

    assert acting(session, notice.drafted_by).loans


def test_a_loan_ends_when_its_ground_is_gone(county, session, head):
    taker = county.officer(name="陈立群")
    lend(head, taker)
    with database.transaction():
        taker.department_id = county.departments["fire"].id

    assert not acting(session, taker).may(Permission.APPROVE_NOTICE)
    assert acting(session, head).loans == ()


def test_the_page_preselects_nobody_and_says_who_is_not_offered(county, client_as, head):
    colleague, maker = county.officer(name="周敏"), county.officer(name="陈立群")
    foreign = county.officer(Role.LIAISON, department="fire", name="石畅")
    notices.submitted(county, by=maker)
    browser = client_as(head)

    page = browser.get("/account/delegate")
    names = {one.get_text(strip=True) for one in page.soup.select("#taker_id option")}
    sent = browser.submit(
        "/account/delegate", 422, starts_on="2026-10-15", ends_on="2026-10-18", reason="休假"
    )

    assert page.soup.select_one("#taker_id option").get_text(strip=True) == "请选择同事"
    assert page.soup.select("#taker_id option[selected]")[0]["value"] == ""
    assert colleague.name in names
    assert names.isdisjoint({maker.name, foreign.name, head.name})
    assert "陈立群会审到自己经办的事" in page.text
    assert foreign.name not in page.text
    assert "请选择委托给谁" in sent.text


def test_both_see_it_in_the_bar_of_every_page(county, client_as, head):
    taker = county.officer(name="陈立群")
    lend(head, taker)

    bars = [
        client_as(one).get("/desk").soup.select_one(".topbar").get_text() for one in (head, taker)
    ]

    assert "已委托陈立群，至2026年10月18日" in bars[0]
    assert "受罗志远委托，至2026年10月18日" in bars[1]


def test_a_loan_that_is_over_is_not_ended_twice(county, session, head):
    taker = county.officer()
    loan = lend(head, taker)
    done(service.take_back, loan, by=taker)

    with pytest.raises(WrongState, match="已经结束"):
        done(service.take_back, loan, by=head)

    assert lent_queries.delegations_of(session, head.id, today=TODAY) == []
