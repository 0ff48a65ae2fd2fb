"""A wrong day, typed or told by a wrong clock, deletes and raises nothing."""

import json
from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from tests.factories import ledger
from training_oversight import clock
from training_oversight.batches import Outcome
from training_oversight.database import transaction
from training_oversight.enforcement.models import JointCase
from training_oversight.scheduling import claims, running
from training_oversight.scheduling.models import JobRun
from training_oversight.scheduling.timetable import TIMETABLE
from training_oversight.web.models import FormReceipt

TODAY = date(2026, 10, 15)
FAR = date(2062, 10, 15)
DELETING = ["forget-old-tokens", "forget-old-results", "forget-undecided-lists",
            "forget-list-contents", "remove-unnamed-files"]  # fmt: skip


@pytest.fixture
def run(app, session):
    def words(*given):
        return app.test_cli_runner().invoke(args=["jobs", "run", *given, "--format", "json"])

    return words


@pytest.fixture
def receipt(session):
    with transaction() as writing:
        writing.add(FormReceipt(token="a form of today", at=clock.now()))


def receipts(session):
    return session.scalar(sa.select(sa.func.count()).select_from(FormReceipt))


def ran(day):
    """That the jobs of a day have run."""
    one = TIMETABLE["follow-kinds"]
    with transaction() as session:
        claims.claim(session, one, one.slot(day), worker="here")
        claims.finish(session, one, one.slot(day), Outcome(), worker="here")


@pytest.mark.parametrize("name", sorted(TIMETABLE))
@pytest.mark.parametrize("day", ["2026-10-16", "2062-10-15", "9999-12-31"])
def test_no_job_runs_for_a_day_that_has_not_come(run, name, day):
    answer = run(name, "--for-day", day)

    assert (answer.exit_code, answer.stdout) == (2, "")
    assert "还没有到" in answer.stderr


@pytest.mark.parametrize("day", ["0001-01-01", "1900-01-01", "2019-05-05"])
def test_no_job_runs_for_a_day_before_the_first_record(run, county, day):
    answer = run("raise-overdue-items", "--for-day", day)

    assert answer.exit_code == 2
    assert "早于" in answer.stderr


def test_2062_typed_for_2026_deletes_and_raises_nothing(run, session, county, receipt):
    overdue = ledger.item(county)

    for name in TIMETABLE:
        assert run(name, "--for-day", "2062-10-15").exit_code == 2

    assert receipts(session) == 1
    assert overdue.state == "open"
    assert session.scalar(sa.select(sa.func.count()).select_from(JointCase)) == 0


def test_the_demo_county_is_shown_a_coming_day_only_when_asked_in_a_word(run, app):
    answer = run("raise-overdue-items", "--for-day", "2026-11-15", "--future")

    assert answer.exit_code == 0
    assert json.loads(answer.stdout)["for_day"] == "2026-11-15"


def test_a_countys_own_database_is_shown_no_coming_day(run, app):
    app.config["DEMO"] = False
    try:
        answer = run("raise-overdue-items", "--for-day", "2026-11-15", "--future")
    finally:
        app.config["DEMO"] = True

    assert answer.exit_code == 2


@pytest.mark.parametrize("name", sorted(TIMETABLE))
def test_a_clock_set_to_2062_by_mistake_makes_no_job_act(session, county, at, receipt, name):
    ran(TODAY)
    job = TIMETABLE[name]
    at(FAR)

    running.catch_up(job)

    entry = session.get_one(JobRun, (name, job.latest_slot(clock.now())), populate_existing=True)
    assert entry.finished_at is None
    assert "2026年10月15日" in entry.problem
    assert receipts(session) == 1


@pytest.mark.parametrize("name", DELETING)
def test_nor_does_a_job_run_by_hand_delete_under_such_a_clock(run, session, at, receipt, name):
    ran(TODAY)
    at(FAR)

    answer = run(name)

    assert answer.exit_code == 2
    assert "--after-gap" in answer.stderr
    assert receipts(session) == 1


def test_the_jobs_go_on_by_themselves_once_the_clock_is_right(session, app, at):
    ran(TODAY)
    job = TIMETABLE["raise-overdue-items"]
    at(FAR)
    running.catch_up(job)
    at(TODAY + timedelta(days=1))

    running.catch_up(job)

    slot = job.slot(TODAY + timedelta(days=1))
    assert session.get_one(JobRun, (job.name, slot), populate_existing=True).finished_at


def test_a_long_standstill_is_confirmed_once_and_the_timetable_goes_on(run, session, app, at):
    ran(TODAY)
    later = TODAY + timedelta(days=40)
    at(later)
    job, other = TIMETABLE["raise-overdue-items"], TIMETABLE["follow-kinds"]
    assert run(job.name).exit_code == 2

    confirmed = run(job.name, "--after-gap")
    running.catch_up(other)

    assert confirmed.exit_code == 0
    assert session.get_one(JobRun, (other.name, other.slot(later))).finished_at


def test_a_holiday_is_no_standstill(session, app, at):
    ran(TODAY)
    at(TODAY + timedelta(days=31))
    job = TIMETABLE["raise-overdue-items"]

    running.catch_up(job)

    slot = job.slot(TODAY + timedelta(days=31))
    assert session.get_one(JobRun, (job.name, slot), populate_existing=True).finished_at
