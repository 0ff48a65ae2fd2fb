"""Finding institutions by whatever was typed, among all that an officer may see.

Where there are many institutions, an index of grams says beforehand which can have a word,
and how many: few are looked at one by one, of a common word the first are met soon by going
through them in order.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY, TSQUERY
from sqlalchemy.orm import Session, aliased

from training_oversight.accounts.models import Scope
from training_oversight.names import naming
from training_oversight.names.typed import Asking, Language, Part
from training_oversight.registry.models import Institution
from training_oversight.registry.queries.search import Clause, Rank, Search
from training_oversight.registry.workflow import InstitutionState

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
IN_ORDER: Sequence[sa.SQLColumnExpression[object]] = [Institution.sort_key, Institution.id]


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


def belonging(
    session: Session,
    search: Search,
    key: sa.SQLColumnExpression[int] | sa.SQLColumnExpression[int | None],
) -> Clause:
    """For a list of other records: those whose institution, that of ``key``, matches.

    The list narrows by its own place. The institution may have moved out of the scope since,
    so here everything is looked through.
    """
    if not search.typed:
        return search.matches()
    index = _Index(session, replace(search, scope=Scope.everything()))
    if not _Index(session, search).is_narrow():
        with index.asked():
            keys = index.candidates(Rank.ELSEWHERE)
        if keys is not None:
            few = sa.select(Institution.id).where(index.are(keys), search.matches())
            found: Clause = key.in_(few)
            return found
    # One row after another: those of a county are few, and a common word is met often.
    return sa.exists().where(Institution.id == key, search.matches())


def best(session: Session, search: Search, *, limit: int) -> list[tuple[int, Rank]]:
    """The keys of the nearest, in order: by rank, closed ones last, then by pinyin."""
    if not search.typed:
        return []
    index = _Index(session, search)
    if index.is_narrow():
        return _nearest(session, search, _listed(search), limit=limit)
    with index.asked():
        keys = index.candidates(Rank.ELSEWHERE)
        if keys is None:
            return _first(session, search, index, limit=limit)
        return _nearest(session, search, _named(search, index.are(keys)), limit=limit)


def _nearest(
    session: Session, search: Search, listed: sa.Select[int], *, limit: int
) -> list[tuple[int, Rank]]:
    """All that match are ranked."""
    rank = sa.case(
        (search.ranked(Rank.BEGINS), Rank.BEGINS),
        (search.ranked(Rank.NAMED), Rank.NAMED),
        else_=Rank.ELSEWHERE,
    ).label("rank")
    rows = session.execute(
        listed.add_columns(rank)
        .where(search.matches())
        .order_by(rank, _closed(), *IN_ORDER)
        .limit(limit)
    )
    return [(key, Rank(nearness)) for key, nearness in rows]


def _first(
    session: Session, search: Search, index: _Index, *, limit: int
) -> list[tuple[int, Rank]]:
    """Rank by rank: a common word fills the list before much is read.

    What is not met soon is rare, though each of its grams is common: then all that the index
    names are looked at.
    """
    found: dict[int, Rank] = {}
    for rank in Rank:
        # To ask the index of a common word takes longer than to meet it.
        keys = index.candidates(rank) if rank is Rank.BEGINS else None
        if keys is None:
            soon = _of_rank(search, rank, _ahead(session, search, rank)).order_by(*IN_ORDER)
            more = session.scalars(soon.limit(limit - len(found))).all()
            if len(found) + len(more) == limit:
                return [*found.items(), *((key, rank) for key in more)]
            keys = index.candidates(rank)
        if keys is None and rank is not Rank.BEGINS:
            everybody = _named(search, index.holds(Rank.ELSEWHERE))
            return _nearest(session, search, everybody, limit=limit)
        among = index.holds(rank) if keys is None else index.are(keys)
        # Not the order of an index: SQLite would go through all of it and try each.
        wanted = _of_rank(search, rank, among).order_by(_closed(), *IN_ORDER)
        found |= dict.fromkeys(session.scalars(wanted.limit(limit - len(found))), rank)
        if len(found) == limit:
            break
    return list(found.items())


def _of_rank(search: Search, rank: Rank, among: Clause) -> sa.Select[int]:
    """Those of this rank and of no nearer one."""
    wanted = _named(search, among).where(search.ranked(rank))
    return wanted.where(~search.ranked(Rank(rank - 1))) if rank else wanted


def _ahead(session: Session, search: Search, rank: Rank) -> Clause:
    """The live ones that come first in the order of pinyin, as many as are soon read."""
    beginning = _in_order(search, rank)
    # No more than a place in the order that all share.
    everywhere = Scope.everything().clause(Institution.division_path)
    last = session.scalar(
        sa.select(Institution.sort_key)
        .where(everywhere, beginning)
        .order_by(Institution.sort_key)
        .offset(search.ahead)
        .limit(1)
    )
    soon = sa.true() if last is None else Institution.sort_key <= last
    return sa.and_(beginning, soon, ~_closed())


def _listed(search: Search) -> sa.Select[int]:
    """The keys of all that the officer's lists hold."""
    here = search.scope.clause(Institution.division_path)
    return sa.select(Institution.id).where(here, Institution.withdrawn.is_(False))


def _named(search: Search, among: Clause) -> sa.Select[int]:
    """The same among those that ``among`` leads to.

    The rest stands in expressions, which lead nowhere: PostgreSQL would go by the index of the
    one and cut each row into grams for the other.
    """
    here = search.scope.clause(sa.func.coalesce(Institution.division_path, ""))
    kept = sa.func.coalesce(Institution.withdrawn, sa.false()).is_(False)
    return sa.select(Institution.id).where(among, here, kept)


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

    def holds(self, rank: Rank) -> Clause:
        """The same without naming them, however many they are."""
        if self.on_sqlite:
            return Institution.id.in_(self._candidates(rank))
        return self._has_grams(Institution, rank)

    def _candidates(self, rank: Rank) -> sa.Select[int]:
        if self.on_sqlite:
            table = sa.table("institution_grams", sa.column("rowid"))
            return sa.select(table.c.rowid).where(
                sa.literal_column("institution_grams").op("MATCH")(self._question(rank))
            )
        other = aliased(Institution)
        return sa.select(other.id).where(self._has_grams(other, rank))

    def _has_grams(self, one: type[Institution], rank: Rank) -> Clause:
        cut = sa.func.institution_grams(one.search_text, one.search_phone, one.division_path)
        asked = sa.cast(sa.literal(self._question(rank), sa.Text()), TSQUERY)
        has: Clause = cut.op("@@", is_comparison=True)(asked)
        return has

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
