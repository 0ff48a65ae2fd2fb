"""Finding institutions by whatever was typed, among all that an officer may see.

A word is found where it is a part of ``search_text``; that is decided by ``LIKE``, so both
databases agree. Where there are many institutions, an index of grams says beforehand which
can have the word, and how many: few are looked at one by one, of a common word the first
are met soon by going through them in order.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY, TSQUERY
from sqlalchemy.orm import Session, aliased

from training_oversight.accounts.models import Officer, Scope
from training_oversight.accounts.permissions import Permission
from training_oversight.registry import naming
from training_oversight.registry.models import Institution
from training_oversight.registry.typed import Asking, Language, Part, Typed
from training_oversight.registry.workflow import InstitutionState

# How many are looked at one by one: about 10 ms on either database.
FEW = 5000
# What is dear in the plans is cutting rows into grams, which the index spares: neither
# compiling nor other processes would make up for it. And a plan that is good for one word is
# bad for another.
_SETTINGS = {
    "enable_seqscan": "off",
    "jit": "off",
    "max_parallel_workers_per_gather": "0",
    "plan_cache_mode": "force_custom_plan",
    "work_mem": "32MB",
}
PLANNING = "SELECT " + ", ".join(
    f"set_config('{name}', '{value}', true)" for name, value in _SETTINGS.items()
)
PLANNING_AS_BEFORE = (
    "SELECT set_config(name, reset_val || coalesce(unit, ''), true) FROM pg_settings "
    f"WHERE name IN ({', '.join(map(repr, _SETTINGS))})"
)
ESCAPE = "/"
Clause = sa.ColumnElement[bool]


class Rank(IntEnum):
    """How near to what was typed: the name begins so, it or another name has it, the rest has."""

    BEGINS = 0
    NAMED = 1
    ELSEWHERE = 2


@dataclass(frozen=True)
class Search:
    """What was typed, by whom: where to look and in what."""

    typed: Typed
    scope: Scope
    phones: bool
    few: int = FEW

    @classmethod
    def by(cls, officer: Officer, text: str) -> Search:
        return cls(Typed.read(text), officer.scope, officer.may(Permission.SEE_PERSONAL_DATA))

    def matches(self) -> Clause:
        """The meaning of the search: in one of the ways every word is found."""
        if not self.typed:
            return sa.true()
        return sa.or_(*(sa.and_(*map(self._found, way)) for way in self.typed.ways))

    def _found(self, word: str) -> Clause:
        in_text = _has(Institution.search_text, word)
        return sa.or_(in_text, _has(Institution.search_phone, word)) if self.phones else in_text

    def ranked(self, rank: Rank) -> Clause:
        """Those at least as near as ``rank``."""
        first, *others = self.typed.words
        text, end = Institution.search_text, naming.END_OF_NAMES
        if rank is Rank.ELSEWHERE:
            return self.matches()
        begin = naming.NAME if rank is Rank.BEGINS else ""
        return sa.and_(_has(text, begin + first, end), *(_has(text, word, end) for word in others))


def _has(column: Any, word: str, end: str = "") -> Clause:
    """The column has the word in it, ``end`` somewhere behind it."""
    escaped = "".join(ESCAPE + one if one in "%_/" else one for one in word)
    after = f"%{end}%" if end else "%"
    clause: Clause = column.like(f"%{escaped}{after}", escape=ESCAPE)
    return clause


def matching(session: Session, search: Search) -> Clause:
    """For a list: those who match. Over a wide scope the index says where to look."""
    if not search.typed:
        return search.matches()
    index = _Index(session, search)
    if index.is_narrow():
        return search.matches()
    with index.asked():
        keys = index.candidates(Rank.ELSEWHERE)
    return search.matches() if keys is None else sa.and_(index.are(keys), search.matches())


def best(session: Session, search: Search, *, limit: int) -> list[tuple[int, Rank]]:
    """The keys of the nearest, in order: by rank, closed ones last, then by pinyin."""
    if not search.typed:
        return []
    index = _Index(session, search)
    if index.is_narrow():
        return _nearest(session, search, sa.true(), limit=limit)
    with index.asked():
        keys = index.candidates(Rank.ELSEWHERE)
        if keys is None:
            return _first(session, search, index, limit=limit)
        return _nearest(session, search, index.are(keys), limit=limit)


def _nearest(
    session: Session, search: Search, among: Clause, *, limit: int
) -> list[tuple[int, Rank]]:
    """All that match are ranked."""
    rank = sa.case(
        (search.ranked(Rank.BEGINS), Rank.BEGINS),
        (search.ranked(Rank.NAMED), Rank.NAMED),
        else_=Rank.ELSEWHERE,
    ).label("rank")
    rows = session.execute(
        _listed(search)
        .add_columns(rank)
        .where(among, search.matches())
        .order_by(rank, _closed(), Institution.sort_key, Institution.id)
        .limit(limit)
    )
    return [(key, Rank(nearness)) for key, nearness in rows]


def _first(
    session: Session, search: Search, index: _Index, *, limit: int
) -> list[tuple[int, Rank]]:
    """Rank by rank, live ones before closed: a common word fills the list before it is read."""
    found: dict[int, Rank] = {}
    for rank in Rank:
        keys = index.candidates(rank)
        for among, order in _steps(search, index, rank, keys):
            if len(found) < limit:
                wanted = _listed(search).where(among, search.ranked(rank))
                if rank:
                    wanted = wanted.where(~search.ranked(Rank(rank - 1)))
                more = session.scalars(wanted.order_by(*order).limit(limit - len(found)))
                found |= dict.fromkeys(more, rank)
        if len(found) == limit:
            break
    return list(found.items())


def _steps(
    search: Search, index: _Index, rank: Rank, keys: Sequence[int] | None
) -> Iterator[tuple[Clause, list[Any]]]:
    """Among whom to look for those of a rank, and in which order."""
    order: list[Any] = [Institution.sort_key, Institution.id]
    if keys is None:
        beginning = _in_order(search, rank)
        yield sa.and_(beginning, ~_closed()), order
        yield sa.and_(beginning, _closed()), order
    elif keys:
        # Not the order of an index: SQLite would go through all of it and try each.
        yield index.are(keys), [_closed(), *order]


def _listed(search: Search) -> sa.Select[int]:
    """The keys of all that the officer's lists hold."""
    here = search.scope.clause(Institution.division_path)
    return sa.select(Institution.id).where(here, Institution.withdrawn.is_(False))


