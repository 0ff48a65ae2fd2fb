"""Controls that only visits need, and what they are limited to."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import time
from typing import TypeVar

from wtforms import (
    SelectMultipleField,
    StringField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.widgets import CheckboxInput, ListWidget

from training_oversight import places
from training_oversight.errors import BadInput
from training_oversight.inspections.models import (
    Answer,
)
from training_oversight.places import Position
from training_oversight.texts import LabelledEnum, Text

NAME, LINE, PARAGRAPH = 60, 200, 4000
PROBLEMS = 3
CLOCK = re.compile(r"(\d{1,2})[:时点]?(\d{2})?分?")


Member = TypeVar("Member", bound=LabelledEnum)


def member(members: type[Member], value: object) -> Member:
    """The member that a control's value stands for; the control has checked it."""
    return next(one for one in members if one.value == value)


def listed(pairs: Iterable[tuple[object, object]]) -> list[SelectChoice]:
    """Pairs of value and label as a control wants them."""
    return [SelectChoice(value, label) for value, label in pairs]


def options(members: Iterable[LabelledEnum]) -> list[SelectChoice]:
    return listed((one.value, one.label) for one in members)


class ClockField(StringField):
    """A time of day, typed as 14:30, 1430 or 14点30分."""

    data: time | None

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return f"{self.data:%H:%M}" if self.data else ""

    def process_formdata(self, valuelist: Sequence[object]) -> None:
        self.data = None
        typed = unicodedata.normalize("NFKC", str(valuelist[0])).strip() if valuelist else ""
        if not typed:
            return
        found = CLOCK.fullmatch(typed)
        try:
            self.data = time(int(found[1]), int(found[2] or 0)) if found else None
        except ValueError:
            self.data = None
        if self.data is None:
            raise ValueError(Text("“%(text)s” is not a time: write it like 14:30.", text=typed))


class PositionField(StringField):
    """A position, typed or filled in by the device."""

    data: Position | None

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return str(self.data) if self.data else ""

    def process_formdata(self, valuelist: Sequence[object]) -> None:
        self.data = None
        if not valuelist or not str(valuelist[0]).strip():
            return
        try:
            self.data = places.parse(str(valuelist[0]))
        except BadInput as error:
            raise ValueError(error.text) from error


class CheckboxesField(SelectMultipleField):
    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


ANSWERS = [(answer.value, answer.label) for answer in Answer]
