"""A list is written in parts: whatever stops it, it ends in the same state, and no row twice."""

import threading
import time

import pytest
import sqlalchemy as sa

from tests import processes
from tests.databases import SQLITE, made, used
from tests.factories.county import County
from tests.factories.lists import (
    HEADER,
    confirmed,
    imported,
    many,
    one,
    previewed,
    uscc,
    workbook,
)
from training_oversight import database
from training_oversight.accounts.models import Officer
from training_oversight.audit import Event
from training_oversight.audit.queries import history, verify
from training_oversight.errors import OversightError, WrongState
from training_oversight.intake import confirming, part_queries, running
from training_oversight.intake.models import ImportBatch, ImportRow
from training_oversight.intake.workflow import ImportState, RowOutcome
from training_oversight.registry.models import Institution, Licence, Venue

ROWS = 26  # three parts


def write(talk, key, officer, today):
    """Write a list as a command does, and stop in the middle of its second part."""

    def look(_connection, _cursor, statement, *_more):
        if statement.startswith("INSERT INTO institution "):
            talk.send("in the middle")
            time.sleep(processes.PATIENCE)

    def told(done, _left):
        if done:
            sa.event.listen(database.current_database().engine, "after_cursor_execute", look)

    by = database.current_session().get_one(Officer, officer)
    running.write_list(key, by=by, today=today, told=told)


def county_with_some(session):
    """A county and a list that changes some of its institutions and brings new ones."""
    county = County(session)
    imported(session, county, workbook(HEADER, *many(8)))
    rows = many(ROWS, bad=2)
    for row in rows[4:8]:
        row[3] = row[3].replace("文澜路", "新街")
    return county, previewed(session, county, workbook(HEADER, *rows))


def standing(session):
    """Everything that a list leaves behind, without keys and instants."""
    session.expire_all()
    register = [
        (type(record).__name__, *values(record))
        for model in (Institution, Venue, Licence)
        for record in session.scalars(sa.select(model))
    ]
    events = [
        (event.subject_kind, event.sequence, event.verb, str(said(event.changes)), str(event.facts))
        for event in session.scalars(sa.select(Event))
    ]
    rows = [
        (row.batch_id, row.number, row.outcome, row.written, row.left_version, str(row.changes))
        for row in session.scalars(sa.select(ImportRow))
    ]
    states = session.scalars(sa.select(ImportBatch.state).order_by(ImportBatch.id)).all()
    return sorted(register, key=str), sorted(events), sorted(rows, key=str), states


KEYS = {"id", "institution_id", "entered_at"}


def values(record):
    names = (column.key for column in sa.inspect(type(record)).columns)
    return [str(getattr(record, name)) for name in names if name not in KEYS]


def said(changes):
    return {name: change for name, change in changes.items() if name not in KEYS}


def begun(session):
    county, batch = county_with_some(session)
    with database.transaction():
        confirming.begin(session, batch, by=county.system)
    return batch.id, county.system.id, county.today


@pytest.fixture
def uninterrupted(tmp_path):
    """What the same list leaves behind that nobody disturbed, in a database of its own."""
    (folder := tmp_path / "undisturbed").mkdir()
    with made(SQLITE, folder) as url, used(url):
        session = database.current_session()
        key, officer, today = begun(session)
        running.write_list(key, by=session.get_one(Officer, officer), today=today)
        return standing(session)


@pytest.mark.usefixtures("short_parts")
def test_a_writer_that_is_killed_and_started_again_ends_like_one_that_was_not(uninterrupted, own):
    key, officer, today = begun(database.current_session())
    with processes.running((write, key, officer, today)) as [writer]:
        writer.let_go()
        assert writer.hears() == "in the middle"
        writer.kill()
    session = database.current_session()
    done, left = part_queries.how_far(session, key)
    assert done == confirming.AT_ONCE < left

    running.write_list(key, by=session.get_one(Officer, officer), today=today)

    assert standing(session) == uninterrupted
    assert verify(session).broken == []


class PowerCut(Exception):
    pass


