"""Who is in charge of many institutions: named for a selection, handed over as a whole."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from training_oversight.accounts import service as accounts
from training_oversight.accounts.models import Officer
from training_oversight.accounts.permissions import Permission
from training_oversight.audit.bulk import Entry, record_many
from training_oversight.errors import BadInput, NotFound
from training_oversight.registry import queries
from training_oversight.registry.models import Institution
from training_oversight.registry.service.institutions import ASSIGNED
from training_oversight.texts import Text
from training_oversight.workflow import authorise

AT_ONCE = 500


def assign_many(
    session: Session, institution_ids: Sequence[int], *, officer: Officer, by: Officer, today: date
) -> int:
    """Put an officer in charge of all of these; how many were not in their charge before.

    Raises ``NotFound`` if one of them lies outside the scope of who does it, and ``BadInput``
    for an officer of another authority or one who has left.
    """
    authorise(by, by, Permission.EDIT_REGISTRY)
    keys = sorted(set(institution_ids))
    accounts.check_at_work(officer, on=today, field="officer_id")
    if queries.count_in_scope(session, keys, scope=by.scope) < len(keys):
        raise NotFound
    return _assign(session, keys, officer=officer, by=by, reason="")


def hand_over(
    session: Session,
    giver: Officer,
    *,
    taker: Officer,
    reason: str,
    by: Officer,
    today: date,
) -> int:
    """Everything live that one officer is in charge of goes to another, in one act."""
    authorise(by, by, Permission.EDIT_REGISTRY)
    if giver.id == taker.id:
        sentence = Text("Choose two different officers.")
        raise BadInput(sentence, {"taker_id": sentence})
    accounts.check_at_work(taker, on=today, field="taker_id")
    keys = queries.in_charge_of(session, giver, scope=by.scope)
    return _assign(session, keys, officer=taker, by=by, reason=reason)


def _assign(
    session: Session, keys: Sequence[int], *, officer: Officer, by: Officer, reason: str
) -> int:
    moved = [one for one in _locked(session, keys) if one.officer_in_charge_id != officer.id]
    if any(one.authority_id != officer.authority_id for one in moved):
        sentence = Text("The officer in charge must belong to the same authority.")
        raise BadInput(sentence, {"officer_id": sentence})
    entries = [
        Entry(
            one,
            ASSIGNED,
            {"officer_in_charge_id": [one.officer_in_charge_id, officer.id]},
            note=reason,
            facts={"to": officer.name},
        )
        for one in moved
    ]
    record_many(session, entries, by=by)
    _write(session, moved, officer)
    return len(entries)


def _write(session: Session, moved: Sequence[Institution], officer: Officer) -> None:
    """In one statement for some hundred: a new version each, so that open forms are stale."""
    for part in _parts([one.id for one in moved]):
        session.execute(
            sa.update(Institution)
            .where(Institution.id.in_(part))
            .values(officer_in_charge_id=officer.id, version=Institution.version + 1)
            .execution_options(synchronize_session=False)
        )
    for one in moved:
        session.expire(one)


def _locked(session: Session, keys: Sequence[int]) -> Iterator[Institution]:
    """The institutions as they are now, kept from others meanwhile, in one order."""
    for part in _parts(keys):
        yield from session.scalars(
            sa.select(Institution)
            .where(Institution.id.in_(part), *queries.live())
            .order_by(Institution.id)
            .with_for_update(of=Institution)
            .execution_options(populate_existing=True)
        )


def _parts(keys: Sequence[int]) -> Iterable[Sequence[int]]:
    return (keys[start : start + AT_ONCE] for start in range(0, len(keys), AT_ONCE))
