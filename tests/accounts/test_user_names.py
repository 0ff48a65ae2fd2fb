"""A user name belongs to one officer, in all counties of the database."""

import threading

import pytest
import sqlalchemy as sa

from tests.accounts.test_signing_in import with_password
from tests.factories.county import County
from training_oversight import clock, database
from training_oversight.accounts import queries, service
from training_oversight.accounts.models import Department, Division, Officer
from training_oversight.accounts.permissions import Role
from training_oversight.errors import BadInput


def add(department_id, division_id, username):
    with database.transaction() as session:
        return service.add(
            session,
            username=username,
            name="周敏",
            department=session.get_one(Department, department_id),
            division=session.get_one(Division, division_id),
            roles=[Role.INSPECTOR],
            password_hash=None,
            by=queries.system(session),
        )


def of(county):
    return county.departments["education"].id, county.division.id


@pytest.mark.parametrize("again", ["zhou.min", "Zhou.Min", " zhou.min ", "ｚｈｏｕ．ｍｉｎ"])
def test_a_name_of_another_county_is_taken_however_it_is_written(county, session, again):
    add(*of(county), "zhou.min")

    with pytest.raises(BadInput, match="已有人用") as refused:
        add(*of(County(session, code="990102", name="临溪县")), again)

    assert "username" in refused.value.fields


@pytest.mark.parametrize(
    "name", ["周敏", "", "-zhou", "a", "z" * 41, "zhou min", "zhou\nmin", "zhou/"]
)
def test_what_is_no_user_name_is_refused_by_pages_and_commands_alike(county, name):
    with pytest.raises(BadInput) as refused:
        add(*of(county), name)

    assert "小写字母" in str(refused.value)


def test_an_officer_signs_in_however_large_the_letters_are_typed(client_as, county):
    officer = with_password(county, "correct-horse-battery")
    with database.transaction():
        officer.username = "zhou.min"

    client_as().submit(
        "/sign-in", 302, follow=False, username=" Zhou.Min", password="correct-horse-battery"
    )


def test_the_database_refuses_names_that_differ_by_the_size_of_letters(county, session):
    officer = county.officer()

    with pytest.raises(sa.exc.IntegrityError, match="small_letters"), database.transaction():
        officer.username = "Zhou.Min"


def test_the_same_name_twice_at_once_is_told_to_the_second(own):
    clock.configure("Asia/Shanghai")
    where = of(County(database.current_session()))
    database.close_session()
    told, start = [], threading.Barrier(6)

    def try_it():
        start.wait()
        try:
            told.append(add(*where, "zhou.min").username)
        except BadInput as error:
            told.append(set(error.fields))
        finally:
            database.close_session()

    crowd = [threading.Thread(target=try_it) for _ in range(6)]
    for one in crowd:
        one.start()
    for one in crowd:
        one.join()

    assert told.count("zhou.min") == 1
    assert told.count({"username"}) == 5
    found = sa.select(sa.func.count()).where(Officer.username == "zhou.min")
    assert database.current_session().scalar(found) == 1
