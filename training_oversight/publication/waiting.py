"""Public lists that wait for an officer."""

from __future__ import annotations

import sqlalchemy as sa

from training_oversight.accounts.permissions import Permission
from training_oversight.accounts.placeholders import Asking
from training_oversight.accounts.worklist import Statement, WaitingKind, lines
from training_oversight.publication.models import Publication
from training_oversight.publication.workflow import PUBLICATION_WORKFLOW, PublicationVerb
from training_oversight.texts import Text


def _publication(officer: Asking, *, since: sa.SQLColumnExpression[object]) -> Statement:
    return lines(
        Publication.id, Publication.title, note=Publication.returned_note, since=since
    ).where(officer.scope.clause(Publication.division_path))


def publications_to_approve(officer: Asking) -> Statement:
    return _publication(officer, since=Publication.submitted_on).where(
        PUBLICATION_WORKFLOW.turn(PublicationVerb.APPROVE, officer, Publication)
    )


def publications_to_finish(officer: Asking) -> Statement:
    return _publication(officer, since=Publication.as_of).where(
        PUBLICATION_WORKFLOW.turn(PublicationVerb.SUBMIT, officer, Publication)
    )


WAITING = (
    WaitingKind(
        "publication-approve",
        "publication.index",
        Text("Review the publication"),
        Permission.APPROVE_PUBLICATION,
        publications_to_approve,
        "publication.show",
        "publication_id",
        limit="approve",
    ),
    WaitingKind(
        "publication-finish",
        "publication.index",
        Text("Finish the list"),
        Permission.PREPARE_PUBLICATION,
        publications_to_finish,
        "publication.show",
        "publication_id",
        limit="decide",
    ),
)
