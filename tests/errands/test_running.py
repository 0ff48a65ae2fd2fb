"""Work waits its turn, says how far it is, survives a crash, and ends with a sentence."""

import threading
from datetime import timedelta

import pytest

from tests.factories import errands
from training_oversight import clock
from training_oversight.accounts import service as accounts
from training_oversight.accounts.permissions import Permission, Role
from training_oversight.audit import queries as audit
from training_oversight.database import PendingChanges, transaction
from training_oversight.errands import claims, presenting, running, service
from training_oversight.errands.kinds import ErrandResult
from training_oversight.errands.workflow import ErrandState
from training_oversight.errors import BadInput, NotPermitted
from training_oversight.texts import Text


def verbs(session, errand):
    return [event.verb for event in audit.history(session, errand)]


def test_what_was_asked_for_is_run_and_ends_with_its_sentence(app, session, county):
    def run(work):
        work.progress(2140, 3000)
        return ErrandResult(
            Text("Written: %(count)s", count=work.params["count"]), address="/institutions"
        )

    errand = errands.asked(errands.kind(run), by=county.officer(), count=3000)
    turns = errands.run_all(app)

    errand = errands.as_it_is(session, errand)
    assert turns == 1
    assert (errand.state, errand.done, errand.total) == (ErrandState.DONE, 2140, 3000)
    assert str(presenting.sentence(errand)) == "Written: 3000"
    assert errand.address == "/institutions"
    assert verbs(session, errand) == ["errand.done", "errand.begun", "errand.asked"]


def test_several_are_run_in_the_order_in_which_they_were_asked_for(app, session, county):
    order, by = [], county.officer()
    kind = errands.kind(lambda work: order.append(work.params["n"]) or ErrandResult(Text("Done")))
    for n in range(3):
        errands.asked(kind, by=by, n=n)

    errands.run_all(app)

    assert order == [0, 1, 2]


def test_the_work_acts_as_the_officer_who_asked_in_that_language(app, session, county):
    seen = []
    officer = county.officer(Role.SECTION_HEAD)
    kind = errands.kind(
        lambda work: seen.append((work.by.id, work.today)) or ErrandResult(Text("Done"))
    )
    errands.asked(kind, by=officer)

    errands.run_all(app)

    assert seen == [(officer.id, county.today)]


def test_who_may_not_do_it_may_not_have_it_done(session, county):
    with pytest.raises(NotPermitted):
        errands.asked(errands.kind(), by=county.officer(Role.LIAISON))


def test_who_lost_the_right_meanwhile_is_told_so_and_nothing_is_done(app, session, county):
    ran = []
    officer = county.officer()
    errand = errands.asked(errands.kind(lambda _work: ran.append(1)), by=officer)
    with transaction() as writing:
        accounts.change(writing, officer, roles=[Role.OBSERVER], by=county.system)

    errands.run_all(app)

    errand = errands.as_it_is(session, errand)
    assert (ran, errand.state) == ([], ErrandState.FAILED)
    assert officer.name in str(presenting.sentence(errand))


def test_rights_beside_the_kinds_own_are_asked_for_too(app, session, county):
    kind = errands.kind(needs=lambda params: [Permission.APPROVE_NOTICE] * params["much"])

    errands.asked(kind, by=county.officer(), much=False)
    with pytest.raises(NotPermitted):
        errands.asked(kind, by=county.officer(), much=True)
    head = errands.asked(kind, by=county.officer(Role.SECTION_HEAD), much=True)

    errands.run_all(app)
    assert errands.as_it_is(session, head).state is ErrandState.DONE


def test_for_who_has_left_nothing_is_done(app, session, county):
    officer = county.officer()
    errand = errands.asked(errands.kind(), by=officer)
    with transaction() as writing:
        accounts.end_service(writing, officer, today=county.today, by=county.system, note="调离")

    errands.run_all(app)

    assert errands.as_it_is(session, errand).state is ErrandState.FAILED


def test_an_error_that_a_person_can_understand_ends_it_with_that_sentence(app, session, county):
    def run(work):
        raise BadInput(Text("Nothing to export"))

    errand = errands.asked(errands.kind(run), by=county.officer())
    errands.run_all(app)

    errand = errands.as_it_is(session, errand)
    assert (errand.state, errand.attempts) == (ErrandState.FAILED, 1)
    assert str(presenting.sentence(errand)) == "Nothing to export"
    assert verbs(session, errand)[0] == "errand.failed"


def test_a_fault_is_tried_three_times_and_then_told_by_its_number(app, session, county, at, caplog):
    def run(work):
        raise RuntimeError("no disk")

    errand = errands.asked(errands.kind(run), by=county.officer())
    states = []
    for _ in range(4):
        errands.run_all(app)
        states.append(errands.as_it_is(session, errand).state)
        at(clock.now() + claims.PAUSE)

    errand = errands.as_it_is(session, errand)
    assert states == [ErrandState.WAITING] * 2 + [ErrandState.FAILED] * 2
    assert errand.attempts == service.MOST_ATTEMPTS
    number = errand.outcome[1]["number"]
    assert f"fault {number}" in caplog.text
    assert number in str(presenting.sentence(errand))


