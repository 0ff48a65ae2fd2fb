"""Closing, reopening and the like: a reason, and what the step needs beside it."""

from __future__ import annotations

from wtforms import RadioField, SelectMultipleField, TextAreaField, widgets

from training_oversight.registry.models import ClosingKind
from training_oversight.texts import Text
from training_oversight.web.choices import each, member
from training_oversight.web.forms import AtMost, OversightForm, Required
from training_oversight.web.typed_days import DayField, Lies

LONGEST_REASON = 500
# Written by joining records and by taking an import back, never chosen.
NO_CLOSING = (ClosingKind.MERGED, ClosingKind.ENTERED_IN_ERROR)


def _reason() -> TextAreaField:
    return TextAreaField(
        Text("Reason"),
        validators=[Required(Text("Say why; it stays in the history.")), AtMost(LONGEST_REASON)],
    )


class ReasonForm(OversightForm):
    reason = _reason()


class UnlicensedForm(OversightForm):
    on_day = DayField(
        Text("Established on"),
        validators=[Required(Text("Enter the day on which it was established."))],
    )
    reason = TextAreaField(
        Text("How it was established"),
        description=Text("For instance what was seen on a visit, or what the register says."),
        validators=[
            Required(Text("Say how it was established; it stays in the history.")),
            AtMost(LONGEST_REASON),
        ],
    )


class AnnounceForm(OversightForm):
    announced_on = DayField(
        Text("Announced on"),
        validators=[Required(Text("Enter the day on which it was announced."))],
        lies=Lies.BEHIND,
    )
    ending_on = DayField(
        Text("To end on"),
        description=Text("An ending by its own will is announced six months ahead."),
        validators=[Required(Text("Enter the announced last day."))],
        lies=Lies.AHEAD,
    )
    reason = _reason()


class CloseForm(OversightForm):
    kind = RadioField(
        Text("How it ended"),
        coerce=member(ClosingKind),
        choices=each(kind for kind in ClosingKind if kind not in NO_CLOSING),
        validators=[Required(Text("Choose how it ended."))],
    )
    closed_on = DayField(
        Text("Since what day"),
        validators=[Required(Text("Enter the day since when it is gone."))],
        lies=Lies.BEHIND,
    )
    handed_back = SelectMultipleField(
        Text("Permits handed back"),
        coerce=int,
        widget=widgets.ListWidget(prefix_label=False),
        option_widget=widgets.CheckboxInput(),
        description=Text("They end the same day. What is not ticked stays to be taken back."),
    )
    reason = _reason()
