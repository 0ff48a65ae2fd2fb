"""Who finds what: the own area, telephones by permission, nothing that was taken back."""

import pytest
import sqlalchemy as sa

from tests.factories.county import County
from tests.factories.registry import institution
from tests.factories.searching import PLACE, WAYS, found
from training_oversight import database
from training_oversight.accounts.models import Scope
from training_oversight.accounts.permissions import Role
from training_oversight.registry.models import Institution
from training_oversight.registry.queries import Search


@pytest.mark.parametrize("way", WAYS)
def test_nothing_outside_the_scope_is_found(county, session, way):
    other = County(session, code="990202", name="临湖县")
    for number in range(6):
        institution(county, name=f"星屿{number}")
        institution(other, name=f"星屿临湖{number}", division=other.division)

    mine = found(session, "星屿", way=way, scope=county.officer().scope)

    assert mine == [f"星屿{number}" for number in range(6)]
    assert len(found(session, "星屿", way=way)) == 12


@pytest.mark.parametrize("way", WAYS)
def test_who_may_not_see_personal_data_finds_nothing_by_telephone(register, way):
    for typed in ("13809900001", "138-0990", "9900001", "0990 0001"):
        assert found(register, typed, way=way, phones=False) == []
    assert found(register, "星屿 0001", way=way, phones=False) == []


@pytest.mark.parametrize("way", WAYS)
def test_a_record_that_was_taken_back_is_not_found(register, way):
    place = register.scalars(
        sa.select(Institution).where(Institution.name == "星屿旧址")
    ).one()  # fmt: skip
    with database.transaction():
        place.withdrawn = True

    assert found(register, "星屿", way=way) == [PLACE]


def test_the_permission_decides_whether_telephones_are_searched(county):
    assert Search.by(county.officer(Role.INSPECTOR), "138").phones
    assert not Search.by(county.officer(Role.OBSERVER), "138").phones
    assert Search.by(county.officer(), "138").scope == Scope("99/9901/990101/")
