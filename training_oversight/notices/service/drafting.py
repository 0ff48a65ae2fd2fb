"""Drafting: filled in from the records, changed freely, never refused for what is missing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from training_oversight import audit, database
from training_oversight.accounts.models import Officer
from training_oversight.accounts.permissions import Permission
from training_oversight.audit import EventType
from training_oversight.catalogue.models import Effect, NoticeType
from training_oversight.errors import BadInput, WrongState
from training_oversight.law import Unit
from training_oversight.ledger.models import RectificationItem
from training_oversight.ledger.workflow import ItemState
from training_oversight.notices import effects, printed, queries, wording
from training_oversight.notices.models import Notice, NoticeItem, Recipient
from training_oversight.notices.service import repeats
from training_oversight.notices.workflow import NoticeState
from training_oversight.registry.models import Institution
from training_oversight.texts import Text
from training_oversight.workflow import ACTED_FOR, acted_for, authorise

DRAFTED = EventType.declare("notice.drafted", Text("Notice drafted"), ["items", ACTED_FOR])
EDITED = EventType.declare("notice.edited", Text("Draft changed"), ["requirements", ACTED_FOR])


@dataclass(frozen=True, kw_only=True)
class ItemTerms:
    """What the draft says about one item. ``left_out`` takes the item off this paper."""

    item_id: int
    basis: str = ""
    requirement: str = ""
    at_once: bool = False
    length: int | None = None
    unit: Unit | None = None
    left_out: bool = False


@dataclass(frozen=True, kw_only=True)
class Wording:
    """Everything of a draft that an officer may change."""

    recipient: Recipient
    recipient_name: str
    recipient_address: str
    recipient_person: str
    facts: str
    consequence: str
    remedies: str
    asked: Sequence[ItemTerms] = ()


def draft(
    session: Session,
    *,
    institution: Institution,
    type: NoticeType,
    items: Sequence[RectificationItem],
    by: Officer,
    today: date,
) -> Notice:
    """A draft over open items of one institution, filled in from what is on record."""
    authorise(by, institution, Permission.DRAFT_NOTICE)
    # Whoever drafts for the same institution at the same time waits here.
    database.locked(session, institution)
    _check_items(session, institution, items)
    repeats.mark(session, items, by=by)
    notice = Notice(
        authority=by.authority,
        institution=institution,
        type=type,
        effect=type.effect,
        series=type.code,
        division_path=institution.division_path,
        drafted_by=by,
        drafted_on=today,
        facts=wording.facts(items),
        basis=[{"item": one.id, "text": one.violation_type.legal_basis} for one in items],
        consequence=type.consequence,
        remedies=by.authority.remedies,
        entries=[_entry(place, one, type) for place, one in enumerate(items, start=1)],
        **_first_recipient(institution, type.effect),
    )
    audit.created(
        session,
        notice,
        DRAFTED,
        by=by,
        items=[one.number for one in items],
        **acted_for(by, Permission.DRAFT_NOTICE),
    )
    return notice


def _check_items(
    session: Session, institution: Institution, items: Sequence[RectificationItem]
) -> None:
    if not items:
        raise _on_items(Text("Choose at least one problem that the notice is about."))
    if any(one.institution_id != institution.id for one in items):
        raise _on_items(Text("A notice is about problems of one institution only."))
    for one in items:
        if one.state is not ItemState.OPEN:
            raise _on_items(
                Text(
                    "Item %(number)s is “%(state)s” now; a notice is about open items.",
                    number=one.number,
                    state=one.state,
                )
            )
    pending = queries.pending_on(session, [one.id for one in items])
    for one in items:
        if one.id in pending:
            raise _on_items(
                Text(
                    "Item %(number)s is already on a notice that is on its way, drafted by "
                    "%(name)s.",
                    number=one.number,
                    name=pending[one.id].drafted_by.name,
                )
            )


def _on_items(sentence: Text) -> BadInput:
    return BadInput(sentence, {"items": sentence})


def _entry(place: int, item: RectificationItem, type: NoticeType) -> NoticeItem:
    return NoticeItem(
        item=item,
        position=place,
        requirement=item.measure or item.violation_type.measure,
        at_once=effects.of(type.effect).at_once,
        length=type.default_length,
        unit=type.unit,
    )


def _first_recipient(institution: Institution, effect: Effect) -> dict[str, object]:
    """The institution; who a matter is handed to inside the administration must be typed."""
    if effects.of(effect).within:
        blank = dict.fromkeys(("recipient_name", "recipient_address", "recipient_person"), "")
        return {"recipient": Recipient.INSTITUTION, **blank}
    return _recipient(institution, Recipient.INSTITUTION)


def _recipient(institution: Institution, recipient: Recipient) -> dict[str, Any]:
    """Whom to address, as the register knows them."""
    venue = institution.main_venue
    name = {
        Recipient.INSTITUTION: institution.name,
        Recipient.ORGANISER: institution.organiser,
        Recipient.LANDLORD: venue.landlord if venue else None,
    }[recipient]
    own = recipient is Recipient.INSTITUTION
    return {
        "recipient": recipient,
        "recipient_name": name or "",
        "recipient_address": venue.address if venue else "",
        "recipient_person": (institution.responsible_person or "") if own else "",
    }


def update(
    session: Session, notice: Notice, *, wording: Wording, by: Officer, version: int | None = None
) -> None:
    """Save a draft as it stands. Only its own state can refuse it, never a missing fact."""
    authorise(by, notice, Permission.DRAFT_NOTICE)
    database.locked(session, notice)
    database.seen(notice, version)
    if notice.state is not NoticeState.DRAFT:
        raise WrongState(
            Text("Only a draft can be changed; this notice is “%(state)s” now.", state=notice.state)
        )
    before, asked_before = audit.differences.snapshot(notice), _spoken(notice)
    _write(notice, wording)
    _write_entries(session, notice, wording.asked)
    changes = audit.differences.difference(before, audit.differences.snapshot(notice))
    asked = _spoken(notice)
    if not changes and asked == asked_before:
        return
    # What is asked for lies in rows of its own; a form opened before must still be stale.
    flag_modified(notice, "basis")
    audit.record(
        session,
        notice,
        EDITED,
        by=by,
        changes=changes,
        requirements=asked,
        **acted_for(by, Permission.DRAFT_NOTICE),
    )


def _write(notice: Notice, wording: Wording) -> None:
    turned = wording.recipient is not notice.recipient
    known = _recipient(notice.institution, notice.recipient)
    notice.recipient = _suitable(notice.effect, wording.recipient)
    notice.recipient_name = wording.recipient_name
    notice.recipient_address = wording.recipient_address
    notice.recipient_person = wording.recipient_person
    notice.facts, notice.remedies = wording.facts, wording.remedies
    notice.consequence = wording.consequence
    if turned and wording.recipient_name == known["recipient_name"]:
        fresh = _recipient(notice.institution, notice.recipient)
        notice.recipient_name = fresh["recipient_name"]
        notice.recipient_person = fresh["recipient_person"]


def _suitable(effect: Effect, recipient: Recipient) -> Recipient:
    if recipient not in effects.of(effect).recipients:
        sentence = Text("A landlord can only be informed; choose the institution or its organiser.")
        raise BadInput(sentence, {"recipient": sentence})
    return recipient


def _write_entries(session: Session, notice: Notice, asked: Sequence[ItemTerms]) -> None:
    given = {one.item_id: one for one in asked}
    kept = [
        entry
        for entry in notice.entries
        if entry.item_id not in given or not given[entry.item_id].left_out
    ]
    if not kept:
        raise BadInput(Text("A notice is about at least one problem; void the draft instead."))
    basis = printed.basis_of(notice)
    for gone in [entry for entry in notice.entries if entry not in kept]:
        notice.entries.remove(gone)
        session.delete(gone)
    for place, entry in enumerate(kept, start=1):
        entry.position = place
        if (one := given.get(entry.item_id)) is not None:
            _write_entry(entry, one)
            basis[entry.item_id] = one.basis
    notice.basis = [{"item": e.item_id, "text": basis.get(e.item_id, "")} for e in kept]


def _write_entry(entry: NoticeItem, asked: ItemTerms) -> None:
    entry.requirement, entry.at_once = asked.requirement, asked.at_once
    entry.length = asked.length
    entry.unit = (asked.unit or Unit.WORKING_DAYS) if asked.length is not None else None


def _spoken(notice: Notice) -> list[str]:
    """What is asked for, as the history keeps it."""
    return [
        f"{entry.requirement} {period}".strip()
        for entry in notice.entries
        for period in [
            wording.period(
                notice.effect, at_once=entry.at_once, length=entry.length, unit=entry.unit
            )
        ]
    ]
