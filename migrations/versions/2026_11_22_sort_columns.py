"""Lists sorted by the end of a licence and by the last visit: columns that triggers keep.

Revision ID: 2026_11_22_sort_columns
Revises: 2026_11_22_counted_and_renewed
"""

from __future__ import annotations

from collections.abc import Iterator

from alembic import op
from altering import Added, alter

revision = "2026_11_22_sort_columns"
down_revision = "2026_11_22_counted_and_renewed"
branch_labels = None
depends_on = None

ENDS = "least(coalesce(valid_until, '9999-12-31'), coalesce(ended_on, '9999-12-31'))"
# Column, table, what the largest is taken of, which rows count, which columns are watched.
KEPT = (
    (
        *("sort_licence", "licence", ENDS, "'9999-12-31'", "type IN ('school', 'training')"),
        "institution_id, type, valid_until, ended_on",
    ),
    (
        *("sort_visited", "visit", "happened_at", "'1900-01-01 00:00:00.000000Z'"),
        *("state = 'done' AND kind <> 'desk'", "institution_id, happened_at, state, kind"),
    ),
)


def upgrade() -> None:
    on_sqlite = op.get_bind().dialect.name == "sqlite"
    utc = "" if on_sqlite else "Z"
    alter(
        "institution",
        columns=[
            Added("sort_licence", "DATE", "'9999-12-31'", required=True),
            Added("sort_visited", "DATETIME", f"'1900-01-01 00:00:00.000000{utc}'", required=True),
        ],
    )
    op.drop_index("ix_institution_list", table_name="institution")
    for column, table, value, none, counts, watched in KEPT:
        largest = f"SELECT max({value}) FROM {table} WHERE institution_id = {{key}} AND {counts}"
        change = f"UPDATE institution SET {column} = coalesce(({largest}), {none})"
        triggers = _sqlite if on_sqlite else _postgresql
        change = change.replace("least(", "min(").replace("Z'", "'") if on_sqlite else change
        for statement in triggers(f"{table}_{column}", table, change, watched):
            op.execute(statement)
        op.execute(change.format(key="institution.id"))
    # After the rows are filled in: an index that is there already would be rewritten row by row.
    counted = ["division_path", "state", "withdrawn", "officer_in_charge_id"]
    op.create_index("ix_institution_count", "institution", counted)
    op.create_index("ix_institution_by_name", "institution", ["sort_key", "id"])
    op.create_index("ix_institution_by_licence", "institution", ["sort_licence", "id"])
    op.create_index("ix_institution_by_visit", "institution", ["sort_visited", "id"])


def _sqlite(name: str, table: str, change: str, watched: str) -> Iterator[str]:
    for moment, rows in (
        ("INSERT", ("NEW",)),
        (f"UPDATE OF {watched}", ("OLD", "NEW")),
        ("DELETE", ("OLD",)),
    ):
        keys = [f"{row}.institution_id" for row in rows]
        updates = " ".join(f"{change.format(key=key)} WHERE id = {key};" for key in keys)
        yield (
            f"CREATE TRIGGER {name}_{moment.split()[0].lower()} AFTER {moment} ON {table} "
            f"BEGIN {updates} END"
        )


def _postgresql(name: str, table: str, change: str, watched: str) -> Iterator[str]:
    yield (
        f"CREATE FUNCTION {name}_of(place integer) RETURNS void LANGUAGE plpgsql AS $$ BEGIN "
        "PERFORM 1 FROM institution WHERE id = place FOR NO KEY UPDATE; "
        f"{change.format(key='place')} WHERE id = place; END $$"
    )
    yield (
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF TG_OP <> 'INSERT' THEN PERFORM {name}_of(OLD.institution_id); END IF; "
        f"IF TG_OP <> 'DELETE' THEN PERFORM {name}_of(NEW.institution_id); END IF; "
        "RETURN NULL; END $$"
    )
    yield (
        f"CREATE TRIGGER {name} AFTER INSERT OR DELETE OR UPDATE OF {watched} "
        f"ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()"
    )
