"""Submitting, approving and ending a public list."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from training_oversight import workflow
from training_oversight.accounts.models import Officer
from training_oversight.catalogue import numbers
from training_oversight.errors import Blocked
from training_oversight.publication import queries
from training_oversight.publication.models import Publication
from training_oversight.publication.rules import ListRule
from training_oversight.publication.workflow import PublicationVerb
from training_oversight.texts import Text

V = PublicationVerb


def submit(
    session: Session, publication: Publication, *, by: Officer, today: date, version: int | None
) -> None:
    with workflow.moving(session, publication, V.SUBMIT, by=by, version=version):
        _refuse_empty(session, publication)
        publication.submitted_on = today
        publication.returned_note = ""


def return_(
    session: Session, publication: Publication, *, note: str, by: Officer, version: int | None
) -> None:
    with workflow.moving(session, publication, V.RETURN, by=by, version=version, note=note):
        publication.submitted_on, publication.returned_note = None, note


def approve(
    session: Session,
    publication: Publication,
    rule: ListRule,
    *,
    by: Officer,
    today: date,
    version: int | None,
) -> None:
    """Publish the list as it stands, with the next batch number, in place of the present one."""
    with workflow.moving(session, publication, V.APPROVE, by=by, version=version):
        if reasons := queries.obstacles(session, publication, rule, today=today):
            raise Blocked(*reasons)
        _supersede(session, publication, by=by, today=today)
        batch = numbers.take(
            session,
            authority_id=publication.authority_id,
            series=f"publication:{publication.kind}",
            year=today.year,
        )
        # Together, after everything is read: to the database they are one fact.
        publication.year, publication.batch = today.year, batch
        publication.approved_by_id, publication.published_on = by.id, today


def withdraw(
    session: Session,
    publication: Publication,
    *,
    reason: str,
    by: Officer,
    today: date,
    version: int | None,
) -> None:
    """Take a batch off the public site at once."""
    with workflow.moving(session, publication, V.WITHDRAW, by=by, version=version, note=reason):
        publication.ended_on = today
        publication.ended_reason = reason


def discard(
    session: Session, publication: Publication, *, by: Officer, today: date, version: int | None
) -> None:
    with workflow.moving(session, publication, V.DISCARD, by=by, version=version):
        publication.ended_on = today


def _supersede(session: Session, publication: Publication, *, by: Officer, today: date) -> None:
    present = queries.standing(session, publication.authority_id, publication.kind)
    if present is None:
        return
    with workflow.moving(session, present, V.SUPERSEDE, by=by):
        present.ended_on = today


def _refuse_empty(session: Session, publication: Publication) -> None:
    if not queries.included(session, publication):
        raise Blocked(Text("The list has no entries; there is nothing to publish."))
