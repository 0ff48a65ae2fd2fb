"""One rolled back transaction per test, on databases that last as long as the run."""

import gc
from contextlib import contextmanager
from datetime import date, datetime, time

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from tests import both_databases, databases, standing
from tests.databases import POSTGRESQL, SQLITE
from tests.factories.county import County
from tests.pages import Browser
from tests.standing import THURSDAY
from tools.translations import compile_catalogue
from training_oversight import clock, database
from training_oversight.accounts import tries
from training_oversight.accounts.permissions import Role
from training_oversight.audit import answers
from training_oversight.texts import DEFAULT, speaking


def pytest_configure(config):
    compile_catalogue()
    for plugin in (both_databases, standing):
        config.pluginmanager.register(plugin)


@pytest.hookimpl(wrapper=True)
def pytest_collection():
    """What is imported and collected lasts as long as the run: nobody looks for garbage in it."""
    gc.disable()
    collected = yield
    gc.freeze()
    gc.enable()
    gc.set_threshold(50_000, 20, 20)
    return collected


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


@pytest.fixture
def session(app, request):
    """A session whose commits are real to the code under test, and gone after it."""
    county = "county" in request.fixturenames
    held = app.extensions["held with county" if county else "held"]
    database.use(held)
    with held.engine.connect() as connection:
        outer = connection.begin()
        session = Session(
            connection, join_transaction_mode="create_savepoint", expire_on_commit=False
        )
        tries.forget(app)
        with database.using_session(session):
            yield session
        session.close()
        outer.rollback()


@pytest.fixture(params=[SQLITE, POSTGRESQL])
def own(request, tmp_path):
    """A database that several connections and processes can open; what is committed stays."""
    with databases.made(request.param, tmp_path) as url, databases.used(url) as held:
        yield held


@pytest.fixture
def in_app(app, session):
    """For what pages ask of all areas together: what they have handed in belongs to an app."""
    with app.app_context():
        yield


@pytest.fixture
def county(session):
    """An invented county with its departments and townships; it makes records of every kind."""
    return County.standing(session)


@pytest.fixture
def client_as(app, county):
    """A browser that an officer has signed in with; without one, a visitor's."""
    return lambda officer=None: Browser(app, officer)


@pytest.fixture
def inspector(client_as, county):
    return client_as(county.officer(Role.INSPECTOR))


@pytest.fixture
def head(client_as, county):
    return client_as(county.officer(Role.SECTION_HEAD))


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
