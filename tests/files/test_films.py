"""Films: known by their content, written to the disk as they come, as long as the office allows."""

import hashlib
import io
from contextlib import suppress

import flask
import pytest
from flask_wtf.csrf import CSRFError
from werkzeug.datastructures import FileStorage

from training_oversight.errors import BadInput, TooLarge
from training_oversight.files import service, storage
from training_oversight.files.storage import MEGABYTE

MP4 = b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom" + b"\0" * 64
MOV = b"\0\0\0\x14ftypqt  \0\0\0\0qt  " + b"\0" * 64


class InPieces(io.BytesIO):
    """Refuses to be read as a whole."""

    def read(self, size=-1):
        assert 0 < size <= MEGABYTE, "It is read as a whole."
        return super().read(size)


def upload(content, name="VID_1.mp4"):
    return FileStorage(InPieces(content), name)


@pytest.mark.parametrize(
    ("content", "kind"), [(MP4, "video/mp4"), (MOV, "video/quicktime")], ids=["mp4", "mov"]
)
def test_a_film_is_kept_byte_for_byte_and_never_read_as_a_whole(tmp_path, content, kind):
    long = content + b"\1" * (21 * MEGABYTE)

    kept = service.keep(upload(long), data_dir=tmp_path)

    assert (kept.accepted.media_type, kept.size) == (kind, len(long))
    assert kept.sha256 == hashlib.sha256(long).hexdigest()
    with storage.open_stored(tmp_path, kept.sha256) as stream:
        assert stream.read() == long


def test_a_film_that_is_too_long_says_both_sizes_and_leaves_nothing(tmp_path):
    with pytest.raises(TooLarge) as refused:
        service.keep(upload(MP4 + b"\1" * MEGABYTE), data_dir=tmp_path, film_limit=MEGABYTE)

    assert "1.1" in str(refused.value)
    assert list((tmp_path / "files").glob("*")) == []


def test_what_is_only_named_like_a_film_is_none(tmp_path):
    with pytest.raises(BadInput):
        service.keep(FileStorage(io.BytesIO(b"MZ no film"), "VID_1.mp4"), data_dir=tmp_path)


def test_a_film_may_be_longer_than_other_requests_where_films_come(app):
    lengths = {}
    for path in ("/files/pending", "/field/files/" + "0" * 64, "/field/acts"):
        with app.test_request_context(path, method="POST"):
            with suppress(CSRFError):
                app.preprocess_request()
            lengths[path] = flask.request.max_content_length

    usual = app.config["MAX_CONTENT_LENGTH"]
    assert list(lengths.values()) == [usual + app.config["VIDEO_LIMIT"]] * 2 + [usual]
