"""A phone and an office that can be killed at any moment, and are there again."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from contextlib import suppress
from pathlib import Path

import flask
from playwright.sync_api import BrowserContext, Error, Page, Playwright

from training_oversight import clock, database
from training_oversight.accounts import guard
from training_oversight.accounts import service as accounts
from training_oversight.accounts.models import Officer

QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# Milliseconds.
SHORT = 45_000
COUNT = """(id) => new Promise((found) => {
  const asked = indexedDB.open(`field-${id}`);
  asked.onsuccess = () => {
    const all = asked.result.transaction("acts").objectStore("acts").getAll();
    all.onsuccess = () => {
      asked.result.close();
      found([all.result.length, all.result.filter((one) => one.outcome).length]);
    };
  };
})"""


class Server:
    """The office: up, or killed."""

    def __init__(self) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self._mother = subprocess.Popen(
            [sys.executable, "-m", "benchmarks.mother", str(self.port)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=Path(__file__).parent.parent,
        )
        self.told("up")

    def told(self, what: str) -> None:
        assert self._mother.stdin
        assert self._mother.stdout
        self._mother.stdin.write(f"{what}\n")
        self._mother.stdin.flush()
        self._mother.stdout.readline()

    def close(self) -> None:
        self.told("down")
        self._mother.communicate()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"


class Phone:
    """A browser with a folder of its own, which outlives it."""

    def __init__(self, playwright: Playwright, server: Server, app: flask.Flask, officer: Officer):
        self._playwright, self._server, self._app = playwright, server, app
        self._officer = officer
        self._folder = tempfile.mkdtemp(prefix="phone-")
        self.context: BrowserContext
        self.page: Page
        self.open()

    def open(self) -> None:
        self.context = self._playwright.chromium.launch_persistent_context(
            self._folder,
            executable_path=shutil.which("chromium"),
            args=QUIET,
            viewport={"width": 390, "height": 844},
            locale="zh-CN",
            geolocation={"latitude": 29.56, "longitude": 106.55, "accuracy": 9},
            permissions=["geolocation"],
        )
        self.context.set_default_timeout(SHORT)
        self.page = self.context.pages[0] if self.context.pages else self.context.new_page()
        self.sign_in()

    def sign_in(self) -> None:
        """A browser that was killed has forgotten who was signed in; the store has not."""
        with database.transaction() as session:
            officer = session.get_one(Officer, self._officer.id)
            token = accounts.sign_in(session, officer, device="bench", today=clock.today())
        database.close_session()
        client = self._app.test_client()
        with client.session_transaction() as kept:
            kept[guard.TOKEN] = token
        found = client.get_cookie(self._app.config["SESSION_COOKIE_NAME"])
        assert found is not None
        self.context.add_cookies(
            [{"name": found.key, "value": found.value, "url": self._server.url}]
        )

    def go(self, part: str) -> None:
        self.page.goto("about:blank")
        self.page.goto(f"{self._server.url}/field/#{part}")
        self.page.locator("#field > *").first.wait_for()

    def waiting(self) -> tuple[int, int]:
        """How much is on the phone alone, and how much of it was refused."""
        count, stuck = self.page.evaluate(COUNT, self._officer.id)
        return count, stuck

    def kill_page(self) -> None:
        self.page.close(run_before_unload=False)
        self.page = self.context.new_page()

    def kill_browser(self) -> None:
        for process in Path("/proc").glob("[0-9]*"):
            with suppress(OSError):
                told = (process / "cmdline").read_bytes()
                if f"--user-data-dir={self._folder}".encode() in told:
                    os.kill(int(process.name), signal.SIGKILL)
        with suppress(Error):
            self.context.close()
        for lock in Path(self._folder).glob("Singleton*"):
            lock.unlink(missing_ok=True)
        self.open()

    def close(self) -> None:
        self.context.close()
        shutil.rmtree(self._folder, ignore_errors=True)