def _closed() -> Clause:
    return Institution.state == InstitutionState.CLOSED


def _in_order(search: Search, rank: Rank) -> Clause:
    """Where in the order of pinyin to go through: names that begin alike stand together."""
    readings = naming.first_readings(search.typed.words[0]) if rank is Rank.BEGINS else None
    if readings is None:
        return sa.true()
    key = Institution.sort_key
    return sa.or_(*(sa.and_(key >= one, key < one + "~") for one in readings))


class _Index:
    """What the index of grams knows of one search."""

    def __init__(self, session: Session, search: Search) -> None:
        self.session, self.search = session, search
        self.on_sqlite = session.get_bind().dialect.name == "sqlite"
        self.asking = Asking(Language.FTS5 if self.on_sqlite else Language.TSQUERY)
        self._known: dict[Rank, Sequence[int] | None] = {}

    @contextmanager
    def asked(self) -> Iterator[None]:
        """Inside, PostgreSQL plans as the index needs it."""
        if self.on_sqlite:
            yield
            return
        self.session.execute(sa.text(PLANNING))
        yield
        self.session.execute(sa.text(PLANNING_AS_BEFORE))

    def is_narrow(self) -> bool:
        """Whether the scope holds so few that they are better looked at one by one."""
        within = self.search.scope.clause(Institution.division_path)
        some = sa.select(Institution.id).where(within).limit(self.search.few + 1).subquery()
        count = self.session.scalar(sa.select(sa.func.count()).select_from(some)) or 0
        return count <= self.search.few

    def candidates(self, rank: Rank) -> Sequence[int] | None:
        """The keys of all who may match, and of hardly anybody else; ``None`` if they are many."""
        if rank not in self._known:
            keys = self.session.scalars(self._candidates(rank).limit(self.search.few + 1)).all()
            self._known[rank] = keys if len(keys) <= self.search.few else None
        return self._known[rank]

    def are(self, keys: Sequence[int]) -> Clause:
        """They are given as one value, however many they are."""
        if self.on_sqlite:
            values = sa.func.json_each(json.dumps(list(keys))).table_valued("value")
            return Institution.id.in_(sa.select(values.c.value))
        return Institution.id == sa.any_(sa.literal(list(keys), ARRAY(sa.Integer)))

    def _candidates(self, rank: Rank) -> sa.Select[Any]:
        question = self._question(rank)
        if self.on_sqlite:
            table = sa.table("institution_grams", sa.column("rowid"))
            return sa.select(table.c.rowid).where(
                sa.literal_column("institution_grams").op("MATCH")(question)
            )
        other = aliased(Institution)
        cut = sa.func.institution_grams(other.search_text, other.search_phone, other.division_path)
        asked = sa.cast(sa.literal(question, sa.Text()), TSQUERY)
        return sa.select(other.id).where(cut.op("@@")(asked))

    def _question(self, rank: Rank) -> str:
        ask = self.asking
        if rank is Rank.ELSEWHERE:
            question = ask.any_of(
                ask.all_of(self._anywhere(word) for word in way) for way in self.search.typed.ways
            )
        else:
            first, *others = self.search.typed.words
            begin = naming.NAME if rank is Rank.BEGINS else ""
            words = [begin + first, *others]
            question = ask.all_of(ask.word(word, Part.NAMES) for word in words)
        path = self.search.scope.path
        return ask.all_of([ask.within(path), question]) if path else question

    def _anywhere(self, word: str) -> str:
        parts = [Part.NAMES, Part.REST, *([Part.PHONE] if self.search.phones else [])]
        return self.asking.any_of(self.asking.word(word, part) for part in parts)
