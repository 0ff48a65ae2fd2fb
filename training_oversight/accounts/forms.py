"""Signing in, changing a password, lending roles."""

from __future__ import annotations

from wtforms import BooleanField, PasswordField, RadioField, SelectField, StringField, TextAreaField

from training_oversight.texts import Language, Text
from training_oversight.web.forms import AtMost, DayField, OversightForm, Required


class SignInForm(OversightForm):
    username = StringField(Text("User name"), validators=[Required(Text("Enter your user name."))])
    password = PasswordField(Text("Password"), validators=[Required(Text("Enter your password."))])


class PasswordForm(OversightForm):
    present = PasswordField(
        Text("Present password"), validators=[Required(Text("Enter your present password."))]
    )
    password = PasswordField(
        Text("New password"), validators=[Required(Text("Enter the new password."))]
    )
    again = PasswordField(
        Text("New password once more"),
        validators=[Required(Text("Enter the new password once more."))],
    )


class DelegationForm(OversightForm):
    taker_id = SelectField(Text("Lend my roles to"), coerce=int)
    starts_on = DayField(Text("First day"), validators=[Required(Text("Enter the first day."))])
    ends_on = DayField(Text("Last day"), validators=[Required(Text("Enter the last day."))])
    reason = TextAreaField(
        Text("Reason"),
        validators=[Required(Text("Say why, for instance leave or a course.")), AtMost(200)],
    )


class ChoiceForm(OversightForm):
    language = RadioField(
        Text("Language"),
        coerce=Language,
        choices=[(Language.CHINESE, Text("Chinese")), (Language.ENGLISH, Text("English"))],
    )
    shortcuts_off = BooleanField(
        Text("Switch the keyboard shortcuts off"),
        description=Text("All single keys. Tab, Enter and Ctrl+Enter go on working."),
    )
