"""Sealing days that are over. What of it is slow is done before the transaction."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from training_oversight import database
from training_oversight.audit import rows, seals
from training_oversight.audit.models import DaySeal, Event
from training_oversight.audit.seals import Seal

# A list of a province is a day of so many records that naming them all helps nobody.
MOST_RECORDS = 20_000


@dataclass(frozen=True)
class SealDraft:
    """A seal to be made, and the records that it covers."""

    seal: Seal
    records: seals.Records


@dataclass
class Gathered:
    """What a seal says of the events that it covers, gathered in the order of their keys."""

    events: int = 0
    ids: list[list[int]] = field(default_factory=list)
    hashed: hashlib._Hash = field(default_factory=hashlib.sha256)
    records: dict[tuple[str, int], list[int]] = field(default_factory=dict)

    def take(self, key: int, kind: str, subject: str, sequence: str, hash_: str) -> None:
        self.events += 1
        self.hashed.update(as_hashed(key, f"{kind}/{subject}#{sequence}", hash_))
        if self.ids and self.ids[-1][1] == key - 1:
            self.ids[-1][1] = key
        else:
            self.ids.append([key, key])
        if len(self.records) <= MOST_RECORDS and subject.isdecimal() and sequence.isdecimal():
            span = self.records.setdefault((kind, int(subject)), [int(sequence)] * 2)
            span[:] = min(span[0], int(sequence)), max(span[1], int(sequence))

    def of_records(self) -> dict[str, list[list[int]]]:
        """Kind -> [key, first and last sequence]; nothing where they are too many."""
        found: dict[str, list[list[int]]] = {}
        if len(self.records) <= MOST_RECORDS:
            for (kind, key), span in sorted(self.records.items()):
                found.setdefault(kind, []).append([key, *span])
        return found


def as_hashed(key: int, name: str, hash_: str) -> bytes:
    """One event as the seal of its day takes it in. Its own hash stands for what it says."""
    return f"{key} {name} {hash_}\n".encode()


def unsealed_days(session: Session, *, before: date) -> list[str]:
    """The days with more events than their seals cover, oldest first."""
    day = rows.text_of(session, Event.on_day)
    counted = sa.select(day, sa.func.count()).where(Event.on_day < before).group_by(Event.on_day)
    there = {rows.said(one): count for one, count in session.execute(counted)}
    covered = sa.select(DaySeal.day, sa.func.sum(DaySeal.events)).group_by(DaySeal.day)
    sealed: dict[str, int] = {one.isoformat(): count for one, count in session.execute(covered)}
    lacking = (day for day, count in there.items() if count > sealed.get(day, 0))
    return sorted(day for day in lacking if _is_day(day))


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def drafted(session: Session, day: date) -> SealDraft | None:
    """The seal over the events of a day that no seal covers yet, if there are any."""
    last = seals.latest(session)
    earlier = session.scalars(sa.select(DaySeal.ids).where(DaySeal.day == day)).all()
    gathered = Gathered()
    for key, *event in of_day(session, day):
        if not any(first <= key <= end for ids in earlier for first, end in ids):
            gathered.take(key, *event)
    if not gathered.events:
        return None
    records = gathered.of_records()
    seal = Seal(
        number=last.number + 1 if last else 1,
        day=day.isoformat(),
        sealed_at="",
        events=gathered.events,
        total=gathered.events + (last.total if last else 0),
        last_id=gathered.ids[-1][1],
        ids=gathered.ids,
        events_hash=gathered.hashed.hexdigest(),
        records_hash=seals.digest(records),
        previous_hash=last.hash if last else "",
    )
    return SealDraft(seal, records)


def of_day(session: Session, day: date) -> Iterator[Sequence[Any]]:
    """Key, kind, record, sequence and hash of each event of a day, in the order of the keys."""
    names = ("subject_kind", "subject_id", "sequence", "hash")
    wanted = [rows.text_of(session, rows.COLUMNS[name]) for name in names]
    statement = sa.select(Event.id, *wanted).where(Event.on_day == day).order_by(Event.id)
    for key, *values in session.execute(statement.execution_options(yield_per=rows.AT_ONCE)):
        yield key, *map(rows.said, values)


def keep(session: Session, draft: SealDraft) -> bool:
    """Write the seal; not if another was made since it was drafted."""
    last = seals.latest(session)
    if (last.hash if last else "") != draft.seal.previous_hash:
        return False
    at = database.instant(session)
    seal = replace(draft.seal, sealed_at=seals.when(at))
    day = date.fromisoformat(seal.day)
    values = asdict(replace(seal, hash=seal.seal()))
    values |= {"day": day, "sealed_at": at, "records": draft.records}
    return database.insert_if_absent(session, DaySeal, **values)
