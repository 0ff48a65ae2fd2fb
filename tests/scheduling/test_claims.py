"""One process runs a slot; a silent one is replaced; an outage is made up for."""

from datetime import date, datetime, time, timedelta

import pytest

from training_oversight import clock
from training_oversight.batches import Outcome
from training_oversight.claims import TakenOver
from training_oversight.database import transaction
from training_oversight.scheduling import claims, running
from training_oversight.scheduling.models import JobRun
from training_oversight.scheduling.timetable import TIMETABLE, CatchUp, Job
from training_oversight.texts import Text

DAY = date(2026, 10, 15)


def job(catch_up=CatchUp.LATEST, run=lambda _today: Outcome(done=1)):
    return Job("count-sheep", Text("System"), time(6, 0), run, catch_up)


def instant(day, hour):
    return clock.from_local(datetime.combine(day, time(hour)))


def claimed(one, slot, worker="here"):
    with transaction() as session:
        return claims.claim(session, one, slot, worker=worker)


def entry_of(session, one):
    return session.get_one(JobRun, (one.name, one.slot(DAY)), populate_existing=True)


def test_a_slot_is_claimed_once(session):
    one = job()

    answers = [claimed(one, one.slot(DAY)) for _ in range(3)]

    assert answers == [True, False, False]


@pytest.mark.parametrize(("minutes", "taken_over"), [(9, False), (11, True)])
def test_a_claim_that_fell_silent_is_taken_over(session, at, minutes, taken_over):
    one = job()
    claimed(one, one.slot(DAY))

    at(clock.now() + timedelta(minutes=minutes))

    assert claimed(one, one.slot(DAY)) is taken_over


def test_who_was_only_asleep_writes_nothing_over_the_run_of_another(session, at, caplog):
    """It ran as well, which does no harm; what came of the slot is the other's to say."""

    def slow(_today):
        at(clock.now() + timedelta(minutes=11))
        assert claimed(one, one.slot(DAY), "another")
        return Outcome(done=1)

    one = job(run=slow)

    assert not running.run_slot(one, one.slot(DAY))

    entry = entry_of(session, one)
    assert (entry.claimed_by, entry.finished_at, entry.done) == ("another", None, 0)
    assert "taken over" in caplog.text


@pytest.mark.parametrize("how", ["finish", "note_problem", "still_running"])
def test_nothing_is_written_under_a_claim_that_one_does_not_hold(session, how):
    one, told = job(), {"finish": [Outcome()], "note_problem": ["no disk"]}.get(how, [])
    claimed(one, one.slot(DAY))

    with pytest.raises(TakenOver), transaction() as writing:
        getattr(claims, how)(writing, one, one.slot(DAY), *told, worker="another")


def test_a_run_by_hand_after_a_gap_is_kept_though_the_timetable_was_refused(session, at):
    """The timetable's process holds the slot for a while yet; a person has decided."""
    one = job()
    claimed(one, one.slot(DAY))

    running.run_now(one, DAY, after_gap=True)

    entry = entry_of(session, one)
    assert entry.finished_at is not None
    assert (entry.claimed_by != "here", entry.done) == (True, 1)


def test_a_finished_slot_is_never_taken_over(session, at):
    one = job()
    running.run_slot(one, one.slot(DAY))

    at(clock.now() + timedelta(days=1))

    assert not claimed(one, one.slot(DAY))


def test_a_job_that_fails_is_noted_and_tried_again(session, at, caplog):
    def broken(today):
        raise RuntimeError("no disk")

    one = job(run=broken)

    ran = running.run_slot(one, one.slot(DAY))

    entry = entry_of(session, one)
    assert (ran, entry.finished_at) == (False, None)
    assert "no disk" in entry.problem
    assert claims.due_slots(session, one, clock.now()) == [one.slot(DAY)]


@pytest.mark.parametrize(("hour", "day"), [(5, date(2026, 10, 14)), (6, DAY), (7, DAY)])
def test_the_latest_slot_is_todays_only_after_its_hour(hour, day):
    assert job().latest_slot(instant(DAY, hour)) == job().slot(day)


def test_a_new_database_owes_only_the_latest_slot(session):
    for catch_up in CatchUp:
        one = job(catch_up)
        assert claims.due_slots(session, one, instant(DAY, 9)) == [one.slot(DAY)]


@pytest.mark.parametrize(
    ("catch_up", "days"), [(CatchUp.LATEST, [15]), (CatchUp.EACH, [13, 14, 15])]
)
def test_after_an_outage_a_job_catches_up_as_the_timetable_says(session, catch_up, days):
    one = job(catch_up)
    running.run_slot(one, one.slot(date(2026, 10, 12)))

    due = claims.due_slots(session, one, instant(DAY, 9))

    assert due == [one.slot(date(2026, 10, day)) for day in days]


def test_catching_up_runs_each_owed_day_once_and_tells_it_the_day(session):
    days = []
    one = job(CatchUp.EACH, run=lambda today: days.append(today) or Outcome())
    running.run_slot(one, one.slot(date(2026, 10, 13)))

    running.catch_up(one)
    running.catch_up(one)

    assert days == [date(2026, 10, 13), date(2026, 10, 14), DAY]


def test_every_job_of_the_timetable_is_safe_to_repeat(app, session):
    with app.app_context():
        for one in TIMETABLE.values():
            first, second = one.run(DAY), one.run(DAY)
            assert first.failed == second.failed == 0
            assert second.done == 0
