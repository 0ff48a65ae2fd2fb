"""Keeping evidence: checked and on disk first, then named in the transaction."""

from __future__ import annotations

import io
import mimetypes
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Protocol

import sqlalchemy as sa
from sqlalchemy.orm import Session

from training_oversight import audit, database
from training_oversight.accounts.authorising import in_scope
from training_oversight.accounts.models import InDivision, Officer
from training_oversight.audit import EventType
from training_oversight.database import Base
from training_oversight.errors import BadInput, Busy, TooLarge
from training_oversight.files import films, images, storage
from training_oversight.files.models import Attachment, PendingFile, StoredFile
from training_oversight.files.storage import Stored
from training_oversight.texts import Text

ATTACHED = EventType.declare("file.attached", Text("File attached"), ["name", "sha256"])


# Why a file may not be kept, each with a sentence for the form.
REFUSED = (BadInput, Busy, TooLarge)


class Upload(Protocol):
    """A file as a form brings it."""

    @property
    def filename(self) -> str | None: ...
    @property
    def stream(self) -> IO[bytes]: ...


class Part(Protocol):
    """A row of a record that files can come with."""

    __tablename__: str

    @property
    def id(self) -> int: ...


@dataclass(frozen=True)
class CheckedFile:
    """A file that is on disk and has passed the checks, not yet named by any record."""

    name: str
    sha256: str
    accepted: images.Accepted
    size: int
    # The row of the file that its officer had sent ahead.
    pending_id: int | None = None


def keep(upload: Upload, *, data_dir: Path, film_limit: int = films.LIMIT) -> CheckedFile:
    """Check and write an upload. Slow: call it before the transaction.

    Raises one of ``REFUSED``, with the name of the file at fault.
    """
    name = (upload.filename or "").replace("\0", "")
    if films.is_film(upload.stream):
        film = storage.store(upload.stream, data_dir, film_limit)  # type: ignore[arg-type]
        kind = films.kind_on_disk(film.path) or ""
        return CheckedFile(name, film.sha256, films.as_it_is(kind), film.size)
    accepted = images.accept(name, upload.stream.read())
    stored = storage.store(io.BytesIO(accepted.data), data_dir)
    return CheckedFile(name=name, sha256=stored.sha256, accepted=accepted, size=stored.size)


def attach(
    session: Session,
    subject: InDivision,
    kept: Sequence[CheckedFile],
    *,
    by: Officer,
    part: Part | None = None,
) -> list[Attachment]:
    """Put kept files under a saved record; each leaves an event in the record's history.

    ``part`` is the row of the record with which they came, for instance one of its reports. A file
    is known by its content: sent a second time with the same record, it is the one there is.
    """
    in_scope(by, subject)
    if not kept:
        return []
    # So that record and part have their keys.
    session.flush()
    there = _with(session, subject, part)
    for one in kept:
        if one.sha256 not in there:
            there[one.sha256] = _attach_one(session, subject, one, by=by, part=part)
        elif one.pending_id is not None:
            _taken_up(session, one)
    return [there[one.sha256] for one in kept]


def _with(session: Session, subject: InDivision, part: Part | None) -> dict[str, Attachment]:
    """What has come with the record, or with this row of it, by content."""
    kind, key = subject.__tablename__, subject.id  # type: ignore[attr-defined]
    came_with = (part.__tablename__, part.id) if part else (None, None)
    return {
        one.sha256: one
        for one in attachments(session, kind, [key])[key]
        if (one.part_kind, one.part_id) == came_with
    }


def _taken_up(session: Session, one: CheckedFile) -> None:
    session.execute(sa.delete(PendingFile).where(PendingFile.id == one.pending_id))


def _attach_one(
    session: Session,
    subject: InDivision,
    one: CheckedFile,
    *,
    by: Officer,
    part: Part | None = None,
) -> Attachment:
    noted(session, one)
    if one.pending_id is not None:
        _taken_up(session, one)
    attachment = Attachment(
        subject_kind=subject.__tablename__,  # type: ignore[attr-defined]
        subject_id=subject.id,  # type: ignore[attr-defined]
        part_kind=part.__tablename__ if part else None,
        part_id=part.id if part else None,
        division_path=subject.division_path,
        sha256=one.sha256,
        name=one.name,
        added_at=database.instant(session),
        added_by_id=by.id,
        added_by_name=by.name,
    )
    session.add(attachment)
    audit.record(session, subject, ATTACHED, by=by, name=one.name, sha256=one.sha256)  # type: ignore[arg-type]
    return attachment


def noted(session: Session, one: CheckedFile) -> None:
    """Note that the content is on disk, so that a record may name it."""
    database.insert_if_absent(
        session,
        StoredFile,
        sha256=one.sha256,
        size=one.size,
        media_type=one.accepted.media_type,
        width=one.accepted.width,
        height=one.accepted.height,
        taken_at=one.accepted.taken_at,
        stored_at=database.instant(session),
    )


def attachments(session: Session, kind: str, keys: Sequence[int]) -> dict[int, list[Attachment]]:
    """The files of several records of one kind, by key: one query however many."""
    found: dict[int, list[Attachment]] = {key: [] for key in keys}
    rows = session.scalars(
        sa.select(Attachment)
        .where(Attachment.subject_kind == kind, Attachment.subject_id.in_(keys))
        .order_by(Attachment.id)
    )
    for row in rows:
        found[row.subject_id].append(row)
    return found


def name(session: Session, stored: Stored, filename: str) -> None:
    """Note that a record is about to name a file that we made, so that no sweep removes it."""
    database.insert_if_absent(
        session,
        StoredFile,
        sha256=stored.sha256,
        size=stored.size,
        media_type=mimetypes.guess_type(filename)[0] or "application/octet-stream",
        width=None,
        height=None,
        taken_at=None,
        stored_at=database.instant(session),
    )


def forget_unnamed(session: Session, sha256: str) -> bool:
    """Let go of a file that no record names any more; the sweep removes it from the disk."""
    session.flush()
    if any(session.scalar(_naming(column, sha256)) for column in _naming_columns()):
        return False
    session.delete(session.get_one(StoredFile, sha256))
    return True


def _naming_columns() -> list[sa.Column[str]]:
    """Every column of every area that names a stored file."""
    return [
        column
        for table in Base.metadata.sorted_tables
        for column in table.columns
        if any(key.column.table.name == StoredFile.__tablename__ for key in column.foreign_keys)
    ]


def _naming(column: sa.Column[str], sha256: str) -> sa.Select[bool]:
    return sa.select(sa.exists().where(column == sha256))
