"""What an officer types about an institution."""

from __future__ import annotations

from collections.abc import Sequence

from wtforms import BooleanField, StringField

from training_oversight.registry.fields import OWN, PLACES
from training_oversight.registry.forms import positions
from training_oversight.registry.forms.controls import DeclaredForm, asking
from training_oversight.registry.service import InstitutionValues
from training_oversight.texts import Text
from training_oversight.web.choices import NOT_KNOWN, listed, with_none
from training_oversight.web.forms import AtMost, RequiredAtTimes

LONGEST_REASON = 200


@asking(
    *(*OWN, *PLACES),
    beside={
        "name": {
            "informal_name": lambda: BooleanField(
                Text("This is what people call it; no paper carries the name")
            ),
            "name_corrected": lambda: BooleanField(
                Text("The name was only spelt wrongly"),
                description=Text("Otherwise the name that is given up is kept as a former one."),
            ),
        },
        "officer_in_charge_id": {
            "department_reason": lambda: StringField(
                Text("Why another department than that of the kind"),
                validators=[RequiredAtTimes(), AtMost(LONGEST_REASON)],
            )
        },
        **positions.BESIDE,
    },
)
class InstitutionForm(DeclaredForm):
    not_the_same = BooleanField(Text("I compared them: this is another institution"))

    def offer(self, **offered: Sequence[tuple[object, str]]) -> None:
        """What this county can choose from, by the name of the control."""
        for one in self.declared:
            if one.column in offered:
                self[one.column].choices = with_none(
                    listed(offered[one.column]), one.unchosen or NOT_KNOWN
                )

    def fill(self, values: InstitutionValues) -> None:
        self.show(values)
        self.informal_name.data = values.informal_name
        self.position.data = positions.shown(values)

    def values(self, present: InstitutionValues | None = None) -> InstitutionValues:
        """What was typed; ``present`` is what the form does not show or replaces."""
        return InstitutionValues(
            informal_name=self.informal_name.data,
            name_corrected=self.name_corrected.data,
            department_reason=self.department_reason.data or "",
            **self.typed(present),
            **positions.placed(self.position.data, self.datum.data, present),
        )
