"""``transaction()`` as processes of their own meet it: all or nothing, and nobody's work lost."""

import pytest
import sqlalchemy as sa

from tests import processes
from tests.factories.county import County
from training_oversight import database
from training_oversight.accounts.models import Authority, Department

PROCESSES, TIMES = 4, 25


def add(_talk, key):
    for _ in range(TIMES):
        with database.transaction() as session:
            authority = session.get_one(Authority, key)
            database.locked(session, authority)
            authority.hotline = str(int(authority.hotline or 0) + 1)


def test_processes_that_count_at_once_lose_nothing(own):
    authority = County(database.current_session()).authority
    before = authority.version
    with database.transaction() as session:
        session.get_one(Authority, authority.id).hotline = ""

    with processes.running(*[(add, authority.id)] * PROCESSES) as running:
        for process in running:
            process.let_go()
        ends = [process.ended() for process in running]

    authority = database.current_session().get_one(Authority, authority.id)
    assert ends == [0] * PROCESSES
    assert int(authority.hotline) == PROCESSES * TIMES
    assert authority.version == before + 1 + PROCESSES * TIMES


def test_a_fault_in_the_middle_leaves_nothing(own):
    county = County(database.current_session())
    session = database.current_session()
    before = session.scalar(sa.select(sa.func.count()).select_from(Department))

    def add_and_fail():
        with database.transaction() as writing:
            writing.add(Department(authority_id=county.authority.id, code="grain", name="粮食局"))
            writing.flush()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        add_and_fail()

    assert session.scalar(sa.select(sa.func.count()).select_from(Department)) == before


def test_a_change_made_outside_is_refused(own):
    county = County(database.current_session())
    county.authority.hotline = "0990-1"

    with pytest.raises(database.PendingChanges), database.transaction():
        pass


def test_a_transaction_inside_another_is_refused_and_neither_is_kept(own):
    county = County(database.current_session())
    session = database.current_session()
    before = session.scalar(sa.select(sa.func.count()).select_from(Department))

    def add_twice():
        with database.transaction() as outer:
            outer.add(Department(authority_id=county.authority.id, code="grain", name="粮食局"))
            outer.flush()
            with database.transaction() as inner:
                inner.add(Department(authority_id=county.authority.id, code="tax", name="税务局"))

    with pytest.raises(database.Nested):
        add_twice()

    assert session.scalar(sa.select(sa.func.count()).select_from(Department)) == before
    with database.transaction() as later:
        later.get_one(Authority, county.authority.id).hotline = "0990-2"
    assert county.authority.hotline == "0990-2"


def test_the_session_of_a_test_refuses_to_nest_as_a_real_one_does(county, session):
    with pytest.raises(database.Nested), database.transaction(), database.transaction():
        pass
