"""Films: known by their content, written to the disk as they come, never made anew."""

from __future__ import annotations

from pathlib import Path
from typing import IO, Final

import filetype

from training_oversight.files import storage
from training_oversight.files.images import HEAD, Accepted

KINDS: Final = ("video/mp4", "video/quicktime")
LIMIT: Final = 200 * storage.MEGABYTE  # unless the installation says otherwise


def kind_of(head: bytes) -> str | None:
    """Which kind of film begins so, if one does."""
    kind = filetype.guess(head)
    return kind.mime if kind is not None and kind.mime in KINDS else None


def is_film(stream: IO[bytes]) -> bool:
    head = stream.read(HEAD)
    stream.seek(0)
    return kind_of(head) is not None


def kind_on_disk(path: Path) -> str | None:
    with path.open("rb") as stream:
        return kind_of(stream.read(HEAD))


def as_it_is(media_type: str) -> Accepted:
    return Accepted(media_type, b"")
