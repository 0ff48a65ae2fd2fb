"""What the public form adds to pages of lower areas."""

from __future__ import annotations

from flask import url_for

from training_oversight.accounts.models import Officer
from training_oversight.accounts.permissions import Permission
from training_oversight.publication.entry_links import ReadersLink
from training_oversight.publication.models import PublicEntry
from training_oversight.registry.models import Institution
from training_oversight.telling import places
from training_oversight.texts import Text
from training_oversight.web.contributions import Action


def _of_entry(entry: PublicEntry | None, name: str) -> str:
    """Where a list names no record of ours, the name alone goes along."""
    if entry is None:
        return url_for("complaint_form.tell")
    if entry.subject_kind is None or entry.subject_id is None:
        return url_for("complaint_form.tell", place=name)
    return places.address(entry.subject_kind, entry.subject_id, shown=name)


TELL_US = ReadersLink(Text("Tell us"), _of_entry)
CODE: Action[Institution, Officer] = Action(
    Institution,
    Text("Code for parents to tell us"),
    Permission.VIEW_REGISTRY,
    url=lambda institution: url_for("telling.code", institution_id=institution.id),
    applies=lambda _institution, _officer: True,
    order=70,
)
