"""What the accounts refuse whoever asks: lending, adding, leaving, coming back, passwords."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from tests.accounts.test_rights import acting, change, waiting
from tests.factories.county import County
from training_oversight import database
from training_oversight.accounts import queries, service
from training_oversight.accounts.models import Delegation
from training_oversight.accounts.permissions import Role
from training_oversight.audit import queries as history
from training_oversight.errors import BadInput, NotFound, NotPermitted, WrongState

TODAY = date(2026, 10, 15)
DAY = timedelta(days=1)


@pytest.fixture
def admin(county):
    return county.officer(Role.ADMINISTRATOR)


@pytest.fixture
def other(session):
    return County(session, code="990102", name="临溪县")


def done(verb, *subject, **values):
    with database.transaction() as session:
        return verb(session, *subject, **values)


def added(county, *, by, **more):
    given = {
        "username": "zhou.min",
        "name": "周敏",
        "department": county.departments["education"],
        "division": county.division,
    }
    return done(service.add, roles=[Role.INSPECTOR], password_hash=None, by=by, **(given | more))


def ended(officer, *, by):
    done(service.end_service, officer, today=TODAY, by=by, note="调离")


def events(session, officer):
    return [event.verb for event in history.history(session, officer)]


def test_roles_are_not_lent_until_a_day_before_the_first(county, session):
    head, taker = county.officer(Role.SECTION_HEAD), county.officer()

    with pytest.raises(BadInput, match="结束日期不能早于开始日期") as refused:
        done(
            service.delegate, head, taker=taker, starts_on=TODAY, ends_on=TODAY - DAY, reason="出差"
        )

    assert set(refused.value.fields) == {"ends_on"}
    assert session.scalars(sa.select(Delegation)).all() == []


@pytest.mark.parametrize("taker", ["oneself", "an officer of another county"])
def test_roles_are_lent_to_a_colleague_only(county, session, other, taker):
    head = county.officer(Role.SECTION_HEAD)
    to = head if taker == "oneself" else other.officer()

    with pytest.raises(NotPermitted, match="只能委托给本单位的同事"):
        done(service.delegate, head, taker=to, starts_on=TODAY, ends_on=TODAY, reason="出差")

    assert session.scalars(sa.select(Delegation)).all() == []


def test_who_administers_nobody_adds_nobody(county, session):
    with pytest.raises(NotPermitted, match="这一步要由别的岗位办"):
        added(county, by=county.officer(Role.SECTION_HEAD))

    assert queries.by_username(session, "zhou.min") is None


@pytest.mark.parametrize("foreign", ["division", "department"])
def test_nobody_is_added_to_another_county(county, session, admin, other, foreign):
    place = {"division": other.division, "department": other.departments["education"]}[foreign]

    with pytest.raises(NotFound):
        added(county, by=admin, **{foreign: place})

    assert queries.by_username(session, "zhou.min") is None


def test_a_name_that_was_taken_since_it_was_looked_for_is_told_as_taken(
    county, session, monkeypatch
):
    first = added(county, by=county.system)
    monkeypatch.setattr(queries, "by_username", lambda *_any: None)

    with pytest.raises(BadInput, match=r"用户名zhou\.min已有人用") as refused:
        added(county, by=county.system, name="周岚")

    monkeypatch.undo()
    assert set(refused.value.fields) == {"username"}
    assert queries.by_username(session, "zhou.min").id == first.id


def test_what_else_the_database_refuses_is_not_told_as_a_taken_name(county, session):
    with pytest.raises(sa.exc.IntegrityError):
        added(county, by=county.system, name=None)

    assert queries.by_username(session, "zhou.min") is None


def test_who_has_left_does_not_leave_again(county, session, admin):
    officer = county.officer(name="周敏")
    ended(officer, by=admin)
    before = events(session, officer)

    with pytest.raises(WrongState, match="周敏已经离岗"):
        ended(officer, by=admin)

    assert events(session, officer) == before


def test_who_is_in_service_does_not_come_back(county, admin):
    officer = county.officer(name="周敏")

    with pytest.raises(WrongState, match="周敏在岗，不用恢复"):
        done(service.resume_service, officer, by=admin)

    assert waiting(officer) is None


def test_an_administrator_of_another_county_ends_nobodys_service(county, session, other):
    officer = county.officer()

    with pytest.raises(NotFound):
        ended(officer, by=other.officer(Role.ADMINISTRATOR))

    session.refresh(officer)
    assert officer.ended_on is None


def test_a_password_of_ones_own_choice_is_set_by_nobody_else(county, session, admin):
    officer = county.officer()

    with pytest.raises(NotPermitted, match="给他人只能设置临时密码"):
        done(service.change_password, officer, password_hash="x" * 20, by=acting(admin))

    session.refresh(officer)
    assert officer.password_hash is None


def test_nobody_is_given_a_department_of_another_county(county, session, admin, other):
    officer = county.officer()
    before = officer.department_id

    with pytest.raises(NotFound):
        change(officer, admin, department_id=other.departments["fire"].id)

    session.refresh(officer)
    assert (officer.department_id, waiting(officer)) == (before, None)


def test_the_systems_own_actor_is_made_once(county, session):
    assert done(service.ensure_system).id == county.system.id
