"""How much of a file is taken in before it is refused, and the sentences that say so."""

from __future__ import annotations

from dataclasses import dataclass

from training_oversight.errors import BadInput, TooLarge
from training_oversight.texts import Text

MEGABYTE = 1024 * 1024
MAX_ROWS = 5_000
MAX_BYTES = 10 * MEGABYTE
# What any file may unpack to, and what a table of any number of rows may hold.
LEAST_UNPACKED, UNPACKED_PER_BYTE = 200 * MEGABYTE, 16
LEAST_CELLS, CELLS_PER_ROW = 2_000_000, 30
# All sheets together, laid out as rectangles, and the fields of a text.
LEAST_OF_ALL, TEXT_PER_CELL = 8_000_000, 2
# Nobody looks through more sheets to say which holds the list; a forged file names thousands.
MOST_SHEETS = 256
# A reader lays a sheet out as a full rectangle. Past the least size, one
# cell of so many must be filled.
LEAST_FILLED = 4


@dataclass(frozen=True)
class Limits:
    """What the caller allows; the rest follows from it."""

    rows: int = MAX_ROWS
    bytes: int = MAX_BYTES

    @property
    def unpacked(self) -> int:
        return max(LEAST_UNPACKED, UNPACKED_PER_BYTE * self.bytes)

    @property
    def cells(self) -> int:
        return max(LEAST_CELLS, CELLS_PER_ROW * self.rows)

    def check_size(self, size: int) -> None:
        if size == 0:
            raise BadInput(Text("The file is empty."))
        if size > self.bytes:
            raise TooLarge(
                Text(
                    "The file has %(size)s MB; at most %(limit)s MB can be read. Split it.",
                    size=f"{size / MEGABYTE:.1f}",
                    limit=f"{self.bytes / MEGABYTE:g}",
                )
            )

    def check_unpacked(self, size: int) -> None:
        if size > self.unpacked:
            raise TooLarge(Text("The workbook unpacks to more than can be read. Split it."))

    def check_sheets(self, count: int) -> None:
        if count > MOST_SHEETS:
            raise TooLarge(
                Text(
                    "The workbook has %(count)s sheets; at most %(limit)s can be looked through: "
                    "save the sheet with the list as a file of its own.",
                    count=count,
                    limit=MOST_SHEETS,
                )
            )

    def check_rows(self, count: int) -> None:
        if count > self.rows:
            raise TooLarge(
                Text(
                    "The table has %(count)s rows; at most %(limit)s can be taken at once. "
                    "Split it.",
                    count=count,
                    limit=self.rows,
                )
            )

    def check_filled(self, count: int) -> None:
        if count > self.cells:
            raise TooLarge(
                Text("The sheet has more than %(limit)s filled cells. Split it.", limit=self.cells)
            )

    def check_whole(self, cells: int) -> None:
        """``cells`` of all sheets together, the empty ones between filled ones among them."""
        if cells > max(LEAST_OF_ALL, self.cells):
            raise TooLarge(
                Text(
                    "The sheets of the workbook have more cells together than can be taken at "
                    "once: save the sheet with the list as a file of its own."
                )
            )

    def check_fields(self, count: int) -> None:
        """``count`` separators and line ends of a text."""
        if count > TEXT_PER_CELL * max(LEAST_OF_ALL, self.cells):
            raise TooLarge(
                Text("The sheet has more than %(limit)s filled cells. Split it.", limit=self.cells)
            )

    def check_extent(self, rows: int, columns: int, filled: int) -> None:
        """``filled`` cells lie in a rectangle from the first row and column on."""
        area = rows * columns
        if area <= LEAST_CELLS:
            return
        if filled * LEAST_FILLED < area:
            raise TooLarge(
                Text(
                    "The sheet reaches to row %(rows)s and column %(columns)s, mostly empty: "
                    "delete what lies beside and below the table.",
                    rows=rows,
                    columns=columns,
                )
            )
        if area > self.cells:
            raise TooLarge(
                Text(
                    "The sheet has %(rows)s rows and %(columns)s columns, more than can be "
                    "taken at once. Split it.",
                    rows=rows,
                    columns=columns,
                )
            )
