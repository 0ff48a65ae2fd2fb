"""What the next release's migration will stand on: a filled table altered, and nothing lost."""

import sys

import pytest
import sqlalchemy as sa
from alembic.migration import MigrationContext
from alembic.operations import Operations

from tests.databases import POSTGRESQL, SQLITE, made, present
from tests.factories import ledger, registry
from tests.factories.county import County
from training_oversight import database, schema
from training_oversight.database import Database

kinds = pytest.mark.parametrize("kind", [SQLITE, POSTGRESQL])


@pytest.fixture
def altering(monkeypatch):
    monkeypatch.syspath_prepend(str(schema.MIGRATIONS))
    import altering

    yield altering
    sys.modules.pop("altering")


@pytest.fixture
def filled(kind, tmp_path):
    """A county's database with an institution, its papers, and a problem that was written off."""
    before = present()
    with made(kind, tmp_path) as url:
        held = Database(url)
        database.use(held)
        county = County(database.current_session())
        registry.licensed_institution(county, name="带 引号'的“机构”")
        ledger.closed(county)
        database.close_session()
        yield held
        database.close_session()
        held.engine.dispose()
    if before is not None:
        database.use(before)


def altered(held, change):
    """Carry out a change as a migration does: foreign keys off around it on SQLite."""
    with held.engine.connect() as connection:
        on_sqlite = connection.dialect.name == "sqlite"
        if on_sqlite:
            connection.connection.cursor().execute("PRAGMA foreign_keys = OFF")
        with connection.begin(), Operations.context(MigrationContext.configure(connection)):
            change()
            if on_sqlite:
                assert connection.exec_driver_sql("PRAGMA foreign_key_check").all() == []


def rows(held):
    """Table -> rows as they are, columns that the models do not know included."""
    found = sa.MetaData()
    found.reflect(held.engine)
    with held.engine.connect() as connection:
        return {
            name: [dict(row._mapping) for row in connection.execute(sa.select(table))]
            for name, table in found.tables.items()
            if schema.is_ours(name, "table", None)
        }


def beside(held, table):
    """The names of what hangs on a table: indexes, checks, keys, triggers."""
    look = sa.inspect(held.engine)
    triggers = {
        SQLITE: "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = :table",
        POSTGRESQL: "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
        " AND tgrelid = CAST(:table AS regclass)",
    }
    with held.engine.connect() as connection:
        statement = sa.text(triggers[held.engine.dialect.name])
        names = set(connection.execute(statement, {"table": table}).scalars())
    for read in (look.get_indexes, look.get_check_constraints, look.get_foreign_keys):
        names |= {one["name"] for one in read(table)}
    return names | {one["name"] for one in look.get_unique_constraints(table)}


@kinds
@pytest.mark.parametrize("table", ["institution", "licence", "rectification_item", "finding"])
def test_a_filled_table_gets_columns_and_a_rule_and_loses_nothing(altering, filled, table):
    before, hung = rows(filled), beside(filled, table)
    columns = [
        altering.Added("remark", "TEXT", "'—'", required=True),
        altering.Added("seen_at", "DATETIME"),
        altering.Added("share", "FLOAT", "0.5", required=True),
    ]

    altered(
        filled,
        lambda: altering.alter(
            table, columns=columns, constraints={"ck_some_share": "CHECK (share >= 0)"}
        ),
    )

    after = rows(filled)
    added = {"remark": "—", "seen_at": None, "share": 0.5}
    assert before[table]
    assert after.pop(table) == [row | added for row in before.pop(table)]
    assert after == before
    assert beside(filled, table) == hung | {"ck_some_share"}


@kinds
def test_a_rule_is_replaced_and_the_new_one_holds(altering, filled):
    before, hung = rows(filled), beside(filled, "rectification_item")
    rule = "ck_rectification_item_closed_on_if_closed"

    altered(
        filled,
        lambda: altering.alter(
            "rectification_item", checks={rule: "CHECK (closed_on IS NOT NULL)"}
        ),
    )

    assert rows(filled) == before
    assert beside(filled, "rectification_item") == hung
    with filled.engine.begin() as connection, pytest.raises(sa.exc.IntegrityError):
        connection.exec_driver_sql("UPDATE rectification_item SET closed_on = NULL")


@kinds
def test_text_that_is_added_is_ordered_by_its_bytes(altering, filled):
    altered(
        filled,
        lambda: altering.alter("institution", columns=[altering.Added("remark", "TEXT", "''")]),
    )

    if filled.engine.dialect.name == "postgresql":
        with filled.engine.connect() as connection:
            found = {row.column: row.collation for row in connection.execute(
                sa.text(schema.COLLATIONS)
            ) if row.table == "institution"}  # fmt: skip
        assert "remark" not in found
    # The database still does its part: search and sort columns follow a new institution.
    registry.institution(County(database.current_session(), "990102"))


@kinds
def test_a_filled_table_never_gives_a_key_again(altering, filled):
    before = rows(filled)

    altered(filled, lambda: altering.never_reuse_keys("verification"))

    assert rows(filled) == before
    last = max(row["id"] for row in before["verification"])
    with filled.engine.begin() as connection:
        connection.exec_driver_sql(f"DELETE FROM verification WHERE id = {last}")
        copied = ", ".join(one for one in before["verification"][0] if one != "id")
        values = ", ".join(f":{one}" for one in before["verification"][0] if one != "id")
        row = next(one for one in before["verification"] if one["id"] == last)
        given = connection.execute(
            sa.text(f"INSERT INTO verification ({copied}) VALUES ({values}) RETURNING id"), row
        ).scalar_one()
    assert given > last
