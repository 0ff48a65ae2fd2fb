"""A real browser on the real application, served from a database of its own."""

import json
import logging
import os
import threading
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright
from werkzeug.serving import make_server

import config
from tests.browser.people import People
from tests.browser.person import Person
from tests.browser.records import every_kind
from tests.databases import CHROMIUM, SQLITE, copied, made, shared_folder, used
from tests.standing import THURSDAY, share_templates
from training_oversight import clock, database
from training_oversight.app import create_app
from training_oversight.vault import keys

QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def pytest_collection_modifyitems(items):
    """A browser that goes on to the next page leaves the server with a file half sent."""
    here = Path(__file__).parent
    for item in items:
        if item.path.is_relative_to(here):
            item.add_marker(pytest.mark.filterwarnings("ignore:unclosed file:ResourceWarning"))


@pytest.fixture(scope="session")
def chromium():
    if CHROMIUM is None:
        if os.environ.get("REQUIRE_BROWSER"):
            pytest.fail("REQUIRE_BROWSER is set and there is no chromium")
        pytest.skip("no chromium on this machine")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield browser
        browser.close()


class Site:
    """The served application, and the officers who can sign in to it."""

    def __init__(self, app, url, people, records):
        self.app, self.url = app, url
        self.people, self.records = people, records
        database.close_session()


def nothing(people):
    return {}


@contextmanager
def served(folder, fill=nothing):
    """The application on a database with what ``fill`` adds, in this process."""
    with made(SQLITE, folder) as database_url, _running(database_url, folder) as (app, url):
        people = People.new()
        yield Site(app, url, people, fill(people))


@contextmanager
def _served_copy(folder):
    """The same with a record of every kind, which are made once per run."""
    with (
        copied(SQLITE, folder, record_of_every_kind) as database_url,
        _running(database_url, folder) as (app, url),
    ):
        records = json.loads(_keys().read_text(encoding="utf-8"))
        yield Site(app, url, People.standing(), records)


def record_of_every_kind(url):
    keys.use(keys.Keyring(config.DEMO_PROTECTION))
    with used(url), clock.standing_at(THURSDAY):
        _keys().write_text(json.dumps(every_kind(People.new())), encoding="utf-8")


def _keys():
    return shared_folder("site") / "keys.json"


@contextmanager
def _running(database_url, folder):
    """The application on a free port, in this process: it reads the same clock as the test."""
    with _as_it_was():
        app = create_app(
            config.Settings(
                database_url=database_url,
                secret_key="for tests only",
                data_dir=folder,
                timezone="Asia/Shanghai",
                demo=True,
                protection_keys=config.DEMO_PROTECTION,
            )
        )
        share_templates(app)
        app.config["SEND_FILE_MAX_AGE_DEFAULT"] = 3600
        logging.getLogger("werkzeug").setLevel(logging.ERROR)
        server = make_server("127.0.0.1", 0, app, threaded=True)
        thread = threading.Thread(target=server.serve_forever, args=[0.01])
        thread.start()
        try:
            yield app, f"http://127.0.0.1:{server.port}"
        finally:
            server.shutdown()
            thread.join()
            server.server_close()
            database.close_session()
            database.current_database().engine.dispose()


@contextmanager
def _as_it_was():
    """The database of the process is for all tests; give it back."""
    before = None
    with suppress(IndexError):
        before = database.current_database()
    yield
    if before is not None:
        database.use(before)


@pytest.fixture
def live(tmp_path, _still_clock):
    """A browser sees nothing of which database it is: other tests look at both."""
    with served(tmp_path) as site:
        yield site


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """One application with a record of every kind, for tests that change little."""
    folder = tmp_path_factory.mktemp("site")
    with clock.standing_at(THURSDAY), _served_copy(folder) as site:
        yield site


@pytest.fixture
def person(chromium):
    """Open a window: ``person(site, officer)`` has signed in, without one a visitor.

    Whatever a page says on the console, and every page wider than its window, is a failure.
    """
    people = []

    def sit_down(site, officer=None, **options):
        one = Person(chromium, site, **options)
        people.append(one)
        return one.be_let_in(officer) if officer else one

    yield sit_down
    for one in people:
        one.window.close()
    assert [words for one in people for words in one.complaints] == []
