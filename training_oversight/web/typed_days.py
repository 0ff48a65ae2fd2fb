"""A day as a person types it: as lists write it, as a word, or without the year that is likely."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from enum import IntEnum

from wtforms import Field, FieldList, FormField, StringField

from training_oversight import clock
from training_oversight.errors import BadInput
from training_oversight.spreadsheets import parse_date
from training_oversight.spreadsheets.dates import AROUND, MARK_MONTH, WEEKDAY, as_written
from training_oversight.texts import Text

MONTH_AND_DAY = re.compile(rf"(\d{{1,2}}){MARK_MONTH}(\d{{1,2}})\s*[日号]?{WEEKDAY}")
YEAR = timedelta(days=365)
# A day is never filled in beforehand; on a telephone these are typed faster than figures.
AWAY = {
    **dict.fromkeys(("今天", "今日", "today"), 0),
    **dict.fromkeys(("昨天", "昨日", "yesterday"), -1),
    "前天": -2,
    **dict.fromkeys(("明天", "明日", "tomorrow"), 1),
    "后天": 2,
}


class Lies(IntEnum):
    """On which side of today such a day usually lies: so many days back it may lie at most.

    A day two days off on the other side is rather a slip, which the form then names in full, than
    a day of another year.
    """

    AHEAD = 60
    NEAR = 183
    BEHIND = 305


def typed_day(written: str, lies: Lies = Lies.NEAR) -> date | None:
    """Raises ``BadInput`` for what is no day."""
    plain = AROUND.sub("", str(as_written(written) or ""))
    if plain.casefold() in AWAY:
        return clock.today() + timedelta(days=AWAY[plain.casefold()])
    found = MONTH_AND_DAY.fullmatch(plain)
    if found is None:
        return parse_date(written)
    day = _nearest(int(found[1]), int(found[2]), clock.today(), lies)
    if day is None:
        raise BadInput(
            Text("“%(written)s” is a day that does not exist: look it up.", written=written)
        )
    return day


def _nearest(month: int, day: int, today: date, lies: Lies) -> date | None:
    """Of the years around this one that which brings the day into the year that is likely."""
    middle = today + YEAR / 2 - timedelta(days=lies)
    # The last day of February may be four years away.
    near = (_day(today.year + away, month, day) for away in range(-4, 5))
    return min(filter(None, near), key=lambda one: abs(one - middle), default=None)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


class DayField(StringField):
    """A day, typed in any of the forms people use; shown back in full.

    ``lies`` says which year is meant where none is typed.
    """

    data: date | None

    def __init__(self, *args: object, lies: Lies = Lies.NEAR, **more: object) -> None:
        super().__init__(*args, **more)
        self.lies = lies

    @property
    def completed(self) -> str:
        """What was typed, if it was a day without its year, or a word."""
        written = str(self.raw_data[0]) if self.raw_data else ""
        return written if self.data and not re.search(r"\d{4}|年", written) else ""

    def _value(self) -> str:
        if self.raw_data and not self.completed:
            return str(self.raw_data[0])
        return self.data.isoformat() if self.data else ""

    def process_formdata(self, valuelist: Sequence[object]) -> None:
        self.data = None
        if not valuelist or not str(valuelist[0]).strip():
            return
        try:
            self.data = typed_day(str(valuelist[0]), self.lies)
        except BadInput as error:
            raise ValueError(error.text) from error


def completed(fields: Iterable[Field]) -> list[Text]:
    """How days without a year were read, for who typed them."""
    found = []
    for field in fields:
        if isinstance(field, FormField | FieldList):
            found += completed(field)
        elif isinstance(field, DayField) and field.data and field.completed:
            found.append(
                Text("“%(written)s” was read as %(day)s.", written=field.completed, day=field.data)
            )
    return found
