"""The migrations make exactly what the models say, on both databases, and run twice in peace."""

import re

import pytest
import sqlalchemy as sa

from tests.databases import POSTGRESQL, SQLITE, made, server, used
from tests.factories import enforcement, ledger, notices, publication
from tests.factories.county import County
from tools.migrations import LONGEST
from training_oversight import database, schema
from training_oversight.audit import queries as audit
from training_oversight.database import Base, Database

VERSIONS = schema.MIGRATIONS / "versions"
BOOKKEEPING = "alembic_version"
kinds = pytest.mark.parametrize("kind", [SQLITE, POSTGRESQL])


@pytest.fixture
def own(kind, tmp_path):
    """A migrated database of its own; the process's database is put back afterwards."""
    with made(kind, tmp_path) as url, used(url) as one:
        yield one


def from_the_models(kind, folder):
    """What ``create_all`` makes, read like the migrated one."""
    url = f"sqlite:///{folder / 'models.sqlite3'}"
    if kind == SQLITE:
        held = Database(url)
        with held.engine.begin() as connection:
            Base.metadata.create_all(connection)
            found = described(connection)
        held.engine.dispose()
        return found
    engine = sa.create_engine(server())
    with engine.connect() as connection:
        outer = connection.begin()
        connection.execute(sa.text("CREATE SCHEMA of_the_models"))
        connection.execute(sa.text("SET LOCAL search_path TO of_the_models, public"))
        Base.metadata.create_all(connection)
        found = described(connection)
        outer.rollback()
    engine.dispose()
    return found


def described(connection):
    """Every table, column, constraint, index and trigger in the database's own words, in order."""
    if connection.dialect.name == "sqlite":
        rows = connection.execute(
            sa.text("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL")
        )
        return {name: normal(sql) for name, sql in rows if name != BOOKKEEPING}
    found = {}
    for place, statement in POSTGRESQL_WORDS.items():
        for name, *words in connection.execute(sa.text(statement)):
            if BOOKKEEPING not in name:
                found[f"{place} {name}"] = normal(" ".join(str(word) for word in words))
    return found


POSTGRESQL_WORDS = {
    "column": "SELECT table_name || '.' || column_name, data_type, is_nullable,"
    " coalesce(column_default, ''), coalesce(character_maximum_length::text, '')"
    " FROM information_schema.columns WHERE table_schema = current_schema()",
    "constraint": "SELECT conrelid::regclass::text || '.' || conname, pg_get_constraintdef(oid)"
    " FROM pg_constraint WHERE connamespace = current_schema()::regnamespace",
    "function": "SELECT proname, prosrc FROM pg_proc"
    " WHERE pronamespace = current_schema()::regnamespace",
    "index": "SELECT tablename || '.' || indexname, indexdef FROM pg_indexes"
    " WHERE schemaname = current_schema()",
}


def normal(words):
    """The same whatever schema it stands in, and however a statement was laid out.

    SQLite keeps the text of the statement: the parts of a table are put in order.
    """
    words = re.sub(r"\bof_the_models\.|\bpublic\.", "", words)
    words = re.sub(r"\s+", " ", words).replace('"', "").strip()
    if not words.startswith("CREATE TABLE"):
        return words
    head, body = words.split("(", 1)
    return head, sorted(parts(body.rsplit(")", 1)[0]))


def parts(body):
    """The columns and constraints of a table: split at the commas outside all brackets."""
    depth, part = 0, ""
    for character in body:
        depth += (character == "(") - (character == ")")
        if character == "," and depth == 0:
            yield part.strip()
            part = ""
        else:
            part += character
    yield part.strip()


@kinds
def test_a_migrated_database_is_what_the_models_say(kind, own, tmp_path):
    with own.engine.connect() as connection:
        migrated = described(connection)

    wanted = from_the_models(kind, tmp_path)

    assert len(migrated) > 60
    assert migrated == wanted


@kinds
def test_the_migrations_bring_every_trigger(kind, own):
    statement = {
        SQLITE: "SELECT name FROM sqlite_master WHERE type = 'trigger'",
        POSTGRESQL: "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal",
    }[kind]

    with own.engine.connect() as connection:
        found = set(connection.execute(sa.text(statement)).scalars())

    kept = {"licence_sort_licence", "visit_sort_visited"}
    moments = ("insert", "update", "delete")
    expected = {
        SQLITE: {
            f"{table}_no_{what}"
            for table in ("event", "day_seal")
            for what in ("update", "delete", "replace")
        }
        | {f"institution_grams_{one}" for one in ("before_update", "after_update", *moments[::2])}
        | {f"{name}_{moment}" for name in kept for moment in moments},
        POSTGRESQL: {"event_append_only", "day_seal_append_only"} | kept,
    }
    assert found == expected[kind]


@kinds
def test_upgrading_a_filled_database_again_changes_nothing(kind, own):
    county = County(database.current_session())
    publication.owed(county)
    publication.published(county)
    closed = ledger.closed(county)
    notices.served(county)
    enforcement.convened_case(county)
    assert closed.closed_by_id
    database.close_session()
    before = content(own)

    schema.upgrade()
    schema.upgrade()

    assert content(own) == before
    with own.sessions() as session:
        assert audit.verify(session).broken == []


def content(held):
    """Every row of every table."""
    with held.engine.connect() as connection:
        return {
            table.name: sorted(map(repr, connection.execute(sa.select(table))))
            for table in Base.metadata.sorted_tables
        }


def test_no_revision_is_longer_than_postgresql_keeps():
    # SQLite keeps any length, so only an upgrade of PostgreSQL would find out.
    names = re.findall(
        r'^revision = "(.*)"$',
        "\n".join(path.read_text(encoding="utf-8") for path in VERSIONS.glob("*.py")),
        re.MULTILINE,
    )

    assert len(names) == len(list(VERSIONS.glob("*.py")))
    assert [name for name in names if len(name) > LONGEST] == []
