"""A re-inspection keeps what it was sent out for until somebody has looked."""

from datetime import datetime, time, timedelta

import pytest

from tests.factories import ledger as make
from training_oversight import clock
from training_oversight.inspections import service as inspections
from training_oversight.inspections.models import Approval, NotPossible, VisitKind
from training_oversight.ledger import queries, service
from training_oversight.ledger.models import ReinspectionItem


def planned(county, place, *officers):
    return make.done(
        service.plan_reinspection, place, planned_on=county.today,
        officers=officers or (make.inspector(county), make.inspector(county)),
        by=make.inspector(county), today=county.today,
    )  # fmt: skip


def shut(county, visit, days=3, kind=NotPossible.CLOSED):
    return make.done(
        inspections.not_possible, visit, kind=kind, note="关门",
        again_on=county.today + timedelta(days=days), by=make.inspector(county),
        today=county.today,
    )  # fmt: skip


def held(county, visit):
    return {one.id for one in queries.of_visit(county.session, visit.id)}


@pytest.fixture
def place(county):
    return make.institution(county)


@pytest.mark.parametrize("kind", list(NotPossible))
def test_an_attempt_that_was_not_possible_hands_its_items_to_the_next(county, place, kind):
    items = {make.item(county, place).id, make.applied(county, make.item(county, place)).id}

    again = shut(county, planned(county, place), kind=kind)

    assert (again.kind, held(county, again)) == (VisitKind.RE_INSPECTION, items)


def test_the_page_of_the_item_names_the_next_attempt(county, place, client_as):
    one = make.item(county, place)
    again = shut(county, planned(county, place))

    page = client_as(make.inspector(county)).get(f"/items/{one.id}")

    assert page.soup.select(f'main a[href="/visits/{again.id}"]')


def test_the_page_on_the_spot_names_what_is_to_be_looked_at(county, place, client_as):
    one = make.item(county, place)
    officer = make.inspector(county)
    visit = planned(county, place, officer)
    make.done(inspections.start, visit, by=officer)

    page = client_as(officer).get(f"/visits/{visit.id}/inspect")

    assert page.soup.select_one(f"main a[href='/items/{one.id}']").text == one.number


def test_a_duty_outlives_the_second_closed_door(county, place):
    one = make.item(county, place)
    first = planned(county, place)

    third = shut(county, shut(county, first), days=5)

    assert held(county, third) == {one.id}
    assert held(county, first) == {one.id}


def test_what_was_settled_meanwhile_is_not_looked_at_again(county, place):
    one, gone = make.item(county, place), make.item(county, place)
    verified, void = make.item(county, place), make.item(county, place)
    visit = planned(county, place)
    make.closed(county, make.verified(county, make.applied(county, gone)))
    make.verified(county, make.applied(county, verified))
    make.voided(county, void)

    assert held(county, shut(county, visit)) == {one.id}


def test_only_the_items_that_were_chosen_go_over(county, place):
    chosen = make.item(county, place)
    make.item(county, place)
    visit = make.done(
        service.plan_reinspection, place, planned_on=county.today, items=[chosen],
        by=make.inspector(county), today=county.today,
    )  # fmt: skip

    assert held(county, shut(county, visit)) == {chosen.id}


def test_a_visit_that_was_no_re_inspection_brings_no_items(county, place, session):
    make.item(county, place)
    visit = make.visit(county, place, state="planned")

    shut(county, visit)

    assert session.query(ReinspectionItem).count() == 0


def test_another_day_and_other_inspectors_keep_the_items(county, place):
    one, visit = make.item(county, place), planned(county, place)
    others = (make.inspector(county), make.inspector(county))
    told = inspections.VisitDraft(
        place=place, kind=visit.kind, approval=Approval.TO_FOLLOW, officers=others,
        happened_at=clock.from_local(datetime.combine(county.today, time(9)) + timedelta(days=4)),
    )  # fmt: skip

    make.done(inspections.correct, visit, told, reason="改期、换人", by=others[0])

    assert held(county, visit) == {one.id}
    assert held(county, shut(county, visit, days=9)) == {one.id}


def test_each_item_tells_in_its_history_that_it_went_over(county, place, client_as):
    one = make.item(county, place)
    shut(county, planned(county, place))

    page = client_as(make.inspector(county)).get(f"/items/{one.id}").soup

    assert page.select_one(".timeline").text.count("安排复查任务") == 2
