"""A map service on this machine."""

import pytest

from tests import map_service
from training_oversight import database
from training_oversight.accounts.permissions import Role
from training_oversight.catalogue import map_settings as maps
from training_oversight.catalogue import service as catalogue
from training_oversight.places.geocoding import GeocodingService


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
