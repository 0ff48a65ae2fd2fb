"""Tables as counties send and want them: .xlsx and .csv, read warily, written plainly."""

from __future__ import annotations

from training_oversight.spreadsheets.cells import (
    DestroyedNumber,
    Value,
    clean,
    clean_code,
    parse_date,
)
from training_oversight.spreadsheets.reading import Row, Sheet, read
from training_oversight.spreadsheets.writing import write, write_csv

__all__ = [
    "DestroyedNumber",
    "Row",
    "Sheet",
    "Value",
    "clean",
    "clean_code",
    "parse_date",
    "read",
    "write",
    "write_csv",
]
