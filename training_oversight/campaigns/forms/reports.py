"""Reports that are owed, and what came in."""

from __future__ import annotations

from wtforms import StringField, TextAreaField

from training_oversight.campaigns.forms.plan import NAME, PARAGRAPH, CheckboxesField
from training_oversight.texts import Text
from training_oversight.web.forms import AtMost, OversightForm, Required
from training_oversight.web.typed_days import DayField, Lies


class AskForm(OversightForm):
    townships = CheckboxesField(Text("Townships and street offices"), coerce=int)
    departments = CheckboxesField(Text("Departments"), coerce=int)
    schools = TextAreaField(
        Text("Schools"), description=Text("One in a line."), validators=[AtMost(PARAGRAPH)]
    )
    due_on = DayField(
        Text("To be reported by"),
        validators=[Required(Text("Enter the day by which they report."))],
        lies=Lies.AHEAD,
    )


class ZeroForm(OversightForm):
    reported_on = DayField(
        Text("Reported on"),
        validators=[Required(Text("Enter the day on which the report came in."))],
        lies=Lies.BEHIND,
    )
    reported_by_name = StringField(
        Text("Reported by"),
        description=Text("The person who reported, with their post."),
        validators=[Required(Text("Enter who reported.")), AtMost(NAME)],
    )


class TakeForm(ZeroForm):
    content = TextAreaField(
        Text("What was reported"),
        validators=[Required(Text("Write down what was reported.")), AtMost(PARAGRAPH)],
    )
