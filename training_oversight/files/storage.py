"""Bytes on disk, named by what they are: the SHA-256 of the content.

A file is written and named *before* the transaction that mentions it. If that
fails, the file is an orphan, and the sweep removes it after a while; the other
way round a record could name a file that does not exist.
"""

from __future__ import annotations

import hashlib
import math
import os
import re
import tempfile
from collections.abc import Container, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from training_oversight.errors import NotFound, TooLarge
from training_oversight.texts import Text

MEGABYTE = 1024 * 1024
LIMIT = 20 * MEGABYTE  # of one upload; a county may set its own

_CHUNK = 256 * 1024
_SHA256 = re.compile(r"[0-9a-f]{64}")
_INCOMING = ".incoming-"


@dataclass(frozen=True)
class Stored:
    sha256: str
    size: int
    path: Path


def store(stream: BinaryIO, data_dir: Path, limit: int = LIMIT) -> Stored:
    """Keep a stream under the name of its content; twice the same is one file.

    Raises ``TooLarge``, and leaves nothing behind, if it is longer than ``limit``.
    """
    folder = _folder(data_dir)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    descriptor, name = tempfile.mkstemp(prefix=_INCOMING, dir=folder)
    try:
        with os.fdopen(descriptor, "wb") as incoming:
            digest, size = _copy(stream, incoming, limit)
            incoming.flush()
            os.fsync(incoming.fileno())
        path = _place(folder, digest)
        path.parent.mkdir(exist_ok=True)
        # Also when it is there already: the fresh time keeps the sweep away from
        # an old orphan that is about to be named again.
        Path(name).replace(path)
        _fsync_folder(path.parent)
    finally:
        Path(name).unlink(missing_ok=True)
    return Stored(digest, size, path)


def open_stored(data_dir: Path, sha256: str) -> BinaryIO:
    """The content, for reading."""
    try:
        return path_of(data_dir, sha256).open("rb")
    except FileNotFoundError as error:
        raise NotFound(
            Text("The file is missing from the storage. Restore it from the last backup.")
        ) from error


def path_of(data_dir: Path, sha256: str) -> Path:
    """Where the content lies, for sending it."""
    if not _SHA256.fullmatch(sha256):
        raise NotFound
    return _place(_folder(data_dir), sha256)


def sweep(data_dir: Path, *, named: Container[str], before: datetime) -> int:
    """Remove what no record names and nobody has stored since ``before`` (aware)."""
    orphans = [
        path for path in _all(data_dir) if path.name not in named and _is_older(path, before)
    ]
    for path in orphans:
        path.unlink(missing_ok=True)
    return len(orphans)


def too_large(found: int, allowed: int) -> TooLarge:
    """The error for an upload over the limit; both numbers are in bytes."""
    return TooLarge(
        Text(
            "The file is %(found)s MB and at most %(allowed)s MB is accepted. Nothing was saved."
            " Choose a smaller file, or take the photo again with a lower resolution.",
            # Away from each other, or one byte too many would read "20 MB and at most 20 MB".
            found=f"{math.ceil(found * 10 / MEGABYTE) / 10:g}",
            allowed=f"{math.floor(allowed * 10 / MEGABYTE) / 10:g}",
        )
    )


def _copy(stream: BinaryIO, incoming: BinaryIO, limit: int) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    while chunk := stream.read(_CHUNK):
        size += len(chunk)
        # Past the limit it is only counted, so that the sentence can say how large it is.
        if size <= limit:
            digest.update(chunk)
            incoming.write(chunk)
    if size > limit:
        raise too_large(size, limit)
    return digest.hexdigest(), size


def _folder(data_dir: Path) -> Path:
    return data_dir / "files"


def _place(folder: Path, sha256: str) -> Path:
    return folder / sha256[:2] / sha256


def _all(data_dir: Path) -> Iterator[Path]:
    folder = _folder(data_dir)
    yield from folder.glob(f"{_INCOMING}*")
    yield from (path for path in folder.glob("*/*") if _SHA256.fullmatch(path.name))


def _is_older(path: Path, before: datetime) -> bool:
    try:
        return datetime.fromtimestamp(path.stat().st_mtime, UTC) < before
    except FileNotFoundError:  # an upload that has just got its real name
        return False


def _fsync_folder(folder: Path) -> None:
    """Without this a power cut may forget the new name, though not the bytes."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
