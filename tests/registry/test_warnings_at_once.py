"""Two processes that look for ending licences at once tell of each of them once."""

from datetime import date

import sqlalchemy as sa

from tests import processes
from tests.factories.county import County
from tests.factories.registry import institution, licence
from training_oversight import database
from training_oversight.audit import Event
from training_oversight.audit import queries as history
from training_oversight.registry import jobs
from training_oversight.registry.models import LicenceType, LicenceWarning

TODAY = date(2026, 10, 15)


def work(talk):
    talk.send(jobs.warn_of_licences(TODAY))


def test_two_processes_at_once_tell_of_every_paper_once(own):
    county = County(database.current_session())
    record = institution(county)
    for number in range(20):
        licence(
            county, institution(county) if number % 2 else record,
            type=LicenceType.OTHER if number % 2 else LicenceType.FOOD,
            valid_until=TODAY,
        )  # fmt: skip
    with processes.running((work,), (work,)) as workers:
        for one in workers:
            one.let_go()
        outcomes = [one.hears() for one in workers]
    with own.sessions() as session:
        raised = session.scalars(sa.select(LicenceWarning.licence_id)).all()
        events = session.scalars(sa.select(Event).where(Event.verb == "licence.warned")).all()
        broken = history.verify(session).broken

    assert sum(one.done for one in outcomes) == 20
    assert {one.failed for one in outcomes} == {0}
    assert len(raised) == len(set(raised)) == len(events) == 20
    assert broken == []
