"""Reading one institution, and finding others that may be the same."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload, selectinload

from training_oversight.accounts.models import Scope
from training_oversight.audit.models import Event
from training_oversight.errors import NotFound
from training_oversight.names import naming
from training_oversight.registry.models import Institution, Licence, Venue
from training_oversight.registry.workflow import InstitutionState


def get(session: Session, institution_id: int, scope: Scope) -> Institution:
    """One institution with what its page shows. Raises ``NotFound``, for a foreign one too."""
    institution = session.scalars(
        sa.select(Institution)
        .where(Institution.id == institution_id, scope.clause(Institution.division_path))
        .options(
            joinedload(Institution.division),
            joinedload(Institution.authority),
            joinedload(Institution.industry_department),
            joinedload(Institution.officer_in_charge),
            selectinload(Institution.venues),
            selectinload(Institution.licences).selectinload(Licence.events),
        )
    ).one_or_none()
    if institution is None:
        raise NotFound
    return institution


def licence_of(institution: Institution, licence_id: int) -> Licence:
    """One of the institution's licences. Raises ``NotFound``."""
    found = next((one for one in institution.licences if one.id == licence_id), None)
    if found is None:
        raise NotFound
    return found


def venue_of(institution: Institution, venue_id: int) -> Venue:
    """One of the institution's venues, past ones too. Raises ``NotFound``."""
    found = next((one for one in institution.venues if one.id == venue_id), None)
    if found is None:
        raise NotFound
    return found


def holder_of_uscc(
    session: Session, uscc: str, *, authority_id: int, but: int | None = None
) -> Institution | None:
    """The live institution that holds the credit code, other than ``but``."""
    return session.scalars(
        sa.select(Institution).where(
            Institution.authority_id == authority_id,
            Institution.uscc == uscc,
            Institution.state != InstitutionState.CLOSED,
            Institution.id != (but or 0),
        )
    ).first()


def possible_duplicates(
    session: Session, *, name: str, uscc: str = "", scope: Scope
) -> Sequence[Institution]:
    """Institutions with the same credit code, or whose name differs in spelling only."""
    return session.scalars(
        sa.select(Institution)
        .where(
            scope.clause(Institution.division_path),
            Institution.withdrawn.is_(False),
            sa.or_(
                Institution.match_name == naming.match_name(name),
                sa.and_(
                    Institution.uscc == naming.normalised(uscc),
                    Institution.uscc.is_not(None),
                ),
            ),
        )
        .options(joinedload(Institution.division))
        .order_by(Institution.id)
        .limit(5)
    ).all()


def history(session: Session, institution: Institution, *, limit: int = 100) -> Sequence[Event]:
    """What happened to the institution, its venues and its licences, newest first."""
    return session.scalars(
        events_of(institution).order_by(Event.at.desc(), Event.id.desc()).limit(limit)
    ).all()


def count_history(session: Session, institution: Institution) -> int:
    counted = sa.select(sa.func.count()).select_from(events_of(institution).subquery())
    return session.scalar(counted) or 0


def events_of(institution: Institution) -> sa.Select[Event]:
    """The same for a list that is read page by page."""
    parts = [
        ("institution", [institution.id]),
        ("venue", [venue.id for venue in institution.venues]),
        ("licence", [licence.id for licence in institution.licences]),
    ]
    about = [
        sa.and_(Event.subject_kind == kind, Event.subject_id.in_(keys)) for kind, keys in parts
    ]
    return sa.select(Event).where(sa.or_(*about))
