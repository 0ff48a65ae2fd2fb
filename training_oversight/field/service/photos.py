"""Photos and films of a phone: kept byte for byte under their hash, shown as views."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO

import sqlalchemy as sa
from sqlalchemy.orm import Session

from training_oversight import database
from training_oversight.accounts.models import InDivision, Officer
from training_oversight.accounts.permissions import Permission
from training_oversight.errors import BadInput, NotFound
from training_oversight.field.acts import Act
from training_oversight.field.models import FieldPhoto
from training_oversight.files import films, images, storage
from training_oversight.files import service as files
from training_oversight.files.images import Accepted
from training_oversight.files.pending import KEPT
from training_oversight.files.service import CheckedFile
from training_oversight.texts import Text
from training_oversight.workflow import authorise


@dataclass(frozen=True)
class Received:
    """What lies on disk: the bytes as they were sent, and the view made of them."""

    original: CheckedFile
    view: CheckedFile


def store(stream: IO[bytes], name: str, sha256: str, *, data_dir: Path, limit: int) -> Received:
    """Write what arrives, and make the view. Slow: call it before the transaction.

    Raises ``BadInput`` where the bytes are not those that the phone counted, so that it sends
    them again, and one of ``files.REFUSED``.
    """
    stored = storage.store(stream, data_dir, limit)  # type: ignore[arg-type]
    if stored.sha256 != sha256:
        raise BadInput(Text("“%(name)s” was damaged on the way and is sent once more.", name=name))
    if (film := films.kind_on_disk(stored.path)) is not None:
        whole = CheckedFile(name, stored.sha256, films.as_it_is(film), stored.size)
        return Received(whole, whole)
    if stored.size > storage.LIMIT:
        raise storage.too_large(stored.size, storage.LIMIT)
    accepted = images.accept(name, stored.path.read_bytes())
    view = storage.store(io.BytesIO(accepted.data), data_dir)
    as_sent = Accepted(accepted.media_type, b"", None, None, accepted.taken_at)
    return Received(
        CheckedFile(name, stored.sha256, as_sent, stored.size),
        CheckedFile(name, view.sha256, accepted, view.size),
    )


def receive(session: Session, one: Received, *, by: Officer) -> FieldPhoto:
    """Sign for it: from now on no sweep removes it. Sent twice, it is the one there is."""
    files.noted(session, one.original)
    files.noted(session, one.view)
    mine = {"officer_id": by.id, "sha256": one.original.sha256}
    database.insert_if_absent(
        session,
        FieldPhoto,
        **mine,
        view_sha256=one.view.sha256,
        name=one.original.name,
        received_at=database.instant(session),
    )
    return session.scalars(sa.select(FieldPhoto).filter_by(**mine)).one()


def attach(session: Session, subject: InDivision, act: Act, *, by: Officer) -> None:
    """Put it where it belongs, with the time and the place that the phone noted."""
    authorise(by, subject, Permission.LOG_VISIT)
    sha256 = act.told.text("sha256")
    mine = sa.select(FieldPhoto).filter_by(officer_id=by.id, sha256=sha256)
    found = session.scalars(mine).one_or_none()
    if found is None:
        raise NotFound(Text("This photo has not been received yet."))
    view = found.view
    accepted = Accepted(view.media_type, b"", view.width, view.height, view.taken_at)
    named = act.told.text("name", longest=200) or found.name
    checked = CheckedFile(named, found.view_sha256, accepted, view.size)
    [attachment] = files.attach(session, subject, [checked], by=by)
    position = act.told.position
    found.attachment_id = attachment.id
    found.camera_sha256 = act.told.text("camera_sha256", longest=64) or None
    found.taken_at = act.done_at
    found.latitude = position.latitude if position else None
    found.longitude = position.longitude if position else None
    found.accuracy = act.told.number("accuracy") if position else None


def forget(session: Session, *, now: datetime) -> int:
    """Let go of what no act has taken up for a month; the phone has it still."""
    old = session.scalars(
        sa.select(FieldPhoto).where(
            FieldPhoto.attachment_id.is_(None), FieldPhoto.received_at < now - KEPT
        )
    ).all()
    named = {sha256 for one in old for sha256 in (one.sha256, one.view_sha256)}
    for one in old:
        session.delete(one)
    for sha256 in named:
        files.forget_unnamed(session, sha256)
    return len(old)
