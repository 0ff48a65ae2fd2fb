"""Invented evidence: where inspectors stood, and drawn pictures, as no real place may be shown."""

from __future__ import annotations

import functools
import io
from dataclasses import replace
from pathlib import Path
from random import Random

import flask
from PIL import Image, ImageDraw
from sqlalchemy.orm import Session
from werkzeug.datastructures import FileStorage

from training_oversight.accounts.models import InDivision, Officer
from training_oversight.files import service as files
from training_oversight.files.service import CheckedFile
from training_oversight.inspections.models import Visit
from training_oversight.ledger.models import RectificationItem, RectificationReport
from training_oversight.places import Position
from training_oversight.registry.models import Institution

WIDE, HIGH = 480, 360
# Few enough that drawing them takes no time of a newcomer.
ROOMS = 16
WALLS = ("#D8D3C6", "#C9D4DC", "#DCCFC9", "#CFDACB")
DOORS = ("#6E4F36", "#3F5467", "#7A3E38", "#46603F")


def of_visit(session: Session, visit: Visit, *, by: Officer) -> None:
    """One of the place, and one of each problem."""
    _attach(session, visit, "门头.jpg", visit.id, by=by)
    for finding in visit.findings:
        _attach(session, finding, "问题.jpg", finding.id, by=by)


def of_report(
    session: Session, item: RectificationItem, report: RectificationReport, *, by: Officer
) -> None:
    """What the report says that it has with it."""
    _attach(session, item, "整改后.jpg", item.id + 1, by=by, part=report)


def _attach(
    session: Session,
    record: InDivision,
    name: str,
    number: int,
    *,
    by: Officer,
    part: files.Part | None = None,
) -> None:
    drawn = _drawn(flask.current_app.config["DATA_DIR"], number % ROOMS)
    files.attach(session, record, [replace(drawn, name=name)], by=by, part=part)


@functools.cache
def _drawn(data_dir: Path, number: int) -> CheckedFile:
    upload = FileStorage(io.BytesIO(_room(number)), filename="画.jpg")
    return files.keep(upload, data_dir=data_dir)


def _room(number: int) -> bytes:
    """A wall, a floor and a door, each time a little otherwise."""
    picture = Image.new("RGB", (WIDE, HIGH), WALLS[number % len(WALLS)])
    pen = ImageDraw.Draw(picture)
    pen.rectangle((0, 280, WIDE, HIGH), fill="#8D8778")
    left = 40 + number * 37 % 300
    pen.rectangle((left, 110, left + 90, 280), fill=DOORS[number // 4 % len(DOORS)])
    pen.ellipse((left + 70, 190, left + 78, 198), fill="#E8E2D0")
    sheet = io.BytesIO()
    picture.save(sheet, "JPEG", quality=70)
    return sheet.getvalue()


def near(place: Institution, random: Random) -> Position | None:
    """Where a telephone would say that they stand: seldom exactly at the door."""
    venue = place.main_venue
    if venue is None or venue.latitude is None or venue.longitude is None:
        return None
    drift = random.choice((0.0001, 0.0003, 0.0004, 0.012))
    return Position(venue.latitude + drift, venue.longitude - drift)
