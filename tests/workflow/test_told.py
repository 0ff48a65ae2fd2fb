"""What an officer is told who may not take a step."""

import pytest

from tests.factories import ledger
from training_oversight.accounts.permissions import Role
from training_oversight.errors import NotPermitted
from training_oversight.ledger import service


def test_who_may_not_take_a_step_is_told_whose_it_is(county):
    one = ledger.item(county)

    with pytest.raises(NotPermitted) as refused:
        ledger.done(service.void, one, reason="重复", by=county.officer(Role.PUBLISHER))

    assert str(Role.SECTION_HEAD.label) in str(refused.value)
    assert str(Role.SYSTEM.label) not in str(refused.value)
