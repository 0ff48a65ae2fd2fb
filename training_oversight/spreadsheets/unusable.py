"""Cells in which something stands that cannot be used, nor guessed, and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from training_oversight.texts import Text


@dataclass(frozen=True)
class Unusable:
    """A cell in which something stands that cannot be used, nor guessed. ``shown`` is what."""

    shown: str

    @property
    def reason(self) -> Text:
        raise NotImplementedError

    def __str__(self) -> str:
        return self.shown


class DestroyedNumber(Unusable):
    """A long number that Excel has rounded."""

    @property
    def reason(self) -> Text:
        return Text(
            "Excel has rounded the number %(shown)s: format the column as text and type "
            "it again from the paper.",
            shown=self.shown,
        )


class ErrorCell(Unusable):
    """A formula that could not be computed: #N/A, #REF!."""

    @property
    def reason(self) -> Text:
        return Text(
            "The cell shows the error %(shown)s of a formula: write the value itself into it.",
            shown=self.shown,
        )


class Uncomputed(Unusable):
    """A formula whose result is not in the file, because no spreadsheet program ever saved it."""

    @property
    def reason(self) -> Text:
        return Text(
            "The cell holds a formula without its result: open the file, save it and send it "
            "again, or write the value itself into the cell."
        )


class Picture(Unusable):
    """A picture put into a cell, of which a program that reads tables sees only a formula."""

    @property
    def reason(self) -> Text:
        return Text("A picture stands in the cell, not the words or the number themselves.")


class DamagedText(Unusable):
    """A text of which some signs could not be read: an export cut it in the middle of one."""

    @property
    def reason(self) -> Text:
        return Text(
            "The text “%(shown)s” is damaged, signs of it were lost: write it again.",
            shown=self.shown,
        )


@dataclass(frozen=True)
class Ditto(Unusable):
    """同上 or 〃: what stands in the row above, which is ``above`` if anything is."""

    above: str | date | Unusable

    @property
    def reason(self) -> Text:
        return Text(
            "“%(shown)s” stands here instead of what is meant: write it out.", shown=self.shown
        )
