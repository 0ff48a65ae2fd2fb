"""What the search box looks in: gathered when a record changes, and again when the way changes."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import Session, load_only, selectinload

from training_oversight.accounts.models import Scope
from training_oversight.names import naming
from training_oversight.registry.models import Institution
from training_oversight.registry.queries import sought
from training_oversight.registry.service import names


def refresh_search(institution: Institution) -> None:
    """Gather it again; after venues or licences changed, too."""
    institution.search_text, institution.search_phone = _gathered(institution)


def _gathered(institution: Institution) -> tuple[str, str]:
    text = naming.search_text(
        institution.name,
        [*institution.aliases, *names.former(institution)],
        [value for _, value in sought.sought(institution)],
    )
    return text, naming.search_phone(institution.phone)


def fill_search(session: Session, scope: Scope, *, after: int = 0, limit: int = 1000) -> int | None:
    """Gather it for some of those that have none since a migration emptied it.

    Returns the last of them, to go on after it; ``None`` when there are no more. Nothing that
    anybody knows of them changes: no version, no history.
    """
    found = session.scalars(
        sa.select(Institution)
        .where(Institution.search_text == "", Institution.id > after)
        .where(scope.clause(Institution.division_path))
        .options(
            load_only(
                Institution.name, Institution.aliases, Institution.former_names,
                Institution.phone, *sought.OWN_COLUMNS, raiseload=True,
            ),
            selectinload(Institution.venues).load_only(*sought.VENUE_COLUMNS),
            selectinload(Institution.licences).load_only(*sought.LICENCE_COLUMNS),
        )
        .order_by(Institution.id)
        .limit(limit)
    ).all()  # fmt: skip
    if not found:
        return None
    rows = [(one.id, *_gathered(one)) for one in found]
    session.connection().execute(
        sa.update(Institution)
        .where(Institution.id == sa.bindparam("key"))
        .values(search_text=sa.bindparam("text"), search_phone=sa.bindparam("digits")),
        [{"key": key, "text": text, "digits": digits} for key, text, digits in rows],
    )
    return found[-1].id
