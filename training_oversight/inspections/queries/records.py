"""One visit or finding, and lists of them, within the officer's scope."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload, raiseload, selectinload

from training_oversight.accounts.models import Division, Officer, Scope
from training_oversight.errors import NotFound
from training_oversight.inspections.models import (
    Answer,
    Approval,
    Finding,
    Visit,
    VisitAnswer,
    VisitKind,
    VisitOfficer,
)
from training_oversight.inspections.workflow import FindingState, VisitState
from training_oversight.registry import queries as registry
from training_oversight.registry.models import Institution, Premises
from training_oversight.registry.queries import Search
from training_oversight.texts import Text

# Not law: from how many metres on a page says that the place is far from the registered one.
FAR = 500
# A formal inspection needs two officers with certificates (行政处罚法 42).
CERTIFIED_OFFICERS = 2


WANTS_APPROVAL = {
    Approval.TO_FOLLOW: Text("The approval of this visit is still to follow."),
    Approval.UNSTATED: Text("Nobody has said yet whether this visit was approved."),
}


def visit(session: Session, visit_id: int, scope: Scope) -> Visit:
    """One visit with all that its page shows. Raises ``NotFound``, for a foreign one too."""
    found = session.scalars(
        sa.select(Visit)
        .where(Visit.id == visit_id, scope.clause(Visit.division_path))
        .options(
            joinedload(Visit.institution).selectinload(Institution.venues),
            joinedload(Visit.checklist),
            joinedload(Visit.entered_by),
            selectinload(Visit.officer_rows),
            selectinload(Visit.officers),
            selectinload(Visit.answers),
            selectinload(Visit.findings).joinedload(Finding.violation_type),
        )
    ).one_or_none()
    if found is None:
        raise NotFound
    return found


def finding(session: Session, finding_id: int, scope: Scope) -> Finding:
    """One finding. Raises ``NotFound``, for a foreign one too."""
    found = session.scalars(
        sa.select(Finding)
        .where(Finding.id == finding_id, scope.clause(Finding.division_path))
        .options(
            joinedload(Finding.institution),
            joinedload(Finding.visit),
            joinedload(Finding.violation_type),
        )
    ).one_or_none()
    if found is None:
        raise NotFound
    return found


def answers(session: Session, visit: Visit) -> Sequence[VisitAnswer]:
    """The answers as they stand in the database now."""
    return session.scalars(
        sa.select(VisitAnswer)
        .where(VisitAnswer.visit_id == visit.id)
        .execution_options(populate_existing=True)
    ).all()


def officers(session: Session, visit: Visit) -> Sequence[Officer]:
    """Who inspected, in the order of their names."""
    return session.scalars(
        sa.select(Officer)
        .join(VisitOfficer, VisitOfficer.officer_id == Officer.id)
        .where(VisitOfficer.visit_id == visit.id)
        .order_by(Officer.name, Officer.id)
    ).all()


def unanswered(session: Session, visit: Visit) -> list[str]:
    """The questions of the visit's checklist without an answer, in their order."""
    if visit.checklist is None:
        return []
    given = {row.item_code for row in answers(session, visit)}
    return [item["text"] for item in visit.checklist.items if item["code"] not in given]


@dataclass(frozen=True)
class Unexplained:
    """A question that was answered 不符合, of which nothing else has been said."""

    code: str
    text: str


def unexplained(session: Session, visit: Visit) -> list[Unexplained]:
    """What does not comply and has neither a problem nor a word why it is none, in their order."""
    if visit.checklist is None:
        return []
    session.flush()
    found = sa.select(Finding.checklist_item_code).where(Finding.visit_id == visit.id)
    explained = set(session.scalars(found))
    bad = {
        row.item_code for row in answers(session, visit) if row.answer is Answer.NO and not row.note
    }
    return [
        Unexplained(item["code"], item["text"])
        for item in visit.checklist.items
        if item["code"] in bad - explained
    ]


def can_found_notice(visit: Visit) -> list[Text]:
    """Why a notice cannot be founded on the visit yet; empty if it can."""
    certified = [row for row in visit.officer_rows if row.certificate_number]
    reasons = []
    if not visit.formal:
        reasons.append(
            Text(
                "“%(kind)s” gives leads or advice; a notice needs a formal inspection.",
                kind=visit.kind,
            )
        )
    if len(certified) < CERTIFIED_OFFICERS:
        reasons.append(
            Text(
                "Fewer than two officers with certificates inspected: a notice cannot be "
                "founded on this visit yet."
            )
        )
    if visit.state is not VisitState.DONE:
        reasons.append(Text("The visit is “%(state)s”.", state=visit.state))
    return reasons


