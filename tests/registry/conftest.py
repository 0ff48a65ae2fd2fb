"""A register to search in."""

import pytest

from tests.factories import searching


@pytest.fixture
def register(county, session):
    """The session, with a small register to search in."""
    searching.register(county)
    return session
