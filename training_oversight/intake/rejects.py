"""The rejected rows as a file, ready to be corrected and imported again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import BinaryIO

from training_oversight.intake.readable import REASON, SKIPPED
from training_oversight.spreadsheets import write, write_csv
from training_oversight.texts import Text

Rejected = tuple[Sequence[object], Sequence[Text]]


def write_rejects(
    target: Path | BinaryIO, header: Sequence[str], rows: Iterable[Rejected], *, csv: bool = False
) -> None:
    """The cells as they came under the header as it came, and in the first column why."""
    # The reasons of an earlier round give way to those of this one.
    kept = [place for place, name in enumerate(header) if name not in SKIPPED[:2]]
    put = write_csv if csv else write
    put(
        target,
        [REASON, *(header[place] for place in kept)],
        ([_said(reasons), *(_cell(cells, place) for place in kept)] for cells, reasons in rows),
    )


def _cell(cells: Sequence[object], place: int) -> object:
    """The cell as it stood: a day as a day, everything else as text."""
    cell = cells[place] if place < len(cells) else ""
    return date.fromisoformat(cell["day"]) if isinstance(cell, dict) else cell


def _said(reasons: Iterable[Text]) -> str:
    return "\n".join(str(reason) for reason in reasons)
