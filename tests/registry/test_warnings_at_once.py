"""Two processes that look for ending licences at once tell of each of them once."""

import os
import subprocess
import sys
from datetime import date

import pytest
import sqlalchemy as sa

from tests.databases import POSTGRESQL, SQLITE, made
from tests.factories.county import County
from tests.factories.registry import institution, licence
from training_oversight import database
from training_oversight.audit import Event
from training_oversight.audit import queries as history
from training_oversight.database import Database
from training_oversight.registry.models import LicenceType, LicenceWarning

TODAY = date(2026, 10, 15)

PROCESS = """
import sys
from datetime import date
from training_oversight.app import create_app
from training_oversight.registry import jobs

create_app()
print("ready", flush=True)
sys.stdin.readline()
outcome = jobs.warn_of_licences(date.fromisoformat(sys.argv[1]))
print(outcome.done, outcome.failed, flush=True)
"""


def start(url, folder):
    return subprocess.Popen(
        [sys.executable, "-c", PROCESS, TODAY.isoformat()],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"DATABASE_URL": url, "DATA_DIR": str(folder), "DEMO": "1"},
    )


@pytest.mark.parametrize("kind", [SQLITE, POSTGRESQL])
def test_two_processes_at_once_tell_of_every_paper_once(kind, tmp_path):
    with made(kind, tmp_path) as url:
        held = Database(url)
        database.use(held)
        county = County(database.current_session())
        record = institution(county)
        for number in range(20):
            licence(
                county, institution(county) if number % 2 else record,
                type=LicenceType.OTHER if number % 2 else LicenceType.FOOD,
                valid_until=TODAY,
            )  # fmt: skip
        database.close_session()
        workers = [start(url, tmp_path) for _ in range(2)]
        assert [one.stdout.readline() for one in workers] == ["ready\n"] * 2
        for one in workers:
            one.stdin.write("go\n")
            one.stdin.flush()
        outcomes = [
            tuple(map(int, one.communicate(timeout=180)[0].splitlines()[-1].split()))
            for one in workers
        ]
        with held.sessions() as session:
            raised = session.scalars(sa.select(LicenceWarning.licence_id)).all()
            events = session.scalars(sa.select(Event).where(Event.verb == "licence.warned")).all()
            broken = history.verify(session).broken
        database.close_session()
        held.engine.dispose()

    assert sum(done for done, _ in outcomes) == 20
    assert {failed for _, failed in outcomes} == {0}
    assert len(raised) == len(set(raised)) == len(events) == 20
    assert broken == []
