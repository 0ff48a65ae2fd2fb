"""The page of an institution: who may read it, what it offers, what it masks."""

import pytest

from tests.factories.county import County
from tests.factories.registry import closed, institution, licence
from training_oversight.accounts.permissions import Role
from training_oversight.registry import queries
from training_oversight.registry.workflow import InstitutionState

# Who may


@pytest.mark.parametrize(
    ("role", "status"),
    [
        (Role.INSPECTOR, 200),
        (Role.SECTION_HEAD, 200),
        (Role.HOTLINE, 200),
        (Role.PUBLISHER, 200),
        (Role.LEADER, 200),
        (Role.OBSERVER, 200),
        (Role.LIAISON, 403),
        (Role.ADMINISTRATOR, 403),
    ],
)
def test_who_may_read_the_register(county, client_as, role, status):
    record = institution(county)
    browser = client_as(county.officer(role))

    browser.get("/institutions", status)
    browser.get(f"/institutions/{record.id}", status)


@pytest.mark.parametrize("role", [Role.HOTLINE, Role.OBSERVER, Role.LEADER, Role.PUBLISHER])
def test_who_only_reads_sees_no_button_and_opens_no_form(county, client_as, role):
    record = institution(county)
    browser = client_as(county.officer(role))

    page = browser.get(f"/institutions/{record.id}")
    links = [link["href"] for link in page.soup.select("main a[href]")]

    assert not [link for link in links if link.endswith(("/edit", "/officer", "/new", "/close"))]
    for step in ("edit", "officer", "close", "licences/new"):
        browser.get(f"/institutions/{record.id}/{step}", 403)


def test_every_page_of_a_foreign_institution_is_not_found(county, session, client_as):
    record = institution(county)
    paper = licence(county, record)
    other = County(session, code="990202", name="临湖县")
    browser = client_as(other.officer(Role.SECTION_HEAD))

    for step in (
        "", "/edit", "/officer", "/close", "/licences/new",
        f"/licences/{paper.id}/edit", f"/licences/{paper.id}/event",
    ):  # fmt: skip
        browser.get(f"/institutions/{record.id}{step}", 404)
    browser.post(f"/institutions/{record.id}/phone", status=404)


def test_a_licence_of_another_institution_is_not_found_under_this_one(county, inspector):
    record, other = institution(county), institution(county)
    paper = licence(county, other)

    inspector.get(f"/institutions/{record.id}/licences/{paper.id}/edit", 404)


@pytest.mark.parametrize(
    ("state", "offered"),
    [
        (InstitutionState.OPERATING, {"announce-end", "close"}),
        (InstitutionState.CLOSED, {"reopen"}),
    ],
)
def test_a_section_head_is_offered_the_moves_of_the_state(county, head, state, offered):
    record = institution(county)
    if state is InstitutionState.CLOSED:
        closed(record, county)

    page = head.get(f"/institutions/{record.id}")

    moves = {link["href"].rsplit("/", 1)[1] for link in page.soup.select(".next-step a.button")}
    assert offered <= moves
    assert not moves & ({"announce-end", "close", "reopen", "lift"} - offered)


def test_an_institution_without_an_officer_offers_to_name_one_first(county, head):
    record = institution(county)

    page = head.get(f"/institutions/{record.id}")

    assert page.soup.select_one(".next-step a.button")["href"].endswith("/officer")


# The telephone number


@pytest.mark.parametrize("role", [Role.HOTLINE, Role.INSPECTOR])
def test_a_number_is_masked_until_it_is_asked_for(county, client_as, role):
    record = institution(county, phone="13809901234")

    page = client_as(county.officer(role)).get(f"/institutions/{record.id}")

    assert "138****1234" in page.text
    assert "13809901234" not in page.text


def test_looking_at_the_number_is_recorded(county, inspector, session):
    record = institution(county, phone="13809901234")

    page = inspector.post(f"/institutions/{record.id}/phone", status=200)

    assert "13809901234" in page.text
    assert queries.history(session, record)[0].verb == "institution.phone_seen"


def test_the_hotline_cannot_look_at_the_number(county, client_as):
    record = institution(county, phone="13809901234")
    browser = client_as(county.officer(Role.HOTLINE))

    browser.post(f"/institutions/{record.id}/phone", status=403)


def test_the_form_keeps_a_number_that_it_does_not_show(county, inspector):
    record = institution(county, phone="13809901234")

    page = inspector.get(f"/institutions/{record.id}/edit")
    inspector.submit(f"/institutions/{record.id}/edit", pupils="12")

    assert "13809901234" not in page.text
    assert (record.phone, record.pupils) == ("13809901234", 12)


def test_a_dash_takes_the_number_off(county, inspector):
    record = institution(county, phone="13809901234")

    inspector.submit(f"/institutions/{record.id}/edit", phone="-")

    assert record.phone is None


def test_an_announced_end_stands_in_the_title_line(county, inspector):
    record = institution(county)

    page = inspector.submit(
        f"/institutions/{record.id}/announce-end",
        announced_on="今天",
        ending_on="2027-04-15",
        reason="自行终止",
    )

    assert record.state is InstitutionState.ENDING
    assert "拟终止" in page.soup.select_one(".head").text
