"""The locks are whole: nothing is resolved while installing, and no index is asked for more."""

import configparser
import importlib.metadata
import os
import re
import subprocess
import sys

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.architecture.sources import ROOT

RUN, TEST, CHECK = "requirements.lock", "requirements-test.lock", "requirements-lint.lock"
LOCKS = [RUN, TEST, CHECK]
EXTRAS = {RUN: [], TEST: ["test"], CHECK: ["test", "lint"]}
ENTRY = re.compile(r"^\S.*(?:\n    --hash=.*)*", re.MULTILINE)
HASH = re.compile(r"--hash=sha256:[0-9a-f]{64}\b")


def entries(lock):
    text = (ROOT / lock).read_text(encoding="utf-8")
    return [entry for entry in ENTRY.findall(text) if not entry.startswith("#")]


def locked(lock):
    """Each requirement of a lock by its name."""
    found = (Requirement(entry.split("\\")[0].strip()) for entry in entries(lock))
    return {canonicalize_name(one.name): one for one in found}


def asked(lock):
    """What setup.cfg asks for, from which the lock was made."""
    declared = configparser.ConfigParser()
    declared.read(ROOT / "setup.cfg", encoding="utf-8")
    lines = declared["options"]["install_requires"].splitlines()
    for extra in EXTRAS[lock]:
        lines += declared["options.extras_require"][extra].splitlines()
    return [Requirement(line) for line in lines if line]


def needed_by(requirement):
    """What a locked release says itself that it needs here, with the extras it is locked with."""
    for line in importlib.metadata.requires(requirement.name) or []:
        needed = Requirement(line)
        marker = needed.marker
        if marker is None or any(
            marker.evaluate({"extra": extra}) for extra in ["", *requirement.extras]
        ):
            yield needed


def lacking(lock, wanted):
    """What of the requirements a lock does not hold: the name, an extra, or a fitting version."""
    held = locked(lock)
    for one in wanted:
        found = held.get(canonicalize_name(one.name))
        if found is None or not one.extras <= found.extras or version(found) not in one.specifier:
            yield str(one)


def version(requirement):
    [exactly] = requirement.specifier
    return exactly.version


@pytest.mark.parametrize("lock", LOCKS)
def test_every_requirement_is_one_version_with_its_hashes(lock):
    loose = [
        entry.splitlines()[0]
        for entry in entries(lock)
        if not re.match(r"[\w.-]+(\[[\w,-]+\])?==[^\s*]+ \\\n", entry)
        or len(HASH.findall(entry)) != len(entry.splitlines()) - 1
    ]

    assert locked(lock)
    assert loose == []


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_holds_all_that_is_asked_for(lock):
    assert list(lacking(lock, asked(lock))) == []


@pytest.mark.parametrize("lock", [RUN, TEST])
def test_a_lock_holds_all_that_its_own_releases_need(lock):
    # An extra that the lock lost, as that of coverage[toml], sends pip back to the index.
    wanted = [needed for one in locked(lock).values() for needed in needed_by(one)]

    assert wanted
    assert list(lacking(lock, wanted)) == []


@pytest.mark.parametrize(("smaller", "larger"), [(RUN, TEST), (TEST, CHECK)])
def test_each_lock_holds_the_one_before_it_in_the_same_versions(smaller, larger):
    held = locked(larger)

    differing = [name for name, one in locked(smaller).items() if str(held.get(name)) != str(one)]

    assert differing == []


def test_what_is_locked_is_what_is_installed_and_no_index_is_asked():
    answer = subprocess.run(
        [
            *(sys.executable, "-m", "pip", "install", "--dry-run", "--no-index", "--quiet"),
            *("--no-deps", "--require-hashes", "--requirement", ROOT / TEST),
        ],
        capture_output=True,
        text=True,
        check=False,
    )

    assert (answer.returncode, answer.stdout) == (0, ""), answer.stderr


def commands(*arguments):
    answer = subprocess.run(
        ["make", "--dry-run", "--always-make", *arguments],
        cwd=ROOT,
        # Not what the make that runs these tests was told.
        env={"PATH": os.environ["PATH"]},
        capture_output=True,
        text=True,
        check=True,
    )
    return [line for line in answer.stdout.splitlines() if " -m pip " in line]


@pytest.mark.parametrize(
    ("target", "installed"),
    [("run", [RUN]), ("setup", [RUN]), ("test", [RUN, TEST]), ("check", [RUN, TEST, CHECK])],
)
def test_each_target_installs_only_what_it_needs(target, installed):
    installs = [line for line in commands(target) if " install " in line]

    assert [line.split()[-1] for line in installs] == installed
    assert all("--no-deps --require-hashes" in line for line in installs)
    assert not any("--no-index" in line for line in installs)


@pytest.mark.parametrize("target", ["setup", "test", "check"])
def test_a_folder_of_wheels_stands_in_for_the_index(target):
    installs = [line for line in commands(target, "OFFLINE=1") if " install " in line]

    assert installs
    assert all("--no-index --find-links wheels" in line for line in installs)


def test_the_folder_of_wheels_is_filled_from_the_largest_lock():
    [gathering] = commands("wheels")

    assert "download" in gathering
    assert gathering.endswith(f"-d wheels -r {CHECK}")
