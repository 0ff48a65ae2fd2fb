"""Approvers in processes of their own, on a database of their own, with real commits."""

import subprocess
import sys

import pytest
import sqlalchemy as sa

from tests import databases
from tests.factories import notices
from tests.factories.county import County
from training_oversight import clock, database
from training_oversight.accounts.permissions import Role
from training_oversight.notices.models import Notice

APPROVER = """
import sys
from datetime import date
from pathlib import Path
from training_oversight import clock, database
from training_oversight.app import create_app
from training_oversight.accounts.models import Officer
from training_oversight.catalogue import queries as catalogue
from training_oversight.errors import WrongState
from training_oversight.notices import service
from training_oversight.notices.models import Notice
import config

url, officer_id, *notice_ids = sys.argv[1:]
create_app(config.Settings(database_url=url, secret_key="for tests only", data_dir=Path("."),
                           timezone="Asia/Shanghai", demo=True))
print("ready", flush=True)
sys.stdin.readline()
for key in notice_ids:
    try:
        with database.transaction() as session:
            notice = session.get_one(Notice, int(key))
            officer = session.get_one(Officer, int(officer_id))
            calendar = catalogue.working_calendar(session, authority_id=None)
            service.approve(session, notice, by=officer, today=date(2026, 10, 15),
                            calendar=calendar)
    except WrongState:
        print("late", key, flush=True)
"""


@pytest.fixture(params=[databases.SQLITE, databases.POSTGRESQL])
def own(request, tmp_path):
    """A committed county on a database of its own; the process's database is put back."""
    with databases.made(request.param, tmp_path) as url, databases.used(url):
        yield url


def approve_at_once(url, work):
    """One process for each (officer, notices); what each said about coming late."""
    running = [
        subprocess.Popen(
            [sys.executable, "-W", "ignore", "-c", APPROVER, url, str(officer)]
            + [str(one) for one in some],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for officer, some in work
    ]
    for process in running:
        assert process.stdout.readline() == "ready\n"
    for process in running:
        process.stdin.write("go\n")
        process.stdin.flush()
    said = [process.communicate(timeout=120)[0] for process in running]
    assert [process.returncode for process in running] == [0] * len(running)
    return [line for text in said for line in text.splitlines()]


def numbers(url):
    engine = database.make_engine(url)
    with engine.connect() as connection:
        rows = connection.execute(
            sa.select(Notice.number, Notice.serial).order_by(Notice.serial)
        ).all()
    engine.dispose()
    return rows


def test_eight_approvers_at_once_give_no_number_twice_and_lose_none(own):
    county = County(database.current_session())
    drafter = county.officer()
    waiting = [notices.submitted(county, by=drafter).id for _ in range(24)]
    heads = [county.officer(Role.SECTION_HEAD).id for _ in range(8)]
    database.close_session()

    said = approve_at_once(own, [(head, waiting[n::8]) for n, head in enumerate(heads)])

    assert said == []
    assert [serial for _, serial in numbers(own)] == list(range(1, 25))
    assert len({number for number, _ in numbers(own)}) == 24


def test_two_officers_who_approve_the_same_notice_give_it_one_number(own):
    county = County(database.current_session())
    notice = notices.submitted(county).id
    heads = [county.officer(Role.SECTION_HEAD).id for _ in range(2)]
    database.close_session()

    said = approve_at_once(own, [(head, [notice]) for head in heads])

    assert said == [f"late {notice}"]
    assert numbers(own) == [(f"澄教责改〔{clock.today().year}〕1号", 1)]
