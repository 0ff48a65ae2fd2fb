"""What the public may read: approved copies, the name of the authority and its hotline.

Nothing here opens another table, so nothing else of a case can reach a public page.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload, raiseload

from training_oversight.accounts.models import Authority
from training_oversight.errors import NotFound
from training_oversight.publication.models import Publication, PublicEntry
from training_oversight.publication.proposal import searchable
from training_oversight.publication.workflow import PublicationState
from training_oversight.web.paging import Key, Page, paged

S = PublicationState
READABLE = (S.PUBLISHED, S.SUPERSEDED)
# Withdrawn ones are known to have been: the page says so, and nothing else.
KNOWN = (*READABLE, S.WITHDRAWN)
SIZE = 50
LONGEST_SEARCH = 50
CORRECTIONS = 5


def authority(session: Session, code: str) -> Authority:
    """Raises ``NotFound``."""
    found = session.scalars(
        sa.select(Authority).where(Authority.code == code).options(raiseload("*"))
    ).one_or_none()
    if found is None:
        raise NotFound
    return found


def lists(
    session: Session, owner: Authority | None = None
) -> Sequence[tuple[Authority, Publication]]:
    """Every list of every authority, or of one: the batch that stands, else the latest that did."""
    order = (
        sa.case((Publication.state == S.PUBLISHED, 0), else_=1),
        Publication.published_on.desc(),
        Publication.id.desc(),
    )
    of_a_kind = (Publication.authority_id, Publication.kind)
    place = sa.func.row_number().over(partition_by=of_a_kind, order_by=order).label("place")
    known = sa.select(Publication.id, place).where(Publication.state.in_(KNOWN))
    if owner is not None:
        known = known.where(Publication.authority_id == owner.id)
    ranked = known.subquery()
    rows = session.execute(
        sa.select(Authority, Publication)
        .join(Publication, Publication.authority_id == Authority.id)
        .join(ranked, ranked.c.id == Publication.id)
        .where(ranked.c.place == 1)
        .order_by(Authority.code, Publication.kind)
        .options(raiseload("*"))
    ).all()
    return [(one, publication) for one, publication in rows]


def batches(session: Session, owner: Authority, kind: str) -> Sequence[Publication]:
    """Every batch that ever was public, newest first; withdrawn ones are told as such."""
    return session.scalars(
        _batches(owner, kind).order_by(Publication.published_on.desc(), Publication.id.desc())
    ).all()


def _batches(owner: Authority, kind: str) -> sa.Select[Publication]:
    return (
        sa.select(Publication)
        .where(
            Publication.authority_id == owner.id,
            Publication.kind == kind,
            Publication.state.in_(KNOWN),
        )
        .options(raiseload("*"))
    )


def batch(session: Session, publication_id: int) -> Publication:
    """A batch that is or was public, with its authority. Raises ``NotFound``."""
    found = session.scalars(
        sa.select(Publication)
        .where(Publication.id == publication_id, Publication.state.in_(KNOWN))
        .options(joinedload(Publication.authority), raiseload("*"))
    ).one_or_none()
    if found is None:
        raise NotFound
    return found


def entry(session: Session, entry_id: int) -> PublicEntry:
    """An entry of a batch that is or was public. Raises ``NotFound``."""
    found = session.scalars(
        sa.select(PublicEntry)
        .join(PublicEntry.publication)
        .where(PublicEntry.id == entry_id, PublicEntry.included, Publication.state.in_(KNOWN))
        .options(
            joinedload(PublicEntry.publication).joinedload(Publication.authority), raiseload("*")
        )
    ).one_or_none()
    if found is None:
        raise NotFound
    return found


def found_entries(
    session: Session,
    publication: Publication,
    *,
    words: str,
    status: str,
    township: str,
    cursor: str | None,
    address: Callable[[str], str],
    size: int = SIZE,
) -> Page[PublicEntry]:
    """One page of the entries that a reader is looking for."""
    condition = _wanted(publication, words=words, township=township)
    if status:
        condition = sa.and_(condition, PublicEntry.status == status)
    total = session.scalar(sa.select(sa.func.count(PublicEntry.id)).where(condition))
    return paged(
        session,
        sa.select(PublicEntry).where(condition).options(raiseload("*")),
        keys=[Key(PublicEntry.sort_key), Key(PublicEntry.id)],
        cursor=cursor,
        address=address,
        total=total,
        size=size,
    )


def counts(
    session: Session, publication: Publication, *, words: str, township: str
) -> dict[str, int]:
    """How many of what was searched stand in each status."""
    rows = session.execute(
        sa.select(PublicEntry.status, sa.func.count())
        .where(_wanted(publication, words=words, township=township))
        .group_by(PublicEntry.status)
    ).all()
    return {row[0]: row[1] for row in rows}


def townships(session: Session, publication: Publication) -> Sequence[str]:
    return session.scalars(
        sa.select(PublicEntry.township)
        .where(PublicEntry.publication_id == publication.id, PublicEntry.included)
        .distinct()
        .order_by(PublicEntry.township)
    ).all()


def all_entries(session: Session, publication: Publication) -> Sequence[PublicEntry]:
    """For tables and static pages."""
    return session.scalars(
        sa.select(PublicEntry)
        .where(_wanted(publication, words="", township=""))
        .order_by(PublicEntry.sort_key, PublicEntry.id)
        .options(raiseload("*"))
    ).all()


def corrections(known: Sequence[Publication]) -> list[Publication]:
    """Of the batches of an authority, those that put something right or were taken down."""
    said = [b for b in known if b.correction or b.state == S.WITHDRAWN]
    return said[:CORRECTIONS]


def _wanted(publication: Publication, *, words: str, township: str) -> sa.ColumnElement[bool]:
    conditions: list[sa.SQLColumnExpression[bool]] = [
        PublicEntry.publication_id == publication.id,
        PublicEntry.included,
    ]
    if wanted := searchable(words[:LONGEST_SEARCH]):
        conditions.append(PublicEntry.search_text.contains(wanted, autoescape=True))
    if township:
        conditions.append(PublicEntry.township == township)
    return sa.and_(*conditions)
