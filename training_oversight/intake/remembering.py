"""How the lists of one sender are read, kept for their next one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from training_oversight import database
from training_oversight.intake.cleaning.taught import Words
from training_oversight.intake.manner import USUAL, Manner
from training_oversight.intake.models import ImportBatch, ImportMapping, LedgerCheck

# A file that somebody sent: to be written to the register, or only to be looked through.
Sent = ImportBatch | LedgerCheck


def remember(
    session: Session,
    sent: Sent,
    settled: Mapping[str, str],
    said: Mapping[str, Mapping[str, str | None]] | None = None,
    *,
    ledger: Mapping[str, str] | None = None,
    manner: Manner | None = None,
) -> None:
    """How this sender's columns and words are read, for the next list.

    ``ledger``: columns of an old ledger, which say nothing of a list for the register.
    """
    if not sent.sender:
        return
    key = {"authority_id": sent.authority_id, "sender": sent.sender}
    now = database.instant(session)
    # Two lists of one sender may be settled at once, both of them the first.
    database.insert_if_absent(session, ImportMapping, **key, columns={}, used_at=now)
    mapping = session.scalars(
        sa.select(ImportMapping)
        .filter_by(**key)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one()
    # What an earlier list of theirs had and this one has not stays known.
    mapping.columns = {**mapping.columns, **settled}
    if ledger is not None:
        others = {name: field for name, field in mapping.ledger.items() if name not in settled}
        mapping.ledger = {**others, **ledger}
    words_now = {name: {**mapping.words.get(name, {}), **it} for name, it in (said or {}).items()}
    mapping.words = {**mapping.words, **{name: meant(it) for name, it in words_now.items()}}
    if manner is not None:
        mapping.datum, mapping.apart = manner.datum, manner.apart
    mapping.used_at = now


def meant(said: Mapping[str, str | None]) -> dict[str, str]:
    return {word: it for word, it in said.items() if it is not None}


def columns(session: Session, authority_id: int, sender: str) -> Mapping[str, str]:
    """Header as written -> field, as this sender's last list was read."""
    kept = _kept(session, authority_id, sender)
    return kept.columns if kept else {}


def ledger(session: Session, authority_id: int, sender: str) -> Mapping[str, str]:
    """The same of an old ledger: what was said of one goes before what was said of a list."""
    kept = _kept(session, authority_id, sender)
    return {**kept.columns, **kept.ledger} if kept else {}


def words(session: Session, authority_id: int, sender: str) -> Words:
    """What the words of this sender's lists mean."""
    kept = _kept(session, authority_id, sender)
    return kept.words if kept else {}


def manner(session: Session, authority_id: int, sender: str) -> Manner:
    """From which map this sender's positions come, and what places of one code are."""
    kept = _kept(session, authority_id, sender)
    return Manner(kept.datum, kept.apart) if kept else USUAL


def _kept(session: Session, authority_id: int, sender: str) -> Any:
    """What is remembered of a sender, as it stands now; of a list without one nothing is."""
    if not sender:
        return None
    return session.execute(
        sa.select(
            *(ImportMapping.columns, ImportMapping.ledger, ImportMapping.words),
            *(ImportMapping.datum, ImportMapping.apart),
        ).where(ImportMapping.authority_id == authority_id, ImportMapping.sender == sender)
    ).one_or_none()
