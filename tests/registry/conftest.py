"""Browsers of the officers who keep the register."""

import pytest

from tests import map_service
from tests.factories import searching
from training_oversight import database
from training_oversight.accounts.permissions import Role
from training_oversight.catalogue import map_settings as maps
from training_oversight.catalogue import service as catalogue
from training_oversight.places.geocoding import GeocodingService
from training_oversight.registry.importing import confirming, undoing


@pytest.fixture
def short_parts(monkeypatch):
    """Lists are written and taken back ten rows at once: a few rows make several parts."""
    for module in (confirming, undoing):
        monkeypatch.setattr(module, "AT_ONCE", 10)


@pytest.fixture
def register(county, session):
    """The session, with a small register to search in."""
    searching.register(county)
    return session


@pytest.fixture
def service_of(county):
    """A map service that knows every address, chosen by the county."""
    officer = county.officer(Role.ADMINISTRATOR)
    choice = maps.GeocoderChoice(GeocodingService.BAIDU, 1000)
    with database.transaction() as session:
        catalogue.set_geocoder(session, choice, key="k3y", by=officer, version=0)
    with map_service.running() as running:
        running.answer = map_service.answer()
        yield running
