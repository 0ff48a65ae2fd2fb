"""What a family types without an account: the telephone first."""

from __future__ import annotations

from wtforms import IntegerField, StringField
from wtforms.validators import Optional

from training_oversight.refunds.forms import LessonsField
from training_oversight.refunds.formula import MOST_LESSONS
from training_oversight.texts import Text
from training_oversight.web.forms import AtMost, Between, OversightForm, Required
from training_oversight.web.money import MoneyField


def _phone(description: Text) -> StringField:
    return StringField(
        Text("Telephone"),
        validators=[Required(Text("Enter your telephone number.")), AtMost(30)],
        description=description,
    )


class SignUpForm(OversightForm):
    # A person never sees it; what fills in forms by itself fills in this one too.
    website = StringField(Text("Leave this empty"))
    phone = _phone(Text("With it and a code you see how your refund stands. It is kept sealed."))
    parent = StringField(
        Text("Your name"), validators=[Required(Text("Enter your name.")), AtMost(40)]
    )
    pupil = StringField(
        Text("Name of the pupil"),
        validators=[AtMost(40)],
        description=Text("Only who handles your refund sees it."),
    )
    course = StringField(
        Text("Course"),
        validators=[AtMost(60)],
        description=Text("As the contract names it. Sign up each contract by itself."),
    )
    contract = MoneyField(
        Text("Contract amount (yuan)"), validators=[Required(Text("Enter what you paid."))]
    )
    bought = LessonsField(Text("Lessons bought"), least=1)
    given = IntegerField(
        Text("Lessons given away"), validators=[Optional(), Between(0, MOST_LESSONS)]
    )
    used = LessonsField(
        Text("Lessons used"),
        least=0,
        description=Text("As well as you know; the desk compares it with the contract."),
    )


class StatusForm(OversightForm):
    code = StringField(
        Text("Code of the family"),
        validators=[Required(Text("Enter the code that you were given.")), AtMost(40)],
    )
    phone = _phone(Text("The number with which you signed up."))
