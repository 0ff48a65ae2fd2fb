"""Columns of the institution that follow from its other records, kept by the database.

A list is paged by stored values with an index, and these values change in many places:
a paper is recorded, imported, taken back, moved when two records are joined. A trigger
stands below all of them. See docs/decisions: sort columns are kept by the database.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy import event

from training_oversight.registry.models.institutions import Licence


@dataclass(frozen=True)
class LargestValue:
    """A column of the institution that is the largest value among its rows of ``table``.

    ``value`` and ``counts`` are SQL over one row, ``least`` in them is the smaller of two;
    ``none`` stands for no such row.
    """

    column: str
    table: str
    value: str
    none: str
    counts: str
    watched: Sequence[str]

    def sqlite(self) -> Iterator[str]:
        for moment, keys in (
            ("INSERT", ("NEW",)),
            (f"UPDATE OF {', '.join(self.watched)}", ("OLD", "NEW")),
            ("DELETE", ("OLD",)),
        ):
            name = f"{self.table}_{self.column}_{moment.split()[0].lower()}"
            updates = " ".join(
                f"{self._update(f'{key}.institution_id', least='min', utc='')};" for key in keys
            )
            yield f"CREATE TRIGGER {name} AFTER {moment} ON {self.table} BEGIN {updates} END"

    def postgresql(self) -> Iterator[str]:
        """The institution's row is locked first: what waited for it then sees all the rows."""
        name = f"{self.table}_{self.column}"
        yield (
            f"CREATE FUNCTION {name}_of(place integer) RETURNS void LANGUAGE plpgsql AS $$ BEGIN "
            "PERFORM 1 FROM institution WHERE id = place FOR NO KEY UPDATE; "
            f"{self._update('place', least='least', utc='Z')}; END $$"
        )
        yield (
            f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            f"IF TG_OP <> 'INSERT' THEN PERFORM {name}_of(OLD.institution_id); END IF; "
            f"IF TG_OP <> 'DELETE' THEN PERFORM {name}_of(NEW.institution_id); END IF; "
            "RETURN NULL; END $$"
        )
        yield (
            f"CREATE TRIGGER {name} AFTER INSERT OR DELETE OR UPDATE OF {', '.join(self.watched)} "
            f"ON {self.table} FOR EACH ROW EXECUTE FUNCTION {name}()"
        )

    def dropping(self) -> Iterator[str]:
        name = f"{self.table}_{self.column}"
        yield f"DROP FUNCTION IF EXISTS {name}()"
        yield f"DROP FUNCTION IF EXISTS {name}_of(integer)"

    def _update(self, key: str, *, least: str, utc: str) -> str:
        value = self.value.replace("least(", f"{least}(")
        none = self.none.replace("Z'", f"{utc}'")
        largest = (
            f"SELECT max({value}) FROM {self.table} WHERE institution_id = {key} AND {self.counts}"
        )
        return (
            f"UPDATE institution SET {self.column} = coalesce(({largest}), {none}) WHERE id = {key}"
        )


def keep(kept: LargestValue, table: sa.FromClause) -> None:
    """Let the database keep the column from the moment that the table is there."""
    for statement in kept.sqlite():
        event.listen(table, "after_create", sa.DDL(statement).execute_if(dialect="sqlite"))
    for statement in kept.postgresql():
        event.listen(table, "after_create", sa.DDL(statement).execute_if(dialect="postgresql"))
    for statement in kept.dropping():
        event.listen(table, "after_drop", sa.DDL(statement).execute_if(dialect="postgresql"))


# The last end of the papers that allow training: of each what comes first, its date or its
# revocation. Without one, and for one that never ends, the end of time.
SORT_LICENCE = LargestValue(
    column="sort_licence",
    table="licence",
    value="least(coalesce(valid_until, '9999-12-31'), coalesce(ended_on, '9999-12-31'))",
    none="'9999-12-31'",
    counts="type IN ('school', 'training')",
    watched=("institution_id", "type", "valid_until", "ended_on"),
)
keep(SORT_LICENCE, Licence.__table__)
