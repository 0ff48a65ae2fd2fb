"""What the page of an item says of its dates, its re-checks and its place in a list."""

from datetime import date, timedelta

import sqlalchemy as sa

from tests.factories import ledger as make
from training_oversight import law
from training_oversight.accounts.permissions import Permission
from training_oversight.inspections.models import Visit, VisitKind
from training_oversight.ledger import service
from training_oversight.ledger.models import (
    LimitBasis,
    ReinspectionItem,
    Verdict,
)


def test_the_record_explains_its_dates_and_names_the_two_clocks(client_as, county, at):
    one = make.applied(
        county, received_on=date(2026, 10, 14), found_on=date(2026, 9, 14),
        limit=service.PeriodLimit(
            law.Period(15, law.Unit.WORKING_DAYS), date(2026, 9, 14),
            LimitBasis.SERVICE, "责改37号",
        ),
    )  # fmt: skip
    at(date(2026, 10, 25))

    page = client_as(make.inspector(county)).get(f"/items/{one.id}")

    tags = [tag.text for tag in page.soup.select(".head-note .tag")]
    assert tags == ["待复查", "逾期4天提交", "复查逾期2天"]
    assert len(page.soup.select(".explain-row")) == 2
    assert "9月15日" in page.text


def test_a_re_inspection_lists_exactly_what_is_open(client_as, county, session):
    place = make.institution(county)
    one, two = make.item(county, place), make.applied(county, make.item(county, place))
    gone, elsewhere = make.closed(county, make.verified(county, make.applied(
        county, make.item(county, place)))), make.item(county)  # fmt: skip

    officer, other = make.inspector(county), make.inspector(county)
    client_as(officer).submit(
        f"/items/reinspection/{place.id}",
        status=302,
        follow=False,
        planned_on="今天",
        officers=[str(officer.id), str(other.id)],
    )

    going = session.scalars(sa.select(Visit).where(Visit.kind == VisitKind.RE_INSPECTION)).one()
    assert {one.id for one in going.officers} == {officer.id, other.id}
    listed = session.scalars(sa.select(ReinspectionItem.item_id)).all()
    assert set(listed) == {one.id, two.id}
    assert not {gone.id, elsewhere.id} & set(listed)


def test_verdicts_stand_on_the_page_of_the_visit(county, client_as):
    from training_oversight.ledger import contributed

    one = make.applied(county)
    officer = make.inspector(county)
    visit = make.done(
        service.plan_reinspection, one.institution, planned_on=county.today, by=officer,
        today=county.today,
    )  # fmt: skip

    page = client_as(officer)
    with page.http.application.test_request_context():
        markup = contributed.of_visit(visit, officer, county.today)

    assert one.number in markup
    assert f"/items/{one.id}/verify" in markup
    assert Verdict.PASSED not in markup
    assert Permission.VERIFY_ITEM in officer.permissions
    assert visit.happened_at.date() <= county.today + timedelta(days=1)


def test_a_record_knows_its_place_in_the_list_it_was_opened_from(client_as, county):
    days = [date(2026, 10, 1), date(2026, 10, 2), date(2026, 10, 3)]
    first, second, third = (make.item(county, due_on=day) for day in days)
    browser = client_as(make.inspector(county))

    page = browser.get(f"/items/{second.id}?view=overdue").soup

    assert "第2项，共3项" in page.select_one(".neighbours").text
    links = [link["href"] for link in page.select(".neighbours a")]
    assert links == [f"/items/{one.id}?view=overdue" for one in (first, third)]
    assert not browser.get(f"/items/{second.id}?view=mine").soup.select(".neighbours")
