"""What an officer types about an institution."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from wtforms import (
    BooleanField,
    Field,
    IntegerField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    widgets,
)
from wtforms.validators import NumberRange, Optional, ValidationError

from training_oversight import places
from training_oversight.errors import BadInput
from training_oversight.law import identifiers
from training_oversight.places import Position
from training_oversight.registry.forms import naming
from training_oversight.registry.forms.choosing import code, each, key, listed, member, with_none
from training_oversight.registry.models import (
    LegalForm,
    Mode,
    PositionSource,
    Premises,
    Stage,
    Tenure,
)
from training_oversight.registry.service import InstitutionValues
from training_oversight.texts import Text
from training_oversight.web.forms import AtMost, DayField, OversightForm, Required

# Typed instead of a value to take one off the record that the form does not show.
NONE = "-"
# What is masked on every page: the form replaces or removes it and never shows it.
UNSEEN = ("phone", "fund_account", "landlord")
LONGEST_NAME, LONGEST_TEXT, LONGEST_NOTE = 100, 200, 2000
MOST_PEOPLE = 100_000


def _count(label: Text) -> IntegerField:
    return IntegerField(label, validators=[Optional(), NumberRange(min=0, max=MOST_PEOPLE)])


def _text(label: Text, **more: Any) -> StringField:
    return StringField(label, validators=[AtMost(LONGEST_TEXT)], **more)


class InstitutionForm(OversightForm):
    name = StringField(
        Text("Name"), validators=[Required(Text("Enter the name.")), AtMost(LONGEST_NAME)]
    )
    informal_name = BooleanField(Text("This is what people call it; no paper carries the name"))
    name_corrected = BooleanField(
        Text("The name was only spelt wrongly"),
        description=Text("Otherwise the name that is given up is kept as a former one."),
    )
    aliases = _text(Text("Other names"), description=Text("Several are separated by a comma."))
    former_names = _text(
        Text("Former names"),
        description=Text("Several are separated by a comma; the last day of each in brackets."),
    )
    kind_code = SelectField(Text("Kind"), coerce=code)
    legal_form = SelectField(
        Text("Legal form"),
        coerce=member(LegalForm),
        choices=with_none(each(LegalForm)),
    )
    stages = SelectMultipleField(
        Text("Who is taught"),
        coerce=member(Stage),
        choices=each(Stage),
        widget=widgets.ListWidget(prefix_label=False),
        option_widget=widgets.CheckboxInput(),
    )
    courses = _text(Text("What is taught"), description=Text("In its own words."))
    mode = SelectField(Text("Mode"), coerce=member(Mode), choices=with_none(each(Mode)))
    pupils = _count(Text("Number of pupils"))
    staff = _count(Text("Number of teachers"))
    uscc = _text(
        Text("Credit code"), description=Text("18 characters. Empty for places without papers.")
    )
    registered_with = _text(Text("Registered with"))
    registered_address = _text(
        Text("Registered address"), description=Text("If it is not the place where it teaches.")
    )
    platform_id = _text(Text("Number on the national platform"))
    platform_entered_on = DayField(Text("Entered there on"))
    organiser = _text(Text("Organiser"))
    responsible_person = _text(Text("Responsible person"))
    phone = _text(Text("Telephone"))
    legal_representative = _text(Text("Legal representative"))
    principal = _text(Text("Principal"))
    fund_bank = _text(Text("Bank of the prepaid-fund account"))
    fund_account = _text(
        Text("Prepaid-fund account"), description=Text("The supervised account for prepaid fees.")
    )
    division_id = SelectField(
        Text("Township or street"),
        coerce=key,
        validators=[Required(Text("Choose the township or street."))],
    )
    address = _text(Text("Address of the venue"))
    premises = SelectField(
        Text("Premises"),
        coerce=member(Premises),
        choices=with_none(each(Premises)),
        description=Text("A dwelling is never entered without consent."),
    )
    area = IntegerField(
        Text("Area in square metres"),
        validators=[Optional(), NumberRange(min=0, max=MOST_PEOPLE)],
    )
    tenure = SelectField(
        Text("Owned or rented"), coerce=member(Tenure), choices=with_none(each(Tenure))
    )
    landlord = _text(Text("Owner or landlord"))
    lease_until = DayField(Text("Lease until"))
    position = _text(
        Text("Position of the venue"),
        description=Text("Latitude first, for instance 29.56, 106.55."),
    )
    industry_department_id = SelectField(Text("Industry department"), coerce=key)
    department_reason = _text(Text("Why another department than that of the kind"))
    officer_in_charge_id = SelectField(Text("Officer in charge"), coerce=key)
    note = TextAreaField(Text("Note"), validators=[AtMost(LONGEST_NOTE)])
    not_the_same = BooleanField(Text("I compared them: this is another institution"))

    def offer(
        self,
        *,
        kinds: Sequence[tuple[str, str]],
        divisions: Sequence[tuple[int, str]],
        departments: Sequence[tuple[int, str]],
        officers: Sequence[tuple[int, str]],
    ) -> None:
        """What this county can choose from."""
        self.kind_code.choices = with_none(listed(kinds))
        self.division_id.choices = with_none(listed(divisions), Text("Choose"))
        self.industry_department_id.choices = with_none(
            listed(departments), Text("As the kind says")
        )
        self.officer_in_charge_id.choices = with_none(listed(officers), Text("Nobody yet"))

    def fill(self, values: InstitutionValues) -> None:
        """Show the record as it stands; of what is masked only that it is there."""
        for field in self:
            if field.name not in (*UNSEEN, *naming.FIELDS, "position", "department_reason"):
                field.data = getattr(values, field.name, field.data)
        self.aliases.data = naming.joined(values.aliases)
        self.former_names.data = naming.former_joined(values.former_names)
        if values.latitude is not None and values.longitude is not None:
            self.position.data = str(Position(values.latitude, values.longitude))

    def validate_uscc(self, field: Field) -> None:
        if field.data:
            _or_refuse(identifiers.check_uscc, field.data)

    def validate_position(self, field: Field) -> None:
        if field.data:
            _or_refuse(places.parse, field.data)

    def values(self, present: InstitutionValues | None = None) -> InstitutionValues:
        """What was typed; ``present`` is what the form does not show or replaces."""
        position = places.parse(self.position.data) if self.position.data else None
        return InstitutionValues(
            name=self.name.data,
            division_id=self.division_id.data,
            informal_name=self.informal_name.data,
            name_corrected=self.name_corrected.data,
            aliases=naming.split(self.aliases.data),
            former_names=naming.former_split(self.former_names.data),
            stages=tuple(self.stages.data or ()),
            department_reason=self.department_reason.data or "",
            note=self.note.data or "",
            address=self.address.data or "",
            **self._as_typed(),
            phone=unseen(self.phone.data, "phone", present),
            fund_account=unseen(self.fund_account.data, "fund_account", present),
            landlord=unseen(self.landlord.data, "landlord", present),
            **_placed(position, present),
        )

    def _as_typed(self) -> dict[str, Any]:
        names = (
            "kind_code", "legal_form", "courses", "mode", "uscc", "registered_with",
            "registered_address", "responsible_person", "legal_representative", "principal",
            "organiser", "pupils", "staff", "platform_id", "platform_entered_on", "fund_bank",
            "industry_department_id", "officer_in_charge_id", "premises", "tenure",
            "lease_until", "area",
        )  # fmt: skip
        typed = {name: self[name].data for name in names}
        return {name: None if value == "" else value for name, value in typed.items()}


def unseen(typed: str | None, name: str, present: Any) -> str | None:
    """A value that the form does not show: replaced, taken off with a dash, or as it was."""
    if typed == NONE:
        return None
    return typed or (getattr(present, name) if present is not None else None)


def _placed(position: Position | None, present: InstitutionValues | None) -> dict[str, Any]:
    """The position; one that was measured stays measured until another is typed."""
    if position is None:
        return {}
    if present is not None and present.latitude is not None and present.longitude is not None:
        known = Position(present.latitude, present.longitude)
        if str(known) == str(position):
            return {
                "latitude": present.latitude,
                "longitude": present.longitude,
                "position_source": present.position_source,
                "position_accuracy": present.position_accuracy,
            }
    return {
        "latitude": position.latitude,
        "longitude": position.longitude,
        "position_source": PositionSource.TYPED,
    }


def _or_refuse(check: Any, text: str) -> None:
    try:
        check(text)
    except BadInput as error:
        raise ValidationError(error.text) from error
