"""Amounts of money on forms and pages."""

from __future__ import annotations

from collections.abc import Sequence

from wtforms import StringField

from training_oversight import amounts
from training_oversight.errors import BadInput
from training_oversight.web.jinja_filters import money


class MoneyField(StringField):
    """Yuan as people write them; ``data`` is whole fen."""

    data: int | None

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else amounts.plain(self.data)

    def process_formdata(self, valuelist: Sequence[object]) -> None:
        self.data = None
        if not valuelist or not str(valuelist[0]).strip():
            return
        try:
            self.data = amounts.typed_fen(str(valuelist[0]))
        except BadInput as error:
            raise ValueError(error.text) from error


def amount(fen: int | None) -> str:
    """``3,640.50元``."""
    return "" if fen is None else money(amounts.yuan(fen))
