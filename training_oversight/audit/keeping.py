"""The seals as a file to be kept where nobody who can reach the database can change it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.orm import Session

from training_oversight.audit import seals
from training_oversight.audit.models import DaySeal
from training_oversight.errors import WrongState
from training_oversight.texts import Text


def lines(session: Session) -> Iterator[str]:
    """The file as a page sends it: without the records, of which the reader need not know."""
    for seal in seals.every(session):
        yield seals.line(seal)


def write_down(session: Session, path: Path) -> int:
    """Add to the file the seals that it lacks, each with the records that it covers; how many.

    A file that says something else than the database is left as it is: it may be the only
    witness. Raises ``WrongState``.
    """
    kept = _kept(path)
    for there in kept:
        own = session.scalar(sa.select(DaySeal.hash).where(DaySeal.number == there.seal.number))
        if own != there.seal.hash:
            raise WrongState(
                Text(
                    "The file has another seal %(number)s than the database. It is left as it is. "
                    "Compare them: audit verify --seals FILE",
                    number=there.seal.number,
                )
            )
    # Beside it and then in its place: a disk that is full leaves the file that was there.
    beside, written = path.with_name(f"{path.name}.part"), 0
    with beside.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(seals.line(one.seal, one.records) for one in kept)
        for seal in seals.every(session, after=kept[-1].seal.number if kept else 0):
            file.write(seals.line(seal, _records(session, seal.number)))
            written += 1
    beside.replace(path)
    return written


def _records(session: Session, number: int) -> seals.Records | None:
    return session.scalar(sa.select(DaySeal.records).where(DaySeal.number == number))


def _kept(path: Path) -> list[seals.KeptSeal]:
    if not path.exists():
        return []
    with path.open(encoding="utf-8") as file:
        return seals.read(file)
