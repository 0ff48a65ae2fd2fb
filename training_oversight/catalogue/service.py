"""Shipping the catalogue, and editing it: an edit ends a version and adds the next."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from training_oversight import audit, database
from training_oversight.accounts.models import Officer
from training_oversight.audit import EventType
from training_oversight.catalogue.models import (
    CalendarDay,
    CalendarYear,
    CatalogueVersion,
    Checklist,
    CloseReason,
    InstitutionKind,
    Limit,
    NoticeType,
    ViolationType,
)
from training_oversight.texts import Text

SHIPPED = Path(__file__).parent / "shipped.toml"
MODELS: dict[str, type[CatalogueVersion]] = {
    "kinds": InstitutionKind,
    "violation_types": ViolationType,
    "notice_types": NoticeType,
    "close_reasons": CloseReason,
    "checklists": Checklist,
    "limits": Limit,
}
# Shipped entries are in force from a day before any record can be.
ALWAYS = date(2018, 1, 1)

CHANGED = EventType.declare("catalogue.changed", Text("Catalogue entry changed"))
ENDED = EventType.declare("catalogue.ended", Text("Catalogue entry ended"))


def ship(session: Session) -> int:
    """Bring the shipped entries to what this release carries; returns how many changed.

    A county's own entries are other rows and are never touched.
    """
    return sum(_ship_one(session, model, given) for model, given in _shipped())


def _shipped() -> Iterator[tuple[type[CatalogueVersion], dict[str, Any]]]:
    content = tomllib.loads(SHIPPED.read_text(encoding="utf-8"))
    for section, model in MODELS.items():
        for position, given in enumerate(content[section]):
            yield model, {"position": position, **given}


def _ship_one(session: Session, model: type[CatalogueVersion], given: dict[str, Any]) -> bool:
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
    values: dict[str, Any],
    by: Officer,
    today: date,
) -> CatalogueVersion:
    """Give the officer's authority its own version from today on.

    A shipped entry stays as it is and is overlaid; an own one ends today. Records keep
    pointing at the version that they used.
    """
    if present is not None and present.authority_id == by.authority_id:
        present.valid_to = today
        session.flush()
    fresh = model(**values, authority_id=by.authority_id, valid_from=today)
    audit.created(session, fresh, CHANGED, by=by)  # type: ignore[arg-type]
    return fresh


def enter_calendar_day(
    session: Session, day: date, *, working: bool, name: str, source: str, by: Officer
) -> CalendarDay:
    """Add a day of the State Council's arrangement, or correct one."""
    entered = session.merge(
        CalendarDay(
            day=day,
            working=working,
            name=name,
            source=source,
            entered_by_id=by.id,
            entered_at=database.instant(session),
        )
    )
    session.flush()
    return entered


def confirm_calendar_year(session: Session, year: int, *, source: str) -> None:
    """Say that all days of a year are entered: due dates in it are no longer provisional."""
    session.merge(CalendarYear(year=year, source=source))
