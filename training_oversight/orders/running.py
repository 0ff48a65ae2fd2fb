"""A whole list in parts, each in a transaction of its own: cut off, it is sent again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import islice

from training_oversight.accounts.models import Division, Officer
from training_oversight.database import current_session, transaction
from training_oversight.intake import queries as intake
from training_oversight.orders import judging, rows, service
from training_oversight.orders.judging import Earlier
from training_oversight.orders.tallying import Tally
from training_oversight.spreadsheets import Row

AT_ONCE = 200


def tried(
    lines: Iterable[Row], columns: Mapping[str, int], place: Division, *, by: Officer, today: date
) -> Tally:
    """What would happen; nothing is written."""
    session, tally, earlier = current_session(), Tally(), Earlier()
    ground = intake.ground(session, place, scope=by.scope, today=today)
    for part in _parts(lines):
        read = [rows.read(line, columns, ground) for line in part]
        tally.add(judging.judge(session, read, ground, earlier, today=today))
    return tally


def written(
    lines: Iterable[Row], columns: Mapping[str, int], place: Division, *, by: Officer, today: date
) -> Tally:
    """Take the list over. What a part has written stays, whatever becomes of the next."""
    tally, earlier = Tally(), Earlier()
    for part in _parts(lines):
        with transaction() as session:
            ground = intake.ground(session, place, scope=by.scope, today=today)
            read = [rows.read(line, columns, ground) for line in part]
            tally.add(service.take_over(session, read, ground, earlier, by=by, today=today))
    return tally


def _parts(lines: Iterable[Row]) -> Iterator[list[Row]]:
    left = iter(lines)
    while part := list(islice(left, AT_ONCE)):
        yield part
