"""The county or township that a command is for."""

from __future__ import annotations

import click
from sqlalchemy.orm import Session

from training_oversight.accounts import queries as accounts
from training_oversight.accounts.models import Division, Officer
from training_oversight.errors import BadInput
from training_oversight.registry.importing import queries
from training_oversight.texts import Text


def chosen(session: Session, code: str | None, officer: Officer) -> Division:
    """The division of that code; without one the own or first county, and says which."""
    if code is None:
        chosen, several = queries.default_division(session, officer)
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
