"""Browsers of the officers who keep the register."""

import pytest

from tests.factories import searching
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
