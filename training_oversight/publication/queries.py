"""Reading publications for officers, in their scope."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload, raiseload

from training_oversight.accounts.models import Authority, Officer, Scope
from training_oversight.errors import NotFound
from training_oversight.publication import proposal
from training_oversight.publication.models import Publication, PublicEntry
from training_oversight.publication.rules import ListRule, Occasion
from training_oversight.publication.workflow import PublicationState
from training_oversight.texts import Text
from training_oversight.web.paging import Key, Page, paged

S = PublicationState
IN_PREPARATION = (S.DRAFT, S.SUBMITTED)
STANDING = (S.PUBLISHED, S.SUPERSEDED)
ENDED = (S.WITHDRAWN, S.SUPERSEDED, S.DISCARDED)
# Saved views of the list.
VIEWS: Mapping[str, tuple[PublicationState, ...]] = {
    "all": tuple(S),
    "preparing": IN_PREPARATION,
    "published": (S.PUBLISHED,),
    "ended": ENDED,
}
REMOVED = "removed"


def one(session: Session, publication_id: int, *, officer: Officer) -> Publication:
    """Raises ``NotFound`` outside the officer's scope."""
    found = session.get(Publication, publication_id)
    if found is None or not officer.scope.covers(found.division_path):
        raise NotFound
    return found


def entry(session: Session, publication: Publication, entry_id: int) -> PublicEntry:
    found = session.get(PublicEntry, entry_id)
    if found is None or found.publication_id != publication.id:
        raise NotFound
    return found


def listed(
    session: Session,
    officer: Officer,
    *,
    view: str,
    kind: str | None,
    cursor: str | None,
    address: Callable[[str], str],
) -> Page[Any]:
    """One page of (publication, number of entries, preparer), newest first."""
    entries = (
        sa.select(sa.func.count())
        .where(PublicEntry.publication_id == Publication.id, PublicEntry.included)
        .scalar_subquery()
    )
    statement = (
        sa.select(Publication, entries.label("entries"), Officer.name.label("prepared_by"))
        .join(Officer, Officer.id == Publication.prepared_by_id)
        .where(_view(officer, view, kind))
        .options(raiseload("*"))
    )
    total = session.scalar(
        sa.select(sa.func.count(Publication.id)).where(_view(officer, view, kind))
    )
    keys = [Key(Publication.id, descending=True)]
    return paged(session, statement, keys=keys, cursor=cursor, address=address, total=total)


def view_counts(session: Session, officer: Officer, *, kind: str | None) -> dict[str, int]:
    """How many each saved view holds, of one kind or of all; one query."""
    rows = session.execute(
        sa.select(Publication.state, sa.func.count())
        .where(_view(officer, "all", kind))
        .group_by(Publication.state)
    ).all()
    by_state = {row[0]: row[1] for row in rows}
    return {view: sum(by_state.get(s, 0) for s in states) for view, states in VIEWS.items()}


def _view(officer: Officer, view: str, kind: str | None) -> sa.ColumnElement[bool]:
    return sa.and_(
        officer.scope.clause(Publication.division_path),
        Publication.state.in_(VIEWS.get(view, VIEWS["all"])),
        Publication.kind == kind if kind else sa.true(),
    )


def in_preparation(session: Session, authority: Authority, kind: str) -> Publication | None:
    return unfinished(session, authority.id).get(kind)


def unfinished(session: Session, authority_id: int) -> dict[str, Publication]:
    """Kind -> the list of that kind that is in preparation."""
    found = sa.select(Publication).where(
        Publication.authority_id == authority_id, Publication.state.in_(IN_PREPARATION)
    )
    return {one.kind: one for one in session.scalars(found)}


def last_batch(
    session: Session, authority_id: int, kind: str, *, before: Publication | None = None
) -> Publication | None:
    """The latest batch that was not withdrawn, which the next one follows on."""
    statement = sa.select(Publication).where(
        Publication.authority_id == authority_id,
        Publication.kind == kind,
        Publication.state.in_(STANDING),
    )
    if before is not None:
        statement = statement.where(Publication.id != before.id)
    newest = statement.order_by(Publication.published_on.desc(), Publication.id.desc())
    return session.scalars(newest.limit(1)).first()


def standing(session: Session, authority_id: int, kind: str) -> Publication | None:
    """The batch that is the present one."""
    return present(session, authority_id).get(kind)


def present(session: Session, authority_id: int) -> dict[str, Publication]:
    """Kind -> the batch of that kind that stands."""
    found = sa.select(Publication).where(
        Publication.authority_id == authority_id, Publication.state == S.PUBLISHED
    )
    return {one.kind: one for one in session.scalars(found)}


