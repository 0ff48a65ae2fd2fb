"""Searching among all institutions of a country, on SQLite and, if it answers, PostgreSQL.

Measured is what stands behind the results as one types: finding the nearest eight and why.
"""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from random import Random
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from benchmarks import country, databases
from training_oversight.accounts.models import Scope
from training_oversight.database import Database
from training_oversight.names.typed import Typed
from training_oversight.registry import queries
from training_oversight.registry.models import Institution, search_index
from training_oversight.registry.queries import Search

SHOWN = 8
OF_EACH_KIND = 25
ROUNDS = 3
INSERTED = 1000
SIZE = int(os.environ.get("BENCH_INSTITUTIONS", country.INSTITUTIONS))


def run() -> None:
    counties = max(1, country.COUNTIES * SIZE // country.INSTITUTIONS)
    print(f"Search among {SIZE:,} institutions of {counties:,} counties")
    for name, held in databases.of_both():
        print(f"{name}")
        _build(held, counties)
        slowest = _measure(held)
        print(f"  slowest kind, province and country: p95 {slowest:.1f} ms")
        _inserting(held)


def _build(held: Database, counties: int) -> None:
    """The rows first, then the index over them, so that each is timed by itself."""
    with held.engine.begin() as connection:
        _drop(connection)
    began = time.perf_counter()
    country.build(SIZE, counties)
    rows = time.perf_counter() - began
    before = _bytes(held)
    began = time.perf_counter()
    with held.engine.begin() as connection:
        _make(connection)
    index = time.perf_counter() - began
    more = _bytes(held) - before
    print(f"  rows written in {rows:.0f} s, {before / 1e6:,.0f} MB")
    print(f"  index made in {index:.0f} s, {more / 1e6:,.0f} MB   1 : {before / more:.1f}")
    if _is_postgresql(held):
        # What its own housekeeping does after so many rows were written.
        with held.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("VACUUM ANALYZE institution")


def _is_postgresql(held: Database) -> bool:
    return held.engine.dialect.name == "postgresql"


def _drop(connection: sa.Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("DROP INDEX ix_institution_grams")
        return
    for moment in ("insert", "delete", "before_update", "after_update"):
        connection.exec_driver_sql(f"DROP TRIGGER institution_grams_{moment}")


def _make(connection: sa.Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(search_index.POSTGRESQL[-1])
        return
    connection.exec_driver_sql(
        "INSERT INTO institution_grams (rowid, grams) SELECT id, grams FROM institution_grams_cut"
    )
    for statement in search_index.SQLITE[2:]:
        connection.exec_driver_sql(statement)


def _bytes(held: Database) -> int:
    asked = (
        "SELECT pg_database_size(current_database())"
        if _is_postgresql(held)
        else "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size"
    )
    with held.engine.connect() as connection:
        return int(connection.exec_driver_sql(asked).scalar_one())


def _typed(session: Session) -> dict[str, list[str]]:
    """What officers type, of each kind some: parts of what is there, and what is not."""
    random = Random(5)
    keys = random.sample(range(1, SIZE + 1), min(OF_EACH_KIND, SIZE))
    places = session.execute(
        sa.select(Institution.name, Institution.uscc, Institution.phone, Institution.search_text)
        .where(Institution.id.in_(keys), Institution.uscc.is_not(None))
    ).all()  # fmt: skip

    def some(cut: Callable[[Any, int], str]) -> list[str]:
        return [cut(place, random.randrange(max(1, len(place.name) - 4))) for place in places]

    def lines(place: Any) -> list[str]:
        return str(place.search_text).replace("\f", "\n").split("\n")

    others = _other_names(session)

    return {
        "one character": [*some(lambda p, n: p.name[n]), "楼", "号", "a", "1", "龘"],
        "two characters": [*some(lambda p, n: p.name[n : n + 2]), "培训", "中心", "江省"],
        "three or four": some(lambda p, n: p.name[n : n + 4]),
        "whole name": [place.name for place in places],
        "common words": [
            "培训",
            "中心",
            "培训中心",
            "艺术",
            "有限公司",
            "县",
            "书院路",
            "人民路 1号",
        ],
        "other names": [name[n % 2 :] for n, name in enumerate(others)],
        "two initials": [*some(lambda p, n: lines(p)[3][n : n + 2].lower()), "cq", "zx", "zj"],
        "initials": some(lambda p, n: lines(p)[3][n : n + 3].lower()),
        "initials and address": some(
            lambda p, n: f"{lines(p)[3][n : n + 3].lower()} {lines(p)[-3][-8:-4]}"
        ),
        "pinyin": [*some(lambda p, n: lines(p)[2][n : n + 8].lower()), "peixun", "chongqing"],
        "code, a part": some(lambda p, n: p.uscc[8 : 9 + n % 4 + 4]),
        "code": [place.uscc for place in places],
        "licence": [f"教民{lines(place)[-1]}号" for place in places],
        "telephone": [f"{p.phone[:3]}-{p.phone[3:7]} {p.phone[7:]}" for p in places],
        "address": some(lambda p, n: lines(p)[-3][5 + n % 4 : 10 + n % 4]),
        "two words": some(lambda p, n: f"{p.name[n : n + 2]} {lines(p)[-3][5:9]}"),
        "nothing there": ["不存在的", "鼋鼍", "zzqq", "999999999", "培训 鼋鼍"],
        # Each piece of them is common, all in one word are rare or nowhere.
        "rare of common": [
            "心中心",
            "司公司",
            "号1号",
            "路路",
            "00000000",
            "101010",
            "1990199",
            "yiyiyiyi",
            "xinxinxin",
            "zhongzhong",
            "anganganga",
            "江县江县",
            "县 市 区 省 镇 路 号 栋 室 心",
        ],
    }


def _other_names(session: Session) -> list[str]:
    rows = session.execute(
        sa.select(Institution.aliases, Institution.former_names)
        .where(Institution.id % 100 < country.RENAMED)
        .order_by(Institution.id)
        .limit(OF_EACH_KIND)
    ).all()
    return [name for row in rows for name in (*row.aliases, row.former_names[0]["name"])]


def _scopes(session: Session) -> dict[str, Scope]:
    path = str(session.scalar(sa.select(Institution.division_path).where(Institution.id == SIZE)))
    province, prefecture, county, *_ = path.split("/")
    return {
        "county": Scope(f"{province}/{prefecture}/{county}/"),
        "prefecture": Scope(f"{province}/{prefecture}/"),
        "province": Scope(f"{province}/"),
        "country": Scope.everything(),
    }


def _measure(held: Database) -> float:
    """Every kind in every scope; of each question the best of some rounds."""
    with held.sessions() as session:
        kinds, scopes = _typed(session), _scopes(session)
    print(f"  {'milliseconds, p50 / p95':18}" + "".join(f"{name:>20}" for name in scopes))
    slowest = 0.0
    for kind, typed in kinds.items():
        line = f"  {kind:24}"
        for name, scope in scopes.items():
            times = [_best(held, Search(Typed.read(text), scope, phones=True)) for text in typed]
            p50, p95 = statistics.median(times), statistics.quantiles(times, n=20)[-1]
            line += f"{p50:11.1f} /{p95:7.1f}"
            slowest = max(slowest, p95) if name != "county" else slowest
        print(line, flush=True)
    return slowest


def _best(held: Database, search: Search) -> float:
    taken = []
    for _ in range(ROUNDS):
        with held.sessions() as session:
            session.connection()
            began = time.perf_counter()
            queries.hits(session, search, limit=SHOWN)
            taken.append(time.perf_counter() - began)
    return min(taken) * 1000


def _inserting(held: Database) -> None:
    """One row after another in a transaction that is taken back, with the index and without."""
    with held.sessions() as session:
        row = session.execute(
            sa.select(Institution.__table__).where(Institution.id == SIZE)
        ).one()._asdict()  # fmt: skip
    rows = [row | {"id": SIZE + n + 1, "uscc": None} for n in range(INSERTED)]
    took = {}
    for wanted in ("with", "without"):
        with _rolled_back(held) as connection:
            if wanted == "without":
                _drop(connection)
            began = time.perf_counter()
            for one in rows:
                connection.execute(sa.insert(Institution), one)
            took[wanted] = (time.perf_counter() - began) * 1000 / INSERTED
    print(
        f"  one institution inserted: {took['with']:.2f} ms, without the index "
        f"{took['without']:.2f} ms   1 : {took['with'] / took['without']:.1f}"
    )


@contextmanager
def _rolled_back(held: Database) -> Iterator[sa.Connection]:
    with held.engine.connect() as connection:
        outer = connection.begin()
        yield connection
        outer.rollback()
