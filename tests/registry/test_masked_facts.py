"""The account, the landlord and the telephone: masked, and each look leaves a trace."""

import pytest

from tests.factories.registry import institution
from training_oversight.accounts.permissions import Role
from training_oversight.registry import queries
from training_oversight.web.jinja_filters import masked_account, masked_name

ACCOUNT, LANDLORD = "990100200300408812", "许大房东"


@pytest.fixture
def record(county):
    return institution(county, fund_bank="澄江农商行", fund_account=ACCOUNT, landlord=LANDLORD)


@pytest.mark.parametrize("role", [Role.INSPECTOR, Role.OBSERVER])
def test_they_are_masked_for_everybody_until_asked_for(county, client_as, record, role):
    page = client_as(county.officer(role)).get(f"/institutions/{record.id}")

    assert "****8812" in page.text
    assert "许**" in page.text
    assert ACCOUNT not in page.text
    assert LANDLORD not in page.text


def test_looking_at_the_account_shows_it_once_and_is_recorded(inspector, record, session):
    page = inspector.post(f"/institutions/{record.id}/account", status=200)

    assert ACCOUNT in page.text
    assert LANDLORD not in page.text
    assert queries.history(session, record)[0].verb == "institution.account_seen"


def test_looking_at_the_landlord_shows_the_name_and_is_recorded(inspector, record, session):
    page = inspector.post(
        f"/institutions/{record.id}/venues/{record.main_venue.id}/landlord", status=200
    )

    assert LANDLORD in page.text
    assert queries.history(session, record)[0].verb == "venue.landlord_seen"


def test_a_reader_may_not_look(county, client_as, record):
    reader = client_as(county.officer(Role.OBSERVER))
    venue = record.main_venue.id

    for step in ("account", f"venues/{venue}/landlord"):
        reader.post(f"/institutions/{record.id}/{step}", status=403)
    page = reader.get(f"/institutions/{record.id}")
    assert not page.soup.select("main form[action$=account], main form[action$=landlord]")


def test_a_venue_of_another_institution_is_not_found_under_this_one(county, inspector, record):
    other = institution(county)

    inspector.post(f"/institutions/{other.id}/venues/{record.main_venue.id}/landlord", status=404)


def test_the_form_shows_neither_and_keeps_both(inspector, record):
    page = inspector.get(f"/institutions/{record.id}/edit")
    inspector.submit(f"/institutions/{record.id}/edit", pupils="12")

    assert ACCOUNT not in page.text
    assert LANDLORD not in page.text
    assert (record.fund_account, record.main_venue.landlord) == (ACCOUNT, LANDLORD)


def test_what_is_typed_replaces_them_and_a_dash_takes_them_off(inspector, record):
    inspector.submit(f"/institutions/{record.id}/edit", fund_account="62208812", landlord="-")

    assert (record.fund_account, record.main_venue.landlord) == ("62208812", None)


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("990100200300408812", "****8812"),
        ("6220 8812", "****8812"),
        ("123", "****"),
        (None, "****"),
    ],
)
def test_of_an_account_the_last_four_figures_are_shown(number, shown):
    assert masked_account(number) == shown


@pytest.mark.parametrize(("name", "shown"), [("许大房东", "许**"), ("许", "许**"), (None, "")])
def test_of_a_name_the_first_character_is_shown(name, shown):
    assert masked_name(name) == shown
