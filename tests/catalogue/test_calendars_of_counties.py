"""Each county counts with the State's days and its own, and changes nobody else's."""

import ast
import json
from datetime import date

import pytest
import sqlalchemy as sa

from tests.architecture.sources import modules, name, tree
from tests.factories import ledger
from tests.factories.county import County
from training_oversight import clock, database
from training_oversight.accounts.permissions import Role
from training_oversight.catalogue import queries, service
from training_oversight.catalogue.models import CalendarDay
from training_oversight.errors import NotFound, NotPermitted
from training_oversight.law import Unit

MONDAY = date(2026, 10, 19)
SAID = {"working": False, "name": "县庆", "source": "县政府通告"}


@pytest.fixture
def other(session):
    return County(session, code="990102", name="临溪县")


@pytest.fixture
def calendar(app, session):
    def run(*arguments):
        return app.test_cli_runner().invoke(args=["calendar", *arguments])

    return run


def administrator(county):
    return county.officer(Role.ADMINISTRATOR)


def local(county, day=MONDAY, **said):
    by = administrator(county)
    with database.transaction() as session:
        service.enter_local_day(session, day, by=by, **(SAID | said))


def state(county, day=MONDAY, **said):
    with database.transaction() as session:
        service.enter_state_day(session, day, by=county.system, **(SAID | said))


def works(session, county, day=MONDAY):
    of = county.authority.id if county else None
    return queries.working_calendar(session, authority_id=of).is_working_day(day)


def test_a_countys_own_day_off_is_off_in_no_other_county(county, other, session):
    local(county)

    assert [works(session, one) for one in (county, other, None)] == [False, True, True]


def test_a_countys_own_day_goes_before_the_states(county, other, session):
    state(county)
    local(county, working=True)

    assert [works(session, one) for one in (county, other, None)] == [True, False, False]


def test_taking_an_own_day_back_leaves_the_states_and_those_of_others(county, other, session):
    state(county)
    local(county, working=True)
    local(other, working=True)

    by = administrator(county)
    with database.transaction():
        service.take_back_local_day(session, MONDAY, by=by)

    assert [works(session, one) for one in (county, other)] == [False, True]


def test_nobody_takes_back_what_another_county_entered(county, other, session):
    local(other)
    by = administrator(county)

    with database.transaction(), pytest.raises(NotFound):
        service.take_back_local_day(session, MONDAY, by=by)


@pytest.mark.parametrize("act", ["enter_state_day", "take_back_state_day", "confirm_year"])
def test_no_officer_of_a_county_enters_the_states_days(county, session, act):
    state(county)
    everything = county.officer(*[role for role in Role if role is not Role.SYSTEM])
    given = {"enter_state_day": (MONDAY, SAID), "take_back_state_day": (MONDAY, {}),
             "confirm_year": (2028, {"source": "通知"})}  # fmt: skip
    subject, more = given[act]

    with database.transaction(), pytest.raises(NotPermitted):
        getattr(service, act)(session, subject, by=everything, **more)


def test_the_database_holds_one_day_of_each(county, session):
    state(county)
    local(county)
    at = {"entered_by_id": county.system.id, "entered_at": clock.now()}

    for of in (None, county.authority.id):
        twice = sa.insert(CalendarDay).values(authority_id=of, day=MONDAY, **SAID, **at)
        with pytest.raises(sa.exc.IntegrityError), session.begin_nested():
            session.execute(twice)


def test_a_limit_is_counted_with_the_calendar_of_the_items_county(
    county, other, session, client_as
):
    local(county)
    items = {one: ledger.item(one, in_charge=ledger.inspector(one)) for one in (county, other)}

    for item in items.values():
        client_as(item.officer_in_charge).submit(
            f"/items/{item.id}/limit", starts_on="2026-10-15", length="2",
            unit=Unit.WORKING_DAYS.value, basis="assignment", source="通知",
        )  # fmt: skip

    assert [str(item.due_on) for item in items.values()] == ["2026-10-20", "2026-10-19"]


def test_the_page_shows_the_states_days_without_a_button(county, other, client_as):
    state(county, date(2027, 2, 8), name="春节")
    local(other, date(2027, 2, 9), name="邻县县庆")
    local(county, date(2027, 2, 10), name="本县县庆")

    page = client_as(administrator(county)).get("/settings/calendar/2027")

    rows = {row.select("td")[2].text: row for row in page.soup.select("table.plain tbody tr")}
    assert rows.keys() == {"春节", "本县县庆"}
    assert not rows["春节"].select("form")
    assert rows["本县县庆"].select("form")


def test_the_operator_enters_takes_back_and_confirms(calendar, county, session):
    answer = calendar(
        "enter", "--from", "2029-02-12", "--to", "2029-02-13", "--name", "春节",
        "--source", "国办发明电", "--format", "json",
    )  # fmt: skip
    taken = calendar("take-back", "2029-02-13")
    confirmed = calendar("confirm", "2029", "--source", "国办发明电")

    found = queries.working_calendar(session, authority_id=county.authority.id)
    assert json.loads(answer.stdout) == {"entered": ["2029-02-12", "2029-02-13"], "working": False}
    assert (taken.exit_code, confirmed.exit_code) == (0, 0)
    assert 2029 in found.known_years
    assert [found.is_working_day(date(2029, 2, day)) for day in (12, 13)] == [False, True]


@pytest.mark.parametrize(
    "arguments",
    [
        ("enter", "--from", "2029-02-12", "--to", "2029-02-11", "--name", "a", "--source", "b"),
        ("enter", "--from", "2029-02-12", "--to", "2030-02-12", "--name", "a", "--source", "b"),
        ("enter", "--from", "2029-02-12", "--name", "a"),
        ("take-back", "2029-02-12"),
        ("confirm", "1999", "--source", "b"),
    ],
)
def test_what_the_operator_cannot_mean_is_refused(calendar, arguments):
    assert calendar(*arguments).exit_code == 2


def test_whoever_reads_the_calendar_names_the_authority():
    """``None`` is for what belongs to no county, and only the command says it."""
    silent = [
        f"{name(path)}:{node.lineno}"
        for path in modules()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call)
        and getattr(node.func, "attr", "") == "working_calendar"
        and not any(
            key.arg == "authority_id" and not isinstance(key.value, ast.Constant)
            for key in node.keywords
        )
    ]

    assert silent == []
