"""Taking the register out: the rows, and the line in the history that somebody did."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from operator import attrgetter

from sqlalchemy.orm import Session

from training_oversight import audit
from training_oversight.accounts.models import Authority, Officer
from training_oversight.accounts.permissions import Permission
from training_oversight.audit import EventType
from training_oversight.exports import queries
from training_oversight.exports.layouts import Arrangement
from training_oversight.registry.cells import Showing, Words, showing
from training_oversight.registry.fields import (
    OWN_COLUMNS,
    PAPER_COLUMNS,
    PLACE_COLUMNS,
    PROTECTED,
)
from training_oversight.registry.models import Institution, Licence, Venue
from training_oversight.registry.queries import paper_meant
from training_oversight.texts import Text
from training_oversight.workflow import authorise

EXPORTED = EventType.declare(
    "registry.exported", Text("Register exported"), ["rows", "phones", "filter", "columns"]
)
PART = 500
Heard = Callable[[int, int], None]
# Of which of the three records, what of it, and how it is shown.
Maker = tuple[int, Callable[[object], object], Showing]


@dataclass(frozen=True)
class Order:
    """Rows by their keys, and the columns in which they go out."""

    keys: array[int]
    arrangement: Arrangement
    words: Words


def rows(session: Session, order: Order, *, heard: Heard) -> Iterator[list[object]]:
    """The rows of the file, read in parts. ``heard(done, total)`` after each part."""
    line = _line(order)
    for first in range(0, len(order.keys), PART):
        keys = order.keys[first : first + PART].tolist()
        institutions, venues, papers = queries.part(session, keys, set(order.arrangement.fields))
        yield from [
            line(institutions[key], venues.get(key), paper_meant(papers.get(key, ())))
            for key in keys
            if key in institutions
        ]
        heard(first + len(keys), len(order.keys))


def _line(order: Order) -> Callable[[Institution, Venue | None, Licence | None], list[object]]:
    """A function that makes one row of an institution, its main venue and the paper that counts."""
    makers: dict[str, Maker] = {}
    for source, columns_of in enumerate((OWN_COLUMNS, PLACE_COLUMNS, PAPER_COLUMNS)):
        makers |= _makers(order, columns_of, source=source)
    columns = [makers[field] for field in order.arrangement.fields]

    def line(institution: Institution, venue: Venue | None, paper: Licence | None) -> list[object]:
        sources = (institution, venue, paper)
        cells: list[object] = []
        for source, value_of, show in columns:
            record = sources[source]
            value = None if record is None else value_of(record)
            cells.append("" if value is None else show(value))
        if order.arrangement.with_state:
            cells.append(institution.state)
        return cells

    return line


def _makers(order: Order, fields: dict[str, str], *, source: int) -> dict[str, Maker]:
    return {
        field: (source, attrgetter(column), showing(field, order.words))
        for field, column in fields.items()
    }


def holds_personal_data(arrangement: Arrangement) -> bool:
    return not PROTECTED.isdisjoint(arrangement.fields)


def taken_out(
    session: Session,
    authority: Authority,
    arrangement: Arrangement,
    *,
    rows: int,
    filter: str,
    by: Officer,
) -> None:
    """Record that somebody took the list out, and what was in it."""
    authorise(by, by, Permission.EXPORT_REGISTRY)
    audit.record(
        session,
        authority,
        EXPORTED,
        by=by,
        rows=rows,
        phones=holds_personal_data(arrangement),
        filter=filter,
        columns=list(arrangement.fields),
    )
