"""A list that was sent, as it would be read: its table, its columns, and what would happen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from training_oversight.errors import BadInput, OversightError, TooLarge
from training_oversight.orders import columns
from training_oversight.orders.columns import Read
from training_oversight.orders.models import OrderList
from training_oversight.spreadsheets import Table, open_table
from training_oversight.texts import Text


@dataclass(frozen=True)
class Looked:
    """``trouble`` says why it cannot be read; then ``read``, perhaps ``table``, is missing."""

    table: Table | None
    read: Read | None
    trouble: Text | None = None

    @property
    def by_place(self) -> Mapping[int, str]:
        """What each column is read as, or would be."""
        if self.read is not None:
            return self.read.by_place
        return columns.guessed(self.table) if self.table is not None else {}


def looked(sent: OrderList, content: bytes, *, most_rows: int) -> Looked:
    table = None
    try:
        table = opened(content, sent.filename, header_row=sent.header_row, most_rows=most_rows)
        return Looked(table, columns.read(table, sent.said))
    except (BadInput, TooLarge) as error:
        return Looked(table, None, _said(error))


def opened(content: bytes, filename: str, *, header_row: int | None, most_rows: int) -> Table:
    return open_table(content, filename, columns.KNOWN, header_row=header_row, max_rows=most_rows)


def _said(error: OversightError) -> Text:
    return error.text
