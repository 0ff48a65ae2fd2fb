"""What stands in the cell of an .ods: its value, or how it is shown where that says more."""

from __future__ import annotations

import re
from datetime import date, timedelta

from training_oversight.spreadsheets.cells import (
    Value,
    from_cell,
    from_cell_since_1904,
)
from training_oversight.spreadsheets.unusable import ErrorCell, Picture, Uncomputed

NAMES = "urn:oasis:names:tc:opendocument:xmlns:"
TABLE, OFFICE = (f"{NAMES}{part}:1.0 " for part in ("table", "office"))
DURATION = re.compile(r"-?PT(\d+)H(\d+)M(\d+)(?:[.,]\d+)?S")
DRAWS = re.compile(r"(?:DISPIMG|IMAGE)\(", re.IGNORECASE)
ZEROS_AND_SIGNS = re.compile(r"[- ]")


def value_of(attributes: dict[str, str], text: str, *, is_since_1904: bool) -> Value:
    """What a cell holds, of which its text is only how it is shown; but an error is only shown."""
    shown = from_cell(text)
    if isinstance(shown, ErrorCell):
        draws = DRAWS.search(attributes.get(f"{TABLE}formula", ""))
        return Picture(shown.shown) if draws else shown
    read = from_cell_since_1904 if is_since_1904 else from_cell
    match attributes.get(f"{OFFICE}value-type"):
        case "float":
            value = read(float(attributes.get(f"{OFFICE}value", "nan")))
            return shown if _has_zeros(shown, value) else value
        case "percentage" | "currency":
            return from_cell(float(attributes.get(f"{OFFICE}value", "nan")))
        case "date":
            return read(date.fromisoformat(attributes.get(f"{OFFICE}date-value", "")[:10]))
        case "time":
            return _time(attributes.get(f"{OFFICE}time-value", ""), shown)
        case "boolean":
            return from_cell(attributes.get(f"{OFFICE}boolean-value") == "true")
        case "string":
            return shown or from_cell(attributes.get(f"{OFFICE}string-value", ""))
        case _:
            return Uncomputed("=") if f"{TABLE}formula" in attributes and not shown else shown


def _time(written: str, shown: Value) -> Value:
    parts = DURATION.fullmatch(written)
    if parts is None:
        return shown
    hours, minutes, seconds = map(int, parts.groups())
    return from_cell(timedelta(hours=hours, minutes=minutes, seconds=seconds))


def _has_zeros(shown: Value, value: Value) -> bool:
    """Whether the text is the number with zeros before it, which only its format gives it."""
    if not (isinstance(shown, str) and isinstance(value, str) and value.isdigit()):
        return False
    digits = ZEROS_AND_SIGNS.sub("", shown)
    return digits.startswith("0") and digits.isdigit() and digits.lstrip("0") == value
