"""Preparing, approving and ending public lists. The only code that writes them."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from training_oversight import audit, database, workflow
from training_oversight.accounts.models import Officer
from training_oversight.accounts.permissions import Permission
from training_oversight.audit import EventType
from training_oversight.catalogue import numbers
from training_oversight.errors import BadInput, Blocked, NotPermitted, WrongState
from training_oversight.publication import proposal, queries
from training_oversight.publication.models import ListKind, Publication, PublicEntry
from training_oversight.publication.proposal import Proposed
from training_oversight.publication.workflow import PublicationState, PublicationVerb
from training_oversight.texts import Text
from training_oversight.workflow import ACTED_FOR, authorise

# Publications are always Chinese.
TITLE = "校外培训机构整改情况"
SERIES = "publication:rectification"
KIND = ListKind.RECTIFICATION

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
V = PublicationVerb
ALREADY = Text("A list is in preparation already; finish or discard that one first.")


def prepare(session: Session, *, by: Officer, today: date, correction: str = "") -> Publication:
    """Make a draft of the rectification list as the ledger stands today."""
    authorise(by, by, Permission.PREPARE_PUBLICATION)
    if not by.scope.covers(by.authority.division.path):
        raise NotPermitted(Text("The list is of the whole county; you see only a part of it."))
    # Whoever prepares at the same time waits here, and then finds this draft.
    database.locked(session, by.authority)
    if queries.in_preparation(session, by.authority, KIND) is not None:
        raise WrongState(ALREADY)
    publication = Publication(
        authority_id=by.authority_id,
        division_path=by.authority.division.path,
        kind=KIND,
        title=TITLE,
        as_of=today,
        correction=correction,
        prepared_by_id=by.id,
    )
    session.add(publication)
    session.flush()
    made = _proposed(session, publication, today=today)
    _write(session, publication, made)
    audit.created(session, publication, PREPARED, by=by, entries=len(made), **_acted_for(by))
    return publication


def refresh(
    session: Session, publication: Publication, *, by: Officer, today: date, version: int | None
) -> None:
    """Copy again from the ledger of today. What was removed stays removed."""
    _lock_in_preparation(session, publication, by=by, version=version)
    made = {p.copy.item_id: p for p in _proposed(session, publication, today=today)}
    held = {entry.item_id: entry for entry in publication.entries}
    dropped = [entry for item_id, entry in held.items() if item_id not in made]
    changed = [i for i, p in made.items() if i in held and p.copy.differs_from(held[i])]
    for entry in dropped:
        session.delete(entry)
    session.flush()
    session.expire(publication, ["entries"])
    _write(session, publication, list(made.values()))
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
    session: Session, entry: PublicEntry, *, reason: str, by: Officer, version: int | None = None
) -> None:
    """Leave an entry out of the list, and say why."""
    if not reason.strip():
        sentence = Text("Say why the entry is left out.")
        raise BadInput(sentence, {"reason": sentence})
    publication = entry.publication
    _lock_draft(session, publication, by=by, version=version)
    session.refresh(entry)
    if not entry.included:
        raise WrongState(Text("This entry is left out already."))
    entry.included, entry.removed_reason, entry.removed_by_id = False, reason, by.id
    _touch(publication)
    audit.record(
        session,
        publication,
        REMOVED,
        by=by,
        note=reason,
        entry=entry.position,
        place=entry.institution_name,
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
    entry.included, entry.removed_reason, entry.removed_by_id = True, "", None
    _touch(publication)
    audit.record(
        session,
        publication,
        RESTORED,
        by=by,
        entry=entry.position,
        place=entry.institution_name,
        **_acted_for(by),
    )


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
    session: Session, publication: Publication, *, by: Officer, today: date, version: int | None
) -> None:
    """Publish the list as it stands, with the next batch number, in place of the present one."""
    with workflow.moving(session, publication, V.APPROVE, by=by, version=version):
        if reasons := queries.obstacles(session, publication, today=today):
            raise Blocked(*reasons)
        _supersede(session, publication, by=by, today=today)
        batch = numbers.take(
            session, authority_id=publication.authority_id, series=SERIES, year=today.year
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


def _proposed(session: Session, publication: Publication, *, today: date) -> list[Proposed]:
    last = queries.last_batch(
        session, publication.authority_id, publication.kind, before=publication
    )
    return proposal.proposed(
        session,
        authority_id=publication.authority_id,
        scope=queries.scope_of(publication),
        today=today,
        last=last,
    )


def _write(session: Session, publication: Publication, made: list[Proposed]) -> None:
    """Add what is new, copy again what is there, and number all in the order of the rule."""
    held = {entry.item_id: entry for entry in publication.entries}
    for position, one in enumerate(made, start=1):
        entry = held.get(one.copy.item_id) or PublicEntry(publication_id=publication.id)
        for name, value in one.copy.values().items():
            setattr(entry, name, value)
        entry.why = one.stored_why()
        entry.position = position
        # By place in the list: a key by name would carry the name that was masked.
        entry.sort_key = f"{position:06}"
        session.add(entry)
    session.flush()
    session.expire(publication, ["entries"])


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


def _refuse_empty(session: Session, publication: Publication) -> None:
    if not queries.included(session, publication):
        raise Blocked(Text("The list has no entries; there is nothing to publish."))
