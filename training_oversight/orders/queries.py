"""What the county knows already of the orders of a list: a few queries however many rows."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased, joinedload, raiseload, selectinload

from training_oversight.complaints.models import Complaint, ComplaintContact
from training_oversight.complaints.workflow import OPEN
from training_oversight.intake.queries import Ground
from training_oversight.names.naming import match_name
from training_oversight.registry.models import Institution
from training_oversight.registry.workflow import InstitutionState

# Who called, by the mark of the telephone, and about which place.
Caller = tuple[str, int | str]


@dataclass(frozen=True)
class Known:
    """By the name as it is compared; by the centre's number; by caller and place."""

    institutions: Mapping[str, Institution]
    orders: Mapping[str, Complaint]
    callers: Mapping[Caller, Complaint]


def about(institution_id: int | None, place: str) -> int | str:
    """What two callers must have told of to have told of the same."""
    return institution_id if institution_id is not None else match_name(place)


def known(
    session: Session,
    ground: Ground,
    *,
    names: Collection[str],
    numbers: Collection[str],
    marks: Collection[str],
) -> Known:
    return Known(
        institutions=_institutions(session, ground, {match_name(name) for name in names if name}),
        orders=_orders(session, ground, numbers),
        callers=_callers(session, ground, marks),
    )


def _institutions(
    session: Session, ground: Ground, names: Collection[str]
) -> dict[str, Institution]:
    """Of several that bear one name the only one that has not closed; else none is meant."""
    found = session.scalars(
        sa.select(Institution)
        .where(
            Institution.authority_id == ground.authority.id,
            Institution.match_name.in_(names),
            Institution.withdrawn.is_(False),
            ground.scope.clause(Institution.division_path),
        )
        .options(joinedload(Institution.division), raiseload("*"))
    ).all()
    by_name: dict[str, list[Institution]] = {}
    for one in found:
        by_name.setdefault(one.match_name, []).append(one)
    chosen = {name: _meant(several) for name, several in by_name.items()}
    return {name: one for name, one in chosen.items() if one is not None}


def _meant(several: Sequence[Institution]) -> Institution | None:
    at_work = [one for one in several if one.state is not InstitutionState.CLOSED]
    left = at_work or several
    return left[0] if len(left) == 1 else None


def _orders(session: Session, ground: Ground, numbers: Collection[str]) -> dict[str, Complaint]:
    """Orders that are here, kept from others until the transaction ends. In whatever township:
    a number is one order of the county."""
    found = session.scalars(
        sa.select(Complaint)
        .where(Complaint.authority_id == ground.authority.id, Complaint.outside_number.in_(numbers))
        .options(selectinload(Complaint.limits), raiseload("*"))
        .order_by(Complaint.id)
        .with_for_update(of=Complaint)
        .execution_options(populate_existing=True)
    )
    return {one.outside_number: one for one in found if one.outside_number}


def _callers(session: Session, ground: Ground, marks: Collection[str]) -> dict[Caller, Complaint]:
    """Orders that are still owed an answer, of which these callers told; the oldest of each. They
    are kept from others until the transaction ends."""
    own = aliased(Complaint)
    found = session.execute(
        sa.select(ComplaintContact.phone_mark, Complaint)
        .join(own, own.id == ComplaintContact.complaint_id)
        .join(Complaint, Complaint.id == sa.func.coalesce(own.merged_into_id, own.id))
        .where(
            ComplaintContact.phone_mark.in_(marks),
            Complaint.authority_id == ground.authority.id,
            Complaint.state.in_(OPEN),
            ground.scope.clause(Complaint.division_path),
        )
        .options(selectinload(Complaint.limits), raiseload("*"))
        .order_by(Complaint.id.desc())
        .with_for_update(of=Complaint)
    ).all()
    return {(mark, about(one.institution_id, one.place)): one for mark, one in found if mark}
