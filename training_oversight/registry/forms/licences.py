"""Licences and what happens to them."""

from __future__ import annotations

from wtforms import IntegerField, RadioField, SelectField, TextAreaField
from wtforms.validators import Optional

from training_oversight.registry.fields import PAPERS
from training_oversight.registry.forms.controls import DeclaredForm, asking
from training_oversight.registry.models import AnnualGrade, LicenceEventKind
from training_oversight.registry.service import LicenceValues
from training_oversight.texts import Text
from training_oversight.web.choices import each, member, with_none
from training_oversight.web.forms import AtMost, Between, OversightForm, Required, RequiredAtTimes
from training_oversight.web.typed_days import DayField, Lies

LONGEST_NOTE = 500
FIRST_YEAR, LAST_YEAR = 2000, 2100


@asking(*PAPERS, beside={})
class LicenceForm(DeclaredForm):
    """What stands on a paper."""

    def values(self) -> LicenceValues:
        return LicenceValues(**self.typed())


class LicenceEventForm(OversightForm):
    kind = RadioField(
        Text("What happened"),
        coerce=member(LicenceEventKind),
        validators=[Required(Text("Choose what happened."))],
    )
    on_day = DayField(
        Text("On what day"),
        validators=[Required(Text("Enter the day on which it happened."))],
        lies=Lies.BEHIND,
    )
    year = IntegerField(
        Text("Year checked"),
        description=Text("For an annual check."),
        validators=[RequiredAtTimes(), Optional(), Between(FIRST_YEAR, LAST_YEAR)],
    )
    grade = SelectField(
        Text("Grade"),
        description=Text("For an annual check."),
        coerce=member(AnnualGrade),
        choices=with_none(each(AnnualGrade), Text("No grade")),
        validators=[RequiredAtTimes()],
    )
    valid_until = DayField(
        Text("Valid until"),
        description=Text("For a renewal: the new end."),
        validators=[RequiredAtTimes()],
        lies=Lies.AHEAD,
    )
    note = TextAreaField(Text("Note"), validators=[AtMost(LONGEST_NOTE)])


class AnnualForm(OversightForm):
    """What the rows of a page of annual checks have in common."""

    on_day = DayField(
        Text("Day of the result"),
        validators=[Required(Text("Enter the day on which it happened."))],
        lies=Lies.BEHIND,
    )
