"""The history of many rows, gathered while they are entered and written when all of them are."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from training_oversight.audit import EventType
from training_oversight.audit.bulk import Entry, Inserted
from training_oversight.audit.differences import beginnings, difference, snapshot
from training_oversight.database import Base
from training_oversight.intake.drafts import Draft, One, draft
from training_oversight.intake.matching import Judged
from training_oversight.intake.workflow import RowOutcome
from training_oversight.registry.models import Institution


@dataclass
class JournalLine:
    """Something that came to be, or what changed: a line of the history to come."""

    row: Judged
    record: Base | Draft
    kind: EventType
    note: str
    # Empty for what came to be.
    changes: dict[str, Any] | None = None

    def entry(self) -> Entry:
        """To be asked once the record is in its table."""
        record, changes = self.record, self.changes
        if isinstance(record, Draft):
            changes = beginnings(record.model, record.row)
            subject = Inserted(record.model, record.id)
            return Entry(subject, self.kind, changes, self.note, first=True)
        if changes is None:
            changes = difference({}, snapshot(record))
        return Entry(record, self.kind, changes, self.note, first=self.changes is None)


@dataclass
class Together:
    """The journal of many rows. ``row`` is the one that is being entered."""

    lines: list[JournalLine] = field(default_factory=list)
    # Of each row the institution whose words for the search are to be gathered, once at the end.
    sought: dict[int, Institution] = field(default_factory=dict)
    row: Judged | None = None

    def new(self, model: type[One], **values: object) -> One:
        assert self.row is not None
        if self.row.outcome is RowOutcome.NEW:
            return draft(model, **values)
        # It will hang on a record of the session.
        return model(**values)

    def created(self, record: Base, kind: EventType, *, note: str = "") -> None:
        assert self.row is not None
        self.lines.append(JournalLine(self.row, record, kind, note))

    def reworded(self, institution: Institution) -> None:
        assert self.row is not None
        self.sought[self.row.number] = institution

    @contextmanager
    def editing(self, record: Base, kind: EventType, *, note: str = "") -> Iterator[None]:
        assert self.row is not None
        before = snapshot(record)
        yield
        changes = difference(before, snapshot(record))
        if changes:
            self.lines.append(JournalLine(self.row, record, kind, note, changes))

    def forget(self, row: Judged) -> None:
        """Nothing came of this row."""
        self.lines = [line for line in self.lines if line.row is not row]
        self.sought.pop(row.number, None)
