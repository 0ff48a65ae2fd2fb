"""What holds for a whole county is set by its own administrators, who work for all of it."""

import pytest

from tests.factories.county import County
from tests.factories.rights import TODAY, acting
from training_oversight import database
from training_oversight.accounts import service
from training_oversight.accounts.permissions import Role
from training_oversight.catalogue import service as catalogue
from training_oversight.errors import NotPermitted


def test_a_township_administrator_does_not_change_the_countys_settings(county, session, client_as):
    of_township = county.officer(Role.ADMINISTRATOR, division=county.townships[0])
    browser = client_as(of_township)

    for url in (
        "/settings",
        "/settings/authority",
        "/settings/calendar/2026/days",
        "/settings/map",
    ):
        browser.get(url, status=403)
    by = acting(of_township)
    with database.transaction(), pytest.raises(NotPermitted):
        service.change_authority(session, county.authority, by=by, version=None, hotline="110")
    with database.transaction(), pytest.raises(NotPermitted):
        catalogue.set_tiles(session, None, by=by, version=None)
    with database.transaction(), pytest.raises(NotPermitted):
        catalogue.enter_local_day(session, TODAY, working=False, name="a", source="b", by=by)
    assert "/settings" not in {a["href"] for a in browser.get("/account").soup.select("nav a")}


def test_no_authority_changes_what_is_printed_of_another(county, session):
    other = County(session, code="990102", name="临溪县").authority
    by = acting(county.officer(Role.ADMINISTRATOR))

    with database.transaction(), pytest.raises(NotPermitted):
        service.change_authority(session, other, by=by, version=None, hotline="110")
