"""When the database is lost, busy, full or only to be read: a page, and nothing typed is lost.

Every page here is that of a served app on a database of its own, with real commits.
"""

import logging
import re
import sqlite3
import time
from datetime import timedelta

import psycopg
import pytest
import sqlalchemy as sa
from sqlalchemy.exc import OperationalError

import config
from tests.databases import POSTGRESQL, SQLITE, _on_server, made, present
from tests.factories.county import County
from tests.factories.unarranged import MONDAY, YEAR
from tests.pages import Browser, filled_in
from training_oversight import database, troubles
from training_oversight.accounts.permissions import Role
from training_oversight.app import create_app
from training_oversight.catalogue.models import CalendarDay

DAYS = f"/settings/calendar/{YEAR}/days"
TYPED = {
    "first_on": str(MONDAY),
    "working": "off",
    "name": "运动会",
    "source": "县府办通知 <3号> “特急”",
}


class Site:
    """A served county: its app, an administrator's browser, and its database."""

    def __init__(self, url, folder):
        settings = config.Settings(
            *(url, "for tests only", folder, "Asia/Shanghai"),
            demo=True,
            protection_keys=config.DEMO_PROTECTION,
        )
        self.app = create_app(settings)
        self.held = database.current_database()
        county = County(database.current_session())
        self.browser = Browser(self.app, county.officer(Role.ADMINISTRATOR))
        database.close_session()

    def form(self):
        """The form about a day off, opened and filled in."""
        page = self.browser.get(DAYS)
        return filled_in(page.soup.select_one("main form[method=post]")) | TYPED

    def sent(self, form, status):
        return self.browser._checked(self.browser.http.post(DAYS, data=form), status)

    def entered(self):
        with self.held.sessions() as session:
            return session.scalars(sa.select(CalendarDay.day)).all()

    def every_connection(self, statement):
        """Carry out a statement on each new connection, and have only new ones."""

        def carry_out(connection, _record):
            connection.execute(statement)

        sa.event.listen(self.held.engine, "connect", carry_out)
        self.held.engine.dispose()
        return lambda: (
            sa.event.remove(self.held.engine, "connect", carry_out),
            self.held.engine.dispose(),
        )


@pytest.fixture
def site(request, tmp_path):
    before = present()
    with made(request.param, tmp_path) as url:
        site = Site(url, tmp_path)
        yield site
        database.close_session()
        site.held.engine.dispose()
    if before is not None:
        database.use(before)


on_sqlite = pytest.mark.parametrize("site", [SQLITE], indirect=True)
on_postgresql = pytest.mark.parametrize("site", [POSTGRESQL], indirect=True)
on_both = pytest.mark.parametrize("site", [SQLITE, POSTGRESQL], indirect=True)


def keeps_the_typed(answer):
    """The page offers to send again what was typed, and has all the headers of a page."""
    fields = filled_in(answer.soup.select_one("main form[method=post]"))
    assert {name: fields[name] for name in TYPED} == TYPED
    assert "default-src 'self'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Retry-After"]
    assert answer.soup.html["lang"] == "zh-CN"
    return fields


def sent_again(site, answer):
    """The button of that page pressed twice: the day is entered, once."""
    fields = keeps_the_typed(answer)
    site.sent(fields, 302)
    site.sent(fields, 302)
    assert site.entered() == [MONDAY]


