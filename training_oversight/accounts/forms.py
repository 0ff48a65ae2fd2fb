"""Signing in, changing a password, lending roles; what an administrator types of officers."""

from __future__ import annotations

from wtforms import (
    BooleanField,
    Field,
    HiddenField,
    PasswordField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import StopValidation
from wtforms.widgets import CheckboxInput, ListWidget

from training_oversight.accounts.permissions import Role
from training_oversight.texts import Language, Text
from training_oversight.web.choices import ToChoose, key
from training_oversight.web.forms import AtMost, OversightForm, Required
from training_oversight.web.typed_days import DayField, Lies


class SignInForm(OversightForm):
    # What was typed on a page whose sign-in had ended: see ``entrance``.
    kept = HiddenField()
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
    taker_id = SelectField(
        Text("Lend my roles to"),
        coerce=key,
        validators=[Required(Text("Choose to whom you lend your roles."))],
    )
    starts_on = DayField(
        Text("First day"), validators=[Required(Text("Enter the first day."))], lies=Lies.AHEAD
    )
    ends_on = DayField(
        Text("Last day"), validators=[Required(Text("Enter the last day."))], lies=Lies.AHEAD
    )
    reason = TextAreaField(
        Text("Reason"),
        validators=[Required(Text("Say why, for instance leave or a course.")), AtMost(200)],
    )


class SavedFilterForm(OversightForm):
    name = StringField(
        Text("Name of the filter"),
        description=Text("It stands over the list under this name."),
        validators=[Required(Text("Give the filter a name.")), AtMost(40)],
    )
    shared = BooleanField(
        Text("Offer it to my colleagues"),
        description=Text(
            "Each sees what lies in their own area. “In my charge” is kept as in your charge."
        ),
    )
    # The address of the list, as it was when saving was asked for.
    query = HiddenField()


class ColumnsForm(OversightForm):
    """Nothing but its token: the columns are those of the address."""

    cols = HiddenField()
    query = HiddenField()


class ChoiceForm(OversightForm):
    language = RadioField(
        Text("Language"),
        coerce=Language,
        choices=lambda: [(Language.CHINESE, Text("Chinese")), (Language.ENGLISH, Text("English"))],
    )
    shortcuts_off = BooleanField(
        Text("Switch the keyboard shortcuts off"),
        description=Text("All single keys. Tab, Enter and Ctrl+Enter go on working."),
    )


class RolesField(SelectMultipleField):
    """Roles as boxes to tick. The system's own is nobody's."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class OfficerForm(OversightForm):
    name = StringField(
        Text("Name of the officer"),
        validators=[Required(Text("Enter the name of the officer.")), AtMost(40)],
    )
    department_id = ToChoose(Text("Department"), Text("Choose the department."))
    division_id = ToChoose(
        Text("Division"),
        Text("Choose the division."),
        description=Text("The officer sees the records of this division and of those below it."),
    )
    roles = RolesField(
        Text("Roles"),
        coerce=Role,
        choices=lambda: [(role.value, role.label) for role in Role if role is not Role.SYSTEM],
        validators=[Required(Text("Choose at least one role."))],
    )
    certificate_number = StringField(
        Text("Enforcement certificate number"),
        description=Text("A formal inspection needs two officers with certificates."),
        validators=[AtMost(40)],
    )
    phone = StringField(Text("Phone"), validators=[AtMost(30)])
    borrowed_from = StringField(
        Text("Borrowed from"),
        description=Text("For an officer lent by another office."),
        validators=[AtMost(60)],
    )
    borrowed_until = DayField(Text("Last day here"), lies=Lies.AHEAD)

    def validate_borrowed_until(self, field: Field) -> None:
        if self.borrowed_from.data and not field.data and not field.errors:
            _stop(Text("Enter the last day on which the officer works here."))
        if field.data and not self.borrowed_from.data:
            _stop(Text("Enter the office that lends the officer."))


class NewOfficerForm(OfficerForm):
    username = StringField(
        Text("User name"),
        description=Text("Small letters, figures, dots and hyphens."),
        validators=[Required(Text("Enter a user name.")), AtMost(40)],
    )


class EndServiceForm(OversightForm):
    reason = TextAreaField(
        Text("Reason"),
        validators=[Required(Text("Say why, for instance a transfer.")), AtMost(200)],
    )


class RefuseRightsForm(OversightForm):
    reason = TextAreaField(
        Text("Reason"), validators=[Required(Text("Say why it is refused.")), AtMost(200)]
    )


def _stop(sentence: object) -> None:
    raise StopValidation(sentence)
