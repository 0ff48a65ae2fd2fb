"""Four processes run the morning job at once and one is killed in the middle of a step."""

import signal
import time
from collections import Counter
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tests import processes
from tests.factories.county import County
from tests.factories.enforcement import item
from tests.factories.registry import institution
from training_oversight import database
from training_oversight.audit import Event
from training_oversight.audit import queries as history
from training_oversight.batches import Outcome
from training_oversight.enforcement import jobs
from training_oversight.enforcement.models import JointCase, JointCaseItem, JointTask

INSTITUTIONS, ITEMS_EACH = 12, 3
TODAY = date(2026, 10, 15)


def county_with_overdue_items():
    county = County(database.current_session())
    for _ in range(INSTITUTIONS):
        place = institution(county)
        for _ in range(ITEMS_EACH):
            item(county, place)


def work(talk):
    talk.send(jobs.raise_overdue_items(TODAY))


def stop_in_the_middle(talk):
    """It stops, with its transaction open, as soon as it has put items into its fifth case."""
    seen = set()

    def look(session, _context):
        seen.update(one.case_id for one in session.new if isinstance(one, JointCaseItem))
        if len(seen) == 5:
            talk.send("in the middle")
            time.sleep(processes.PATIENCE)

    sa.event.listen(Session, "after_flush", look)
    work(talk)


def test_every_item_is_raised_once_though_one_of_four_processes_is_killed(own):
    total = INSTITUTIONS * ITEMS_EACH
    county_with_overdue_items()
    with processes.running((stop_in_the_middle,), (work,), (work,), (work,)) as running:
        victim, *workers = running
        victim.let_go()
        assert victim.hears() == "in the middle"
        for worker in workers:
            worker.let_go()
        killed = victim.kill()
        outcomes = [worker.hears() for worker in workers]
    again = jobs.raise_overdue_items(TODAY)

    with own.sessions() as session:
        entries = session.execute(sa.select(JointCaseItem.item_id, JointCaseItem.due_on)).all()
        cases = session.scalars(sa.select(JointCase)).all()
        told = session.scalars(sa.select(JointTask.released_on)).all()
        raised = session.scalars(sa.select(Event).where(Event.verb == "item.raised")).all()
        broken = history.verify(session).broken

    assert killed == -signal.SIGKILL
    # Four cases of the victim had been committed; its fifth was undone with it.
    assert sum(one.done for one in outcomes) == total - 4 * ITEMS_EACH
    assert {one.failed for one in outcomes} == {0}
    assert again == Outcome(done=0, failed=0, skipped=total)
    assert len(entries) == len({entry.item_id for entry in entries}) == total
    assert Counter(case.institution_id for case in cases).most_common(1)[0][1] == 1
    assert sorted(case.serial for case in cases) == list(range(1, INSTITUTIONS + 1))
    assert len(told) == 2 * INSTITUTIONS
    assert set(told) == {None}
    assert len({event.subject_id for event in raised}) == len(raised) == total
    assert broken == []
