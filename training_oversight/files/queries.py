"""Reading evidence: the files of a page's records in one query, and what they came with."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import sqlalchemy as sa
from sqlalchemy.orm import Session

from training_oversight.accounts.models import Scope
from training_oversight.files.models import Attachment


class Keyed(Protocol):
    """A row that files may hang under, or come with."""

    __tablename__: str

    @property
    def id(self) -> int: ...


@dataclass(frozen=True)
class Evidence:
    """Files in the order in which they came."""

    files: Sequence[Attachment] = ()

    def of(self, record: Keyed | None) -> list[Attachment]:
        """What hangs under the record itself."""
        return [one for one in self._under(record) if one.part_id is None]

    def all_of(self, record: Keyed) -> list[Attachment]:
        """What hangs under the record, with whichever of its rows it came."""
        return self._under(record)

    def came_with(self, part: Keyed) -> list[Attachment]:
        """What came with this row of a record: this report, this re-check."""
        wanted = (part.__tablename__, part.id)
        return [one for one in self.files if (one.part_kind, one.part_id) == wanted]

    def _under(self, record: Keyed | None) -> list[Attachment]:
        if record is None:
            return []
        wanted = (record.__tablename__, record.id)
        return [one for one in self.files if (one.subject_kind, one.subject_id) == wanted]


def evidence(session: Session, records: Mapping[str, Collection[int]], scope: Scope) -> Evidence:
    """The files of records, table -> keys, as far as they lie within the scope."""
    asked = [
        sa.and_(Attachment.subject_kind == kind, Attachment.subject_id.in_(keys))
        for kind, keys in records.items()
        if keys
    ]
    if not asked:
        return Evidence()
    return Evidence(
        session.scalars(
            sa.select(Attachment)
            .where(sa.or_(*asked), scope.clause(Attachment.division_path))
            .order_by(Attachment.id)
        ).all()
    )
