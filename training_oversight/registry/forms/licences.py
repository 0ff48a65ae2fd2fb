"""Licences and what happens to them."""

from __future__ import annotations

from wtforms import IntegerField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import Optional

from training_oversight.registry.models import AnnualGrade, LicenceEventKind, LicenceType
from training_oversight.registry.service import LicenceValues
from training_oversight.texts import Text
from training_oversight.web.choices import each, member, with_none
from training_oversight.web.forms import AtMost, Between, DayField, OversightForm, Required

LONGEST_NUMBER, LONGEST_TEXT, LONGEST_NOTE = 60, 200, 500
FIRST_YEAR, LAST_YEAR = 2000, 2100


class LicenceForm(OversightForm):
    type = SelectField(
        Text("Licence"),
        coerce=member(LicenceType),
        choices=with_none(each(LicenceType), Text("Choose")),
        validators=[Required(Text("Choose the kind of paper."))],
    )
    number = StringField(Text("Number of the paper"), validators=[AtMost(LONGEST_NUMBER)])
    issuer = StringField(Text("Issued by"), validators=[AtMost(LONGEST_TEXT)])
    scope = StringField(Text("Licensed scope"), validators=[AtMost(LONGEST_TEXT)])
    issued_on = DayField(Text("Issued on"))
    valid_from = DayField(Text("Valid from"))
    valid_until = DayField(
        Text("Valid until"), description=Text("Empty for papers without an end.")
    )
    exception_reason = TextAreaField(
        Text("Why this permit exists"),
        description=Text(
            "Only for school permits of subject institutions issued after 2021, which are no "
            "longer approved."
        ),
        validators=[AtMost(LONGEST_NOTE)],
    )

    def values(self) -> LicenceValues:
        return LicenceValues(
            type=self.type.data,
            number=self.number.data or None,
            issuer=self.issuer.data or None,
            scope=self.scope.data or None,
            issued_on=self.issued_on.data,
            valid_from=self.valid_from.data,
            valid_until=self.valid_until.data,
            exception_reason=self.exception_reason.data or None,
        )


class LicenceEventForm(OversightForm):
    kind = RadioField(
        Text("What happened"),
        coerce=member(LicenceEventKind),
        validators=[Required(Text("Choose what happened."))],
    )
    on_day = DayField(
        Text("On what day"), validators=[Required(Text("Enter the day on which it happened."))]
    )
    year = IntegerField(
        Text("Year checked"),
        description=Text("For an annual check."),
        validators=[Optional(), Between(FIRST_YEAR, LAST_YEAR)],
    )
    grade = SelectField(
        Text("Grade"),
        description=Text("For an annual check."),
        coerce=member(AnnualGrade),
        choices=with_none(each(AnnualGrade), Text("No grade")),
    )
    valid_until = DayField(Text("Valid until"), description=Text("For a renewal: the new end."))
    note = TextAreaField(Text("Note"), validators=[AtMost(LONGEST_NOTE)])


class AnnualForm(OversightForm):
    """What the rows of a page of annual checks have in common."""

    on_day = DayField(
        Text("Day of the result"),
        validators=[Required(Text("Enter the day on which it happened."))],
    )
