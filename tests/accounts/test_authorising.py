"""Whose record it is is asked first, whose right the step after it: said once, for all services."""

import pytest

from tests.factories.county import County
from training_oversight.accounts import authorising
from training_oversight.accounts.permissions import GRANTED, Permission, Role
from training_oversight.errors import NotFound, NotPermitted
from training_oversight.texts import Text

P = Permission
EDIT = P.EDIT_REGISTRY


@pytest.fixture
def other(session):
    return County(session, code="990102", name="临溪县")


def test_who_holds_none_of_the_permissions_hears_who_does(county):
    publisher = county.officer(Role.PUBLISHER)

    with pytest.raises(NotPermitted) as refused:
        authorising.authorise(publisher, county.division, EDIT, P.CONVENE_CASE)

    assert str(refused.value) == "这一步要由别的岗位办：执法人员 · 科室负责人 · 分管领导。"


@pytest.mark.parametrize("role", [Role.INSPECTOR, Role.LEADER])
def test_one_of_several_permissions_is_enough(county, role):
    assert (
        authorising.authorise(county.officer(role), county.division, EDIT, P.CONVENE_CASE) is None
    )


@pytest.mark.parametrize("role", [Role.INSPECTOR, Role.PUBLISHER])
@pytest.mark.parametrize("what", ["officer", "division", "authority"])
def test_another_countys_ground_is_not_there_with_the_right_and_without(county, other, role, what):
    stranger = other.officer()
    foreign = {
        "officer": stranger,
        "division": other.division,
        "authority": stranger.authority,
    }[what]

    with pytest.raises(NotFound):
        authorising.authorise(county.officer(role), foreign, EDIT)


def test_what_is_never_lent_is_refused_to_who_borrowed_it_with_the_reason(county):
    borrower = county.officer()
    borrower.delegated_roles = frozenset({Role.ADMINISTRATOR})

    with pytest.raises(NotPermitted, match="不能用别人委托的角色"):
        authorising.authorise(borrower, borrower, P.MANAGE_OFFICERS)


def test_an_own_matter_is_nobody_elses_whatever_they_may_do(county):
    sentence = Text("Only who saved a filter can change it.")
    head, owner = county.officer(Role.SECTION_HEAD), county.officer()
    assert authorising.own_matter(owner, owner.id, sentence) is None

    with pytest.raises(NotPermitted, match=str(sentence)):
        authorising.own_matter(head, owner.id, sentence)


def test_the_system_is_nobody_to_turn_to():
    named = set(authorising.roles_with(*Permission).labels)

    assert named == {role.label for role in GRANTED} - {Role.SYSTEM.label}
