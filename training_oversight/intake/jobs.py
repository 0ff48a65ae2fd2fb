"""Reading a long list: an errand that may be broken off and begun again."""

from __future__ import annotations

import flask
from sqlalchemy.orm import Session

from training_oversight.accounts.permissions import Permission
from training_oversight.database import current_session, transaction
from training_oversight.errands.kinds import ErrandKind, ErrandResult, Work, declare
from training_oversight.intake import progress, queries, reading, running, uploading
from training_oversight.intake.models import ImportBatch
from training_oversight.intake.workflow import ImportState
from training_oversight.spreadsheets import Table
from training_oversight.texts import Counted, Text

NOT_WANTED = Text("The list was read again or discarded meanwhile; nothing more was to be done.")


def read_list(work: Work) -> ErrandResult:
    """Read a list row by row. A second attempt begins anew: what was kept before is replaced."""
    with transaction() as session:
        batch, read = _wanted(work), _read_before(session, work)
    if read is not None:
        return _told(read, work)
    if batch is None:
        return ErrandResult(NOT_WANTED)
    count = running.read_list(
        batch.id,
        _table(work, batch),
        by=work.by,
        today=work.today,
        wanted=lambda: _wanted(work),
        told=work.progress,
    )
    if count is None:
        return ErrandResult(NOT_WANTED)
    return _told(count, work)


def _told(count: int, work: Work) -> ErrandResult:
    return ErrandResult(
        Counted(
            "%(count)s row read. Nothing is written yet: look at it first.",
            "%(count)s rows read. Nothing is written yet: look at them first.",
            count=f"{count:,}",
        ),
        address=f"/institutions/import/{work.params['batch']}",
    )


def _read_before(session: Session, work: Work) -> int | None:
    """How many rows this errand had read when it was cut off before it could say so."""
    batch = queries.held(session, work.params["batch"])
    if batch.state is not ImportState.PREVIEWED or batch.errand_id != work.errand_id:
        return None
    return batch.row_count


def _wanted(work: Work) -> ImportBatch | None:
    """The list, if it still waits for this errand."""
    batch = queries.held(current_session(), work.params["batch"])
    waits = batch.state is ImportState.READING and batch.errand_id == work.errand_id
    return batch if waits else None


def _table(work: Work, batch: ImportBatch) -> Table:
    path = uploading.path_of(batch, flask.current_app.config["DATA_DIR"])
    return reading.table_of(
        path, batch, sheet=batch.sheet, header_row=batch.header_row, taken=work.params["taken"]
    )


READ_LIST = declare(
    ErrandKind(
        code="registry.import.read",
        label=Text("Read a list"),
        permission=Permission.IMPORT_REGISTRY,
        run=read_list,
        doing=progress.reading,
        if_stopped=Text("Nothing has been written; the list can be read again or discarded."),
    )
)
