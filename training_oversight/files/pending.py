"""Files that somebody has sent ahead of a form: no refusal, no ended sign-in loses them.

They hang on the officer and on the address of the form; those of who has no account, on the one
form that they have before them. The step of the form takes them up; what no form has taken up for
a month, of a stranger for two days, is let go of.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

import sqlalchemy as sa
from sqlalchemy.orm import Session

from training_oversight import database
from training_oversight.accounts.models import Officer
from training_oversight.errors import BadInput, NotFound, OversightError
from training_oversight.files import films, service
from training_oversight.files.images import Accepted
from training_oversight.files.models import PendingFile
from training_oversight.files.service import CheckedFile, Upload
from training_oversight.texts import Text

KEPT: Final = timedelta(days=30)
KEPT_OF_STRANGERS: Final = timedelta(days=2)
# Of one field of one form; more are no evidence that anybody looks at.
MOST: Final = 60
LONGEST_PLACE: Final = 400


@dataclass(frozen=True)
class Stranger:
    """Who fills in a form without an account, known by that form alone."""

    mark: str

    @classmethod
    def of(cls, token: str) -> Stranger:
        """``token`` is the secret of the form; the table holds what cannot be sent again."""
        return cls(hashlib.sha256(token.encode()).hexdigest())


Owner = Officer | Stranger


def _owned(by: Owner) -> dict[str, object]:
    if isinstance(by, Stranger):
        return {"stranger": by.mark}
    return {"officer_id": by.id}


def checked(
    uploads: Iterable[Upload], *, data_dir: Path, film_limit: int = films.LIMIT
) -> tuple[list[CheckedFile], list[OversightError]]:
    """What can be read, on disk, and the refusal of each that cannot. Before the transaction."""
    good: list[CheckedFile] = []
    bad: list[OversightError] = []
    for upload in uploads:
        try:
            good.append(service.keep(upload, data_dir=data_dir, film_limit=film_limit))
        except service.REFUSED as error:
            bad.append(error)
    return good, bad


def put(
    session: Session, place: str, files: Sequence[CheckedFile], *, by: Owner
) -> list[PendingFile]:
    """Keep files for the form at that address. The same content twice is one file."""
    if len(place) > LONGEST_PLACE:
        raise BadInput(Text("This form is not as the page made it. Open the page once more."))
    there = {one.sha256: one for one in waiting(session, by, place)}
    if len(there.keys() | {one.sha256 for one in files}) > MOST:
        raise BadInput(
            Text("At most %(count)s files at a time. Save these first, then add more.", count=MOST)
        )
    for one in files:
        if one.sha256 not in there:
            there[one.sha256] = _put(session, place, one, by)
    return [there[one.sha256] for one in files]


def _put(session: Session, place: str, one: CheckedFile, by: Owner) -> PendingFile:
    service.noted(session, one)
    mine = {**_owned(by), "place": place, "sha256": one.sha256}
    at = database.instant(session)
    # Two windows may send the same at once.
    database.insert_if_absent(session, PendingFile, **mine, name=one.name, sent_at=at)
    return session.scalars(sa.select(PendingFile).filter_by(**mine)).one()


def waiting(session: Session, owner: Owner, place: str) -> Sequence[PendingFile]:
    """What they have sent for that form, in the order of sending."""
    return session.scalars(
        sa.select(PendingFile).filter_by(**_owned(owner), place=place).order_by(PendingFile.id)
    ).all()


def get(session: Session, officer: Officer, key: int) -> PendingFile:
    """One's own; another's is ``NotFound``."""
    found = session.get(PendingFile, key)
    if found is None or found.officer_id != officer.id:
        raise NotFound
    return found


def drop(session: Session, keys: Collection[int], *, by: Owner) -> None:
    """Take out what was sent by mistake. What is another's or gone already stays as it is."""
    mine = sa.select(PendingFile).where(PendingFile.id.in_(keys)).filter_by(**_owned(by))
    _let_go(session, session.scalars(mine).all())


def forget(session: Session, *, now: datetime) -> int:
    """Let go of what no form has taken up for so long."""
    strangers = sa.and_(
        PendingFile.stranger.is_not(None), PendingFile.sent_at < now - KEPT_OF_STRANGERS
    )
    past = sa.or_(PendingFile.sent_at < now - KEPT, strangers)
    old = session.scalars(sa.select(PendingFile).where(past)).all()
    _let_go(session, old)
    return len(old)


def _let_go(session: Session, rows: Sequence[PendingFile]) -> None:
    for one in rows:
        session.delete(one)
    for sha256 in {one.sha256 for one in rows}:
        service.forget_unnamed(session, sha256)


def as_checked(one: PendingFile) -> CheckedFile:
    """For the step that names it in a record."""
    file = one.file
    accepted = Accepted(file.media_type, b"", file.width, file.height, file.taken_at)
    return CheckedFile(one.name, one.sha256, accepted, file.size, pending_id=one.id)
