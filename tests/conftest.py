"""One database per run and kind, built by the migrations; one rolled back transaction per test."""

from contextlib import contextmanager
from datetime import UTC, date, datetime, time

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

import config
from tests.databases import POSTGRESQL, SQLITE, absent, made
from tests.factories.county import County
from tests.pages import Browser
from tools.translations import compile_catalogue
from training_oversight import clock, database
from training_oversight.app import create_app
from training_oversight.audit import answers
from training_oversight.database import Database
from training_oversight.texts import DEFAULT, speaking

THURSDAY = datetime(2026, 10, 15, 1, 0, tzinfo=UTC)  # 9 in the morning in the county


def pytest_configure(config):
    compile_catalogue()


def pytest_terminal_summary(terminalreporter):
    for sentence in absent():
        terminalreporter.write_line(sentence, yellow=True)


@pytest.fixture(autouse=True)
def _still_clock():
    answers.forget()
    with clock.standing_at(THURSDAY):
        yield


@pytest.fixture(autouse=True)
def _own_language():
    """A request sets the language of its thread; the next test begins in the usual one."""
    with speaking(DEFAULT):
        yield


@pytest.fixture
def at():
    """Move the clock to a day (9 in the morning there) or to an instant."""
    moves = []

    def move(when):
        if type(when) is date:
            when = clock.from_local(datetime.combine(when, time(9)))
        moves.append(clock.standing_at(when))
        moves[-1].__enter__()

    yield move
    for one in reversed(moves):
        one.__exit__(None, None, None)


@pytest.fixture(scope="session", params=[SQLITE, POSTGRESQL])
def settings(request, tmp_path_factory):
    folder = tmp_path_factory.mktemp("data")
    with made(request.param, folder) as url:
        yield config.Settings(
            database_url=url,
            secret_key="for tests only",
            data_dir=folder,
            timezone="Asia/Shanghai",
            demo=True,
        )


@pytest.fixture(scope="session")
def app(settings):
    app = create_app(settings)
    app.testing = True
    # One engine for the run: it keeps the statements that it has compiled.
    app.extensions["held"] = held = database.current_database()
    yield app
    held.engine.dispose()


@pytest.fixture
def session(app):
    """A session whose commits are real to the code under test, and gone after it."""
    held = app.extensions["held"]
    database.use(held)
    with held.engine.connect() as connection:
        outer = connection.begin()
        session = Session(
            connection, join_transaction_mode="create_savepoint", expire_on_commit=False
        )
        with database.using_session(session):
            yield session
        session.close()
        outer.rollback()


@pytest.fixture(params=[SQLITE, POSTGRESQL])
def own(request, tmp_path):
    """A database that several connections and processes can open; what is committed stays."""
    before = database.current_database() if database._process_database else None
    with made(request.param, tmp_path) as url:
        held = Database(url)
        database.use(held)
        yield held
        database.close_session()
        held.engine.dispose()
    if before is not None:
        database.use(before)


@pytest.fixture
def county(session):
    """An invented county with its departments and townships; it makes records of every kind."""
    return County(session)


@pytest.fixture
def client_as(app, county):
    """A browser that an officer has signed in with; without one, a visitor's."""
    return lambda officer=None: Browser(app, officer)


@pytest.fixture
def queries_of(session):
    """Count the statements that a block sends: ``with queries_of() as sent: …; len(sent)``.

    The block begins as a request does, with a session that knows no record yet; given a session,
    in that one.
    """
    engine = session.get_bind().engine

    @contextmanager
    def counting(inside=None):
        sent = []

        def note(_connection, _cursor, statement, *_rest):
            if not statement.startswith(("SAVEPOINT", "RELEASE", "ROLLBACK")):
                sent.append(statement)

        answers.forget()
        fresh = Session(session.connection(), join_transaction_mode="create_savepoint")
        sa.event.listen(engine, "before_cursor_execute", note)
        try:
            with fresh, database.using_session(inside or fresh):
                yield sent
        finally:
            sa.event.remove(engine, "before_cursor_execute", note)

    return counting
