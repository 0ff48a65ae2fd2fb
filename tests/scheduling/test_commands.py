"""``jobs`` and ``serve`` as a script and a newcomer meet them."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from tests import processes
from tests.databases import SQLITE, made
from tests.processes import kept_port
from training_oversight import clock
from training_oversight.database import transaction
from training_oversight.scheduling import claims
from training_oversight.scheduling.models import Heartbeat
from training_oversight.scheduling.views import scheduler_state

ROOT = Path(__file__).parent.parent.parent
# Seconds that a busy machine may take; an idle one takes a few.
PATIENCE = 180


def run(app, *words):
    return app.test_cli_runner().invoke(args=list(words))


def test_a_job_run_by_hand_answers_with_one_object(app, session):
    answer = run(
        app, "jobs", "run", "raise-overdue-items", "--for-day", "2026-10-15", "--format", "json"
    )

    assert answer.exit_code == 0
    assert json.loads(answer.stdout) == {
        "job": "raise-overdue-items",
        "for_day": "2026-10-15",
        "done": 0,
        "failed": 0,
        "skipped": 0,
    }


@pytest.mark.parametrize(
    "words", [["jobs", "run", "make-tea"], ["jobs", "run", "raise-overdue-items", "--for-day", "x"]]
)
def test_an_unknown_job_or_day_is_a_usage_error(app, session, words):
    assert run(app, *words).exit_code == 2


def test_the_list_names_every_job(app, session):
    jobs = json.loads(run(app, "jobs", "list", "--format", "json").stdout)["jobs"]

    assert "raise-overdue-items" in {one["job"] for one in jobs}


def test_health_tells_whether_the_scheduler_was_heard(app, session, client_as, at):
    before = client_as().get("/healthz").json
    with transaction() as writing:
        claims.beat(writing)
    after = client_as().get("/healthz").json

    assert (before["scheduler"], after["scheduler"]) == ("never", "running")
    assert (after["status"], after["database"]) == ("ok", "ok")


def test_a_scheduler_silent_for_two_minutes_is_late():
    heard = Heartbeat(id=1, heard_at=clock.now())

    assert scheduler_state(heard, clock.now() + 3 * claims.CLAIMS.silent) == "late"


def test_serving_starts_both_parts_and_leaves_no_process_behind(tmp_path):
    with (
        kept_port() as port,
        made(SQLITE, tmp_path) as url,
        serve(url, tmp_path, port) as process,
    ):
        try:
            health = wait_for(f"http://127.0.0.1:{port}/healthz", process)
            children = children_of(process.pid)
            # Whoever stops a whole group may do so twice.
            process.send_signal(signal.SIGTERM)
            process.send_signal(signal.SIGINT)
            code = process.wait(PATIENCE)
        finally:
            process.kill()

    assert health["scheduler"] == "running"
    assert len(children) == 2
    assert code == 0
    assert not [child for child in children if Path(f"/proc/{child}").exists()]


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a child of it")
def test_even_a_killed_server_leaves_no_process_behind(tmp_path):
    with (
        kept_port() as port,
        made(SQLITE, tmp_path) as url,
        serve(url, tmp_path, port) as process,
    ):
        try:
            wait_for(f"http://127.0.0.1:{port}/healthz", process)
            children = children_of(process.pid)
        finally:
            process.kill()
        process.wait(PATIENCE)
        gone = wait_until_gone(children)

    assert len(children) == 2
    assert gone


def test_a_taken_port_is_one_sentence(tmp_path):
    with made(SQLITE, tmp_path) as url, socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        done = command(url, tmp_path, "serve", "--port", str(taken.getsockname()[1]))

    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.count("\n") == 1
    assert "is taken" in done.stderr


@pytest.mark.parametrize("port", ["0", "65536", "eight"])
def test_a_port_that_is_none_is_a_usage_error(app, port):
    assert run(app, "serve", "--port", port).exit_code == 2


def test_while_the_database_is_down_health_says_so_and_the_server_stays(tmp_path):
    with (
        kept_port() as port,
        kept_port() as nobodys,
        serve(on_port(nobodys), tmp_path, port) as process,
    ):
        try:
            status, health = wait_for_any(f"http://127.0.0.1:{port}/healthz", process)
            time.sleep(1)
            lives = process.poll() is None
        finally:
            process.terminate()
            process.communicate(timeout=PATIENCE)

    assert (status, health["database"]) == (503, "down")
    assert lives
    assert process.returncode == 0


@pytest.mark.parametrize("words", [["jobs", "list"], ["audit", "verify"], ["demo", "load"]])
def test_a_database_not_set_up_is_a_sentence_and_a_fault(tmp_path, words):
    done = command(f"sqlite:///{tmp_path / 'empty.sqlite3'}", tmp_path, *words)

    assert (done.returncode, done.stdout) == (1, "")
    assert "database upgrade" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_database_that_does_not_answer_is_a_sentence_and_a_fault(tmp_path):
    with kept_port() as nobodys:
        done = command(on_port(nobodys), tmp_path, "database", "upgrade")

    assert (done.returncode, done.stdout) == (1, "")
    assert "DATABASE_URL" in done.stderr
    assert "secret" not in done.stderr
    assert "Traceback" not in done.stderr


def on_port(port):
    return f"postgresql://postgres:secret@127.0.0.1:{port}/nothing"


def command(url, folder, *words):
    return processes.flask(environment(url, folder), *words)


def environment(url, folder):
    return os.environ | {"DATABASE_URL": url, "DATA_DIR": str(folder), "DEMO": "1"}


def serve(url, folder, port):
    return subprocess.Popen(
        [sys.executable, "-m", "flask", "--app", "wsgi", "serve", "--port", str(port)],
        cwd=ROOT,
        env=environment(url, folder),
        stderr=subprocess.PIPE,
    )


def wait_for(address, process):
    """The health of a server once its scheduler has been heard."""
    deadline = time.monotonic() + PATIENCE
    health = None
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=10) as answer:
                health = json.load(answer)
        except OSError:
            health = None
        if health and health["scheduler"] == "running":
            return health
        time.sleep(0.2)
    raise AssertionError(f"the server did not come up: {health}")


def wait_for_any(address, process):
    """Status and body of the first answer, whatever it is."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=10) as answer:
                return answer.status, json.load(answer)
        except urllib.error.HTTPError as error:
            return error.code, json.load(error)
        except OSError:
            time.sleep(0.2)
    raise AssertionError("the server did not come up")


def wait_until_gone(pids):
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if not [pid for pid in pids if is_alive(pid)]:
            return True
        time.sleep(0.2)
    return False


def is_alive(pid):
    """Whether the process runs; one that nobody has collected yet does not."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


def children_of(pid):
    return Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
