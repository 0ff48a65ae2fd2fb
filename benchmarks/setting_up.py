"""From a clone to the first page and the first test: seconds and MB, pip's cache empty and full.

``PYTHON=/usr/bin/python3.11`` takes that one and the pip that it brings.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import tempfile
import time
import urllib.request
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
ONE_TEST = "-n 0 -q tests/law/test_identifiers.py"


def run() -> None:
    with tempfile.TemporaryDirectory() as folder:
        # As in a newcomer's shell: the county is the clone's own.
        own = {k: v for k, v in os.environ.items() if k not in {"DATA_DIR", "DATABASE_URL"}}
        for name in ("empty", "full"):
            clone = Path(folder) / name
            _round(name, clone, {**own, "PIP_CACHE_DIR": str(Path(folder) / "cache")})


def _round(name: str, clone: Path, environment: Mapping[str, str]) -> None:
    began = time.perf_counter()
    subprocess.run(["git", "clone", "--quiet", str(ROOT), str(clone)], check=True)
    _serve_one_page(clone, environment)
    served, size = time.perf_counter() - began, _megabytes(clone / ".venv")
    subprocess.run(
        ["make", "test", f"ARGS={ONE_TEST}"],
        cwd=clone, env=environment, check=True, stdout=subprocess.DEVNULL,
    )  # fmt: skip
    tested, whole = time.perf_counter() - began, _megabytes(clone / ".venv")
    for what, seconds, megabytes in [("page", served, size), ("test", tested, whole)]:
        print(
            f"first {what}, pip's cache {name}: {seconds:.1f} s, .venv {megabytes:.0f} MB",
            flush=True,
        )


def _serve_one_page(clone: Path, environment: Mapping[str, str]) -> None:
    port = _free_port()
    serving = subprocess.Popen(
        ["make", "run", f"PORT={port}"],
        cwd=clone, env=environment, stdout=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip
    try:
        while not _answers(port):
            if serving.poll() is not None:
                raise SystemExit("make run ended before it served a page")
            time.sleep(0.1)
    finally:
        os.killpg(serving.pid, signal.SIGTERM)
        serving.wait()


def _answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/sign-in", timeout=10) as answer:
            return bool(answer.geturl().endswith("/sign-in"))
    except OSError:
        return False


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _megabytes(folder: Path) -> float:
    files = (path for path in folder.rglob("*") if path.is_file() and not path.is_symlink())
    return sum(path.stat().st_blocks * 512 for path in files) / 1e6
