"""Tables to which rows can only be added: the database itself refuses the rest."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import sqlalchemy as sa
from sqlalchemy import event

REFUSAL = "history is append-only"


def append_only(table: sa.Table, *, unique: Sequence[Sequence[str]]) -> None:
    """Let the database refuse to change or delete rows of the table, whoever asks for it.

    ``unique``: columns by which a row may stand for an older one. SQLite deletes the older row
    without a word to the triggers of deletion when it is told to INSERT OR REPLACE.
    """
    for dialect, statements in (
        ("sqlite", _sqlite(table.name, unique)),
        ("postgresql", _postgresql(table.name)),
    ):
        for statement in statements:
            event.listen(table, "after_create", sa.DDL(statement).execute_if(dialect=dialect))
    drop = sa.DDL(f"DROP FUNCTION IF EXISTS {table.name}_append_only()")
    event.listen(table, "after_drop", drop.execute_if(dialect="postgresql"))


def _sqlite(name: str, unique: Sequence[Sequence[str]]) -> Iterator[str]:
    refuse = f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
    for verb in ("UPDATE", "DELETE"):
        yield f"CREATE TRIGGER {name}_no_{verb.lower()} BEFORE {verb} ON {name} {refuse}"
    there = " OR ".join(
        f"EXISTS (SELECT 1 FROM {name} WHERE "
        + " AND ".join(f"{column} = NEW.{column}" for column in columns)
        + ")"
        for columns in unique
    )
    yield f"CREATE TRIGGER {name}_no_replace BEFORE INSERT ON {name} WHEN {there} {refuse}"


def _postgresql(name: str) -> Iterator[str]:
    yield (
        f"CREATE FUNCTION {name}_append_only() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{REFUSAL}'; END $$"
    )
    yield (
        f"CREATE TRIGGER {name}_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON {name} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION {name}_append_only()"
    )
