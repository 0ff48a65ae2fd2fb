"""The daily seal as a value: what it says, its hash, and its line in the file kept outside."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from training_oversight.audit import rows
from training_oversight.audit.models import DaySeal
from training_oversight.errors import BadInput
from training_oversight.texts import Text

Records = Mapping[str, Sequence[Sequence[int]]]


@dataclass(frozen=True)
class Seal:
    """What is sealed. Everything but the hash itself goes into the hash."""

    number: int
    day: str
    sealed_at: str
    events: int
    total: int
    last_id: int
    ids: Sequence[Sequence[int]]
    events_hash: str
    records_hash: str
    previous_hash: str
    hash: str = ""

    def seal(self) -> str:
        """The hash that it should carry."""
        content = {name: value for name, value in asdict(self).items() if name != "hash"}
        return digest(content)


FIELDS = tuple(Seal.__dataclass_fields__)
COUNTS = ("number", "events", "total", "last_id")


def digest(content: object) -> str:
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def latest(session: Session) -> Seal | None:
    """The last seal that was made."""
    last = sa.select(sa.func.max(DaySeal.number)).scalar_subquery()
    found = list(_found(session, DaySeal.number == last))
    return found[0] if found else None


def every(session: Session, *, after: int = 0) -> Iterator[Seal]:
    """All seals in their order. One that cannot be read is not what its hash says."""
    return _found(session, DaySeal.number > after)


def _found(session: Session, wanted: sa.ColumnElement[bool]) -> Iterator[Seal]:
    columns = [
        rows.text_of(session, getattr(DaySeal, name)).label(f"{name}_as_it_lies") for name in FIELDS
    ]
    statement = sa.select(DaySeal.number, *columns).where(wanted).order_by(DaySeal.number)
    for number, *values in session.execute(statement.execution_options(yield_per=500)):
        yield _of_raw(number, dict(zip(FIELDS, map(rows.said, values), strict=True)))


def _of_raw(number: int, raw: Mapping[str, str]) -> Seal:
    counts = {name: int(raw[name]) if raw[name].isdecimal() else -1 for name in COUNTS}
    try:
        ids = json.loads(raw["ids"])
        at = when(datetime.fromisoformat(raw["sealed_at"]).replace(tzinfo=UTC))
        readable = all(isinstance(first, int) and isinstance(last, int) for first, last in ids)
    except (ValueError, TypeError, RecursionError):
        ids, at, readable = [], "", False
    words = {**raw, **counts, "number": number, "ids": ids if readable else [], "sealed_at": at}
    return Seal(**words)


def when(instant: datetime) -> str:
    return instant.astimezone(UTC).isoformat(timespec="microseconds")


def line(seal: Seal, records: Records | None = None) -> str:
    """One line of the file: JSON, the records that it covers only where they are given."""
    more = {} if records is None else {"records": records}
    return json.dumps(asdict(seal) | more, ensure_ascii=False, separators=(",", ":")) + "\n"


@dataclass(frozen=True)
class KeptSeal:
    """A seal from a file, with its records where they are written down and as they were."""

    seal: Seal
    records: Records


def read(lines: Iterable[str]) -> list[KeptSeal]:
    """The seals of a file kept outside. Raises ``BadInput`` where it is not one, or not whole."""
    found: list[KeptSeal] = []
    for number, text in enumerate(lines, start=1):
        if not text.strip():
            continue
        kept = _kept(text)
        if kept is None or not _follows(kept.seal, found[-1].seal if found else None):
            raise BadInput(
                Text(
                    "Line %(number)s of the file is no seal, or not the one that follows the line "
                    "before it. Take another copy of the file.",
                    number=number,
                )
            )
        found.append(kept)
    return found


def _kept(text: str) -> KeptSeal | None:
    try:
        said = json.loads(text)
        seal = Seal(**{name: said[name] for name in FIELDS})
        date.fromisoformat(seal.day)
    except (ValueError, KeyError, TypeError):
        return None
    records = said.get("records", {})
    return KeptSeal(seal, records if digest(records) == seal.records_hash else {})


def _follows(seal: Seal, before: Seal | None) -> bool:
    if seal.hash != seal.seal():
        return False
    if before is None:
        return True
    return seal.number == before.number + 1 and seal.previous_hash == before.hash
