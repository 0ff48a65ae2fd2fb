"""Who is to be in charge."""

from __future__ import annotations

from collections.abc import Sequence

from wtforms import SelectField, SelectMultipleField, TextAreaField, widgets

from training_oversight.texts import Text
from training_oversight.web.choices import key, listed, with_none
from training_oversight.web.forms import AtMost, OversightForm, Required

LONGEST_REASON = 500


def _officer(label: Text, sentence: Text) -> SelectField:
    return SelectField(label, coerce=key, validators=[Required(sentence)])


class AssignForm(OversightForm):
    officer_id = _officer(Text("Officer in charge"), Text("Choose the officer in charge."))


class AssignManyForm(OversightForm):
    officer_id = _officer(Text("Officer in charge"), Text("Choose the officer in charge."))


class HandOverForm(OversightForm):
    giver_id = _officer(Text("Who hands over"), Text("Choose whose institutions are handed over."))
    taker_id = _officer(Text("Who takes over"), Text("Choose who takes them over."))
    also = SelectMultipleField(
        Text("Hand over too"),
        widget=widgets.ListWidget(prefix_label=False),
        option_widget=widgets.CheckboxInput(),
    )
    reason = TextAreaField(
        Text("Reason"),
        validators=[Required(Text("Say why; it stays in the history.")), AtMost(LONGEST_REASON)],
    )

    def offer(
        self,
        *,
        givers: Sequence[tuple[int, str]],
        takers: Sequence[tuple[int, str]],
        others: Sequence[tuple[str, object]],
    ) -> None:
        self.giver_id.choices = with_none(listed(givers), Text("Choose"))
        self.taker_id.choices = with_none(listed(takers), Text("Choose"))
        self.also.choices = listed(others)
