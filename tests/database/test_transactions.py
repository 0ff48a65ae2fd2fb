"""``transaction()`` as processes of their own meet it: all or nothing, and nobody's work lost."""

import subprocess
import sys

import pytest
import sqlalchemy as sa

from tests import databases
from tests.factories.county import County
from training_oversight import database
from training_oversight.accounts.models import Authority, Department

PROCESSES, TIMES = 4, 25
ADDING = """
import sys
from training_oversight import clock, database
from training_oversight.accounts.models import Authority

url, key, times = sys.argv[1:]
clock.configure("Asia/Shanghai")
database.use(database.Database(url))
print("ready", flush=True)
sys.stdin.readline()
for _ in range(int(times)):
    with database.transaction() as session:
        authority = session.get_one(Authority, int(key))
        database.locked(session, authority)
        authority.hotline = str(int(authority.hotline or 0) + 1)
"""


@pytest.fixture(params=[databases.SQLITE, databases.POSTGRESQL])
def own(request, tmp_path):
    """A database of its own with real commits; the process's database is put back."""
    with databases.made(request.param, tmp_path) as url, databases.used(url):
        yield url


def start(url, key):
    return subprocess.Popen(
        [sys.executable, "-W", "error", "-c", ADDING, url, str(key), str(TIMES)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def test_processes_that_count_at_once_lose_nothing(own):
    authority = County(database.current_session()).authority
    before = authority.version
    with database.transaction() as session:
        session.get_one(Authority, authority.id).hotline = ""

    running = [start(own, authority.id) for _ in range(PROCESSES)]
    for process in running:
        assert process.stdout.readline() == "ready\n"
    for process in running:
        process.stdin.write("go\n")
        process.stdin.flush()
    for process in running:
        process.communicate(timeout=120)

    session = database.current_session()
    session.rollback()
    session.refresh(authority)
    assert [process.returncode for process in running] == [0] * PROCESSES
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
