"""``law due`` is a contract: keys and exit codes."""

import json

import pytest

from tests.factories.unarranged import FRIDAY_BEFORE, MONDAY, TUESDAY
from training_oversight import database
from training_oversight.accounts.permissions import Role
from training_oversight.catalogue import service


@pytest.fixture
def due(app, session):
    def run(*arguments):
        return app.test_cli_runner().invoke(args=["law", "due", *arguments])

    return run


def test_working_days_over_the_national_day(due):
    answer = due(
        "--from", "2026-09-29", "--length", "3", "--unit", "working_days", "--format", "json"
    )

    assert answer.exit_code == 0
    assert json.loads(answer.stdout) == {
        "due_on": "2026-10-09",
        "provisional": False,
        "skipped": [f"2026-10-{day:02}" for day in range(1, 8)],
        "made_up": [],
    }


def test_the_countys_own_days_are_counted(due, county):
    officer = county.officer(Role.ADMINISTRATOR)
    with database.transaction() as session:
        service.enter_local_day(
            session, MONDAY, working=False, name="春节", source="通知", by=officer
        )

    asked = (
        "--from", str(FRIDAY_BEFORE), "--length", "1", "--unit", "working_days", "--format", "json"
    )  # fmt: skip

    found = json.loads(due(*asked, "--county", county.authority.code).stdout)
    elsewhere = json.loads(due(*asked).stdout)
    assert (found["due_on"], found["provisional"]) == (str(TUESDAY), True)
    assert elsewhere["due_on"] == str(MONDAY)


@pytest.mark.parametrize("start", ["0001-01-01", "1899-12-31", "2003-12-01", "2100-12-31"])
def test_a_year_outside_every_table_is_counted_and_called_provisional(due, start):
    answer = due("--from", start, "--length", "3", "--unit", "working_days", "--format", "json")

    assert answer.exit_code == 0
    assert json.loads(answer.stdout)["provisional"]


@pytest.mark.parametrize(
    "arguments",
    [
        ("--from", "yesterday", "--length", "3", "--unit", "working_days"),
        ("--from", "2026-09-29", "--length", "0", "--unit", "working_days"),
        ("--from", "2026-09-29", "--length", "99999", "--unit", "calendar_days"),
        ("--from", "2026-09-29", "--length", "3", "--unit", "weeks"),
        ("--length", "3", "--unit", "working_days"),
        ("--from", "2026-09-29", "--length", "3", "--unit", "working_days", "--county", "000000"),
        ("--from", "9999-12-30", "--length", "3", "--unit", "working_days"),
    ],
)
def test_what_cannot_be_read_is_exit_2_and_nothing_on_stdout(due, arguments):
    answer = due(*arguments)

    assert answer.exit_code == 2
    assert answer.stdout == ""
    assert answer.stderr
