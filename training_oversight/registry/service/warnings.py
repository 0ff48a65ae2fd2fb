"""Telling an officer, once, that a paper comes to its end; and what the officer did about it."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from training_oversight import audit, database
from training_oversight.accounts.models import Officer
from training_oversight.accounts.permissions import Permission
from training_oversight.audit import EventType
from training_oversight.errors import WrongState
from training_oversight.registry import queries
from training_oversight.registry.models import Licence, LicenceWarning
from training_oversight.registry.workflow import InstitutionState
from training_oversight.texts import LabelledEnum, Text
from training_oversight.workflow import authorise

WARNED = EventType.declare("licence.warned", Text("Licence coming to its end"), ["until", "left"])
ANSWERED = EventType.declare(
    "licence.warning_answered", Text("Followed up before the licence ends"), ["how", "until"]
)


class WarningAnswer(LabelledEnum):
    """What an officer did about a paper that comes to its end."""

    REMINDED = "reminded", Text("The institution was reminded to renew it")
    APPLIED = "applied_for", Text("It has applied for the renewal")
    HANDED_BACK = "handed_back", Text("It gives the paper up and hands it back")
    NOT_NEEDED = "not_needed", Text("The paper is not needed any more")
    OTHERWISE = "otherwise", Text("Something else, as noted")


def warn(session: Session, licence: Licence, *, by: Officer, today: date) -> bool:
    """Raise the sharpest warning that is due of a paper; says whether there was one to raise.

    Who comes second waits for the paper's row and finds it told. Nothing is raised that is
    milder than what was told already, whatever day the job is run for.
    """
    authorise(by, licence.institution, Permission.EDIT_REGISTRY)
    database.locked(session, licence)
    due = _due(licence, today)
    if due is None or licence.valid_until is None or _told(session, licence, due):
        return False
    institution = licence.institution
    session.add(
        LicenceWarning(
            licence_id=licence.id,
            institution_id=institution.id,
            division_path=institution.division_path,
            valid_until=licence.valid_until,
            threshold=due,
            officer_id=institution.officer_in_charge_id,
            raised_on=today,
            raised_at=database.instant(session),
        )
    )
    left = (licence.valid_until - today).days
    audit.record(session, licence, WARNED, by=by, until=licence.valid_until, left=left)
    return True


def answer_warning(
    session: Session, warning: LicenceWarning, *, how: WarningAnswer, note: str, by: Officer
) -> None:
    """Record what was done; earlier warnings of the same end are answered with it."""
    authorise(by, warning.institution, Permission.EDIT_REGISTRY)
    licence = warning.licence
    database.locked(session, licence)
    session.refresh(warning)
    if warning.seen_at is not None:
        raise WrongState(Text("This was followed up already; the history says by whom."))
    session.execute(
        sa.update(LicenceWarning)
        .where(
            LicenceWarning.licence_id == warning.licence_id,
            LicenceWarning.valid_until == warning.valid_until,
            LicenceWarning.seen_at.is_(None),
        )
        .values(seen_at=database.instant(session), seen_by_id=by.id)
    )
    audit.record(session, licence, ANSWERED, by=by, note=note, how=how, until=warning.valid_until)


def _due(licence: Licence, today: date) -> int | None:
    institution = licence.institution
    gone = institution.state is InstitutionState.CLOSED or institution.withdrawn
    if gone or licence.ended_on is not None or licence.valid_until is None:
        return None
    if queries.is_replaced(licence):
        return None
    return queries.threshold_due(licence.valid_until, today)


def _told(session: Session, licence: Licence, threshold: int) -> bool:
    return bool(
        session.scalar(
            sa.select(
                sa.exists().where(
                    LicenceWarning.licence_id == licence.id,
                    LicenceWarning.valid_until == licence.valid_until,
                    LicenceWarning.threshold <= threshold,
                )
            )
        )
    )
