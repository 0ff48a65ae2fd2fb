"""Comparing the events that are there with the seals of their days."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

import sqlalchemy as sa
from sqlalchemy.orm import Session

from training_oversight.audit import rows, seals
from training_oversight.audit.models import DaySeal, Event
from training_oversight.audit.sealing import as_hashed
from training_oversight.audit.seals import KeptSeal, Seal

# So many are named; the number is always said.
MOST_NAMED = 50
AT_ONCE = 500


@dataclass(frozen=True)
class Loss:
    """Events that a seal covers and that are gone, or changed if none is ``missing``.

    ``records`` names them as ``kind/id#sequence``, as far as the seal and what is left of it tell.
    """

    day: str
    seal: int
    events: int
    missing: int
    records: list[str]


class Found(Protocol):
    """Where the findings go."""

    seals: int
    sealed_until: str | None
    unsealed: int
    late: list[str]
    lost: list[Loss]
    seals_broken: list[str]


@dataclass
class Pending:
    """A seal and, while the events of its day are read, those of them that it covers."""

    seal: Seal
    come: int = 0
    run: int = 0
    hashed: hashlib._Hash = field(default_factory=hashlib.sha256)

    def takes(self, key: int) -> bool:
        """Whether this event is one of the seal's. Keys come in their order."""
        ids = self.seal.ids
        while self.run < len(ids) and ids[self.run][1] < key:
            self.run += 1
        return self.run < len(ids) and ids[self.run][0] <= key

    @property
    def holds(self) -> bool:
        return bool(self.hashed.hexdigest() == self.seal.events_hash)


def compare(session: Session, outside: Sequence[KeptSeal], found: Found) -> None:
    """Every event with the seal of its day, every seal with its copy outside."""
    by_number = _own_seals(session, found)
    found.seals = len(by_number)
    for kept in outside:
        own = by_number.get(kept.seal.number)
        if own is None:
            found.seals_broken.append(f"{kept.seal.number} ({kept.seal.day}): missing")
        elif own.hash != kept.seal.hash:
            found.seals_broken.append(f"{own.number} ({own.day}): not the one kept outside")
        by_number[kept.seal.number] = kept.seal
    found.sealed_until = max((seal.day for seal in by_number.values()), default=None)
    by_day = defaultdict(list)
    for seal in by_number.values():
        by_day[seal.day].append(Pending(seal))
    _read(session, by_day, found)
    told = {kept.seal.number: kept.records for kept in outside}
    for pending in (one for day in sorted(by_day) for one in by_day[day]):
        if pending.come < pending.seal.events or not pending.holds:
            found.lost.append(_loss(session, pending, told))


def _own_seals(session: Session, found: Found) -> dict[int, Seal]:
    """The seals of this database by their numbers; a chain that does not hold is noted."""
    by_number: dict[int, Seal] = {}
    number, previous, total = 0, "", 0
    for seal in seals.every(session):
        total += seal.events
        follows = seal.number == number + 1 and seal.previous_hash == previous
        if not follows or seal.hash != seal.seal() or seal.total != total:
            found.seals_broken.append(f"{seal.number} ({seal.day}): changed, or not in its place")
        by_number[seal.number] = seal
        number, previous, total = seal.number, seal.hash, seal.total
    return by_number


def _read(session: Session, by_day: Mapping[str, Sequence[Pending]], found: Found) -> None:
    """Let every event come by at the seals of its day."""
    for day, key, name, hashed in _events(session):
        mine = next((one for one in by_day.get(day, ()) if one.takes(key)), None)
        if mine is not None:
            mine.come += 1
            mine.hashed.update(hashed)
            if mine.seal.number > by_day[day][0].seal.number:
                _name(found.late, name)
        else:
            found.unsealed += 1
            if found.sealed_until is not None and day <= found.sealed_until:
                _name(found.late, name)


def _name(names: list[str], name: str) -> None:
    if len(names) < MOST_NAMED:
        names.append(name)
    elif len(names) == MOST_NAMED:
        names.append("…")


def _events(session: Session) -> Iterator[tuple[str, int, str, bytes]]:
    """Day, key, name and what goes into the seal, for every event, by days and keys."""
    names = ("on_day", "subject_kind", "subject_id", "sequence", "hash")
    wanted = [rows.text_of(session, rows.COLUMNS[name]) for name in names]
    statement = sa.select(Event.id, *wanted).order_by(Event.on_day, Event.id)
    for key, *values in session.execute(statement.execution_options(yield_per=rows.AT_ONCE)):
        day, kind, subject, sequence, hash_ = map(rows.said, values)
        name = f"{kind}/{subject}#{sequence}"
        yield day, key, name, as_hashed(key, name, hash_)


def _loss(session: Session, pending: Pending, told: Mapping[int, seals.Records]) -> Loss:
    seal = pending.seal
    missing = seal.events - pending.come
    records = told.get(seal.number) or _own_records(session, seal)
    names = list(_gone(session, records)) if missing and records else []
    return Loss(seal.day, seal.number, seal.events, missing, names)


def _own_records(session: Session, seal: Seal) -> seals.Records:
    """The records of the seal by our own copy of it, if that was not changed."""
    own = session.scalar(sa.select(DaySeal.records).where(DaySeal.number == seal.number))
    return own if own and seals.digest(own) == seal.records_hash else {}


def _gone(session: Session, records: seals.Records) -> Iterator[str]:
    """The events of these records that are there no more: ``kind/id#first-last``."""
    names: list[str] = []
    for kind, spans in records.items():
        for start in range(0, len(spans), AT_ONCE):
            part = spans[start : start + AT_ONCE]
            there = _there(session, kind, [key for key, _first, _last in part])
            for key, first, last in part:
                gone = [one for one in range(first, last + 1) if one not in there.get(key, ())]
                if gone:
                    end = f"-{gone[-1]}" if len(gone) > 1 else ""
                    _name(names, f"{kind}/{key}#{gone[0]}{end}")
    yield from names


def _there(session: Session, kind: str, keys: Sequence[int]) -> Mapping[int, set[int]]:
    found: dict[int, set[int]] = defaultdict(set)
    wanted = sa.select(Event.subject_id, Event.sequence).where(
        Event.subject_kind == kind, Event.subject_id.in_(keys)
    )
    for key, sequence in session.execute(wanted):
        found[key].add(sequence)
    return found