def test_what_failed_is_not_tried_again_at_once(app, session, county, caplog):
    def run(work):
        raise RuntimeError("busy")

    errand = errands.asked(errands.kind(run), by=county.officer())

    assert errands.run_all(app) == 1
    assert errands.as_it_is(session, errand).attempts == 1


def test_it_goes_on_from_where_it_was(app, session, county, at, caplog):
    begun_at = []

    def run(work):
        first = work.checkpoint.get("row", 0)
        begun_at.append(first)
        for row in range(first, 4):
            if row == 2 and len(begun_at) == 1:
                raise RuntimeError("killed")
            work.progress(row + 1, 4, {"row": row + 1})
        return ErrandResult(Text("Done"))

    errand = errands.asked(errands.kind(run), by=county.officer())
    errands.run_all(app)
    at(clock.now() + claims.PAUSE)
    errands.run_all(app)

    assert begun_at == [0, 2]
    assert errands.as_it_is(session, errand).done == 4


@pytest.mark.parametrize(("minutes", "turns"), [(1, 0), (3, 1)])
def test_a_process_that_fell_silent_is_replaced(app, session, county, at, minutes, turns):
    errand = errands.asked(errands.kind(), by=county.officer())
    with transaction() as writing:
        claims.claim(writing, worker="gone")

    at(clock.now() + timedelta(minutes=minutes))

    assert errands.run_all(app) == turns
    assert errands.as_it_is(session, errand).attempts == 1 + turns


def test_saying_how_far_it_is_keeps_the_claim(app, session, county, at):
    errands.asked(errands.kind(), by=county.officer())
    with transaction() as writing:
        errand = claims.claim(writing, worker="alive")
    at(clock.now() + timedelta(minutes=1))
    with transaction() as writing:
        claims.heard(writing, errand.id, worker="alive", done=1)

    at(clock.now() + timedelta(minutes=1, seconds=30))

    assert errands.run_all(app) == 0


def test_a_process_that_was_taken_over_writes_nothing_more(app, session, county, at):
    def run(work):
        at(clock.now() + timedelta(minutes=3))
        with transaction() as writing:
            claims.claim(writing, worker="another")
        work.progress(99)

    errand = errands.asked(errands.kind(run), by=county.officer())
    errands.run_all(app)

    errand = errands.as_it_is(session, errand)
    assert (errand.state, errand.claimed_by, errand.done) == (ErrandState.RUNNING, "another", 0)


def test_one_that_breaks_off_again_and_again_is_given_up(app, session, county, at):
    errand = errands.asked(errands.kind(), by=county.officer())
    for n in range(service.MOST_ATTEMPTS):
        with transaction() as writing:
            claims.claim(writing, worker=f"killed {n}")
        at(clock.now() + timedelta(minutes=3))

    errands.run_all(app)

    errand = errands.as_it_is(session, errand)
    assert errand.state is ErrandState.FAILED
    assert errand.outcome[1]["count"] == service.MOST_ATTEMPTS


def test_a_process_that_ends_hands_its_errand_back_untouched(app, session, county):
    over = threading.Event()

    def run(work):
        over.set()
        work.progress(5, 10, {"row": 5})

    errand = errands.asked(errands.kind(run), by=county.officer())
    with app.app_context():
        running.run_waiting(over)

    errand = errands.as_it_is(session, errand)
    assert (errand.state, errand.attempts) == (ErrandState.WAITING, 0)
    assert errand.checkpoint == {"row": 5}
    with transaction() as writing:
        assert claims.claim(writing, worker="next").id == errand.id


def test_progress_inside_a_transaction_is_refused(app, session, county, caplog):
    def run(work):
        with transaction():
            work.progress(1)

    errands.asked(errands.kind(run), by=county.officer())
    errands.run_all(app)

    assert PendingChanges.__name__ in caplog.text


def test_the_folder_is_empty_at_first_and_gone_after_it(app, session, county):
    seen = []

    def run(work):
        seen.append((work.folder, list(work.folder.iterdir())))
        (work.folder / "half").write_text("x")
        return ErrandResult(Text("Done"))

    errands.asked(errands.kind(run), by=county.officer())
    errands.run_all(app)

    folder, found = seen[0]
    assert (found, folder.exists()) == ([], False)


def test_work_that_this_release_does_not_know_is_told_so(app, session, county):
    kind = errands.kind()
    errand = errands.asked(kind, by=county.officer())
    errands.as_it_is(session, errand).kind = "gone.kind"
    session.commit()

    errands.run_all(app)

    errand = errands.as_it_is(session, errand)
    assert errand.state is ErrandState.FAILED
    assert "gone.kind" in str(presenting.sentence(errand))
    assert "gone.kind" in str(presenting.label(errand))
