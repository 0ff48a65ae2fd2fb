"""已录入全国平台 of many records at once: they are ticked on a list, the day is entered once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol, TypeVar, cast

from flask import render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from training_oversight import database
from training_oversight.batches import Outcome, one_by_one
from training_oversight.errors import BadInput, OversightError
from training_oversight.texts import Counted, Text
from training_oversight.web.forms import OversightForm, Required, given
from training_oversight.web.messages import Message
from training_oversight.web.steps import Done, answered_after
from training_oversight.web.typed_days import DayField, Lies

LABEL = Text("Mark as entered on the national platform")
# So many are named on the page, the rest counted.
SHOWN = 10


class PlatformManyForm(OversightForm):
    entered_on = DayField(
        Text("Entered on"),
        validators=[Required(Text("Enter the day on which it was entered."))],
        lies=Lies.BEHIND,
    )


@dataclass(frozen=True)
class Ticked:
    """One of the records that were ticked, in words, and its mark if it has one already."""

    key: int
    number: str
    about: str
    marked_on: date | None


@dataclass
class _Marked:
    outcome: Outcome = field(default_factory=Outcome)
    refused: list[Text] = field(default_factory=list)


class _Bearing(Protocol):
    """A record that can bear the mark."""

    platform_on: Any


Record = TypeVar("Record", bound=_Bearing)
Mark = Callable[[Session, Record, date], None]


def marked_many(
    ticked: Sequence[Ticked], model: type[Record], mark: Mark[Record], *, today: date, back: str
) -> ResponseReturnValue:
    """The page that a list sends its ticks to: it asks for the day, and then marks one by one.

    ``mark(session, record, day)`` calls the service of the one record. What is marked already stays
    as it is; what cannot be marked is named, and holds up nothing else.
    """
    confirmed = "entered_on" in request.form
    form = PlatformManyForm(formdata=request.form if confirmed else None)

    def carried_out() -> _Marked | None:
        day = given(form.entered_on.data)
        if day > today:
            sentence = Text("Cannot be later than today (%(today)s).", today=today)
            form.refuse(BadInput(sentence, {"entered_on": sentence}))
            return None
        return _one_by_one(ticked, model, mark, day)

    def page() -> str:
        return render_template(
            "components/platform_marks.html",
            form=form,
            ticked=ticked,
            marked=sum(one.marked_on is not None for one in ticked),
            most=SHOWN,
            verb=LABEL,
            back=back,
        )

    if not confirmed or not ticked:
        return page()
    return answered_after(form, carried_out, lambda _session, done: _said(done, back), page)


def _one_by_one(
    ticked: Sequence[Ticked], model: type[Record], mark: Mark[Record], day: date
) -> _Marked:
    found = _Marked()
    numbers = {one.key: one.number for one in ticked}

    def act(session: Session, key: int) -> bool:
        one = session.get_one(model, key)
        # Somebody else may have marked it since the list was drawn.
        database.locked(session, cast(database.Base, one))
        if one.platform_on is not None:
            return False
        try:
            mark(session, one, day)
        except OversightError as error:
            # Services look before they write: nothing of this one is kept.
            found.refused.append(Text("%(number)s: %(why)s", number=numbers[key], why=error.text))
            return False
        return True

    found.outcome = one_by_one([one.key for one in ticked if one.marked_on is None], act)
    return found


def _said(done: _Marked, back: str) -> Done:
    outcome = done.outcome
    said: Message = Counted(
        "%(count)s record is marked as entered on the national platform.",
        "%(count)s records are marked as entered on the national platform.",
        count=outcome.done,
    )
    left: list[Message] = list(done.refused[:SHOWN])
    more = len(done.refused) - SHOWN
    if more > 0:
        left.append(Text("and %(count)s more", count=more))
    if outcome.failed:
        left.append(
            Text("%(count)s could not be marked; it is a fault of ours.", count=outcome.failed)
        )
    return Done(back, said, know=left)
