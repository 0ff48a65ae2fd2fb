"""The county's settings: what lies under the map, its outline, who is asked for addresses."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.orm import Session

from training_oversight import audit, database
from training_oversight.accounts.models import Officer
from training_oversight.audit import EventType
from training_oversight.catalogue import map_settings as maps
from training_oversight.catalogue import queries
from training_oversight.catalogue.models import Setting
from training_oversight.catalogue.service.versions import CHANGED_MEANWHILE, one_editor_at_a_time
from training_oversight.errors import BadInput, ChangedRecord, StaleForm
from training_oversight.places.outline import Outline
from training_oversight.texts import Text

TILES_SET = EventType.declare("setting.tiles", Text("Map tiles set"))
OUTLINE_SET = EventType.declare("setting.outline", Text("Outline of the map set"))
GEOCODER_SET = EventType.declare("setting.geocoder", Text("Geocoding service set"))


def set_tiles(
    session: Session, tiles: maps.Tiles | None, *, by: Officer, version: int | None
) -> None:
    """What lies under the points of the map; ``None`` for a plain ground."""
    with changing(session, maps.TILES, TILES_SET, by=by, version=version) as setting:
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
    with changing(session, maps.OUTLINE, OUTLINE_SET, by=by, version=version) as setting:
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
    with changing(session, maps.GEOCODER, GEOCODER_SET, by=by, version=version) as setting:
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
def changing(
    session: Session, code: str, kind: EventType, *, by: Officer, version: int | None
) -> Iterator[Setting]:
    """One of the county's settings, to be changed inside the block.

    ``version`` is what the form carried; 0 for a setting that had never been changed.
    """
    one_editor_at_a_time(session, by)
    setting = _row_of(session, code, by=by)
    if version is not None and version != (setting.version or 0):
        raise StaleForm(
            CHANGED_MEANWHILE, ChangedRecord(Setting.__tablename__, setting.id, setting.version)
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
