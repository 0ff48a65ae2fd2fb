"""Orders to stop, endings, closures: every change of an institution's state."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy.orm import Session

from training_oversight import database, workflow
from training_oversight.accounts.models import Officer
from training_oversight.errors import BadInput, Checks
from training_oversight.registry import queries
from training_oversight.registry.ending import is_short_notice
from training_oversight.registry.models import (
    ClosingKind,
    Institution,
    Licence,
    LicenceEventKind,
)
from training_oversight.registry.service.licence_events import record_licence_event
from training_oversight.registry.service.opening import check_day
from training_oversight.registry.workflow import InstitutionState, InstitutionVerb
from training_oversight.texts import Text

V = InstitutionVerb
SETTLED = (InstitutionState.ORDERED_TO_STOP, InstitutionState.CLOSED)


def order_stop(
    session: Session, institution: Institution, *, by: Officer, today: date, source: str
) -> None:
    """An order to stop was served; ``source`` names it. Ordered already or closed: nothing."""
    database.locked(session, institution)
    if institution.state in SETTLED:
        return
    with workflow.moving(session, institution, V.ORDER_STOP, by=by, source=source):
        institution.ordered_to_stop_on = today


def lift(
    session: Session, institution: Institution, *, reason: str, by: Officer, version: int | None
) -> None:
    """Take the order to stop back."""
    with workflow.moving(session, institution, V.LIFT, by=by, note=reason, version=version):
        institution.ordered_to_stop_on = None


def announce_end(
    session: Session,
    institution: Institution,
    *,
    ending_on: date,
    reason: str,
    by: Officer,
    today: date,
    version: int | None,
    announced_on: date | None = None,
) -> bool:
    """The institution announced that it will end by its own will; says whether at short notice.

    What it declared is recorded as it is: a notice that is too short is marked, not refused.
    """
    announced_on = announced_on or today
    _check_announced(announced_on, ending_on, today=today)
    short = is_short_notice(announced_on, ending_on)
    with workflow.moving(
        session, institution, V.ANNOUNCE_END, by=by, note=reason, version=version,
        happened_on=announced_on, short=short,
    ):  # fmt: skip
        institution.ending_on = ending_on
    return short


def _check_announced(announced_on: date, ending_on: date, *, today: date) -> None:
    checks = Checks()
    with checks.each():
        check_day(announced_on, "announced_on", today=today)
    with checks.each():
        if ending_on < today:
            sentence = Text("Not before today (%(today)s).", today=today)
            raise BadInput(sentence, {"ending_on": sentence})
    checks.settle()


def withdraw_end(
    session: Session, institution: Institution, *, reason: str, by: Officer, version: int | None
) -> None:
    """It goes on after all."""
    with workflow.moving(session, institution, V.WITHDRAW_END, by=by, note=reason, version=version):
        institution.ending_on = None


def close(
    session: Session,
    institution: Institution,
    *,
    kind: ClosingKind,
    closed_on: date,
    reason: str,
    by: Officer,
    today: date,
    handed_back: Sequence[Licence] = (),
    version: int | None = None,
) -> None:
    """The institution is gone, in the way that ``kind`` says. Its record stays.

    ``handed_back`` are the permits that were taken back with it; they end the same day.
    """
    check_day(closed_on, "closed_on", today=today)
    with workflow.moving(session, institution, V.CLOSE, by=by, note=reason, version=version):
        institution.closed_on, institution.closing_kind = closed_on, kind
    revoked = kind is ClosingKind.REVOKED
    ends = LicenceEventKind.REVOKED if revoked else LicenceEventKind.CANCELLED
    for licence in handed_back:
        _take_back(session, institution, licence, ends, on_day=closed_on, by=by, today=today)


def _take_back(
    session: Session,
    institution: Institution,
    licence: Licence,
    ends: LicenceEventKind,
    *,
    on_day: date,
    by: Officer,
    today: date,
) -> None:
    if licence not in queries.standing_permits(institution):
        sentence = Text("Choose from the permits that stand.")
        raise BadInput(sentence, {"handed_back": sentence})
    record_licence_event(session, licence, kind=ends, on_day=on_day, by=by, today=today)


def reopen(
    session: Session, institution: Institution, *, reason: str, by: Officer, version: int | None
) -> None:
    """It was closed in error, or it is back. Raises ``BadInput`` if its credit code is taken."""
    holder = institution.uscc and queries.holder_of_uscc(
        session,
        institution.uscc,
        authority_id=institution.authority_id,
        but=institution.id,
    )
    if holder:
        raise BadInput(
            Text(
                "%(name)s holds credit code %(code)s now. Change one of the two first.",
                name=holder.name,
                code=holder.uscc,
            )
        )
    with workflow.moving(session, institution, V.REOPEN, by=by, note=reason, version=version):
        institution.closed_on = institution.closing_kind = None
        institution.ending_on = institution.ordered_to_stop_on = None
