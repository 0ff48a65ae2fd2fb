"""Tables as counties send and want them: read warily, whatever they are, and written plainly."""

from __future__ import annotations

from training_oversight.spreadsheets.cells import (
    NumberSince1904,
    Value,
    clean,
    clean_code,
)
from training_oversight.spreadsheets.dates import NoDay, parse_date, parse_last_day
from training_oversight.spreadsheets.periods import Term, parse_period
from training_oversight.spreadsheets.reading import (
    Found,
    Glance,
    NoHeader,
    Sheet,
    glance,
    open_table,
    read,
)
from training_oversight.spreadsheets.tables import Row, Table
from training_oversight.spreadsheets.unusable import (
    DestroyedNumber,
    Ditto,
    ErrorCell,
    Picture,
    Uncomputed,
    Unusable,
)
from training_oversight.spreadsheets.writing import write, write_csv

__all__ = [
    "DestroyedNumber",
    "Ditto",
    "ErrorCell",
    "Found",
    "Glance",
    "NoDay",
    "NoHeader",
    "NumberSince1904",
    "Picture",
    "Row",
    "Sheet",
    "Table",
    "Term",
    "Uncomputed",
    "Unusable",
    "Value",
    "clean",
    "clean_code",
    "glance",
    "open_table",
    "parse_date",
    "parse_last_day",
    "parse_period",
    "read",
    "write",
    "write_csv",
]
