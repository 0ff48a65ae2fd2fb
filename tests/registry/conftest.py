"""Browsers of the officers who keep the register."""

import pytest

from training_oversight.accounts.permissions import Role


@pytest.fixture
def inspector(client_as, county):
    return client_as(county.officer(Role.INSPECTOR))


@pytest.fixture
def head(client_as, county):
    return client_as(county.officer(Role.SECTION_HEAD))
