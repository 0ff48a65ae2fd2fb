"""Long lists are written and taken back as errands; short ones at once, in the request."""

from __future__ import annotations

from sqlalchemy.orm import Session

from training_oversight.accounts.models import Officer
from training_oversight.accounts.permissions import Permission
from training_oversight.database import current_session
from training_oversight.errands import service as errands
from training_oversight.errands.kinds import ErrandKind, ErrandResult, Work, declare
from training_oversight.errands.models import Errand
from training_oversight.errands.workflow import UNDER_WAY
from training_oversight.errors import WrongState
from training_oversight.intake import part_queries, progress, queries, running
from training_oversight.intake.models import ImportBatch
from training_oversight.intake.workflow import ImportState
from training_oversight.texts import Text
from training_oversight.workflow import authorise

# Rows beyond which nobody waits for the answer of a page.
AT_ONCE = 2_000


def _is_done(work: Work, state: ImportState) -> bool:
    """Whether this errand had come to its end when it was cut off: only its word is missing."""
    batch = queries.batch(current_session(), work.params["batch"], scope=work.by.scope)
    return batch.state is state and batch.errand_id == work.errand_id


def _write(work: Work) -> ErrandResult:
    batch_id: int = work.params["batch"]
    if _is_done(work, ImportState.CONFIRMED):
        counts = queries.counts(current_session(), batch_id)
        return ErrandResult(progress.written(counts), address=address_of(batch_id))
    counts = running.write_list(
        batch_id,
        by=work.by,
        today=work.today,
        told=lambda done, left: work.progress(done, done + left),
    )
    return ErrandResult(progress.written(counts), address=address_of(batch_id))


def _undo(work: Work) -> ErrandResult:
    batch_id: int = work.params["batch"]
    if _is_done(work, ImportState.UNDONE):
        left = part_queries.taken_back(current_session(), batch_id)
        return ErrandResult(progress.taken_back(left), address=address_of(batch_id))
    counts = running.undo_list(
        batch_id,
        by=work.by,
        today=work.today,
        told=lambda done, left: work.progress(done, done + left),
    )
    return ErrandResult(progress.taken_back(counts), address=address_of(batch_id))


STAYS = Text("What is done so far stays. On the page of the list you can go on or take it back.")
WRITE = declare(
    ErrandKind(
        "registry.import.write",
        Text("Write a list to the register"),
        Permission.IMPORT_REGISTRY,
        _write,
        doing=progress.writing,
        if_stopped=STAYS,
    )
)
UNDO = declare(
    ErrandKind(
        "registry.import.undo",
        Text("Take a list back"),
        Permission.IMPORT_REGISTRY,
        _undo,
        doing=progress.undoing,
        if_stopped=STAYS,
    )
)


def address_of(batch_id: int) -> str:
    """The page of a list; an errand runs where no request says what addresses are called."""
    return f"/institutions/import/{batch_id}"


def hand_over(session: Session, batch: ImportBatch, kind: ErrandKind, *, by: Officer) -> None:
    """Have it done as an errand."""
    authorise(by, batch, Permission.IMPORT_REGISTRY)
    errand = errands.ask(session, kind, params={"batch": batch.id}, by=by)
    batch.errand_id = errand.id


def last_errand(session: Session, batch: ImportBatch) -> Errand | None:
    """The errand that works on the list, or the last one that did."""
    return session.get(Errand, batch.errand_id) if batch.errand_id else None


def check_free(session: Session, batch: ImportBatch) -> None:
    """Raises ``WrongState`` while an errand works on the list."""
    last = last_errand(session, batch)
    if last is not None and last.state in UNDER_WAY:
        raise WrongState(Text("This list is being worked on already; its page says how far it is."))


def is_long(session: Session, batch: ImportBatch) -> bool:
    """Whether what is left to do of the list takes longer than one waits for a page."""
    if batch.state is ImportState.UNDOING:
        return is_long_to_undo(session, batch)
    return part_queries.how_far(session, batch.id)[1] > AT_ONCE


def is_long_to_undo(session: Session, batch: ImportBatch) -> bool:
    return sum(part_queries.to_undo(session, batch.id).values()) > AT_ONCE
