"""Where a browser gets a file: each area says it for the records that it owns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from flask import current_app

from training_oversight.accounts.guard import current_officer
from training_oversight.accounts.permissions import Permission
from training_oversight.files.models import Attachment
from training_oversight.texts import Text
from training_oversight.web.contributions import contributions
from training_oversight.web.listings import Contribution


@dataclass(frozen=True)
class EvidenceAddress(Contribution):
    """Where a browser gets a file of records of this kind.

    ``endpoint`` sends it; ``record`` and ``file`` are the names of the keys in its address. Who
    holds any of the ``permissions`` sees a link. ``label`` says in words what kind of record the
    file belongs to, ``parts`` (table -> words) to which of its rows.
    """

    kind: str
    endpoint: str
    record: str
    permissions: tuple[Permission, ...]
    label: Text
    parts: Mapping[str, Text] = field(default_factory=dict)
    file: str = "attachment_id"


def file_url(attachment: Attachment) -> str | None:
    """Nothing where the reader may not open the records of that kind."""
    address = _address(attachment)
    if address is None or not current_officer().may_any(address.permissions):
        return None
    parts = {address.record: attachment.subject_id, address.file: attachment.id}
    return current_app.url_for(address.endpoint, **parts)  # type: ignore[arg-type]


def belongs_to(attachment: Attachment) -> Text | None:
    """What the file is evidence of: the visit, the problem, the report, the re-check."""
    address = _address(attachment)
    if address is None:
        return None
    return address.parts.get(attachment.part_kind or "", address.label)


def _address(attachment: Attachment) -> EvidenceAddress | None:
    known = contributions().every(EvidenceAddress)
    return next((one for one in known if one.kind == attachment.subject_kind), None)
