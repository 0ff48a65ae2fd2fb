"""Preparing a public list: its entries proposed, left out and put back."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from training_oversight import audit, database, workflow
from training_oversight.accounts.models import Officer
from training_oversight.accounts.permissions import Permission
from training_oversight.audit import EventType
from training_oversight.errors import BadInput, NotPermitted, WrongState
from training_oversight.publication import earlier_queries, layout, proposal, queries
from training_oversight.publication.models import Publication, PublicEntry
from training_oversight.publication.proposal import Copied
from training_oversight.publication.rules import ListRule
from training_oversight.publication.workflow import PublicationState
from training_oversight.texts import Text
from training_oversight.workflow import ACTED_FOR, authorise

PREPARED = EventType.declare(
    "publication.prepared", Text("List prepared"), facts=["entries", ACTED_FOR]
)
REFRESHED = EventType.declare(
    "publication.refreshed",
    Text("Brought up to date"),
    facts=["added", "changed", "dropped", ACTED_FOR],
)
REMOVED = EventType.declare(
    "publication.entry_removed", Text("Entry removed"), facts=["entry", "place", ACTED_FOR]
)
RESTORED = EventType.declare(
    "publication.entry_restored", Text("Entry put back"), facts=["entry", "place", ACTED_FOR]
)
ALREADY = Text("A list is in preparation already; finish or discard that one first.")


def prepare(
    session: Session, rule: ListRule, *, by: Officer, today: date, correction: str = ""
) -> Publication:
    """Make a draft of a list of that kind as the records stand today.

    What was left out of the last list in which it stood, stays out.
    """
    authorise(by, by, Permission.PREPARE_PUBLICATION)
    if not by.scope.covers(by.authority.division.path):
        raise NotPermitted(Text("The list is of the whole county; you see only a part of it."))
    # Whoever prepares at the same time waits here, and then finds this draft.
    database.locked(session, by.authority)
    if queries.in_preparation(session, by.authority, rule.kind) is not None:
        raise WrongState(ALREADY)
    publication = Publication(
        authority_id=by.authority_id,
        division_path=by.authority.division.path,
        kind=rule.kind,
        as_of=today,
        correction=correction,
        prepared_by_id=by.id,
    )
    layout.freeze(publication, rule)
    session.add(publication)
    session.flush()
    made = _copied(session, publication, rule, today=today)
    _write(session, publication, made)
    audit.created(session, publication, PREPARED, by=by, entries=len(made), **_acted_for(by))
    return publication


def refresh(
    session: Session,
    publication: Publication,
    rule: ListRule,
    *,
    by: Officer,
    today: date,
    version: int | None,
) -> None:
    """Copy again from the records of today. What was removed stays removed."""
    _lock_in_preparation(session, publication, by=by, version=version)
    layout.freeze(publication, rule)
    fresh = _copied(session, publication, rule, today=today)
    made = {one.copy.identity: one.copy for one in fresh}
    held = {proposal.identity(entry): entry for entry in publication.entries}
    dropped = [entry for about, entry in held.items() if about not in made]
    changed = [key for key, copy in made.items() if key in held and copy.differs_from(held[key])]
    for entry in dropped:
        session.delete(entry)
    session.flush()
    session.expire(publication, ["entries"])
    _write(session, publication, fresh)
    publication.as_of = today
    _touch(publication)
    audit.record(
        session,
        publication,
        REFRESHED,
        by=by,
        added=len(made.keys() - held.keys()),
        changed=len(changed),
        dropped=len(dropped),
        **_acted_for(by),
    )


def remove(
    session: Session,
    entry: PublicEntry,
    *,
    reason: str,
    by: Officer,
    today: date,
    version: int | None = None,
) -> None:
    """Leave an entry out of the list and of later ones, and say why."""
    if not reason.strip():
        sentence = Text("Say why the entry is left out.")
        raise BadInput(sentence, {"reason": sentence})
    publication = entry.publication
    _lock_draft(session, publication, by=by, version=version)
    session.refresh(entry)
    if not entry.included:
        raise WrongState(Text("This entry is left out already."))
    entry.included, entry.removed_reason = False, reason
    entry.removed_by_id, entry.removed_on = by.id, today
    _touch(publication)
    audit.record(
        session,
        publication,
        REMOVED,
        by=by,
        note=reason,
        entry=entry.position,
        place=layout.of(publication).name(entry),
        **_acted_for(by),
    )


def restore(
    session: Session, entry: PublicEntry, *, by: Officer, version: int | None = None
) -> None:
    """Take an entry back into the list."""
    publication = entry.publication
    _lock_draft(session, publication, by=by, version=version)
    session.refresh(entry)
    if entry.included:
        raise WrongState(Text("This entry is in the list."))
    entry.included, entry.removed_reason = True, ""
    entry.removed_by_id, entry.removed_on = None, None
    _touch(publication)
    audit.record(
        session,
        publication,
        RESTORED,
        by=by,
        entry=entry.position,
        place=layout.of(publication).name(entry),
        **_acted_for(by),
    )


def _copied(
    session: Session, publication: Publication, rule: ListRule, *, today: date
) -> list[Copied]:
    asked = queries.occasion(session, publication, today=today)
    publication.basis = rule.basis(session, asked)
    return proposal.copied(session, rule, asked)


def _write(session: Session, publication: Publication, made: list[Copied]) -> None:
    """Add what is new, copy again what is there, and number all in the order of the rule."""
    held = {proposal.identity(entry): entry for entry in publication.entries}
    kept_out = earlier_queries.kept_out(session, publication)
    for position, one in enumerate(made, start=1):
        about = one.copy.identity
        entry = held.get(about) or _new(publication, kept_out.get(about))
        for name, value in one.copy.values().items():
            setattr(entry, name, value)
        entry.why = one.why
        entry.position = position
        # By place in the list: a key by name would carry the name that was masked.
        entry.sort_key = f"{position:06}"
        session.add(entry)
    session.flush()
    session.expire(publication, ["entries"])


def _new(publication: Publication, left_out: PublicEntry | None) -> PublicEntry:
    """An entry of the list; as it was left out of an earlier one, if it was."""
    if left_out is None:
        return PublicEntry(publication_id=publication.id)
    return PublicEntry(
        publication_id=publication.id,
        included=False,
        removed_reason=left_out.removed_reason,
        removed_by_id=left_out.removed_by_id,
        removed_on=left_out.removed_on,
    )


def _touch(publication: Publication) -> None:
    """Let a form of the whole list that was opened before be stale: an entry has changed."""
    flag_modified(publication, "title")


def _acted_for(by: Officer) -> dict[str, Any]:
    return workflow.acted_for(by, Permission.PREPARE_PUBLICATION)


def _lock_in_preparation(
    session: Session, publication: Publication, *, by: Officer, version: int | None
) -> None:
    authorise(by, publication, Permission.PREPARE_PUBLICATION)
    database.locked(session, publication)
    database.seen(publication, version)
    if publication.state not in queries.IN_PREPARATION:
        raise WrongState(Text("The list is not in preparation any more; what is public stays so."))


def _lock_draft(
    session: Session, publication: Publication, *, by: Officer, version: int | None
) -> None:
    _lock_in_preparation(session, publication, by=by, version=version)
    if publication.state != PublicationState.DRAFT:
        raise WrongState(
            Text("The list waits for review; entries can be changed after it was returned.")
        )
