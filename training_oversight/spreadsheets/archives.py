"""Workbooks are archives of parts. Before a reader sees one, every part is unpacked once and
counted: an archive may lie about its sizes, be cut short, or unpack without end."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager

from training_oversight.errors import BadInput
from training_oversight.spreadsheets.files import Source
from training_oversight.spreadsheets.limits import Limits
from training_oversight.texts import Text

CHUNK = 1 << 20
BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, OSError)


@contextmanager
def opened(source: Source) -> Iterator[zipfile.ZipFile]:
    """The archive; what is wrong with it becomes a sentence."""
    try:
        with source.stream() as stream, zipfile.ZipFile(stream) as archive:
            yield archive
    except BROKEN as error:
        raise damaged() from error
    except RuntimeError as error:  # zipfile's word for an encrypted entry
        raise locked() from error


def names(source: Source) -> frozenset[str]:
    with opened(source) as archive:
        return frozenset(archive.namelist())


def parts(archive: zipfile.ZipFile, limits: Limits) -> Iterator[tuple[str, Iterator[bytes]]]:
    """Name and content of every part, in chunks, all of which are to be read."""
    unpacked = 0

    def chunks(entry: zipfile.ZipInfo) -> Iterator[bytes]:
        nonlocal unpacked
        with archive.open(entry) as part:
            while chunk := part.read(CHUNK):
                unpacked += len(chunk)
                limits.check_unpacked(unpacked)
                yield chunk

    for entry in archive.infolist():
        yield entry.filename, chunks(entry)


def chunks(archive: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    """A part once more, after all have been counted."""
    with archive.open(name) as part:
        while chunk := part.read(CHUNK):
            yield chunk


def damaged() -> BadInput:
    return BadInput(
        Text("The workbook is damaged or incomplete: open it, save it as .xlsx and try again.")
    )


def locked() -> BadInput:
    return BadInput(
        Text("The workbook is protected by a password: save it without one and send it again.")
    )
