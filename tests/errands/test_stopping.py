"""Work that its officer wants no more of: at once while it waits, else when it next speaks."""

import pytest

from tests.errands.test_running import verbs
from tests.factories import errands
from tests.factories.county import County
from training_oversight.accounts.permissions import Role
from training_oversight.audit import queries as audit
from training_oversight.database import transaction
from training_oversight.errands import claims, service
from training_oversight.errands.kinds import Stopped
from training_oversight.errands.models import Errand
from training_oversight.errands.workflow import ErrandState
from training_oversight.errors import NotFound, NotPermitted, WrongState


def test_one_that_waits_is_stopped_at_once(app, session, county):
    ran, by = [], county.officer()
    errand = errands.asked(errands.kind(lambda _work: ran.append(1)), by=by)

    with transaction() as writing:
        service.stop(writing, errand, by=by)
    errands.run_all(app)

    assert (ran, errands.as_it_is(session, errand).state) == ([], ErrandState.CANCELLED)


def test_a_colleague_who_may_have_the_same_done_stops_it_and_nobody_else(session, county):
    errand = errands.asked(errands.kind(), by=county.officer())
    abroad = County(session, code="990102", name="临溪县").officer()
    for other, refusal in ((abroad, NotFound), (county.officer(Role.OBSERVER), NotPermitted)):
        with pytest.raises(refusal), transaction() as writing:
            service.stop(writing, errand, by=other)

    with transaction() as writing:
        service.stop(writing, errand, by=county.officer())

    assert errands.as_it_is(session, errand).state is ErrandState.CANCELLED


def test_one_under_way_is_stopped_when_it_next_says_how_far_it_is(app, session, county):
    by, said = county.officer(), []

    def run(work):
        with transaction() as writing:
            service.stop(writing, writing.get_one(Errand, work.errand_id), by=by)
        try:
            work.progress(1)
        except Stopped:
            said.append("stopped")
            raise

    errand = errands.asked(errands.kind(run), by=by)
    errands.run_all(app)

    errand = errands.as_it_is(session, errand)
    assert (said, errand.state) == (["stopped"], ErrandState.CANCELLED)
    assert verbs(session, errand) == [
        "errand.stopped",
        "errand.stop_asked",
        "errand.begun",
        "errand.asked",
    ]


def test_the_history_says_once_who_wanted_it_stopped(session, county):
    by = county.officer()
    errand = errands.asked(errands.kind(), by=by)
    with transaction() as writing:
        claims.claim(writing, worker="one")
    for _ in range(2):
        with transaction() as writing:
            service.stop(writing, errand, by=by)

    asked = [one for one in audit.history(session, errand) if one.verb == "errand.stop_asked"]
    assert [one.actor_id for one in asked] == [by.id]


def test_what_has_ended_cannot_be_stopped(app, session, county):
    by = county.officer()
    errand = errands.asked(errands.kind(), by=by)
    errands.run_all(app)

    with pytest.raises(WrongState), transaction() as writing:
        service.stop(writing, errand, by=by)
