"""Industry departments that follow when the county changes which one a kind belongs to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache

import sqlalchemy as sa
from sqlalchemy.orm import Session

from training_oversight.accounts.models import Officer
from training_oversight.accounts.permissions import Permission
from training_oversight.audit import EventType
from training_oversight.audit.bulk import Entry, record_many
from training_oversight.registry import queries
from training_oversight.registry.models import Institution
from training_oversight.texts import Text
from training_oversight.workflow import authorise

FOLLOWED = EventType.declare(
    "institution.department_followed", Text("Industry department follows the kind")
)


def follow_mapping(
    session: Session, institution_ids: Sequence[int], *, by: Officer, today: date
) -> int:
    """Give these the department of their kind, but those where an officer decided otherwise."""
    authorise(by, by, Permission.MANAGE_CATALOGUE)

    @cache
    def mapped(authority_id: int) -> Mapping[str, int | None]:
        return queries.industry(session, authority_id, today=today)

    entries = []
    for institution in session.scalars(
        sa.select(Institution)
        .where(Institution.id.in_(institution_ids))
        .order_by(Institution.id)
        .with_for_update(of=Institution)
        .execution_options(populate_existing=True)
    ):
        wanted = mapped(institution.authority_id)
        before, kind = institution.industry_department_id, institution.kind_code
        if institution.department_overridden or kind is None or kind not in wanted:
            continue
        if before == wanted[kind]:
            continue
        institution.industry_department_id = wanted[kind]
        session.expire(institution, ["industry_department"])
        entries.append(
            Entry(institution, FOLLOWED, {"industry_department_id": [before, wanted[kind]]})
        )
    record_many(session, entries, by=by)
    return len(entries)
