from __future__ import annotations

import hashlib
import io
import os
from datetime import UTC, datetime, timedelta

import pytest

from training_oversight.errors import NotFound, TooLarge
from training_oversight.files import storage
from training_oversight.texts import Language, speaking

NOW = datetime(2026, 11, 21, 8, tzinfo=UTC)


def left_in(folder):
    return [path for path in folder.rglob("*") if path.is_file()]


def set_time(path, moment):
    os.utime(path, (moment.timestamp(), moment.timestamp()))


def test_a_file_is_kept_under_the_name_of_its_content(tmp_path):
    stored = storage.store(io.BytesIO(b"photo"), tmp_path)

    assert stored.sha256 == hashlib.sha256(b"photo").hexdigest()
    assert stored.size == 5
    with storage.open_stored(tmp_path, stored.sha256) as content:
        assert content.read() == b"photo"


def test_the_same_content_twice_is_one_file(tmp_path):
    first = storage.store(io.BytesIO(b"photo"), tmp_path)
    second = storage.store(io.BytesIO(b"photo"), tmp_path)

    assert first == second
    assert left_in(tmp_path) == [first.path]


def test_a_file_of_exactly_the_limit_is_kept(tmp_path):
    assert storage.store(io.BytesIO(b"x" * 100), tmp_path, 100).size == 100


def test_a_file_over_the_limit_is_refused_with_both_sizes_and_leaves_nothing(tmp_path):
    with pytest.raises(TooLarge) as refused:
        storage.store(io.BytesIO(b"x" * 30 * storage.MEGABYTE), tmp_path)

    with speaking(Language.ENGLISH):
        assert "30 MB and at most 20 MB" in str(refused.value)
    assert refused.value.status == 413
    assert left_in(tmp_path) == []


def test_one_byte_too_many_does_not_read_as_equal():
    with speaking(Language.ENGLISH):
        sentence = str(storage.too_large(storage.LIMIT + 1, storage.LIMIT))

    assert "20.1 MB and at most 20 MB" in sentence


def test_an_upload_that_breaks_off_leaves_nothing(tmp_path):
    class BreaksOff(io.BytesIO):
        def read(self, size=-1):
            raise ConnectionResetError

    with pytest.raises(ConnectionResetError):
        storage.store(BreaksOff(), tmp_path)

    assert left_in(tmp_path) == []


def test_a_file_that_is_gone_is_said_to_be_missing(tmp_path):
    with pytest.raises(NotFound) as refused:
        storage.open_stored(tmp_path, "0" * 64)

    assert "missing from the storage" in refused.value.text.message


@pytest.mark.parametrize("name", ["../../etc/passwd", "", "0" * 63, "A" * 64, "0" * 64 + "\n"])
def test_a_name_that_is_no_hash_finds_nothing(tmp_path, name):
    with pytest.raises(NotFound):
        storage.path_of(tmp_path, name)


def test_the_sweep_takes_old_orphans_and_nothing_else(tmp_path):
    named, orphan, fresh = (
        storage.store(io.BytesIO(content), tmp_path) for content in (b"named", b"orphan", b"fresh")
    )
    broken_off = tmp_path / "files" / ".incoming-x"
    broken_off.write_bytes(b"half")
    for path in (named.path, orphan.path, broken_off):
        set_time(path, NOW - timedelta(days=2))
    set_time(fresh.path, NOW)

    removed = storage.sweep(tmp_path, named={named.sha256}, before=NOW - timedelta(days=1))

    assert removed == 2
    assert set(left_in(tmp_path)) == {named.path, fresh.path}


def test_storing_an_orphan_again_saves_it_from_the_sweep(tmp_path):
    orphan = storage.store(io.BytesIO(b"orphan"), tmp_path)
    long_ago = datetime(2020, 1, 1, tzinfo=UTC)
    set_time(orphan.path, long_ago)

    storage.store(io.BytesIO(b"orphan"), tmp_path)

    assert storage.sweep(tmp_path, named=(), before=long_ago + timedelta(days=1)) == 0
