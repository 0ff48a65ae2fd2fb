from __future__ import annotations

import pytest

from training_oversight.texts import Language, speaking


@pytest.fixture
def in_english():
    with speaking(Language.ENGLISH):
        yield
