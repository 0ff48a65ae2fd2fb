"""Reading a long list: an errand that may be broken off and begun again."""

from __future__ import annotations

from collections import Counter

import flask

from training_oversight.accounts.models import Division
from training_oversight.accounts.permissions import Permission
from training_oversight.database import current_session, transaction
from training_oversight.errands.kinds import Done, ErrandKind, Work, declare
from training_oversight.registry.importing import queries, reading, uploading
from training_oversight.registry.importing.queries import Ground
from training_oversight.registry.importing.tallying import tallied
from training_oversight.registry.models import ImportBatch, ImportState
from training_oversight.spreadsheets import Table
from training_oversight.texts import Text

NOT_WANTED = Text("The list was read again or discarded meanwhile; nothing more was to be done.")


def read_list(work: Work) -> Done:
    """Read a list row by row. A second attempt begins anew: what was kept before is replaced."""
    batch_id, taken = work.params["batch"], work.params["taken"]
    with transaction() as session:
        batch = _wanted(work)
        if batch is None:
            return Done(NOT_WANTED)
        reading.forget(session, batch)
    table, columns, ground = _opened(work, batch, taken)
    tallies, done = Counter[str](), 0
    above = reading.values_above(current_session(), batch_id)
    work.progress(0, table.count)
    for rows in reading.judged(current_session(), table.rows(), columns, ground, above=above):
        with transaction() as session:
            if _wanted(work) is None:
                return Done(NOT_WANTED)
            reading.keep(session, batch_id, rows)
        tallied(tallies, rows)
        done += len(rows)
        work.progress(done)
    with transaction() as session:
        batch = _wanted(work)
        if batch is None:
            return Done(NOT_WANTED)
        reading.finished(session, batch, table, tallies, by=work.by)
    return Done(
        Text("%(count)s rows read. Nothing is written yet: look at them first.", count=f"{done:,}"),
        address=f"/institutions/import/{batch_id}",
    )


def _wanted(work: Work) -> ImportBatch | None:
    """The list, if it still waits for this errand."""
    batch = current_session().get_one(
        ImportBatch, work.params["batch"], populate_existing=True, with_for_update=True
    )
    waits = batch.state is ImportState.READING and batch.errand_id == work.errand_id
    return batch if waits else None


def _opened(
    work: Work, batch: ImportBatch, taken: list[int]
) -> tuple[Table, dict[str, int], Ground]:
    session = current_session()
    division = session.get_one(Division, batch.division_id)
    ground = queries.ground(session, division, scope=work.by.scope, today=work.today)
    path = uploading.path_of(batch, flask.current_app.config["DATA_DIR"])
    table = reading.table_of(
        path, batch, sheet=batch.sheet, header_row=batch.header_row, taken=taken
    )
    columns = reading.fields_of(batch.mapping)
    # Every transaction forgets what was read before it; these are needed to the end.
    session.expunge_all()
    return table, columns, ground


def _doing(done: int, total: int | None) -> Text:
    if total is None:
        return Text("The list is being opened.")
    return Text(
        "The list is being read, %(done)s of %(total)s rows.", done=f"{done:,}", total=f"{total:,}"
    )


READ_LIST = declare(
    ErrandKind(
        code="registry.import.read",
        label=Text("Read a list"),
        permission=Permission.IMPORT_REGISTRY,
        run=read_list,
        doing=_doing,
        if_stopped=Text("Nothing has been written; the list can be read again or discarded."),
    )
)
