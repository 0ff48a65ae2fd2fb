"""Adding columns and constraints to a filled table, the same way on both databases.

SQLite cannot alter a table in place, and alembic's batch mode loses its checks: there the
table's own statement is extended and the rows are copied, with foreign keys off (env.py).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from alembic import op

# Text in the order of its bytes, on PostgreSQL whatever the database's own order is.
BYTEWISE = sa.Text().with_variant(sa.TEXT(collation="C"), "postgresql")


@dataclass(frozen=True)
class Added:
    """A new column: its type as the database writes it, and what rows that are there get."""

    name: str
    type: str
    default: str | None = None
    required: bool = False

    @property
    def definition(self) -> str:
        return f"{self.name} {self.type}{' NOT NULL' if self.required else ''}"


def alter(
    table: str,
    *,
    columns: Sequence[Added] = (),
    constraints: Mapping[str, str] | None = None,
    checks: Mapping[str, str] | None = None,
) -> None:
    """Add columns and named constraints; ``checks`` replace constraints of the same name.

    For instance ``checks={"ck_notice_effect": "CHECK (effect IN ('rectify', 'stop'))"}``.
    """
    if op.get_bind().dialect.name == "sqlite":
        _rebuild(table, columns, constraints or {}, checks or {})
        return
    for column in columns:
        default = f" DEFAULT {column.default}" if column.default is not None else ""
        op.execute(f"ALTER TABLE {table} ADD COLUMN {_postgresql(column.definition)}{default}")
        if default:
            op.execute(f"ALTER TABLE {table} ALTER COLUMN {column.name} DROP DEFAULT")
    for name in checks or {}:
        op.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
    for name, words in {**(constraints or {}), **(checks or {})}.items():
        op.execute(f"ALTER TABLE {table} ADD CONSTRAINT {name} {words}")


def never_reuse_keys(table: str) -> None:
    """On SQLite, too, no key of a row that is gone is given again, nor one the history names."""
    if op.get_bind().dialect.name != "sqlite":
        return
    bind = op.get_bind()
    _rebuild(table, (), {}, {}, body_of=_with_last_key(table))
    last = bind.exec_driver_sql(
        "SELECT max(coalesce((SELECT max(subject_id) FROM event WHERE subject_kind = ?), 0),"
        f" coalesce((SELECT max(id) FROM {table}), 0))",
        (table,),
    ).scalar_one()
    _keep_last_key(table, last)


def _with_last_key(table: str) -> Callable[[str], str]:
    def body(statement: str) -> str:
        statement, keys = re.subn(
            r"\bid INTEGER NOT NULL", "id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT", statement
        )
        statement, rules = re.subn(rf",\s*CONSTRAINT pk_{table} PRIMARY KEY \(id\)", "", statement)
        if (keys, rules) != (1, 1):
            raise RuntimeError(f"{table} has no key of the usual form")
        return statement

    return body


def _keep_last_key(table: str, last: int) -> None:
    bind = op.get_bind()
    bind.exec_driver_sql("DELETE FROM sqlite_sequence WHERE name = ?", (table,))
    bind.exec_driver_sql("INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)", (table, last))


def _last_key(table: str, statement: str) -> int | None:
    """The last key that was given, where the database keeps it."""
    if "AUTOINCREMENT" not in statement:
        return None
    read = "SELECT seq FROM sqlite_sequence WHERE name = ?"
    last: int = op.get_bind().exec_driver_sql(read, (table,)).scalar() or 0
    return last


def _postgresql(definition: str) -> str:
    definition = re.sub(r"\bDATETIME\b", "TIMESTAMP WITH TIME ZONE", definition)
    definition = re.sub(r"\bTEXT\b", 'TEXT COLLATE "C"', definition)
    return definition.replace(" FLOAT", " DOUBLE PRECISION")


def _rebuild(
    table: str,
    columns: Sequence[Added],
    constraints: Mapping[str, str],
    checks: Mapping[str, str],
    *,
    body_of: Callable[[str], str] = lambda body: body,
) -> None:
    bind = op.get_bind()
    read = "SELECT sql FROM sqlite_master WHERE tbl_name = ? AND type = ? AND sql IS NOT NULL"
    statement = bind.exec_driver_sql(read, (table, "table")).scalar_one()
    kept = bind.exec_driver_sql(read, (table, "index")).scalars().all()
    kept += bind.exec_driver_sql(read, (table, "trigger")).scalars().all()
    before = [f'"{row[1]}"' for row in bind.exec_driver_sql(f"PRAGMA table_info({table})")]
    last_key = _last_key(table, statement)
    body = body_of(statement[statement.index("(") + 1 : statement.rindex(")")].rstrip())
    for name, words in checks.items():
        body, found = re.subn(
            rf"CONSTRAINT {name} CHECK \((?:[^()]|\([^()]*\))*\)",
            f"CONSTRAINT {name} {words}".replace("\\", r"\\"),
            body,
        )
        if found != 1:
            raise RuntimeError(f"{table} has no constraint {name}")
    added = [column.definition for column in columns]
    added += [f"CONSTRAINT {name} {words}" for name, words in constraints.items()]
    parts = _columns_first(body, added, len(columns))
    bind.exec_driver_sql(f"CREATE TABLE {table}__new ({parts})")
    names = ", ".join([*before, *(column.name for column in columns)])
    values = ", ".join([*before, *(column.default or "NULL" for column in columns)])
    bind.exec_driver_sql(f"INSERT INTO {table}__new ({names}) SELECT {values} FROM {table}")
    bind.exec_driver_sql(f"DROP TABLE {table}")
    # Without it SQLite would write the new name into the references of other tables.
    bind.exec_driver_sql("PRAGMA legacy_alter_table = ON")
    bind.exec_driver_sql(f"ALTER TABLE {table}__new RENAME TO {table}")
    bind.exec_driver_sql("PRAGMA legacy_alter_table = OFF")
    if last_key is not None:
        _keep_last_key(table, last_key)
    for one in kept:
        bind.exec_driver_sql(one)


def _columns_first(body: str, added: Sequence[str], columns: int) -> str:
    """SQLite wants all columns before the first table constraint."""
    found = re.search(r",\s*(CONSTRAINT|PRIMARY KEY|FOREIGN KEY|UNIQUE|CHECK)\b", body)
    place = found.start() if found else len(body)
    head, tail = body[:place], body[place:]
    more = "".join(f", {one}" for one in added[:columns])
    last = "".join(f", {one}" for one in added[columns:])
    return head + more + tail + last