@on_sqlite
def test_a_locked_database_is_said_in_time_keeps_the_typed_and_lets_readers_read(site):
    restore = site.every_connection("PRAGMA busy_timeout = 300")
    form = site.form()
    other = sqlite3.connect(site.held.engine.url.database, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")

    began = time.monotonic()
    reading = site.browser.get(DAYS)
    read = time.monotonic() - began
    answer = site.sent(form, 503)
    other.execute("ROLLBACK")
    other.close()
    restore()

    assert reading.status_code == 200
    assert read < 5
    assert "数据库正忙" in answer.text
    sent_again(site, answer)


@on_sqlite
@pytest.mark.parametrize(
    ("statement", "status", "sentence"),
    [
        ("PRAGMA query_only = ON", 503, "只能读"),
        ("PRAGMA max_page_count = 1", 507, "磁盘已满"),
    ],
)
def test_a_file_that_takes_nothing_more_is_said(site, statement, status, sentence):
    # So many days at once do not fit into the pages that are there.
    form = site.form() | {"last_on": str(MONDAY + timedelta(27))}
    restore = site.every_connection(statement)

    answer = site.sent(form, status)
    site.browser.get(DAYS)
    restore()

    assert sentence in answer.text
    assert site.entered() == []


@on_both
def test_a_lost_database_is_a_page_in_chinese_with_all_headers(site, caplog):
    lost = database.Database(
        "sqlite:////proc/none.sqlite3"
        if site.held.engine.dialect.name == "sqlite"
        else "postgresql://nobody@127.0.0.1:1/none"
    )
    database.use(lost)

    with caplog.at_level(logging.ERROR):
        answer = site.browser._checked(site.browser.http.get("/ledger"), 503)
    database.use(site.held)

    number = re.search(r"故障号([0-9A-F]{4})", answer.text).group(1)
    assert "数据库没有响应" in answer.text
    assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Retry-After"]
    said = caplog.text
    assert number in said
    assert "unable to open" in said or "Connection refused" in said or "connection" in said


@on_both
def test_who_chose_english_reads_of_a_lost_database_in_english(site):
    site.browser.http.set_cookie("language", "en")
    database.use(database.Database("postgresql://nobody@127.0.0.1:1/none"))

    answer = site.browser._checked(site.browser.http.get("/ledger"), 503)
    database.use(site.held)

    assert "The database does not answer." in answer.text
    assert answer.soup.html["lang"] == "en"


@on_sqlite
def test_a_sign_in_without_a_database_keeps_no_password_in_the_page(site):
    visitor = Browser(site.app)
    token = visitor.token()
    database.use(database.Database("sqlite:////proc/none.sqlite3"))

    answer = visitor.http.post(
        "/sign-in", data={"csrf_token": token, "username": "zhangsan", "password": "geheim-2026"}
    )
    database.use(site.held)

    assert answer.status_code == 503
    assert "geheim-2026" not in answer.text
    assert "请返回上一页" in answer.text


@on_sqlite
def test_a_damaged_file_is_said(site, tmp_path):
    broken = tmp_path / "broken.sqlite3"
    broken.write_bytes(b"no database" * 1000)
    database.use(database.Database(f"sqlite:///{broken}"))

    answer = site.browser._checked(site.browser.http.get("/ledger"), 503)
    database.use(site.held)

    assert "已损坏" in answer.text


@on_postgresql
def test_a_server_that_restarts_in_the_middle_loses_nothing_typed(site):
    form = site.form()
    name = site.held.engine.url.database

    def end(connection, _cursor, statement, *_rest):
        if statement.startswith("INSERT INTO calendar_day"):
            _on_server(
                f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'"
            )

    sa.event.listen(site.held.engine, "before_cursor_execute", end)
    answer = site.sent(form, 503)
    sa.event.remove(site.held.engine, "before_cursor_execute", end)

    assert "数据库没有响应" in answer.text
    assert site.entered() == []
    sent_again(site, answer)


@on_postgresql
@pytest.mark.parametrize(
    ("setting", "sentence"),
    [("default_transaction_read_only = on", "只能读"), ("lock_timeout = '100ms'", "正忙")],
)
def test_a_server_that_only_reads_or_waits_too_long_is_said(site, setting, sentence):
    form, name = site.form(), site.held.engine.url.database
    _on_server(f"ALTER DATABASE {name} SET {setting}")
    site.held.engine.dispose()
    other = psycopg.connect(site.held.engine.url.render_as_string(False).replace("+psycopg", ""))
    other.execute("SET default_transaction_read_only = off")
    other.commit()
    other.execute("LOCK TABLE calendar_day IN SHARE MODE")

    site.browser.get(DAYS)
    answer = site.sent(form, 503)
    other.rollback()
    other.close()
    _on_server(f"ALTER DATABASE {name} RESET ALL")
    site.held.engine.dispose()

    assert sentence in answer.text
    sent_again(site, answer)


@pytest.mark.parametrize(
    ("code", "trouble"),
    [
        ("53300", troubles.BUSY),
        ("53200", troubles.BUSY),
        ("53100", troubles.FULL),
        ("57014", troubles.SLOW),
        ("57P01", troubles.GONE),
        ("57P03", troubles.GONE),
        ("40P01", troubles.BUSY),
        ("40001", troubles.BUSY),
        ("55P03", troubles.BUSY),
        ("25006", troubles.READ_ONLY),
        ("08006", troubles.GONE),
        ("58030", troubles.GONE),
        ("23505", None),
        ("42P01", None),
        ("22001", None),
    ],
)
def test_what_the_server_says_by_its_code_is_understood(code, trouble):
    error = OperationalError("a statement", {}, psycopg.errors.lookup(code)())

    assert troubles.of(error) is trouble


@pytest.mark.parametrize(
    ("error", "trouble"),
    [
        (OSError(28, "No space left on device"), troubles.FULL),
        (OSError(122, "Disk quota exceeded"), troubles.FULL),
        (OSError(30, "Read-only file system"), troubles.READ_ONLY),
        (OSError(2, "No such file"), None),
        (sa.exc.TimeoutError("QueuePool limit reached"), troubles.BUSY),
        (ValueError("a fault of ours"), None),
        (sa.exc.InvalidRequestError("a fault of ours"), None),
    ],
)
def test_what_is_no_word_of_the_database_is_told_apart(error, trouble):
    assert troubles.of(error) is trouble


@on_sqlite
def test_a_command_says_that_the_database_is_locked_and_ends_with_1(site):
    restore = site.every_connection("PRAGMA busy_timeout = 300")
    other = sqlite3.connect(site.held.engine.url.database, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")

    answer = site.app.test_cli_runner().invoke(args=["jobs", "run", "forget-old-tokens"])
    other.execute("ROLLBACK")
    other.close()
    restore()

    assert answer.exit_code == 1
    assert "数据库正忙" in answer.stderr
    assert "database is locked" in answer.stderr