def entries(
    session: Session,
    publication: Publication,
    *,
    shown: str,
    cursor: str | None,
    address: Callable[[str], str],
) -> Page[PublicEntry]:
    """Entries of the list, all or those of one status or the removed ones."""
    condition = _shown(publication, shown)
    statement = sa.select(PublicEntry).where(condition).options(raiseload("*"))
    total = session.scalar(sa.select(sa.func.count(PublicEntry.id)).where(condition))
    keys = [Key(PublicEntry.position), Key(PublicEntry.id)]
    return paged(session, statement, keys=keys, cursor=cursor, address=address, total=total)


def _shown(publication: Publication, shown: str) -> sa.ColumnElement[bool]:
    mine = PublicEntry.publication_id == publication.id
    if shown == REMOVED:
        return sa.and_(mine, sa.not_(PublicEntry.included))
    if shown:
        return sa.and_(mine, PublicEntry.included, PublicEntry.status == shown)
    return mine


def counts(session: Session, publication: Publication) -> dict[tuple[str, bool], int]:
    """(status, included) -> entries."""
    rows = session.execute(
        sa.select(PublicEntry.status, PublicEntry.included, sa.func.count())
        .where(PublicEntry.publication_id == publication.id)
        .group_by(PublicEntry.status, PublicEntry.included)
    ).all()
    return {(status, bool(included)): count for status, included, count in rows}


def included(session: Session, publication: Publication) -> Sequence[PublicEntry]:
    """Everything that is or will be public of the list, in its order."""
    return session.scalars(
        sa.select(PublicEntry)
        .where(PublicEntry.publication_id == publication.id, PublicEntry.included)
        .order_by(PublicEntry.position)
        .options(raiseload("*"))
    ).all()


def occasion(
    session: Session, publication: Publication, *, today: date, within: Publication | None = None
) -> Occasion:
    """For which the rule of the list is asked: after the batch before it."""
    last = last_batch(session, publication.authority_id, publication.kind, before=publication)
    scope = scope_of(publication)
    return Occasion(publication.authority_id, scope, today, last, within)


def changed_since(
    session: Session, publication: Publication, rule: ListRule, *, today: date
) -> list[tuple[PublicEntry, proposal.Copy | None]]:
    """Entries whose record has changed since they were copied, with the copy of now.

    Without one, the rule of the list would not propose it any more.
    """
    asked = occasion(session, publication, today=today, within=publication)
    fresh = proposal.copied(session, rule, asked)
    now = {made.copy.identity: made.copy for made in fresh}
    pairs = [(one, now.get(proposal.identity(one))) for one in included(session, publication)]
    return [(one, copy) for one, copy in pairs if copy is None or copy.differs_from(one)]


def left_out(
    session: Session, publication: Publication, rule: ListRule, *, today: date
) -> Sequence[tuple[Text, int]]:
    """How many the rule does not propose, and why."""
    asked = occasion(session, publication, today=today)
    return rule.left_out(session, asked)


def obstacles(
    session: Session, publication: Publication, rule: ListRule, *, today: date
) -> list[Text]:
    """Why the list cannot be approved as it stands, by whomever."""
    found = []
    if not included(session, publication):
        found.append(Text("The list has no entries; there is nothing to publish."))
    if changed := changed_since(session, publication, rule, today=today):
        found.append(
            Text(
                "%(count)s entries have changed since the list was made; have it brought up to "
                "date first.",
                count=len(changed),
            )
        )
    return found


def scope_of(publication: Publication) -> Scope:
    return Scope(publication.division_path)


def with_people(session: Session, publication: Publication) -> Publication:
    """The record with the people that its page names; one query."""
    return session.scalars(
        sa.select(Publication)
        .where(Publication.id == publication.id)
        .options(joinedload(Publication.prepared_by), joinedload(Publication.approved_by))
        .execution_options(populate_existing=True)
    ).one()


def public_page(
    session: Session, publication: Publication, *, cursor: str | None, address: Callable[[str], str]
) -> Page[PublicEntry]:
    """Entries as the public will page through them, before they are public."""
    mine = sa.and_(PublicEntry.publication_id == publication.id, PublicEntry.included)
    return paged(
        session,
        sa.select(PublicEntry).where(mine).options(raiseload("*")),
        keys=[Key(PublicEntry.sort_key), Key(PublicEntry.id)],
        cursor=cursor,
        address=address,
        total=session.scalar(sa.select(sa.func.count(PublicEntry.id)).where(mine)),
    )
