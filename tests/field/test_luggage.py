"""What goes onto the phone: enough for a visit offline, within the scope, in few queries."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from tests.factories import inspections, ledger, registry
from tests.factories.county import County
from tests.factories.field import Phone, photo_of
from training_oversight import database
from training_oversight.accounts.permissions import Role
from training_oversight.field.models import FieldPhoto
from training_oversight.ledger.models import LimitBasis


@pytest.fixture
def officer(county):
    return county.officer()


def luggage(browser):
    return browser.get("/field/luggage").json


def planned(county, officer, place=None, **values):
    given = {"officers": [officer], "by": officer, "checklist": inspections.checklist(county)}
    return inspections.planned_visit(county, place, **given | values)


def test_a_visit_is_whole_with_its_questions_phrases_and_what_is_open(county, client_as, officer):
    place = registry.institution(county, name="青禾艺术培训中心")
    item = ledger.item(county, place, due_on=county.today + timedelta(days=3))
    visit = planned(county, officer, place, purpose="收费专项")

    brought = luggage(client_as(officer))

    [one] = brought["visits"]
    assert (one["id"], one["institution_id"], one["purpose"]) == (visit.id, place.id, "收费专项")
    asked = brought["checklists"][str(one["checklist_id"])]["questions"]
    assert len(asked) == 14
    fee = next(each for each in asked if each["code"] == "fee_period")
    assert fee["phrases"]
    assert fee["violation"] in {each["id"] for each in brought["violations"]}
    [there] = [each for each in brought["places"] if each["id"] == place.id]
    assert [each["number"] for each in there["items"]] == [item.number]
    assert there["items"][0]["promised"] is (item.due_basis is LimitBasis.PROMISE)
    assert there["findings"]


def test_where_they_go_stands_first_then_what_is_theirs(county, client_as, officer):
    other, mine = registry.institution(county, name="甲"), registry.institution(county, name="乙")
    going = registry.institution(county, name="丙")
    with database.transaction():
        mine.officer_in_charge_id = officer.id
    planned(county, officer, going)

    places = luggage(client_as(officer))["places"]

    assert [one["id"] for one in places] == [going.id, mine.id, other.id]
    assert [one["mine"] for one in places] == [False, True, False]


def test_nothing_of_another_county_goes_along(county, session, client_as, officer):
    foreign = County(session, code="990102", name="临溪县")
    place = registry.institution(foreign)
    ledger.item(foreign, place)
    inspections.planned_visit(foreign, place)

    brought = luggage(client_as(officer))

    assert (brought["visits"], brought["places"]) == ([], [])
    client_as(county.officer(Role.HOTLINE)).get("/field/luggage", status=403)


def test_more_places_and_visits_take_no_more_statements(county, client_as, officer, queries_of):
    browser = client_as(officer)

    def fill():
        place = registry.institution(county)
        ledger.item(county, place)
        planned(county, officer, place)

    fill()
    with queries_of() as few:
        luggage(browser)
    for _ in range(5):
        fill()
    with queries_of() as many:
        luggage(browser)

    assert len(many) == len(few)


def test_the_record_of_the_visit_says_when_and_where_and_gives_the_original(
    county, client_as, officer, app
):
    visit = inspections.visit_under_way(county, by=officer, officers=[officer])
    browser = client_as(officer)
    shot = photo_of(browser, officer, visit)

    page = browser.get(f"/visits/{visit.id}")

    assert shot.sha256 in page.text
    assert "手机没有给出" in page.text
    [link] = {a["href"] for a in page.soup.select("a[href*='/original']")}
    original = browser.get(link)
    assert len(original.data) == shot.original.size
    original.close()
    foreign = County(county.session, code="990102", name="临溪县")
    client_as(foreign.officer()).get(link, status=404)


def test_without_photos_of_a_phone_the_record_says_nothing_of_them(county, client_as, officer):
    visit = inspections.visit_under_way(county, by=officer, officers=[officer])

    assert "手机原始" not in client_as(officer).get(f"/visits/{visit.id}").text


def test_a_photo_that_belongs_to_nothing_yet_is_nobodys_to_read(county, client_as, officer):
    phone = Phone(client_as(officer), officer)
    phone.photo(b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom" + b"\0" * 64, "VID_1.mp4")

    [key] = county.session.scalars(sa.select(FieldPhoto.id))
    phone.browser.get(f"/field/photos/{key}/original", status=404)
