"""Lists that are written in several parts."""

import pytest

from training_oversight.intake import confirming, undoing


@pytest.fixture
def short_parts(monkeypatch):
    """Lists are written and taken back ten rows at once: a few rows make several parts."""
    for module in (confirming, undoing):
        monkeypatch.setattr(module, "AT_ONCE", 10)
