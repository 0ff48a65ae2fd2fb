"""Who is to be in charge."""

from __future__ import annotations

from collections.abc import Sequence

from wtforms import SelectMultipleField, TextAreaField, widgets

from training_oversight.texts import Text
from training_oversight.web.choices import ToChoose, listed
from training_oversight.web.forms import AtMost, OversightForm, Required

LONGEST_REASON = 500


class AssignForm(OversightForm):
    officer_id = ToChoose(Text("Officer in charge"), Text("Choose the officer in charge."))


class AssignManyForm(OversightForm):
    officer_id = ToChoose(Text("Officer in charge"), Text("Choose the officer in charge."))


class HandOverForm(OversightForm):
    giver_id = ToChoose(Text("Who hands over"), Text("Choose whose institutions are handed over."))
    taker_id = ToChoose(Text("Who takes over"), Text("Choose who takes them over."))
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
        self.giver_id.offer(listed(givers))
        self.taker_id.offer(listed(takers))
        self.also.choices = listed(others)
