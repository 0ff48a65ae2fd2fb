"""Sealing again under the first key what others have sealed, and counting what can be read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import sqlalchemy as sa
from sqlalchemy import RowMapping
from sqlalchemy.orm import Session

from training_oversight.database import Base, current_session, transaction
from training_oversight.vault import keys
from training_oversight.vault.sealing import MARKS_OF, Sealed, mark

AT_ONCE = 500
RAW = sa.LargeBinary()


@dataclass
class Resealed:
    """Rows sealed again, and values that nobody could open and that stay as they are."""

    rows: int = 0
    lost: int = 0


@dataclass
class CountedColumn:
    column: str
    rows: int = 0
    readable: int = 0

    @property
    def lost(self) -> int:
        return self.rows - self.readable


@dataclass
class Inventory:
    """What is sealed in this database. ``keys``: name -> values under it, known or not."""

    columns: list[CountedColumn] = field(default_factory=list)
    keys: Counter[str] = field(default_factory=Counter)

    @property
    def rows(self) -> int:
        return sum(one.rows for one in self.columns)

    @property
    def readable(self) -> int:
        return sum(one.readable for one in self.columns)

    @property
    def lost(self) -> int:
        return self.rows - self.readable


@dataclass(frozen=True)
class SealedTable:
    """A table with its sealed columns and the columns of marks that hang on them."""

    table: sa.Table

    @cached_property
    def key(self) -> sa.Column[int]:
        [key] = self.table.primary_key
        return key

    @cached_property
    def columns(self) -> Mapping[str, Sealed]:
        return {one.name: one.type for one in self.table.columns if isinstance(one.type, Sealed)}

    @cached_property
    def marks(self) -> Mapping[str, str]:
        """Column of marks -> the sealed column whose marks it keeps."""
        columns = self.table.columns
        return {one.name: one.info[MARKS_OF] for one in columns if MARKS_OF in one.info}

    def raw(self, name: str) -> sa.ColumnElement[bytes]:
        """What the database holds, sealed."""
        return sa.type_coerce(self.table.c[name], RAW)

    def rows(self) -> sa.Select[*tuple[object, ...]]:
        sealed = [self.raw(name).label(name) for name in self.columns]
        marks = [self.table.c[name] for name in self.marks]
        return sa.select(self.key.label("key_of_row"), *sealed, *marks)

    def under_another_key(self) -> sa.ColumnElement[bool]:
        head = keys.current().head
        begins = [sa.func.substr(self.raw(name), 1, len(head), type_=RAW) for name in self.columns]
        return sa.or_(*(one != sa.literal(head, RAW) for one in begins))


def tables(metadata: sa.MetaData = Base.metadata) -> Sequence[SealedTable]:
    """Every table that has something sealed."""
    everything = (SealedTable(one) for one in metadata.sorted_tables)
    return [one for one in everything if one.columns]


def reseal(everything: Sequence[SealedTable]) -> Resealed:
    """Seal everything under the first key, some rows in each transaction.

    May be repeated, and cut off: what is done is done, and is not done again.
    """
    keys.needed()
    done = Resealed()
    for one in everything:
        last: int | None = 0
        while last is not None:
            with transaction() as session:
                last = _reseal_some(session, one, last, done)
    return done


def _reseal_some(session: Session, one: SealedTable, after: int, done: Resealed) -> int | None:
    """The key of the last row; nothing when there is no further one."""
    wanted = one.rows().where(one.key > after, one.under_another_key())
    wanted = wanted.order_by(one.key).limit(AT_ONCE).with_for_update()
    rows = session.execute(wanted).mappings().all()
    if not rows:
        return None
    changed = [row for row in (_resealed(one, row, done) for row in rows) if row]
    if changed:
        session.connection().execute(_update(one), changed)
    done.rows += len(changed)
    return int(rows[-1]["key_of_row"])


def _resealed(one: SealedTable, row: RowMapping, done: Resealed) -> dict[str, object]:
    """The row as it will be, for ``_update``; nothing where none of it could be opened."""
    new: dict[str, object] = {**row}
    opened: dict[str, bytes] = {}
    for name, type_ in one.columns.items():
        if row[name] is not None:
            try:
                plain = keys.current().open(bytes(row[name]), type_.purpose)
            except keys.Unreadable:
                done.lost += 1
                continue
            opened[name] = plain
            new[name] = keys.current().seal(plain, type_.purpose)
    for name, of in one.marks.items():
        if row[name] is not None and of in opened:
            new[name] = mark(opened[of].decode())
    return {f"new_{name}": value for name, value in new.items()} if opened else {}


def _update(one: SealedTable) -> sa.Update:
    sealed = {name: sa.bindparam(f"new_{name}", type_=RAW) for name in one.columns}
    marks = {name: sa.bindparam(f"new_{name}", type_=sa.Text()) for name in one.marks}
    return (
        sa.update(one.table)
        .where(one.key == sa.bindparam("new_key_of_row"))
        .values({**sealed, **marks})
    )


def inventory(everything: Sequence[SealedTable]) -> Inventory:
    """Open everything once, and count."""
    found = Inventory()
    for one in everything:
        counted = {name: CountedColumn(type_.purpose) for name, type_ in one.columns.items()}
        for row in _every(current_session(), one):
            for name, type_ in one.columns.items():
                if row[name] is not None:
                    _count(bytes(row[name]), type_.purpose, counted[name], found)
        found.columns += counted.values()
    return found


def _every(session: Session, one: SealedTable) -> Iterator[RowMapping]:
    wanted = one.rows().order_by(one.key).execution_options(yield_per=AT_ONCE)
    yield from session.execute(wanted).mappings()


def _count(value: bytes, purpose: str, counted: CountedColumn, found: Inventory) -> None:
    counted.rows += 1
    found.keys[keys.name_of(value)] += 1
    try:
        keys.current().open(value, purpose)
    except keys.Unreadable:
        return
    counted.readable += 1
