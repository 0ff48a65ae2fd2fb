"""Approved afterwards, all at once; how often this year; going along with a visit of others."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from tests.factories.inspections import events, planned_visit, visit
from tests.factories.registry import institution
from training_oversight import clock, database
from training_oversight.accounts.permissions import Role
from training_oversight.catalogue.models import VisitRule
from training_oversight.errors import NotPermitted, WrongState
from training_oversight.inspections import queries, service
from training_oversight.inspections.models import Approval, Visit, VisitKind
from training_oversight.inspections.service.many import Replanned


def open_visit(county, **values):
    return visit(county, **({"approval": Approval.TO_FOLLOW} | values))


def test_the_head_approves_what_is_ticked_and_nothing_else(head, county):
    first, second = open_visit(county), open_visit(county, approval=Approval.UNSTATED)
    settled = visit(county)
    page = head.get("/visits/approvals")
    assert [box["value"] for box in page.soup.select("input[name=visits]")] == [
        str(first.id), str(second.id),
    ]  # fmt: skip

    page = head.submit("/visits/approvals", visits=[str(first.id)])

    assert "已审批1次检查" in page.text
    county.session.expire_all()
    assert (first.approval, first.approved_on) == (Approval.APPROVED, clock.today())
    assert second.approval is Approval.UNSTATED
    assert settled.approval is Approval.NOT_NEEDED


def test_nothing_ticked_is_said(head, county):
    open_visit(county)

    assert "请勾选" in head.submit("/visits/approvals", status=422).text


def test_who_inspects_approves_no_visits(inspector, county):
    one = open_visit(county)

    inspector.get("/visits/approvals", status=403)
    with pytest.raises(NotPermitted), database.transaction() as session:
        service.approve(session, [one], by=county.officer(), today=clock.today())


def test_what_another_approved_meanwhile_stays(county):
    one = open_visit(county)
    first, second = county.officer(Role.SECTION_HEAD), county.officer(Role.SECTION_HEAD)
    with database.transaction() as session:
        assert service.approve(session, [one], by=first, today=clock.today()) == 1
    with database.transaction() as session:
        assert service.approve(session, [one], by=second, today=clock.today()) == 0

    assert one.approved_by_name == first.name


def test_the_list_asks_no_more_for_more_visits(head, county, queries_of):
    open_visit(county)
    with queries_of() as few:
        head.get("/visits/approvals")
    for _ in range(5):
        open_visit(county)
    with queries_of() as many:
        head.get("/visits/approvals")

    assert len(many) == len(few)


def capped(county, most):
    with database.transaction() as session:
        session.scalars(sa.select(VisitRule)).one().most = most


def test_the_year_counts_what_counts_and_by_whom(county):
    place, ours = institution(county), county.officer()
    theirs = county.officer(Role.INSPECTOR, department="market")
    visit(county, place, officers=[ours], by=ours)
    visit(county, place, officers=[theirs], by=theirs)
    visit(county, place, officers=[ours], by=ours, kind=VisitKind.COMPLAINT)
    last_year = clock.now() - timedelta(days=400)
    visit(county, place, officers=[ours], by=ours, happened_at=last_year)
    planned_visit(county, place, officers=[ours], by=ours)
    other = institution(county)

    found = queries.yearly(county.session, ours, [place.id, other.id], today=clock.today())

    assert (found[place.id].own, found[place.id].others) == (1, 1)
    assert found[other.id].total == 0
    assert not found[place.id].is_reached


def test_a_cap_that_is_reached_warns_and_stops_nobody(inspector, county):
    place = institution(county)
    visit(county, place)
    assert "年度上限" not in inspector.get(f"/visits/new/planned?institution={place.id}").text
    capped(county, 1)

    page = inspector.get(f"/visits/new/planned?institution={place.id}")

    assert "已达到县里公布的年度上限1次" in page.text
    assert page.soup.select_one("main form[method=post] button[type=submit]")


def test_who_finds_that_others_go_there_goes_along(client_as, county):
    me, colleague, place = county.officer(), county.officer(name="陈立群"), institution(county)
    one = planned_visit(county, place, officers=[colleague], by=colleague)
    browser = client_as(me)
    page = browser.get(f"/visits/new/planned?institution={place.id}")
    assert "陈立群" in page.soup.select_one(".together").text

    browser.submit(f"/visits/new/planned?institution={place.id}", form=".together")

    county.session.expire_all()
    assert {who.id for who in one.officers} == {me.id, colleague.id}
    assert county.session.scalar(sa.select(sa.func.count()).select_from(Visit)) == 1
    assert browser.get(f"/visits/new/planned?institution={place.id}").soup.select(".together") == []


def test_nobody_joins_what_has_begun(county):
    one = visit(county)

    with pytest.raises(WrongState), database.transaction() as session:
        service.join(session, one, by=county.officer())


def test_a_visit_is_planned_like_another(inspector, county):
    one = visit(county, purpose="收费专项", kind=VisitKind.CAMPAIGN)
    page = inspector.get(f"/visits/{one.id}")
    (link,) = [a["href"] for a in page.soup.select("a") if a.text == "照此再安排一次"]

    form = inspector.get(link).soup

    assert form.select_one("[name=purpose]")["value"] == "收费专项"
    assert form.select_one("[name=kind] option[selected], [name=kind][checked]")["value"] == (
        VisitKind.CAMPAIGN
    )
    assert form.select_one("[name=planned_on]").get("value", "") == ""


def test_who_is_among_them_already_joins_nothing_anew(county):
    me = county.officer()
    one = planned_visit(county, officers=[me], by=me)

    with database.transaction() as session:
        service.join(session, one, by=me)
        service.name_team(session, one, [me], by=me)

    assert "visit.team_named" not in events(county.session, one)


def test_a_planned_visit_that_nothing_changes_of_is_not_changed(county):
    me = county.officer()
    one, begun = planned_visit(county, officers=[me], by=me), visit(county)
    with database.transaction() as session:
        same = service.replan(
            session, {one.id: Replanned(one.happened_at, [me])}, reason="改期", by=me
        )
    with pytest.raises(WrongState), database.transaction() as session:
        service.replan(session, {begun.id: Replanned(clock.now())}, reason="改期", by=me)

    assert same == 0
