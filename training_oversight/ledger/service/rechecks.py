"""What a report and a re-check must be before they count."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import NoReturn

import sqlalchemy as sa
from sqlalchemy.orm import Session

from training_oversight import clock
from training_oversight.accounts.models import Officer
from training_oversight.accounts.permissions import Permission
from training_oversight.catalogue.models import CloseReason
from training_oversight.errors import BadInput
from training_oversight.inspections.models import Visit, VisitOfficer
from training_oversight.inspections.workflow import VisitState
from training_oversight.ledger import queries
from training_oversight.ledger.models import RectificationItem, Verification, VerificationMode
from training_oversight.ledger.queries import Bound
from training_oversight.ledger.workflow import ItemVerb
from training_oversight.texts import Text


@dataclass(frozen=True)
class Recheck:
    """A look at what was done: how, when, with what result."""

    mode: VerificationMode
    verified_on: date
    note: str
    visit: Visit | None = None


def check_report(
    session: Session,
    item: RectificationItem,
    received_on: date,
    *,
    today: date,
    field: str = "received_on",
) -> None:
    """A report answers the present round: not what an earlier re-check has judged."""
    _within(received_on, queries.round_from(session, item), today, field)


def check_recheck(
    session: Session, item: RectificationItem, recheck: Recheck, *, by: Officer, today: date
) -> None:
    """Refuse a re-check that answers no report, or that rests on nothing. ``by`` looked."""
    bound = queries.recheck_from(session, item)
    _within(recheck.verified_on, bound, today, "verified_on")
    if not recheck.note.strip():
        refuse("note", Text("Enter what was seen."))
    if recheck.mode is VerificationMode.ON_SITE:
        _on_site(session, item, recheck, bound, by)
    elif recheck.visit is not None:
        refuse("visit_id", Text("Only a re-check on site names a visit."))


def _on_site(
    session: Session, item: RectificationItem, recheck: Recheck, bound: Bound, by: Officer
) -> None:
    visit = recheck.visit
    if visit is None or visit.institution_id != item.institution_id:
        refuse("visit_id", Text("A re-check on site needs a finished visit to this institution."))
    visited = clock.day_of(visit.happened_at)
    if visit.state != VisitState.DONE or not visit.formal:
        refuse(
            "visit_id",
            Text(
                "The visit of %(day)s cannot carry a re-check: it is not finished, or it was "
                "no formal inspection.",
                day=visited,
            ),
        )
    if visited < bound.day:
        refuse("visit_id", bound.sentence)
    if recheck.verified_on < visited:
        refuse("verified_on", Text("Not before %(day)s: that day the visit was.", day=visited))
    _unused(session, item, visit)
    _was_there(session, visit, by)


def _unused(session: Session, item: RectificationItem, visit: Visit) -> None:
    """One visit is one look: what failed on it cannot have passed on it."""
    used = sa.exists().where(Verification.item_id == item.id, Verification.visit_id == visit.id)
    if session.scalar(sa.select(used)):
        refuse(
            "visit_id",
            Text("This item was re-checked on that visit already; the next look is another visit."),
        )


def _was_there(session: Session, visit: Visit, by: Officer) -> None:
    there = sa.exists().where(VisitOfficer.visit_id == visit.id, VisitOfficer.officer_id == by.id)
    if not session.scalar(sa.select(there)):
        refuse(
            "visit_id",
            Text(
                "%(name)s was not on the visit of %(day)s; who re-checks on site has been there.",
                name=by.name,
                day=clock.day_of(visit.happened_at),
            ),
        )


def check_another_visit(item: RectificationItem, recheck: Recheck) -> None:
    """A report is not judged by the visit on which the problem was found."""
    if recheck.visit is not None and recheck.visit.id == item.finding.visit_id:
        refuse("visit_id", Text("This visit found the problem; the re-check is another one."))


def check_direct(
    item: RectificationItem, reason: CloseReason, verified_by: Officer, by: Officer
) -> None:
    if not reason.direct:
        refuse(
            "reason_id",
            Text(
                "“%(reason)s” needs the institution's report and a re-check first.",
                reason=reason.label,
            ),
        )
    if verified_by.id == by.id:
        refuse("verified_by_id", Text("Who approves cannot be who verified. Choose another."))
    if verified_by.id in item.workflow.bars(ItemVerb.PASS, item):
        refuse(
            "verified_by_id",
            Text(
                "%(name)s is or was responsible for this rectification; somebody else must verify.",
                name=verified_by.name,
            ),
        )
    if not verified_by.may(Permission.VERIFY_ITEM):
        refuse("verified_by_id", Text("%(name)s may not verify.", name=verified_by.name))


def _within(day: date, first: Bound, today: date, field: str) -> None:
    if day > today:
        refuse(field, Text("Not later than today, %(today)s.", today=today))
    if day < first.day:
        refuse(field, first.sentence)


def refuse(field: str, sentence: Text) -> NoReturn:
    raise BadInput(sentence, {field: sentence})
