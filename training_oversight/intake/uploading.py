"""A list arrives, somebody says how its columns are read, or has it forgotten again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from training_oversight import audit, database
from training_oversight.accounts.models import Authority, Division, Officer
from training_oversight.accounts.permissions import Permission
from training_oversight.audit import EventType
from training_oversight.errands import service as errands
from training_oversight.errands.kinds import ErrandKind
from training_oversight.errands.models import Errand
from training_oversight.errors import BadInput
from training_oversight.files import service as files
from training_oversight.files import storage
from training_oversight.files.storage import Stored
from training_oversight.intake import reading, remembering
from training_oversight.intake.cleaning.taught import Words
from training_oversight.intake.guessing import INSTITUTIONS, Guess, How
from training_oversight.intake.manner import USUAL, Manner
from training_oversight.intake.matching import Judged
from training_oversight.intake.models import ImportBatch
from training_oversight.intake.readable import Readable
from training_oversight.intake.remembering import Sent
from training_oversight.intake.workflow import IMPORT_WORKFLOW, ImportState, ImportVerb, check_open
from training_oversight.spreadsheets import Found, Table
from training_oversight.texts import Text
from training_oversight.workflow import authorise, stepped

UPLOADED = EventType.declare("import.uploaded", Text("List uploaded"), ["rows"])
V, EVENTS = ImportVerb, IMPORT_WORKFLOW.events


@dataclass(frozen=True)
class Columns:
    """How a table is read: what an officer has agreed to."""

    table: Table
    # What each column was taken for, in their order, and the field that was chosen for it.
    guesses: Sequence[Guess]
    fields: Sequence[str]
    # Rows that the reader would have left out.
    taken: frozenset[int] = frozenset()
    # What was said of words that no closed choice knows; None for one that means nothing any more.
    said: Mapping[str, Mapping[str, str | None]] = field(default_factory=dict)
    # What was known of words before: it is read so, and not said anew.
    known: Words = field(default_factory=dict)
    manner: Manner = USUAL
    # Of what they were chosen.
    among: Readable = INSTITUTIONS
    # All of the file, the one that is read among them.
    sheets: Sequence[Found] = ()

    @property
    def mapping(self) -> dict[str, str]:
        return {str(place): field for place, field in enumerate(self.fields)}

    @property
    def words(self) -> Words:
        known, said = self.known, self.said
        return {
            name: remembering.meant({**known.get(name, {}), **said.get(name, {})})
            for name in {**known, **said}
        }

    @property
    def unread(self) -> list[str]:
        """The columns in which something stands that nobody will read."""
        pairs = zip(self.guesses, self.fields, strict=True)
        return [
            one.key
            for one, name in pairs
            if not name and one.samples and one.how not in (How.OURS, How.BESIDE)
        ]

    @property
    def to_remember(self) -> dict[str, str]:
        """What the officer settled. That of two columns one is not read is no habit."""
        pairs = zip(self.guesses, self.fields, strict=True)
        return {
            one.key: name for one, name in pairs if name or one.field or one.how is How.REMEMBERED
        }

    def check(self) -> None:
        """Raises ``BadInput`` when two columns say the same or none holds the names."""
        first: dict[str, Guess] = {}
        faults: dict[str, Text] = {}
        for one, name in zip(self.guesses, self.fields, strict=True):
            if name and first.setdefault(name, one) is not one:
                faults[f"column-{one.place}"] = Text(
                    "%(field)s is read from column %(letter)s already: one of the two is not read.",
                    field=self.among.by_field[name].label,
                    letter=first[name].letter,
                )
        if faults:
            raise BadInput(next(iter(faults.values())), faults)
        if "name" not in first:
            raise BadInput(Text("Say which column holds the names of the institutions."))


def upload(
    session: Session,
    stored: Stored,
    *,
    filename: str,
    division: Division,
    sender: str,
    by: Officer,
    authority: Authority | None = None,
) -> ImportBatch:
    """Keep a file that has been opened and found to be a table.

    ``authority``: whose register it is for, if not that of the officer.
    """
    authorise(by, division, Permission.IMPORT_REGISTRY)
    files.name(session, stored, filename)
    batch = ImportBatch(
        authority_id=(authority or by.authority).id,
        division_id=division.id,
        division_path=division.path,
        filename=filename,
        file_sha256=stored.sha256,
        sender=sender,
        state=ImportState.UPLOADED,
        header=[],
        unknown_columns=[],
        uploaded_by_id=by.id,
        uploaded_at=database.instant(session),
    )
    session.add(batch)
    audit.record(session, batch, UPLOADED, by=by)
    return batch


def read_now(
    session: Session,
    batch: ImportBatch,
    columns: Columns,
    rows: Sequence[Judged],
    *,
    by: Officer,
    version: int | None,
) -> None:
    """Keep the rows of a short list, which were judged before the transaction began."""
    authorise(by, batch, Permission.IMPORT_REGISTRY)
    _settle(session, batch, columns, by=by, version=version)
    tallies = reading.keep(session, batch.id, rows)
    reading.finished(session, batch, columns.table, tallies, by=by)


def read_later(
    session: Session,
    batch: ImportBatch,
    columns: Columns,
    *,
    by: Officer,
    version: int | None,
    kind: ErrandKind,
) -> Errand:
    """Put the reading of a long list into the queue."""
    authorise(by, batch, Permission.IMPORT_REGISTRY)
    _settle(session, batch, columns, by=by, version=version)
    params = {"batch": batch.id, "taken": sorted(columns.taken)}
    errand = errands.ask(session, kind, params=params, by=by)
    batch.errand_id = errand.id
    return errand


def read_here(session: Session, batch: ImportBatch, columns: Columns, *, by: Officer) -> None:
    """Begin to read a list of any length outside an errand: who does so waits for its end."""
    _settle(session, batch, columns, by=by, version=None)


def discard(session: Session, batch: ImportBatch, *, by: Officer, version: int | None) -> None:
    """Forget a list that was not confirmed; what was typed in it is deleted, its file, too."""
    authorise(by, batch, Permission.IMPORT_REGISTRY)
    database.locked(session, batch)
    check_open(batch)
    database.seen(batch, version)
    moved = stepped(batch, V.DISCARD, by=by)
    reading.forget(session, batch)
    sha256, batch.file_sha256 = batch.file_sha256, None
    batch.errand_id = None
    batch.left_out, batch.tallies = [], {}
    audit.record(session, batch, EVENTS[V.DISCARD], by=by, states=moved)
    if sha256 is not None:
        files.forget_unnamed(session, sha256)


def _settle(
    session: Session, batch: ImportBatch, columns: Columns, *, by: Officer, version: int | None
) -> None:
    database.locked(session, batch)
    check_open(batch)
    database.seen(batch, version)
    columns.check()
    moved = stepped(batch, V.SETTLE, by=by)
    batch.errand_id = None
    reading.forget(session, batch)
    table = columns.table
    batch.sheet, batch.header_row = table.name, table.header_row
    batch.mapping, batch.header = columns.mapping, list(table.written)
    batch.words = dict(columns.words)
    batch.datum, batch.apart = columns.manner.datum, columns.manner.apart
    batch.sheets = [[one.name, one.rows] for one in columns.sheets if one.rows]
    batch.unknown_columns = columns.unread
    # The same values as before are a new reading all the same.
    flag_modified(batch, "mapping")
    remembering.remember(session, batch, columns.to_remember, columns.said, manner=columns.manner)
    audit.record(session, batch, EVENTS[V.SETTLE], by=by, states=moved)


def as_read_before(sent: Sent, found: Sequence[Guess]) -> list[Guess]:
    """The columns as this very list was read before."""
    return [
        one
        if one.field == (field := sent.mapping.get(str(one.place), ""))
        else replace(one, field=field, how=How.REMEMBERED)
        for one in found
    ]


def path_of(sent: Sent, data_dir: Path) -> Path:
    """Where the file lies. Raises ``BadInput`` for a list that has none any more."""
    if sent.file_sha256 is None:
        raise BadInput(Text("The file of this list is not kept any more."))
    return storage.path_of(data_dir, sent.file_sha256)
