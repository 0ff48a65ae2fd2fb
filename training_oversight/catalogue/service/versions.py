"""Shipping the catalogue, and editing it: an edit ends a version and adds the next."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.orm import Session

from training_oversight import audit, database
from training_oversight.accounts.authorising import settings_of
from training_oversight.accounts.models import Authority, Officer
from training_oversight.audit import EventType
from training_oversight.catalogue import paper_templates, queries
from training_oversight.catalogue.models import (
    AnswerRule,
    CatalogueVersion,
    Checklist,
    CloseReason,
    InstitutionKind,
    Limit,
    NoticeType,
    Phrase,
    RefundFormula,
    RepeatRule,
    ViolationType,
    VisitRule,
)
from training_oversight.errors import BadInput, ChangedRecord, NotPermitted, StaleForm
from training_oversight.texts import Text

SHIPPED = Path(__file__).parents[1] / "shipped.toml"
MODELS: dict[str, type[CatalogueVersion]] = {
    "kinds": InstitutionKind,
    "violation_types": ViolationType,
    "notice_types": NoticeType,
    "close_reasons": CloseReason,
    "checklists": Checklist,
    "limits": Limit,
    "refund_formulas": RefundFormula,
    "answer_rules": AnswerRule,
    "repeat_rules": RepeatRule,
    "visit_rules": VisitRule,
    "phrases": Phrase,
}
# Shipped entries are in force from a day before any record can be.
ALWAYS = date(2018, 1, 1)

CHANGED = EventType.declare("catalogue.changed", Text("Catalogue entry changed"))
ENDED = EventType.declare("catalogue.ended", Text("Catalogue entry ended"))
CHANGED_MEANWHILE = Text(
    "Not saved: somebody changed this entry after you opened it. What you typed is still "
    "here; compare it with the present entry, then save again."
)


def ship(session: Session) -> int:
    """Bring the shipped entries to what this release carries; returns how many changed.

    A county's own entries are other rows and are never touched.
    """
    return sum(_ship_one(session, model, given) for model, given in _shipped())


def _shipped() -> Iterator[tuple[type[CatalogueVersion], dict[str, object]]]:
    content = tomllib.loads(SHIPPED.read_text(encoding="utf-8"))
    for section, model in MODELS.items():
        for position, given in enumerate(content[section]):
            yield model, {"position": position, **given}


def _check(model: type[object], values: Mapping[str, object]) -> None:
    """What no constraint can hold: the words that a type of notice is printed in."""
    if model is NoticeType:
        paper_templates.check(str(values["template_code"]), str(values["effect"]))


def _ship_one(session: Session, model: type[CatalogueVersion], given: dict[str, object]) -> bool:
    _check(model, given)
    present = session.scalars(
        sa.select(model).where(
            model.code == given["code"], model.authority_id.is_(None), model.valid_to.is_(None)
        )
    ).one_or_none()
    if present is not None and all(getattr(present, k) == v for k, v in given.items()):
        return False
    since = ALWAYS
    if present is not None:
        since = present.valid_to = database.written_on(session)
    session.flush()
    session.add(model(**given, valid_from=since))
    session.flush()
    return True


def change(
    session: Session,
    present: CatalogueVersion | None,
    *,
    model: type[CatalogueVersion],
    values: dict[str, object],
    by: Officer,
    today: date,
    seen: int | None = None,
) -> CatalogueVersion:
    """Give the officer's authority its own version from today on.

    A shipped entry stays as it is and is overlaid; an own one ends today. Records keep
    pointing at the version that they used. ``seen`` is the version that the form showed.
    """
    one_editor_at_a_time(session, by)
    _check(model, values)
    _unchanged_since(session, model, str(values["code"]), seen=seen, by=by, today=today)
    if present is not None and present.authority_id == by.authority_id:
        database.locked(session, present)
        with audit.editing(session, present, ENDED, by=by):
            present.valid_to = today
    fresh: CatalogueVersion = model(**values, authority_id=by.authority_id, valid_from=today)
    audit.created(session, fresh, CHANGED, by=by)
    return fresh


def end(session: Session, present: CatalogueVersion, *, by: Officer, today: date) -> None:
    """End an own version; the shipped one of the same code, if any, is in force again."""
    if present.authority_id != by.authority_id:
        raise NotPermitted(Text("A shipped entry cannot be ended, only replaced by your own."))
    one_editor_at_a_time(session, by)
    database.locked(session, present)
    if present.valid_to is not None:
        raise StaleForm(CHANGED_MEANWHILE)
    with audit.editing(session, present, ENDED, by=by):
        present.valid_to = today


def one_editor_at_a_time(session: Session, by: Officer) -> None:
    """Who may change the settings of their authority, and nobody else at the same time."""
    settings_of(by, by.authority)
    session.get_one(Authority, by.authority_id, with_for_update=True)


def _unchanged_since(
    session: Session,
    model: type[CatalogueVersion],
    code: str,
    *,
    seen: int | None,
    by: Officer,
    today: date,
) -> None:
    """Refuse a form that was opened before somebody else gave the entry a new version."""
    found = {
        entry.code: entry.id
        for entry in queries.entries(session, model, authority_id=by.authority_id, today=today)
    }
    if found.get(code) != seen and seen is not None:
        now = found.get(code)
        raise StaleForm(
            CHANGED_MEANWHILE,
            ChangedRecord(model.__tablename__, now, now) if now else None,
        )
    if code in found and seen is None:
        sentence = Text("There is an entry “%(code)s” already. Change that one.", code=code)
        raise BadInput(sentence, {"code": sentence})
