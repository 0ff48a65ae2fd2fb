"""A database made with the order of a Chinese dictionary: scopes and lists rely on none."""

import sqlite3
import uuid

import pytest
import sqlalchemy as sa

from tests import databases
from tests.factories import registry
from tests.factories.county import County
from training_oversight import clock, database, schema
from training_oversight.accounts.models import Division, Scope
from training_oversight.database import Base, Database
from training_oversight.demo import loading
from training_oversight.errors import BadInput
from training_oversight.names.typed import Typed
from training_oversight.registry.models import Institution
from training_oversight.registry.queries import finding
from training_oversight.registry.queries.search import Search
from training_oversight.web.paging import Key, paged

DICTIONARY = "LOCALE_PROVIDER icu ICU_LOCALE 'zh'"


@pytest.fixture(scope="module")
def original():
    """A database with that order and the schema; its name."""
    databases.need_postgresql()
    name = new_name()
    databases._on_server(f"CREATE DATABASE {name} TEMPLATE template0 {DICTIONARY}")
    databases.filled(databases._on_postgresql(name))
    yield name
    databases._on_server(f"DROP DATABASE {name} WITH (FORCE)")


def new_name():
    return f"oversight_{uuid.uuid4().hex[:12]}"


@pytest.fixture
def created():
    """Make a PostgreSQL database with the words given, and use it."""
    databases.need_postgresql()
    before = databases.present()
    made = []

    def create(words):
        name = new_name()
        databases._on_server(f"CREATE DATABASE {name} {words}")
        held = Database(databases._on_postgresql(name))
        made.append((name, held))
        database.use(held)
        clock.configure("Asia/Shanghai")
        return held

    yield create
    database.close_session()
    for name, held in made:
        held.engine.dispose()
        databases._on_server(f"DROP DATABASE {name} WITH (FORCE)")
    if before is not None:
        database.use(before)


@pytest.fixture
def dictionary(created, original):
    return created(f"TEMPLATE {original}")


def test_a_county_sees_all_its_divisions(dictionary):
    county = County(session := database.current_session())
    ours = county.authority.division.path

    inside = session.scalars(
        sa.select(Division.path).where(Scope(ours).clause(Division.path))
    ).all()

    everything = session.scalars(sa.select(Division.path)).all()
    assert set(inside) == {path for path in everything if path.startswith(ours)}
    assert len(inside) > 1


def test_a_list_is_paged_without_leaving_anything_out(dictionary):
    county = County(session := database.current_session())
    names = (
        "Zeta教室",
        "alpha 教室",
        "啊一",
        "阿二",
        "中山路3号",
        "一帆",
        "重庆",
        "9号",
        "a-b",
        "A_b",
    )
    for name in names:
        registry.institution(county, name=name)

    seen, cursor = [], None
    while True:
        page = paged(
            session, sa.select(Institution), keys=[Key(Institution.sort_key), Key(Institution.id)],
            cursor=cursor, address=lambda here: here, size=3,
        )  # fmt: skip
        seen += [(one.sort_key, one.id) for one in page.rows]
        if page.next_url is None:
            break
        cursor = page.next_url

    assert len(seen) >= len(names)
    assert seen == sorted(seen)


def test_every_text_column_is_ordered_by_its_bytes(dictionary):
    with dictionary.engine.connect() as connection:
        assert schema._other_orders(connection) == []
        kept = connection.scalar(
            sa.text(
                "SELECT count(*) FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid JOIN "
                "pg_collation ON pg_collation.oid = attcollation WHERE relkind = 'r' AND "
                "relnamespace = current_schema()::regnamespace AND collname = 'C'"
            )
        )
    ours = [
        column
        for table in Base.metadata.sorted_tables
        for column in table.columns
        if isinstance(column.type, sa.Text)
    ]
    assert len(ours) == kept > 100


def test_a_scope_goes_by_the_index_of_the_paths(dictionary):
    session = database.current_session()
    session.execute(sa.text("SET LOCAL enable_seqscan = off"))

    plan = session.scalars(
        sa.text("EXPLAIN SELECT id FROM division WHERE path >= :path AND path < :path || '~'"),
        {"path": "99/9901"},
    ).all()

    assert any("uq_division_path" in line and "Index" in line for line in plan)
    assert any("Index Cond: ((path >= " in line for line in plan)


@pytest.mark.parametrize("ahead", [0, 5000])
def test_the_search_finds_the_same_by_its_index_and_in_order(dictionary, ahead):
    county = County(session := database.current_session())
    wanted = {registry.institution(county, name=name).id for name in ("春田教室", "春天画室")}
    registry.institution(county, name="秋水琴行")

    asked = Search(
        Typed.read("春"), Scope(county.authority.division.path), phones=False, few=0, ahead=ahead
    )

    found = session.scalars(sa.select(Institution.id).where(finding.matching(session, asked)))
    assert set(found) == wanted
    assert {key for key, _ in finding.best(session, asked, limit=9)} == wanted


def test_every_story_of_the_demo_county_is_played(app, dictionary, monkeypatch):
    once = tuple((play, 1, days_ago) for play, _times, days_ago in loading.PLAYS)
    monkeypatch.setattr(loading, "PLAYS", once)

    with app.app_context():
        loading.load()

    assert loading.is_loaded()


@pytest.mark.parametrize("encoding", ["SQL_ASCII", "EUC_CN"])
def test_an_encoding_that_lacks_characters_is_refused_before_anything_is_made(created, encoding):
    held = created(f"TEMPLATE template0 ENCODING '{encoding}' LC_COLLATE 'C' LC_CTYPE 'C'")

    with pytest.raises(BadInput) as refused:
        schema.upgrade()

    assert encoding in str(refused.value)
    assert sa.inspect(held.engine).get_table_names() == []


def test_a_column_of_another_order_is_refused_by_its_name(dictionary):
    with dictionary.engine.begin() as connection:
        connection.exec_driver_sql(
            'ALTER TABLE institution ALTER COLUMN sort_key TYPE text COLLATE "zh-x-icu"'
        )

    with pytest.raises(BadInput) as refused:
        schema.upgrade()

    assert "institution.sort_key (zh-x-icu)" in str(refused.value)


def test_a_file_of_sqlite_in_another_encoding_is_refused(tmp_path):
    path = tmp_path / "wide.sqlite3"
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA encoding = 'UTF-16le'")
        connection.execute("CREATE TABLE anything (id)")
    held = Database(f"sqlite:///{path}")

    with held.engine.connect() as connection, pytest.raises(BadInput) as refused:
        schema.check_text(connection)

    held.engine.dispose()
    assert "UTF-16le" in str(refused.value)
