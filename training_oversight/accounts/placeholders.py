"""An officer who is named only when a statement is carried out.

Putting a large statement together takes longer than asking it. With these it is put
together once, and asked with the values of whoever asks.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import sqlalchemy as sa

from training_oversight.accounts.models import Officer
from training_oversight.accounts.permissions import Permission


class AnyScope:
    """A scope that is named only when the statement is carried out."""

    def clause(self, path: sa.SQLColumnExpression[str]) -> sa.ColumnElement[bool]:
        return sa.and_(path >= sa.bindparam("scope"), path < sa.bindparam("scope_end"))


class AnyOfficer:
    """Whoever will ask how many wait: with it a statement is built once, for all."""

    id = sa.bindparam("officer", type_=sa.Integer)
    department_id = sa.bindparam("department", type_=sa.Integer)
    scope = AnyScope()

    def doers(self, permission: Permission) -> Sequence[object]:
        """Who it is that acts, as ``Officer.doers`` says; nobody has the key 0."""
        return [self.id, sa.bindparam(f"for_{permission}", type_=sa.Integer)]


Asking = Officer | AnyOfficer
# The day on which it is asked.
TODAY = sa.bindparam("today", type_=sa.Date())


def named(officer: Officer, today: date) -> dict[str, object]:
    """The values that stand for ``AnyOfficer`` and ``TODAY``."""
    return {
        "today": today,
        "officer": officer.id,
        "department": officer.department_id,
        "scope": officer.scope.path,
        "scope_end": officer.scope.path + "~",
        **_in_place_of(officer),
    }


NOBODY = {f"for_{permission}": 0 for permission in Permission}


def _in_place_of(officer: Officer) -> Mapping[str, int]:
    if not officer.lenders:
        return NOBODY
    found = {permission: officer.acts_for(permission) for permission in Permission}
    return {f"for_{permission}": one.id if one else 0 for permission, one in found.items()}
