"""What cleaning made of a cell, so that it is shown and never silent."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from training_oversight import texts
from training_oversight.intake.queries import Ground
from training_oversight.registry.fields import BY_NAME, Kind
from training_oversight.registry.models import Stage
from training_oversight.spreadsheets.cells import INVISIBLE
from training_oversight.spreadsheets.tables import DITTO
from training_oversight.texts import LabelledEnum, Language, Text

DAYS = (Kind.DAY, Kind.LAST_DAY)
COUNTS = (Kind.COUNT, Kind.AREA)
WORDS = (Kind.CHOICE, Kind.STAGES, Kind.INSTITUTION_KIND)
POSITION = ("latitude", "longitude")
SERIAL = re.compile(r"\d{5,6}(\.\d+)?")


class Cleaning(LabelledEnum):
    """What was done to a cell."""

    EMPTY = "empty", Text("taken as empty")
    ABOVE = "above", Text("taken from the row above")
    # Without its day, or of a year that no paper bears: the warning of the row says which.
    NO_DAY = "no_day", Text("doubtful date left out")
    SPACES = "spaces", Text("spaces removed")
    WIDTH = "width", Text("full width made half width")
    SERIAL = "serial", Text("Excel's number of a day turned into a date")
    DAY = "day", Text("dates written alike")
    NUMBER = "number", Text("numbers written alike")
    WRAPPING = "wrapping", Text("wrapping taken off (教民…号)")
    UNIT = "unit", Text("unit taken off")
    EXCHANGED = "exchanged", Text("latitude and longitude put the right way round")
    CONVERTED = "converted", Text("converted from the map that was named")
    WORD = "word", Text("put into the register's words")


def trace(field: str, written: str, value: object, ground: Ground) -> list[object] | None:
    """[as written, as understood], if the two are not the same."""
    if value in (None, "", []):
        return [written, ""]
    if isinstance(value, str) and (value == written or field not in ground.labels):
        same = value == written or _says(field, written, value)
    else:
        same = _is_word(field, written, value, ground)
    return None if same else [written, value]


def _says(field: str, written: str, value: str) -> bool:
    choices = BY_NAME[field].choices or ()
    return any(one.value == value and written in _words(one) for one in choices)


def _is_word(field: str, written: str, value: Any, ground: Ground) -> bool:
    match BY_NAME[field].kind:
        case Kind.ALIASES:
            return "、".join(value) == written
        case Kind.FORMER_NAMES:
            return "、".join(one["name"] for one in value) == written
        case Kind.STAGES:
            return "、".join(_words(one)[0] for one in Stage if one.value in value) == written
    if field in ground.labels:
        return written in ground.labels[field].get(value, ())
    return str(value) == written or _as_number(written) == value


def _words(choice: LabelledEnum) -> tuple[str, str, str]:
    message = choice.label.message
    return texts.catalogue(Language.CHINESE).gettext(message), message, choice.value


def _as_number(written: str) -> float | None:
    try:
        return float(written)
    except ValueError:
        return None


def cleaning(field: str, written: str, value: object) -> Cleaning:
    """What was done, told from what it began with and what it ended with."""
    kind = BY_NAME[field].kind
    if written in DITTO:
        return Cleaning.ABOVE
    if value in (None, "", []):
        says = kind in DAYS and any(one.isdigit() for one in written)
        return Cleaning.NO_DAY if says else Cleaning.EMPTY
    if kind in DAYS:
        return Cleaning.SERIAL if SERIAL.fullmatch(written) else Cleaning.DAY
    if kind in COUNTS:
        return Cleaning.UNIT
    if field in POSITION:
        return _of_position(written, value)
    if not isinstance(value, str) or kind in WORDS:
        return Cleaning.WORD
    return _of_text(kind, written, value)


def _of_text(kind: Kind, written: str, value: str) -> Cleaning:
    before, after = _without_spaces(written), _without_spaces(value)
    if before == after:
        return Cleaning.SPACES
    if unicodedata.normalize("NFKC", before) == unicodedata.normalize("NFKC", after):
        return Cleaning.WIDTH
    return Cleaning.WRAPPING if kind is Kind.LICENCE_NUMBER else Cleaning.NUMBER


def _of_position(written: str, value: object) -> Cleaning:
    """Another map moves a place by hundreds of metres; a degree off is the other figure."""
    before = _as_number(written)
    if before is None:
        return Cleaning.NUMBER
    return Cleaning.EXCHANGED if abs(before - float(str(value))) > 1 else Cleaning.CONVERTED


def _without_spaces(text: str) -> str:
    return "".join(one for one in text if one not in INVISIBLE)
