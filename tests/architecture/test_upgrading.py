"""A county's database of the last release, brought to the present schema with all its rows."""

import pytest
import sqlalchemy as sa
from alembic import command

from tests.databases import POSTGRESQL, SQLITE, made, used
from tests.factories import enforcement, inspections, ledger, notices, publication, registry
from tests.factories.county import County
from training_oversight import database, schema
from training_oversight.database import Database

# The schema that counties work with before they upgrade.
RELEASED = "2026_11_29_schema"
kinds = pytest.mark.parametrize("kind", [SQLITE, POSTGRESQL])


@pytest.fixture
def present(kind, tmp_path):
    """A filled database of today."""
    with made(kind, tmp_path) as url, used(url) as one:
        county = County(database.current_session())
        registry.licensed_institution(county)
        inspections.visit(county)
        ledger.closed(county)
        notices.served(county)
        enforcement.convened_case(county)
        publication.owed(county)
        publication.published(county)
        database.close_session()
        yield one


def at_release(url):
    held = Database(url)
    with held.engine.connect() as connection:
        command.upgrade(schema.configuration(connection), RELEASED)
    held.engine.dispose()


def reflected(engine):
    found = sa.MetaData()
    found.reflect(engine)
    return {
        name: table
        for name, table in found.tables.items()
        if name != "alembic_version" and schema.is_ours(name, "table", None)
    }


def copied(source, target):
    """Table -> (columns, rows) of everything that the older schema has a place for."""
    new, old = reflected(source.engine), reflected(target.engine)
    moved = {}
    with source.engine.connect() as reading, target.engine.connect() as writing:
        if writing.dialect.name == "sqlite":
            # Past the engine, which would begin a transaction first.
            writing.connection.cursor().execute("PRAGMA foreign_keys = OFF")
        else:
            writing.exec_driver_sql("SET session_replication_role = replica")
        for name, table in old.items():
            columns = [
                column.name
                for column in table.columns
                # What the database derives it writes itself.
                if column.name in new[name].c and column.computed is None
            ]
            rows = reading.execute(sa.select(*(new[name].c[one] for one in columns))).all()
            if rows:
                writing.execute(
                    sa.insert(table), [dict(zip(columns, row, strict=True)) for row in rows]
                )
                moved[name] = (columns, rows)
        writing.commit()
    return moved


def sorting(held):
    """What lists are sorted by, which an upgrade has to find out from the other rows."""
    table = reflected(held.engine)["institution"].c
    with held.engine.connect() as connection:
        return connection.execute(
            sa.select(table.id, table.sort_licence, table.sort_visited).order_by(table.id)
        ).all()


@kinds
def test_every_row_of_the_last_release_is_there_after_the_upgrade(kind, present, tmp_path_factory):
    with made(kind, tmp_path_factory.mktemp("old"), prepare=at_release) as url:
        held = Database(url)
        before = copied(present, held)
        # A new process: what was switched off for copying is on again.
        held.engine.dispose()
        with held.engine.connect() as connection:
            command.upgrade(schema.configuration(connection), "head")
            if kind == SQLITE:
                assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
        # What the search box looks in is gathered from the rows again.
        database.use(held)
        schema.fill()
        database.close_session()

        tables = reflected(held.engine)
        assert sorting(held) == sorting(present)
        with held.engine.connect() as connection:
            after = {
                name: connection.execute(sa.select(*(tables[name].c[one] for one in columns))).all()
                for name, (columns, _) in before.items()
            }
            wrong = (
                connection.exec_driver_sql("PRAGMA foreign_key_check").all()
                if kind == SQLITE
                else []
            )
        held.engine.dispose()

    assert len(before) > 20
    assert {"institution", "venue", "visit", "licence", "event"} <= before.keys()
    for name, (_, rows) in before.items():
        assert sorted(map(repr, after[name])) == sorted(map(repr, rows)), name
    assert wrong == []
