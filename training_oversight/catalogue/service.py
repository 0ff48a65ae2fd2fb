"""Shipping the catalogue, and editing it: an edit ends a version and adds the next."""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any, cast

import sqlalchemy as sa
from sqlalchemy.orm import Session

from training_oversight import audit, database
from training_oversight.accounts.models import Authority, Officer
from training_oversight.audit import EventType
from training_oversight.catalogue import map_settings as maps
from training_oversight.catalogue import queries
from training_oversight.catalogue.models import (
    CalendarDay,
    CalendarYear,
    CatalogueVersion,
    Checklist,
    CloseReason,
    InstitutionKind,
    Limit,
    NoticeType,
    Setting,
    ViolationType,
)
from training_oversight.database import Base
from training_oversight.errors import BadInput, NotFound, NotPermitted, StaleForm, Standing
from training_oversight.places.outline import Outline
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
DAY_ENTERED = EventType.declare(
    "calendar.day_entered", Text("Calendar day entered"), ["day", "working", "name", "source"]
)
DAY_TAKEN_BACK = EventType.declare(
    "calendar.day_taken_back", Text("Calendar day taken back"), ["day", "working", "name"]
)
YEAR_CONFIRMED = EventType.declare(
    "calendar.year_confirmed", Text("Calendar year confirmed"), ["year", "source"]
)
TILES_SET = EventType.declare("setting.tiles", Text("Map tiles set"))
OUTLINE_SET = EventType.declare("setting.outline", Text("Outline of the map set"))
GEOCODER_SET = EventType.declare("setting.geocoder", Text("Geocoding service set"))
CHANGED_MEANWHILE = Text(
    "Not saved: somebody changed this entry after you opened it. What you typed is still "
    "here; compare it with the present entry, then save again."
)


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


def _ship_one(session: Session, model: type[Any], given: dict[str, Any]) -> bool:
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
    model: type[Any],
    values: dict[str, Any],
    by: Officer,
    today: date,
    seen: int | None = None,
) -> CatalogueVersion:
    """Give the officer's authority its own version from today on.

    A shipped entry stays as it is and is overlaid; an own one ends today. Records keep
    pointing at the version that they used. ``seen`` is the version that the form showed.
    """
    _one_editor_at_a_time(session, by)
    _unchanged_since(session, model, values["code"], seen=seen, by=by, today=today)
    if present is not None and present.authority_id == by.authority_id:
        database.locked(session, _row(present))
        present.valid_to = today
        session.flush()
    fresh: CatalogueVersion = model(**values, authority_id=by.authority_id, valid_from=today)
    audit.created(session, _row(fresh), CHANGED, by=by)
    return fresh


def end(session: Session, present: CatalogueVersion, *, by: Officer, today: date) -> None:
    """End an own version; the shipped one of the same code, if any, is in force again."""
    if present.authority_id != by.authority_id:
        raise NotPermitted(Text("A shipped entry cannot be ended, only replaced by your own."))
    database.locked(session, _row(present))
    if present.valid_to is not None:
        raise StaleForm(CHANGED_MEANWHILE)
    present.valid_to = today
    audit.record(session, _row(present), ENDED, by=by)


def _row(version: CatalogueVersion) -> Base:
    """Every version is a row of some table; the common columns alone do not say so."""
    return cast(Base, version)


def _one_editor_at_a_time(session: Session, by: Officer) -> None:
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
            CHANGED_MEANWHILE, Standing(cast(Any, model).__tablename__, now, now) if now else None
        )
    if code in found and seen is None:
        sentence = Text("There is an entry “%(code)s” already. Change that one.", code=code)
        raise BadInput(sentence, {"code": sentence})


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
    said: dict[str, Any] = {"day": day, "working": working, "name": name, "source": source}
    audit.record(session, by.authority, DAY_ENTERED, by=by, **said)
    return entered


def take_back_calendar_day(session: Session, day: date, *, by: Officer) -> None:
    """Undo an entered day: it is again what the shipped calendar or the week says."""
    entered = session.get(CalendarDay, day)
    if entered is None:
        raise NotFound
    said: dict[str, Any] = {"day": day, "working": entered.working, "name": entered.name}
    session.delete(entered)
    audit.record(session, by.authority, DAY_TAKEN_BACK, by=by, **said)


def confirm_calendar_year(session: Session, year: int, *, source: str, by: Officer) -> None:
    """Say that all days of a year are entered: due dates in it are no longer provisional."""
    session.merge(CalendarYear(year=year, source=source))
    audit.record(session, by.authority, YEAR_CONFIRMED, by=by, year=year, source=source)


def set_tiles(
    session: Session, tiles: maps.Tiles | None, *, by: Officer, version: int | None
) -> None:
    """What lies under the points of the map; ``None`` for a plain ground."""
    with _setting(session, maps.TILES, TILES_SET, by=by, version=version) as setting:
        setting.value = maps.kept(tiles)


def set_outline(
    session: Session,
    outline: Outline | None,
    *,
    name: str = "",
    approval: str = "",
    by: Officer,
    version: int | None,
) -> None:
    """The county's outline on the map; ``None`` takes it off.

    The shape has a row of its own: the history keeps its hash, not its thousand points.
    """
    with _setting(session, maps.OUTLINE, OUTLINE_SET, by=by, version=version) as setting:
        setting.value = maps.kept(
            _noted(outline, name=name, approval=approval) if outline else None
        )
    _row_of(session, maps.SHAPE, by=by).value = outline.geojson if outline else {}


def _noted(outline: Outline, *, name: str, approval: str) -> maps.OutlineNote:
    return maps.OutlineNote(
        name=name,
        approval=approval,
        surfaces=len(outline.polygons),
        points=outline.points,
        sha256=hashlib.sha256(json.dumps(outline.geojson).encode()).hexdigest(),
    )


def set_geocoder(
    session: Session,
    choice: maps.GeocoderChoice | None,
    *,
    key: str = "",
    by: Officer,
    version: int | None,
) -> None:
    """Which map service is asked for addresses; no key keeps the one there is."""
    with _setting(session, maps.GEOCODER, GEOCODER_SET, by=by, version=version) as setting:
        before = setting.value.get("service")
        setting.value = maps.kept(choice)
        if choice is None:
            setting.secret = None
            return
        # A key is of one service: another service needs its own.
        setting.secret = key or (setting.secret if choice.service == before else None)
        if setting.secret is None:
            sentence = Text("Enter the key that %(service)s gave you.", service=choice.service)
            raise BadInput(sentence, {"key": sentence})


@contextmanager
def _setting(
    session: Session, code: str, kind: EventType, *, by: Officer, version: int | None
) -> Iterator[Setting]:
    """One of the county's settings, to be changed inside the block.

    ``version`` is what the form carried; 0 for a setting that had never been changed.
    """
    _one_editor_at_a_time(session, by)
    setting = _row_of(session, code, by=by)
    if version is not None and version != (setting.version or 0):
        raise StaleForm(
            CHANGED_MEANWHILE, Standing(Setting.__tablename__, setting.id, setting.version)
        )
    if setting.version is None:
        yield setting
        audit.created(session, setting, kind, by=by)
        return
    with audit.editing(session, setting, kind, by=by):
        yield setting


def _row_of(session: Session, code: str, *, by: Officer) -> Setting:
    """The row of a setting, made where the county has none yet."""
    found = queries.settings(session, [code], authority_id=by.authority_id)
    if code in found:
        database.locked(session, found[code])
        return found[code]
    setting = Setting(authority_id=by.authority_id, code=code, value={})
    session.add(setting)
    return setting
