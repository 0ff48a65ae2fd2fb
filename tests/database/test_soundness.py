"""``database check`` looks at the database in use: what guards it, and whether it is whole."""

import pytest
import sqlalchemy as sa

from tests.databases import SQLITE, made, present
from training_oversight import database, soundness
from training_oversight.database import Database


def faults(held):
    with held.engine.connect() as connection:
        return soundness.faults(connection)


def told(held, on_sqlite, on_postgresql):
    """Do something to the database as its owner can."""
    database.close_session()
    statements = on_sqlite if held.engine.dialect.name == "sqlite" else on_postgresql
    with held.engine.begin() as connection:
        for statement in statements:
            connection.exec_driver_sql(statement)


def test_a_new_database_is_sound(own):
    assert faults(own) == []


def test_a_trigger_that_is_missing_is_named(own):
    told(
        own,
        ["DROP TRIGGER event_no_delete", "DROP TRIGGER day_seal_no_replace"],
        ["DROP TRIGGER event_append_only ON event"],
    )

    assert (
        sorted(faults(own))
        == {
            "sqlite": ["trigger day_seal_no_replace: missing", "trigger event_no_delete: missing"],
            "postgresql": ["trigger event_append_only: missing"],
        }[own.engine.dialect.name]
    )


def test_a_guard_that_guards_nothing_is_named(own):
    told(
        own,
        [
            "DROP TRIGGER event_no_delete",
            "CREATE TRIGGER event_no_delete BEFORE DELETE ON event BEGIN SELECT 1; END",
        ],
        [
            "CREATE OR REPLACE FUNCTION event_append_only() RETURNS trigger LANGUAGE plpgsql AS"
            " $$ BEGIN RETURN NULL; END $$"
        ],
    )

    (fault,) = faults(own)

    assert "not as it should be" in fault


def test_a_trigger_that_is_switched_off_or_strange_is_named(own):
    told(
        own,
        ["CREATE TRIGGER mine AFTER INSERT ON event BEGIN SELECT 1; END"],
        ["ALTER TABLE event DISABLE TRIGGER event_append_only"],
    )

    (fault,) = faults(own)

    assert "mine" in fault or "switched off" in fault


def test_a_row_that_names_nobody_is_named(own):
    with_checks_off(own)

    (fault,) = faults(own)

    assert fault.startswith("foreign key:")


def with_checks_off(held):
    """On a connection of another tool, which does not look at foreign keys."""
    engine = sa.create_engine(held.engine.url)
    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
        connection.exec_driver_sql(
            "INSERT INTO division (id, code, name, level, parent_id, path)"
            " VALUES (7, '7', '无处', 'county', 999, '7/')"
        )
    engine.dispose()


def test_a_damaged_file_is_found(tmp_path):
    before = present()
    with made(SQLITE, tmp_path) as url:
        file = tmp_path / "test.sqlite3"
        checkpoint(url)
        content = bytearray(file.read_bytes())
        page = int.from_bytes(content[16:18], "big")
        content[20 * page : 22 * page] = b"\xa5" * (2 * page)
        file.write_bytes(content)
        held = Database(url)

        try:
            found = faults(held)
        except sa.exc.DatabaseError as fault:
            found = [str(fault)]
        held.engine.dispose()
    if before is not None:
        database.use(before)

    assert found


def checkpoint(url):
    engine = sa.create_engine(url)
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    engine.dispose()


@pytest.mark.parametrize("harm", [[], ["DROP TRIGGER event_no_delete"]])
def test_the_command_says_so(app, own, harm):
    if own.engine.dialect.name != "sqlite":
        pytest.skip("the same on both; once is enough")
    told(own, harm, [])

    answer = app.test_cli_runner().invoke(args=["database", "check"])

    assert answer.exit_code == (1 if harm else 0), answer.output
    assert ("event_no_delete" in answer.stderr) is bool(harm)
