"""What a problem can come from: each area declares the sources that it knows.

A problem keeps the kind of its source and, where a record of ours stands behind it, that record's
key: a visit today, whatever an upper area keeps tomorrow. Who shows a problem asks here for the
words and the page, and need not know the area.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from flask import current_app

from training_oversight.accounts.models import Officer
from training_oversight.accounts.permissions import Permission
from training_oversight.declared import Declared
from training_oversight.errors import BadInput
from training_oversight.texts import Text

# Kept by the database beside its key, so that a problem of a visit is found from the visit.
VISIT: Final = "visit"


@dataclass(frozen=True, kw_only=True)
class SourcePage:
    """Where the record behind a problem is read, and by whom."""

    endpoint: str
    argument: str
    permission: Permission


@dataclass(frozen=True)
class FindingSource:
    """``kind`` is kept with the problem. With a ``page`` a record of ours stands behind it, and the
    problem keeps its key; without one somebody types the problem in and says where it comes from.
    """

    kind: str
    label: Text
    page: SourcePage | None = None


# The area that keeps the records declares it.
KNOWN: Declared[FindingSource] = Declared(lambda source: source.kind)
declare = KNOWN.declare


OF_VISITS: Final = declare(
    FindingSource(
        VISIT,
        Text("Inspection visit"),
        SourcePage(
            endpoint="inspections.show", argument="visit_id", permission=Permission.VIEW_VISITS
        ),
    )
)
for outside in (
    FindingSource("self_check", Text("Self-check")),
    FindingSource("document", Text("Document check")),
    FindingSource("leader", Text("Leader's instruction")),
    FindingSource("superior", Text("Assigned by a superior")),
    FindingSource("referral", Text("Referred by another department")),
    FindingSource("township", Text("Reported by a township")),
    FindingSource("platform", Text("National platform")),
    FindingSource("complaint", Text("Complaint")),
):
    declare(outside)


def typed_in() -> list[tuple[str, Text]]:
    """What the form offers for a problem that no record of ours stands behind."""
    return [(source.kind, source.label) for source in KNOWN.values() if source.page is None]


def words(kind: str) -> Text | str:
    """The code itself where its area is not there any more: the problem stays."""
    source = KNOWN.get(kind)
    return source.label if source else kind


def check(kind: str, key: int | None) -> None:
    """Raises ``BadInput`` unless the source is known, with a key if, and only if, it is ours."""
    source = KNOWN.get(kind)
    if source is None or (source.page is None) is not (key is None):
        sentence = Text("Choose where the problem comes from.")
        raise BadInput(sentence, {"source": sentence})


def url(kind: str, key: int | None, officer: Officer) -> str | None:
    """The page of the record behind the problem, for who may open it."""
    source = KNOWN.get(kind)
    if key is None or source is None or source.page is None:
        return None
    page = source.page
    if not officer.may(page.permission):
        return None
    return current_app.url_for(page.endpoint, **{page.argument: key})  # type: ignore[arg-type]
