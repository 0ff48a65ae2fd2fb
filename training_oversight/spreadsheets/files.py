"""The file that somebody sent: in memory or on disk, measured before it is opened."""

from __future__ import annotations

import io
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from training_oversight.errors import BadInput
from training_oversight.spreadsheets.limits import Limits
from training_oversight.texts import Text


@dataclass(frozen=True)
class Source:
    """``where`` is the content or the path. What is on disk is not copied into memory."""

    where: bytes | Path
    name: str
    limits: Limits

    def stream(self) -> BinaryIO:
        if isinstance(self.where, bytes):
            return io.BytesIO(self.where)
        try:
            return self.where.open("rb")
        except OSError as error:
            raise _unreadable(self.name) from error

    def content(self) -> bytes:
        if isinstance(self.where, bytes):
            return self.where
        with self.stream() as stream:
            return stream.read()

    def head(self, size: int) -> bytes:
        with self.stream() as stream:
            return stream.read(size)


def source(where: bytes | str | Path, name: str, limits: Limits) -> Source:
    """The file, which is neither empty nor too large."""
    if isinstance(where, bytes):
        limits.check_size(len(where))
        return Source(where, name, limits)
    path = Path(where)
    try:
        limits.check_size(path.stat().st_size)
    except OSError as error:
        raise _unreadable(path.name) from error
    return Source(path, name or path.name, limits)


def _unreadable(name: str) -> BadInput:
    return BadInput(Text("The file %(name)s cannot be read.", name=name))
