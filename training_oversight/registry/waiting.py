"""What the register waits for: licences that come to their end."""

from __future__ import annotations

import sqlalchemy as sa

from training_oversight.accounts.permissions import Permission
from training_oversight.accounts.placeholders import TODAY, AnyOfficer, Asking
from training_oversight.accounts.worklist import Statement, WaitingKind
from training_oversight.registry import queries
from training_oversight.registry.models import Institution, Licence, LicenceType, LicenceWarning
from training_oversight.registry.waiting_lines import waits
from training_oversight.texts import Text


def _warning(officer: Asking) -> Statement:
    records = sa.join(LicenceWarning, Licence, Licence.id == LicenceWarning.licence_id)
    found = waits(
        officer,
        records,
        LicenceWarning.id,
        sa.case({one: str(one.label) for one in LicenceType}, value=Licence.type),
        at=LicenceWarning.institution_id,
        note=sa.func.coalesce(Licence.number, ""),
        due=LicenceWarning.valid_until,
    )
    if isinstance(officer, AnyOfficer):
        # Who counts does not read the institution's name, but asks of it all the same.
        found = found.join(Institution, Institution.id == LicenceWarning.institution_id)
    return found.where(officer.scope.clause(Institution.division_path), queries.warning_waits())


def licences_ending(officer: Asking) -> Statement:
    """Of the institutions in the officer's charge now, whoever was in charge when it was raised."""
    return _warning(officer).where(Institution.officer_in_charge_id == officer.id)


def licences_ending_of_nobody(officer: Asking) -> Statement:
    """Where nobody is in charge, or who was has left: for who can name somebody."""
    return _warning(officer).where(queries.nobodys(TODAY))


WAITING = (
    WaitingKind(
        "licence-ending",
        "registry.index",
        Text("Follow up the licence"),
        Permission.EDIT_REGISTRY,
        licences_ending,
        "registry.warning",
        "warning_id",
        why=Text("The paper comes to its end"),
    ),
    WaitingKind(
        "licence-ending-of-nobody",
        "registry.index",
        Text("Follow up the licence"),
        Permission.CLOSE_INSTITUTION,
        licences_ending_of_nobody,
        "registry.warning",
        "warning_id",
        why=Text("Nobody is in charge of the institution"),
    ),
)