@pytest.mark.usefixtures("short_parts")
@pytest.mark.parametrize("parts", [0, 1, 2])
def test_cut_off_before_any_part_it_goes_on_with_that_part(session, county, parts):
    batch = previewed(session, county, workbook(HEADER, *many(ROWS)))
    with database.transaction():
        confirming.begin(session, batch, by=county.system)

    def told(done, _left):
        if done == parts * confirming.AT_ONCE:
            raise PowerCut

    with pytest.raises(PowerCut):
        running.write_list(batch.id, by=county.system, today=county.today, told=told)
    assert part_queries.how_far(session, batch.id)[0] == parts * confirming.AT_ONCE
    assert batch.state is ImportState.WRITING

    counts = running.write_list(batch.id, by=county.system, today=county.today)

    assert counts[RowOutcome.NEW] == ROWS
    assert session.scalar(sa.select(sa.func.count()).select_from(Institution)) == ROWS
    assert batch.state is ImportState.CONFIRMED
    [done] = [e for e in history(session, batch) if e.verb == "import.confirmed"]
    assert done.facts["new"] == ROWS


@pytest.mark.usefixtures("short_parts")
def test_two_writers_at_once_write_every_row_once(own):
    key, officer, today = begun(database.current_session())
    database.close_session()
    start, answers = threading.Barrier(2), []

    def write():
        try:
            start.wait(processes.PATIENCE)
            by = database.current_session().get_one(Officer, officer)
            running.write_list(key, by=by, today=today)
            answers.append("written")
        except OversightError as error:
            answers.append(type(error).__name__)
        except Exception as fault:  # an error of the database is a fault, and must be seen
            answers.append(f"fault: {fault!r}")
        finally:
            database.close_session()

    writers = [threading.Thread(target=write) for _ in range(2)]
    for one_of_them in writers:
        one_of_them.start()
    for one_of_them in writers:
        one_of_them.join(processes.PATIENCE)

    session = database.current_session()
    # The second finds the list finished by the first.
    assert sorted(answers) == ["WrongState", "written"]
    assert session.scalar(sa.select(sa.func.count()).select_from(Institution)) == ROWS
    assert part_queries.how_far(session, key)[1] == 0
    assert verify(session).broken == []


def test_of_two_officers_who_confirm_one_is_told_that_it_is_decided(session, county):
    first, second = county.officer(), county.officer()
    batch = previewed(session, county, workbook(HEADER, *many(3)))
    with database.transaction():
        confirming.begin(session, batch, by=first)

    with pytest.raises(WrongState, match="正在写入"), database.transaction():
        confirming.begin(session, batch, by=second)


def test_a_row_keeps_what_is_needed_to_take_it_back(session, county):
    imported(session, county, workbook(HEADER, *many(1)))
    change = workbook(
        ["名称", "信用代码", "地址", "联系电话", "许可证号"],
        ["明德", uscc(1), "新街1号", "0990-7654321", "299010170000123"],
    )

    _, batch = imported(session, county, change)

    [row] = batch.rows
    place = one(session)
    before = {table: old for table, _, old in row.undo["before"]}
    assert before["institution"]["name"] == "明德培训中心第1分部"
    assert before["institution"]["phone"] == "0990-0000001"
    assert before["venue"] == {"address": "澄江县文澜路1号"}
    assert row.undo["made"] == [["licence", place.licences[0].id]]
    assert (row.written, row.left_version) == (True, place.version)


def test_who_is_registered_between_preview_and_writing_is_not_registered_twice(session, county):
    batch = previewed(session, county, workbook(HEADER, *many(2)))
    imported(session, county, workbook(HEADER[:1] + HEADER[4:5], ["别人登记的", uscc(2)]))

    counts = confirmed(county, batch)

    assert (counts[RowOutcome.NEW], counts[RowOutcome.REJECTED]) == (1, 1)
    assert batch.tallies["reason:row"] == 1
    assert [" reason:row " in row.marks for row in batch.rows] == [False, True]
    assert one(session, uscc=uscc(2)).name == "别人登记的"


def test_what_the_preview_found_unchanged_is_not_looked_at_again(session, county):
    imported(session, county, workbook(HEADER, *many(2)))
    batch = previewed(session, county, workbook(HEADER, *many(3)))
    with database.transaction():
        one(session, uscc=uscc(1)).phone = "0990-7654321"

    counts = confirmed(county, batch)

    assert (counts[RowOutcome.NEW], counts[RowOutcome.UNCHANGED]) == (1, 2)
    assert one(session, uscc=uscc(1)).phone == "0990-7654321"


def test_the_statements_of_a_part_do_not_grow_with_its_rows(session, county, queries_of):
    few, lots = (
        previewed(session, county, workbook(HEADER, *many(n)[n // 2 :])) for n in (20, 900)
    )
    sent = []
    for batch in (few, lots):
        with queries_of(session) as statements:
            confirmed(county, batch)
        sent.append(len(statements))

    assert sent[0] == sent[1]
