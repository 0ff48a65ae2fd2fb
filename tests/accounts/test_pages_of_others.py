"""A page of another role says whose it is, and names nobody of another county."""

import pytest
import sqlalchemy as sa

from tests.factories.county import County
from training_oversight.accounts.models import Officer, OfficerRole
from training_oversight.accounts.permissions import Role


def refused(client_as, officer, page="/settings"):
    return client_as(officer).get(page, 403).soup.select_one(".prose p").text


@pytest.fixture(autouse=True)
def nobody_else(county, session):
    """The administrators whom the county has already are no longer there."""
    held = sa.select(OfficerRole.officer_id).where(OfficerRole.role == Role.ADMINISTRATOR)
    for one in session.scalars(sa.select(Officer).where(Officer.id.in_(held))):
        one.ended_on = county.today
    session.commit()


def test_few_holders_are_named(county, client_as):
    county.officer(Role.ADMINISTRATOR, name="苏清")

    told = refused(client_as, county.officer())

    assert "系统管理员" in told
    assert "苏清" in told


def test_many_are_told_by_their_role_alone(county, client_as):
    for name in ("苏清", "苏明", "苏静", "苏远"):
        county.officer(Role.ADMINISTRATOR, name=name)

    told = refused(client_as, county.officer())

    assert "系统管理员" in told
    assert "苏" not in told


def test_nobody_of_another_county_is_named(county, session, client_as):
    County(session, code="990102", name="临溪县").officer(Role.ADMINISTRATOR, name="苏清")

    assert "苏清" not in refused(client_as, county.officer())


def test_who_has_left_is_not_named(county, session, client_as):
    gone = county.officer(Role.ADMINISTRATOR, name="苏清")
    gone.ended_on = county.today
    session.commit()

    assert "苏清" not in refused(client_as, county.officer())


def test_a_stranger_is_asked_to_sign_in_and_told_nothing(app, county):
    county.officer(Role.ADMINISTRATOR, name="苏清")

    page = app.test_client().get("/settings", follow_redirects=True)

    assert page.request.path == "/sign-in"
    assert "苏清" not in page.text
