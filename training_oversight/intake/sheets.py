"""The sheets of one file: each is read as a list of its own, and the file is sent once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from training_oversight import audit, database
from training_oversight.accounts.models import Officer, Scope
from training_oversight.accounts.permissions import Permission
from training_oversight.audit import EventType
from training_oversight.errors import BadInput
from training_oversight.intake.models import ImportBatch
from training_oversight.intake.workflow import IMPORT_WORKFLOW, UNDECIDED, ImportState
from training_oversight.texts import Text
from training_oversight.workflow import authorise

TAKEN = EventType.declare("import.sheet", Text("Another sheet of the same file"), ["sheet"])
# A list that was taken back says no more of its sheet than none.
OVER = IMPORT_WORKFLOW.ends


@dataclass(frozen=True)
class OneSheet:
    """A sheet with something in it, and the list that reads it, if there is one."""

    name: str
    rows: int
    batch: ImportBatch | None

    @property
    def is_free(self) -> bool:
        return self.batch is None or self.batch.state in OVER


def of(session: Session, batch: ImportBatch, *, scope: Scope) -> list[OneSheet]:
    """The sheets of a list's file; none if it has only one or is not kept any more."""
    if batch.file_sha256 is None or len(batch.sheets) < 2:  # noqa: PLR2004
        return []
    lists = readers(session, batch, scope=scope)
    return [OneSheet(name, rows, lists.get(name)) for name, rows in batch.sheets]


def readers(session: Session, batch: ImportBatch, *, scope: Scope) -> Mapping[str, ImportBatch]:
    """Sheet -> the list that reads it: one that was not taken back before one that was."""
    lists = session.scalars(_of_file(batch).where(scope.clause(ImportBatch.division_path)))
    found: dict[str, ImportBatch] = {}
    for one in sorted(lists, key=lambda one: (one.state not in OVER, one.id)):
        found[one.sheet] = one
    return found


def _of_file(batch: ImportBatch) -> sa.Select[ImportBatch]:
    return sa.select(ImportBatch).where(
        ImportBatch.file_sha256 == batch.file_sha256,
        ImportBatch.authority_id == batch.authority_id,
        ImportBatch.sheet != "",
    )


def take(session: Session, batch: ImportBatch, name: str, *, by: Officer) -> ImportBatch:
    """Begin a list of its own for a sheet of the same file, or find the one that reads it."""
    authorise(by, batch, Permission.IMPORT_REGISTRY)
    # Pressed twice, or on the pages of two lists of the file, at once: one waits for the other,
    # in the order of their keys, so that they do not wait for each other.
    session.execute(_of_file(batch).order_by(ImportBatch.id).with_for_update()).all()
    database.locked(session, batch)
    sheet = next((one for one in of(session, batch, scope=by.scope) if one.name == name), None)
    if sheet is None:
        raise BadInput(Text("The file of this list is not kept any more, or has no such sheet."))
    if sheet.batch is not None and not sheet.is_free:
        return sheet.batch
    begun = _begun(session, batch, name, by=by)
    session.add(begun)
    audit.record(session, begun, TAKEN, by=by, sheet=name)
    return begun


def _begun(session: Session, batch: ImportBatch, name: str, *, by: Officer) -> ImportBatch:
    lists = session.scalars(_of_file(batch)).all()
    stays = any(one.state not in UNDECIDED for one in lists)
    return ImportBatch(
        authority_id=batch.authority_id,
        division_id=batch.division_id,
        division_path=batch.division_path,
        filename=batch.filename,
        file_sha256=batch.file_sha256,
        sheets=batch.sheets,
        sheet=name,
        sender=batch.sender,
        state=ImportState.UPLOADED,
        header=[],
        unknown_columns=[],
        uploaded_by_id=by.id,
        # As long as nothing of a file was decided, its last day is that of its arrival.
        uploaded_at=database.instant(session) if stays else batch.uploaded_at,
    )
