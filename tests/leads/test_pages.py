"""Leads on their pages: typed in half a minute, found again, decided."""

import sqlalchemy as sa

from tests.factories import leads, registry
from training_oversight.accounts.permissions import Role
from training_oversight.leads import waiting
from training_oversight.leads.models import Lead, LeadSource
from training_oversight.leads.workflow import LeadState


def typed(county, **values):
    usual = {
        "place": leads.PLACE,
        "township": county.townships[0].code,
        "seen_on": "昨天",
        "facts": leads.FACTS,
        "source": "grid",
    }
    return usual | values


def newest(session):
    return session.scalars(sa.select(Lead).order_by(Lead.id.desc())).first()


def test_a_described_place_is_entered_with_its_position(client_as, county, session):
    browser = client_as(county.officer())

    page = browser.submit("/leads/new", **typed(county, position="29.56, 106.55", accuracy="12"))

    made = newest(session)
    assert page.request.path == f"/leads/{made.id}"
    assert (made.source, made.place, made.institution_id) == (LeadSource.GRID, leads.PLACE, None)
    assert (made.latitude, made.position_accuracy) == (29.56, 12)
    assert (county.today - made.seen_on).days == 1


def test_an_institution_is_looked_up_and_chosen_without_script(client_as, county, session):
    place, browser = registry.institution(county, name="青云书画院"), client_as(county.officer())

    looked = browser.submit("/leads/new", **typed(county, place="青云", look="1"))
    assert looked.soup.select_one(f"input[name=institution][value='{place.id}']")
    assert looked.soup.select_one("#facts").text.strip() == leads.FACTS
    browser.submit("/leads/new", **typed(county, institution=str(place.id), township=""))

    assert newest(session).institution_id == place.id


def test_what_is_missing_is_said_beside_its_field_and_nothing_is_lost(client_as, county, session):
    page = client_as(county.officer()).submit(
        "/leads/new", status=422, **typed(county, township="", source="", seen_on="明天")
    )

    assert page.soup.select_one("#facts").text.strip() == leads.FACTS
    assert page.soup.select("#seen_on-error, #source-error, #township-error")
    assert newest(session) is None


def test_the_hotline_and_a_liaison_enter_and_read_what_is_of_their_department(
    client_as, county, session
):
    liaison, fire = (county.officer(Role.LIAISON, department=one) for one in ("market", "fire"))
    client_as(liaison).submit("/leads/new", **typed(county))
    made = newest(session)
    url = f"/leads/{made.id}"

    assert client_as(liaison).get(url).status_code == 200
    client_as(fire).get(url, status=404)
    client_as(liaison).get(f"{url}/follow", status=403)
    client_as(county.officer(Role.HOTLINE)).submit("/leads/new", **typed(county))
    assert newest(session).id != made.id


def test_the_department_that_it_was_handed_to_reads_it(client_as, county):
    made = leads.handed_on(county)
    browser = client_as(county.officer(Role.LIAISON, department="market"))

    listed = browser.get("/leads?state=handed_on")

    assert made.number in listed.text
    browser.get(f"/leads/{made.id}")


def test_one_press_plans_the_visit_of_who_presses(client_as, county, session):
    officer, made = county.officer(), leads.lead(county)
    browser = client_as(officer)

    browser.submit(f"/leads/{made.id}", form="form[action$='/follow/today']")

    session.refresh(made)
    assert made.state is LeadState.FOLLOWED
    assert [one.id for one in made.visit.officers] == [officer.id]
    assert made.number in browser.get(f"/visits/{made.visit_id}").text


def test_the_list_filters_and_its_tabs_count_what_they_open(client_as, county):
    leads.lead(county, source=LeadSource.GRID)
    leads.lead(county, source=LeadSource.CALL)
    leads.set_aside(county)
    browser = client_as(county.officer())

    page = browser.get("/leads")
    rows = page.soup.select("table.ledger tbody tr")
    narrowed = browser.get("/leads?source=grid").soup.select("table.ledger tbody tr")

    assert (len(rows), len(narrowed)) == (2, 1)
    assert len(browser.get("/leads?q=书院路12").soup.select("table.ledger tbody tr")) == 2
    assert len(browser.get("/leads?state=set_aside").soup.select("table.ledger tbody tr")) == 1


def test_it_waits_on_the_desk_of_who_owes_it_and_of_nobody_else(county, session):
    charge, other = county.officer(), county.officer()
    made = leads.lead(county, registry.institution(county, officer_in_charge_id=charge.id))

    def keys(officer):
        return [row.key for row in session.execute(waiting.to_decide(officer))]

    assert keys(charge) == [made.id]
    assert keys(other) == []
    leads.follow(county, made, by=charge)
    assert keys(charge) == []


def test_nonsense_in_hidden_fields_breaks_nothing(client_as, county, session):
    browser = client_as(county.officer())

    browser.submit("/leads/new", **typed(county, accuracy="about", institution="x1"))

    assert newest(session).position_accuracy is None
    browser.get("/leads/new?institution=x1")
