"""What is wrong with the database or the disk, where that, and no fault of ours, is the reason."""

from __future__ import annotations

import errno
from dataclasses import dataclass
from http import HTTPStatus

from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnectionFree

from training_oversight.texts import Text


@dataclass(frozen=True)
class Trouble:
    """What happened, in a sentence, and the status that says so to a program."""

    text: Text
    status: HTTPStatus = HTTPStatus.SERVICE_UNAVAILABLE


BUSY = Trouble(Text("The database was busy for too long with what others are doing."))
SLOW = Trouble(Text("This took too long and was stopped."))
GONE = Trouble(Text("The database does not answer."))
READ_ONLY = Trouble(Text("The database can only be read at present."))
DAMAGED = Trouble(Text("The database's file is damaged or not a database."))
FULL = Trouble(Text("The server's disk is full."), HTTPStatus.INSUFFICIENT_STORAGE)

# Beginnings of SQLSTATE, the longer ones first.
POSTGRESQL = (
    ("25006", READ_ONLY),
    ("53100", FULL),
    ("53", BUSY),
    ("55P03", BUSY),
    ("57014", SLOW),
    ("40", BUSY),
    ("57P", GONE),
    ("58", GONE),
    ("08", GONE),
    ("3D", GONE),
    ("28", GONE),
)
SQLITE = (
    ("SQLITE_BUSY", BUSY),
    ("SQLITE_LOCKED", BUSY),
    ("SQLITE_FULL", FULL),
    ("SQLITE_READONLY", READ_ONLY),
    ("SQLITE_CANTOPEN", GONE),
    ("SQLITE_IOERR", GONE),
    ("SQLITE_CORRUPT", DAMAGED),
    ("SQLITE_NOTADB", DAMAGED),
)
DISK = {errno.ENOSPC: FULL, errno.EDQUOT: FULL, errno.EROFS: READ_ONLY}


def of(error: BaseException | None) -> Trouble | None:
    """The trouble that an error tells of; nothing where the fault is in the program."""
    if isinstance(error, NoConnectionFree):
        return BUSY
    if isinstance(error, OSError):
        return DISK.get(error.errno or 0)
    if not isinstance(error, DBAPIError) or error.orig is None:
        return None
    code = str(
        getattr(error.orig, "sqlite_errorname", "") or getattr(error.orig, "sqlstate", "") or ""
    )
    if code:
        return next((found for begin, found in SQLITE + POSTGRESQL if code.startswith(begin)), None)
    # No code: the server was never reached, or went away in the middle.
    return GONE if error.connection_invalidated or isinstance(error, OperationalError) else None
