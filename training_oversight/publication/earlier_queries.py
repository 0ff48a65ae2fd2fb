"""What earlier batches hold: what they said already, and what was left out of them.

Rules of other areas ask it about their own records, by table and key.
"""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased, raiseload

from training_oversight.publication import proposal
from training_oversight.publication.models import Publication, PublicEntry
from training_oversight.publication.workflow import PublicationState

S = PublicationState
# What a withdrawn batch said counts as never said.
STANDING = (S.PUBLISHED, S.SUPERSEDED)
Key = sa.SQLColumnExpression[int]


def said(
    last: Publication, subject: str, key: Key, finished_on: sa.SQLColumnExpression[date | None]
) -> sa.ColumnElement[bool]:
    """Whether ``last``, or a batch before it, told the public that this was over on that day."""
    return (
        _entries(subject, key)
        .join(Publication, Publication.id == PublicEntry.publication_id)
        .where(
            Publication.authority_id == last.authority_id,
            Publication.kind == last.kind,
            Publication.state.in_(STANDING),
            PublicEntry.included,
            PublicEntry.finished_on == finished_on,
        )
        .exists()
    )


def left_out_of(last: Publication, subject: str, key: Key) -> sa.ColumnElement[bool]:
    """Whether somebody left it out of that batch."""
    return (
        _entries(subject, key)
        .where(PublicEntry.publication_id == last.id, sa.not_(PublicEntry.included))
        .exists()
    )


def holds(publication: Publication, subject: str, key: Key) -> sa.ColumnElement[bool]:
    """Whether the list has an entry about it, left out or not."""
    return _entries(subject, key).where(PublicEntry.publication_id == publication.id).exists()


def _entries(subject: str, key: Key) -> sa.Select[int]:
    return sa.select(PublicEntry.id).where(
        PublicEntry.subject_kind == subject, PublicEntry.subject_id == key
    )


def kept_out(session: Session, publication: Publication) -> dict[proposal.Identity, PublicEntry]:
    """The entries that stay out of this list: what they are about -> the entry left out last.

    An entry stays out if somebody left it out of the last earlier list of the kind that had it.
    Discarded drafts do not count. An entry about no record of ours is not recognised again.
    """
    later, its_list = aliased(PublicEntry), aliased(Publication)
    taken_back = (
        sa.select(later.id)
        .join(its_list, its_list.id == later.publication_id)
        .where(
            later.subject_kind == PublicEntry.subject_kind,
            later.subject_id == PublicEntry.subject_id,
            later.publication_id > PublicEntry.publication_id,
            _earlier(its_list, publication),
        )
    )
    found = session.scalars(
        sa.select(PublicEntry)
        .join(PublicEntry.publication)
        .where(
            sa.not_(PublicEntry.included),
            PublicEntry.subject_id.is_not(None),
            _earlier(Publication, publication),
            ~taken_back.exists(),
        )
        .options(raiseload("*"))
    )
    return {proposal.identity(one): one for one in found}


def _earlier(model: type[Publication], publication: Publication) -> sa.ColumnElement[bool]:
    return sa.and_(
        model.authority_id == publication.authority_id,
        model.kind == publication.kind,
        model.state != S.DISCARDED,
        model.id < publication.id,
    )
