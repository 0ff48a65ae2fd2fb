"""Which department is responsible for which kind of institution."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from training_oversight.accounts import queries as accounts
from training_oversight.catalogue import queries as catalogue


def industry(session: Session, authority_id: int, *, today: date) -> dict[str, int | None]:
    """Kind -> department of the authority, by the county's mapping; none if it names none."""
    departments = {one.code: one.id for one in accounts.departments(session, authority_id)}
    kinds = catalogue.kinds(session, authority_id=authority_id, today=today)
    return {kind.code: departments.get(kind.department_code or "") for kind in kinds}
