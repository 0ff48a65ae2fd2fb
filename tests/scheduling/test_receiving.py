"""Clients that send half a request and wait stop nobody else."""

import http.client
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.processes import kept_port
from training_oversight.scheduling import receiving

ROOT = Path(__file__).parent.parent.parent
PATIENCE = 60
HALVES = [
    b"GET / HTTP/1.1\r\nHost: x\r\n",
    b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nhalf",
    b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 00000000000000000000100\r\n\r\nhalf",
    b"GET /one HTTP/1.1\r\nHost: x\r\n\r\nGET /two HTTP/1.1\r\nHost",
    b"",
]


@contextmanager
def served(port, log_file):
    command = [
        *(sys.executable, "-m", "gunicorn", "tests.scheduling.echo:app"),
        *("--bind", f"127.0.0.1:{port}", "--threads", "4", "--no-control-socket"),
        *("--worker-class", "training_oversight.scheduling.receiving.Worker"),
    ]
    with log_file.open("wb") as log:
        process = subprocess.Popen(command, cwd=ROOT, stderr=log)
    try:
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            try:
                socket.create_connection(("127.0.0.1", port), 1).close()
                break
            except OSError:
                time.sleep(0.1)
        yield
    finally:
        process.terminate()
        process.wait(PATIENCE)
    assert "Traceback" not in log_file.read_text()


@pytest.fixture(scope="module")
def port(tmp_path_factory):
    """One server for all: whatever is sent to it, it goes on."""
    with kept_port() as port, served(port, tmp_path_factory.mktemp("served") / "log"):
        yield port


def connected(port):
    return socket.create_connection(("127.0.0.1", port), PATIENCE)


def asked(port, method="GET", path="/", body=None):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    connection.request(method, path, body)
    answer = connection.getresponse().read().decode()
    connection.close()
    return answer


def test_forty_half_sent_requests_keep_nobody_waiting(port):
    asked(port)
    halves = [connected(port) for _ in range(40)]
    for number, half in enumerate(halves):
        half.sendall(HALVES[number % len(HALVES)])
    time.sleep(0.5)

    began = time.monotonic()
    answers = [asked(port, "POST", "/form", b"x" * 1000) for _ in range(10)]

    assert answers == ["POST /form 1000 b'xxx'\n"] * 10
    # Whoever waits for a half waits until it is given up.
    assert time.monotonic() - began < receiving.SILENT / 2
    for half in halves:
        half.close()


def test_a_request_that_comes_in_pieces_is_answered_when_it_is_whole(port):
    head = b"POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 0006\r\n\r\nabc"
    with connected(port) as slow:
        for start in range(0, len(head), 9):
            slow.sendall(head[start : start + 9])
            time.sleep(0.02)
        slow.sendall(b"def")
        found = b""
        while b"def" not in found:
            found += slow.recv(4096)

    assert b"POST /a 6 b'def'" in found


def test_requests_follow_each_other_on_one_connection(port):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    answers = []
    for number in range(5):
        connection.request("POST", f"/{number}", b"y" * number * 100_000)
        answers.append(connection.getresponse().read().decode().split(" b")[0])
    connection.close()

    assert answers == [f"POST /{number} {number * 100_000}" for number in range(5)]


def test_requests_sent_behind_each_other_at_once_are_all_answered(port):
    one = b"POST /%d HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc"
    with connected(port) as eager:
        eager.sendall(b"".join(one % number for number in range(4)))
        found = b""
        while found.count(b"abc") < 4:
            found += eager.recv(4096)

    assert [b"POST /%d 3" % number in found for number in range(4)] == [True] * 4


def test_a_large_upload_arrives_whole(port):
    body = b"0123456789" * 2_000_000

    assert asked(port, "POST", "/upload", body) == "POST /upload 20000000 b'789'\n"


@pytest.mark.parametrize(
    ("request_", "line"),
    [
        (b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", b" 411 "),
        (b"GET / HTTP/1.1\r\nX: " + b"y" * 70_000, b" 431 "),
    ],
    ids=["in chunks", "endless head"],
)
def test_what_nobody_could_wait_for_is_refused(port, request_, line):
    with connected(port) as odd:
        odd.sendall(request_)

        assert line in odd.recv(4096)


@pytest.mark.parametrize("nonsense", [b"\r\n\r\n", b"GET\r\n\r\n", b"\x16\x03\x01" + b"\r\n\r\n"])
def test_nonsense_ends_its_connection_and_no_more(port, nonsense):
    with connected(port) as odd:
        odd.sendall(nonsense)
        odd.shutdown(socket.SHUT_WR)
        odd.recv(4096)

    assert asked(port).startswith("GET /")


def test_who_sends_no_more_is_let_go():
    pair = socket.socketpair()
    conn = receiving.Arriving(None, pair[0], "", "")
    conn.take(b"GET / HTTP/1.1\r\n")
    began = conn.began

    assert not conn.is_given_up(began + receiving.HEAD_WITHIN - 1)
    conn.take(b"X: y\r\n")
    assert conn.is_given_up(began + receiving.HEAD_WITHIN + 1)
    conn.take(b"Content-Length: 9\r\n\r\n")
    assert not conn.is_given_up(conn.heard + receiving.SILENT - 1)
    assert conn.is_given_up(conn.heard + receiving.SILENT + 1)
    conn.close()
    pair[1].close()