def reservations(visit: Visit) -> list[Text]:
    """What a reader must know: nothing here ever kept a visit from being saved."""
    told = can_found_notice(visit) if visit.state is VisitState.DONE else []
    if visit.lacks_approval:
        told.append(WANTS_APPROVAL[visit.approval])
    if visit.latitude is None and visit.state is VisitState.DONE:
        told.append(Text("No position was recorded."))
    if is_far(visit):
        told.append(
            Text(
                "Logged %(metres)s metres from the registered address.",
                metres=f"{visit.distance:,}",
            )
        )
    if in_dwelling(visit.institution):
        told.append(Text("The place is a dwelling: never entered without the occupants' consent."))
    return told


def is_far(visit: Visit) -> bool:
    return visit.distance is not None and visit.distance > FAR


def in_dwelling(institution: Institution) -> bool:
    venue = institution.main_venue
    return venue is not None and venue.premises is Premises.DWELLING


@dataclass(frozen=True)
class VisitFilter:
    """Which visits a list shows; what is empty does not narrow it."""

    kind: VisitKind | None = None
    officer_id: int | None = None
    township: Division | None = None
    institution_id: int | None = None
    # Those that words are found in.
    found: sa.ColumnElement[bool] | None = None


def found(session: Session, officer: Officer, words: str) -> sa.ColumnElement[bool] | None:
    """Visits to the institutions that the search box finds by these words."""
    search = Search.by(officer, words)
    return registry.belonging(session, search, Visit.institution_id) if search.typed else None


def _narrowed(wanted: VisitFilter, scope: Scope) -> list[sa.ColumnElement[bool]]:
    clauses = [scope.clause(Visit.division_path)]
    if wanted.kind is not None:
        clauses.append(Visit.kind == wanted.kind)
    if wanted.officer_id is not None:
        clauses.append(Visit.id.in_(_visits_of(wanted.officer_id)))
    if wanted.township is not None:
        clauses.append(Scope(wanted.township.path).clause(Visit.division_path))
    if wanted.institution_id is not None:
        clauses.append(Visit.institution_id == wanted.institution_id)
    if wanted.found is not None:
        clauses.append(wanted.found)
    return clauses


def _visits_of(officer_id: int) -> sa.Select[*tuple[object, ...]]:
    return sa.select(VisitOfficer.visit_id).where(VisitOfficer.officer_id == officer_id)


def counts(session: Session, wanted: VisitFilter, scope: Scope) -> Mapping[VisitState, int]:
    """How many visits are in each state: one query for all tabs."""
    rows = session.execute(
        sa.select(Visit.state, sa.func.count())
        .where(*_narrowed(wanted, scope))
        .group_by(Visit.state)
    )
    found: dict[VisitState, int] = {row[0]: row[1] for row in rows}
    return {state: found.get(state, 0) for state in VisitState}


def listed(
    wanted: VisitFilter, state: VisitState, scope: Scope
) -> sa.Select[tuple[Visit, int, int]]:
    """Visits of one state with how many problems they found, and how many wait."""
    found = sa.select(sa.func.count()).where(Finding.visit_id == Visit.id)
    return (
        sa.select(
            Visit,
            found.scalar_subquery(),
            found.where(Finding.state == FindingState.PENDING).scalar_subquery(),
        )
        .where(*_narrowed(wanted, scope), Visit.state == state)
        .options(
            joinedload(Visit.institution).joinedload(Institution.division),
            selectinload(Visit.officers),
            raiseload("*"),
        )
    )


def of_institution(session: Session, institution: Institution, *, limit: int) -> Sequence[Visit]:
    """The latest visits of one place."""
    return session.scalars(
        sa.select(Visit)
        .where(Visit.institution_id == institution.id)
        .options(selectinload(Visit.officers))
        .order_by(Visit.happened_at.desc(), Visit.id.desc())
        .limit(limit)
    ).all()


def count_of_institution(session: Session, institution: Institution) -> int:
    """How many visits to it are on record."""
    counted = sa.select(sa.func.count()).where(Visit.institution_id == institution.id)
    return session.scalar(counted.select_from(Visit)) or 0


def findings_of_institution(
    session: Session, institution: Institution, *, limit: int
) -> Sequence[Finding]:
    """The latest findings of one place, those that wait first."""
    waits = Finding.state == FindingState.PENDING
    return session.scalars(
        sa.select(Finding)
        .where(Finding.institution_id == institution.id)
        .options(joinedload(Finding.violation_type))
        .order_by(sa.case((waits, 0), else_=1), Finding.found_on.desc(), Finding.id.desc())
        .limit(limit)
    ).all()
