"""Four processes run the morning job at once and one is killed in the middle of a step."""

import os
import signal
import subprocess
import sys
from collections import Counter
from contextlib import contextmanager
from datetime import date

import pytest
import sqlalchemy as sa

from tests.databases import POSTGRESQL, SQLITE, made
from tests.factories.county import County
from tests.factories.enforcement import item
from tests.factories.registry import institution
from training_oversight import database
from training_oversight.audit import Event
from training_oversight.audit import queries as history
from training_oversight.batches import Outcome
from training_oversight.database import Database
from training_oversight.enforcement import jobs
from training_oversight.enforcement.models import JointCase, JointCaseItem, JointTask

INSTITUTIONS, ITEMS_EACH = 12, 3
TODAY = date(2026, 10, 15)

# The victim stops, with its transaction open, as soon as it has put items into its fifth case.
PROCESS = """
import sys, time
from datetime import date
import sqlalchemy as sa
from sqlalchemy.orm import Session
from training_oversight.app import create_app
from training_oversight.enforcement import jobs
from training_oversight.enforcement.models import JointCaseItem

create_app()
seen = set()

def stop_in_the_middle(session, _context):
    seen.update(one.case_id for one in session.new if isinstance(one, JointCaseItem))
    if len(seen) == 5:
        print("in the middle", flush=True)
        time.sleep(60)

if sys.argv[2] == "victim":
    sa.event.listen(Session, "after_flush", stop_in_the_middle)
print("ready", flush=True)
sys.stdin.readline()
outcome = jobs.raise_overdue_items(date.fromisoformat(sys.argv[1]))
print(outcome.done, outcome.failed, outcome.skipped, flush=True)
"""


@contextmanager
def county_of_its_own(kind, folder):
    """A database that other processes can open, with overdue items in it."""
    with made(kind, folder) as url:
        held = Database(url)
        database.use(held)
        try:
            county = County(database.current_session())
            for _ in range(INSTITUTIONS):
                place = institution(county)
                for _ in range(ITEMS_EACH):
                    item(county, place)
            database.close_session()
            yield url, held
        finally:
            database.close_session()
            held.engine.dispose()


def start(url, folder, part="worker"):
    return subprocess.Popen(
        [sys.executable, "-c", PROCESS, TODAY.isoformat(), part],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ | {"DATABASE_URL": url, "DATA_DIR": str(folder), "DEMO": "1"},
    )


def let_go(process):
    process.stdin.write("go\n")
    process.stdin.flush()


def outcome_of(process):
    out, errors = process.communicate(timeout=180)
    assert process.returncode == 0, errors
    return tuple(map(int, out.splitlines()[-1].split()))


@pytest.mark.parametrize("kind", [SQLITE, POSTGRESQL])
def test_every_item_is_raised_once_though_one_of_four_processes_is_killed(kind, tmp_path):
    total = INSTITUTIONS * ITEMS_EACH
    with county_of_its_own(kind, tmp_path) as (url, held):
        victim, *workers = [start(url, tmp_path, part) for part in ("victim", "a", "b", "c")]
        assert [process.stdout.readline() for process in (victim, *workers)] == ["ready\n"] * 4
        let_go(victim)
        assert victim.stdout.readline() == "in the middle\n"
        for worker in workers:
            let_go(worker)
        os.kill(victim.pid, signal.SIGKILL)
        victim.communicate()

        outcomes = [outcome_of(worker) for worker in workers]
        again = jobs.raise_overdue_items(TODAY)

        with held.sessions() as session:
            entries = session.execute(sa.select(JointCaseItem.item_id, JointCaseItem.due_on)).all()
            cases = session.scalars(sa.select(JointCase)).all()
            told = session.scalars(sa.select(JointTask.released_on)).all()
            raised = session.scalars(sa.select(Event).where(Event.verb == "item.raised")).all()
            broken = history.verify(session).broken

    assert victim.returncode == -signal.SIGKILL
    # Four cases of the victim had been committed; its fifth was undone with it.
    assert sum(done for done, _, _ in outcomes) == total - 4 * ITEMS_EACH
    assert {failed for _, failed, _ in outcomes} == {0}
    assert again == Outcome(done=0, failed=0, skipped=total)
    assert len(entries) == len({entry.item_id for entry in entries}) == total
    assert Counter(case.institution_id for case in cases).most_common(1)[0][1] == 1
    assert sorted(case.serial for case in cases) == list(range(1, INSTITUTIONS + 1))
    assert len(told) == 2 * INSTITUTIONS
    assert set(told) == {None}
    assert len({event.subject_id for event in raised}) == len(raised) == total
    assert broken == []
