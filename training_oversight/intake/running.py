"""Reading a list to its last row, writing it, taking it back, in as many transactions as it takes.

For a page, where the list is short, and for an errand or a command, where it is long. Killed
anywhere and begun again it ends in the same state.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from training_oversight.accounts.models import Division, Officer
from training_oversight.accounts.permissions import Permission
from training_oversight.database import current_session, transaction
from training_oversight.errors import Blocked, StaleForm
from training_oversight.intake import confirming, part_queries, queries, reading, undoing
from training_oversight.intake.confirming import RowsDone
from training_oversight.intake.later_queries import in_turn
from training_oversight.intake.models import ImportBatch
from training_oversight.intake.queries import Ground
from training_oversight.intake.touched_queries import Touched, touched
from training_oversight.intake.workflow import ImportState, RowOutcome
from training_oversight.law.wording import Joined
from training_oversight.spreadsheets import Table
from training_oversight.texts import Text
from training_oversight.workflow import authorise

MOST_NAMED = 50
# (rows dealt with, rows still to be dealt with; for reading: all rows), with each part.
Told = Callable[[int, int], None]


def read_list(
    batch_id: int,
    table: Table,
    *,
    by: Officer,
    today: date,
    wanted: Callable[[], ImportBatch | None],
    told: Told = lambda _done, _all: None,
) -> int | None:
    """Keep the rows of a list whose columns are settled; how many there are.

    What was kept before is replaced. ``wanted`` finds the list as long as it waits for this
    reading, and holds it; nothing is returned as soon as it does not. ``told`` hears how many
    rows are kept, and of how many.
    """
    session = current_session()
    known = queries.batch(session, batch_id, scope=by.scope)
    authorise(by, known, Permission.IMPORT_REGISTRY)
    division = session.get_one(Division, known.division_id)
    ground = queries.ground(session, division, scope=by.scope, today=today)
    # Every transaction forgets what was read before it; these are needed to the end.
    session.expunge_all()
    with transaction() as session:
        batch = wanted()
        if batch is None:
            return None
        columns, words, manner = reading.fields_of(batch.mapping), batch.words, batch.manner
        reading.forget(session, batch)
    tallies, done = Counter[str](), 0
    session = current_session()
    above = reading.values_above(session, batch_id)
    told(0, table.count)
    parts = reading.judged(
        *(session, table.rows(), columns, ground),
        words=words,
        manner=manner,
        ahead=table.rows(),
        above=above,
    )
    for rows in parts:
        with transaction() as session:
            if wanted() is None:
                return None
            tallies += reading.keep(session, batch_id, rows)
        done += len(rows)
        told(done, table.count)
    with transaction() as session:
        batch = wanted()
        if batch is None:
            return None
        reading.finished(session, batch, table, tallies, by=by)
    return done


def write_list(
    batch_id: int, *, by: Officer, today: date, told: Told = lambda _done, _left: None
) -> dict[RowOutcome, int]:
    """Write what is not written yet; how many rows came to which end.

    Raises ``WrongState`` for a list that nobody confirmed or that is finished.
    """
    session = current_session()
    batch = queries.batch(session, batch_id, scope=by.scope)
    division = session.get_one(Division, batch.division_id)
    ground = queries.ground(session, division, scope=by.scope, today=today)
    done, left = part_queries.how_far(session, batch_id)
    part: RowsDone | None = RowsDone(0, 0)
    while part:
        told(done, left)
        part = _write_some(batch, ground, by=by, after=part.last)
        if part:
            done, left = done + part.rows, left - part.rows
    return queries.counts(session, batch_id)


def undo_list(
    batch_id: int, *, by: Officer, today: date, told: Told = lambda _done, _left: None
) -> dict[str, int]:
    """Take a list back, or go on doing so; how many rows were taken back and left as they are.

    Raises ``Blocked`` with the institutions that were touched since; then nothing is changed.
    """
    session = current_session()
    batch = queries.batch(session, batch_id, scope=by.scope)
    done, left = 0, sum(part_queries.to_undo(session, batch_id).values())
    if batch.state is not ImportState.UNDOING:
        found = in_the_way(session, batch, told=lambda: told(0, left))
        if found:
            refuse(batch, found)
        with transaction() as session:
            undoing.begin(session, batch, by=by)
    part: RowsDone | None = RowsDone(0, 0)
    while part:
        told(done, left)
        with transaction() as session:
            part = undoing.undo_some(session, batch, by=by, today=today)
        if part:
            done, left = done + part.rows, left - part.rows
    return part_queries.taken_back(session, batch_id)


def in_the_way(
    session: Session, batch: ImportBatch, *, told: Callable[[], None] = lambda: None
) -> list[Touched]:
    """The institutions of a list that were touched since, the first of them if they are many."""
    found: list[Touched] = []
    for rows in part_queries.parts_to_undo(session, batch.id, at_most=undoing.AT_ONCE):
        found += touched(session, batch, rows)
        if len(found) >= MOST_NAMED:
            break
        told()
    return found[:MOST_NAMED]


def refuse(batch: ImportBatch, found: Sequence[Touched]) -> None:
    """Raises ``Blocked``, unless it was somebody else who takes the list back: ``WrongState``."""
    with transaction() as session:
        undoing.check(session, batch)
    raise Blocked(refusal(found))


def refusal(found: Sequence[Touched]) -> Text:
    if all(one.later for one in found):
        return Text(
            "Not taken back: institutions of this list have been changed since by lists that were "
            "written later (%(lists)s). Take those back first, the latest before the others.",
            lists=Joined([one.name for one in in_turn(one.later for one in found)]),
        )
    names = Joined([one.name for one in found[:5]])
    if len(found) < MOST_NAMED:
        return Text(
            "Not taken back: %(count)s institutions of this list have been dealt with since "
            "(%(names)s …).",
            count=len(found),
            names=names,
        )
    return Text(
        "Not taken back: many institutions of this list have been dealt with since (%(names)s …).",
        names=names,
    )


def _write_some(batch: ImportBatch, ground: Ground, *, by: Officer, after: int) -> RowsDone | None:
    try:
        with transaction() as session:
            return confirming.write_some(session, batch, ground, by=by, after=after)
    except IntegrityError as error:
        raise StaleForm(
            Text(
                "Not all rows are written: somebody registered one of these just now. Go on "
                "writing; what is written stays."
            )
        ) from error
