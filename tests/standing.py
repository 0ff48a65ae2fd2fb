"""What is made once and lasts: the databases that are copied, the application of a worker."""

from contextlib import ExitStack
from datetime import UTC, datetime
from functools import cache

import jinja2
import pytest
import sqlalchemy as sa
from argon2 import PasswordHasher

import config
from tests import databases
from tests.databases import POSTGRESQL, SQLITE
from tests.factories.county import County
from training_oversight import clock, database
from training_oversight.accounts import passwords
from training_oversight.app import create_app
from training_oversight.database import Database
from training_oversight.vault import keys

THURSDAY = datetime(2026, 10, 15, 1, 0, tzinfo=UTC)  # 9 in the morning in the county
_run = ExitStack()
# 64 MB for each password are the product's, on purpose; a test asks less of the machine.
PRODUCTS_HASHER = passwords._hasher


def pytest_configure():
    _run.enter_context(databases.originals())
    passwords._hasher = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    passwords._nobody = passwords._hasher.hash("nobody")


def pytest_unconfigure():
    _run.close()


def pytest_terminal_summary(terminalreporter):
    for sentence in databases.absent():
        terminalreporter.write_line(sentence, yellow=True)


@pytest.fixture(scope="session")
def _standing(tmp_path_factory):
    """Kind -> the application; going from one kind to the other and back makes nothing anew."""
    with ExitStack() as stack:
        yield cache(lambda kind: _stand(kind, tmp_path_factory, stack))


def _stand(kind, folders, stack):
    bare = stack.enter_context(databases.made(kind, folders.mktemp("bare")))
    peopled = stack.enter_context(databases.copied(kind, folders.mktemp("county"), county))
    app = create_app(
        config.Settings(
            database_url=bare,
            secret_key="for tests only",
            data_dir=folders.mktemp("data"),
            timezone="Asia/Shanghai",
            demo=True,
            protection_keys=config.DEMO_PROTECTION,
        )
    )
    app.testing = True
    share_templates(app)
    # One engine for the run: it keeps the statements that it has compiled.
    app.extensions["held"] = database.current_database()
    app.extensions["held with county"] = Database(peopled)
    for one in (app.extensions["held"], app.extensions["held with county"]):
        stack.callback(one.engine.dispose)
    return app


def share_templates(app):
    """A template is compiled once per run, not once per worker and application."""
    folder = databases.shared_folder("templates")
    app.jinja_env.bytecode_cache = jinja2.FileSystemBytecodeCache(str(folder))


def county(url):
    with databases.used(url), clock.standing_at(THURSDAY):
        County(database.current_session()).staff()


@pytest.fixture(scope="session", params=[SQLITE, POSTGRESQL])
def settings(request, _standing):
    return _standing(request.param).config["SETTINGS"]


@pytest.fixture(scope="session")
def _app(settings, _standing):
    return _standing(sa.make_url(settings.database_url).get_backend_name())


@pytest.fixture
def app(_app):
    database.use(_app.extensions["held"])
    keys.use(keys.Keyring(_app.config["SETTINGS"].protection_keys))
    return _app
