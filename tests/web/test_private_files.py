"""What lies on the disk is for the installation alone, whatever the umask of who started it."""

import io
import os
import stat

import pytest
import sqlalchemy as sa

import config
from training_oversight.app import create_app
from training_oversight.database import Database, current_database, use
from training_oversight.errands import running
from training_oversight.files import storage


@pytest.fixture
def readable_by_all():
    before = os.umask(0o022)
    yield
    os.umask(before)


def mode(path):
    return oct(stat.S_IMODE(path.stat().st_mode))


def test_a_new_database_and_what_lies_beside_it_are_the_owners(tmp_path, readable_by_all):
    path = tmp_path / "var" / "oversight.sqlite3"
    held = Database(f"sqlite:///{path}")
    with held.engine.begin() as connection:
        connection.execute(sa.text("CREATE TABLE t (x)"))
        found = {one.name: mode(one) for one in path.parent.iterdir()}
    held.engine.dispose()

    assert mode(path.parent) == "0o700"
    assert set(found) >= {"oversight.sqlite3", "oversight.sqlite3-wal"}
    assert set(found.values()) == {"0o600"}


def test_files_and_what_is_being_made_are_the_owners(app, tmp_path, readable_by_all):
    before = current_database()
    environment = {"DEMO": "1", "DATA_DIR": str(tmp_path / "data")}
    made = create_app(config.read(environment))
    use(before)

    stored = storage.store(io.BytesIO(b"x"), tmp_path / "data")
    with made.app_context():
        folder = running._folder(1, 1)

    assert mode(tmp_path / "data") == mode(tmp_path / "data" / "files") == mode(folder) == "0o700"
    assert mode(stored.path) == "0o600"


def test_a_database_in_memory_leaves_no_file(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    held = Database("sqlite://")

    held.engine.connect().close()

    assert list(tmp_path.iterdir()) == []
    held.engine.dispose()
