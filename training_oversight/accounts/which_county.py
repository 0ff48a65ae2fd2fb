"""The county or township that a command is for."""

from __future__ import annotations

import click
import sqlalchemy as sa
from sqlalchemy.orm import Session

from training_oversight.accounts import queries as accounts
from training_oversight.accounts.models import Authority, Division, Officer
from training_oversight.errors import BadInput
from training_oversight.texts import Text


def chosen(session: Session, code: str | None, officer: Officer) -> Division:
    """The division of that code; without one the own or first county, and says which."""
    if code is None:
        chosen, several = _default(session, officer)
        if several:
            sentence = Text(
                "Several counties share this database. This is for %(name)s (%(code)s); name "
                "another with --division.",
                name=chosen.name,
                code=chosen.code,
            )
            click.echo(str(sentence), err=True)
        return chosen
    found = accounts.division_by_code(session, code)
    office = found and accounts.authority_of(session, found)
    if found is None or office is None or office.id == accounts.system(session).authority_id:
        raise BadInput(Text("There is no division %(code)s with a county office.", code=code))
    return found


def _default(session: Session, officer: Officer) -> tuple[Division, bool]:
    """The officer's own county; for the system the one that was founded first.

    Says also whether there were several to choose from: then the caller names the choice.
    """
    system = accounts.system(session).authority_id
    if officer.authority_id != system:
        return officer.authority.division, False
    authorities = session.scalars(
        sa.select(Authority).where(Authority.id != system).order_by(Authority.id).limit(2)
    ).all()
    if not authorities:
        raise BadInput(Text("There is no county in this database yet."))
    return authorities[0].division, len(authorities) > 1
