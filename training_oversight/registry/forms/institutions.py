"""What an officer types about an institution."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from wtforms import (
    BooleanField,
    Field,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    widgets,
)

from training_oversight.law import identifiers
from training_oversight.registry.forms import fields, naming
from training_oversight.registry.models import (
    LegalForm,
    Mode,
    Stage,
)
from training_oversight.registry.service import InstitutionValues
from training_oversight.texts import Text
from training_oversight.web.choices import code, each, key, listed, member, with_none
from training_oversight.web.forms import AtMost, DayField, OversightForm, Required

# What is masked on every page: the form replaces or removes it and never shows it.
UNSEEN = ("phone", "fund_account", "landlord")
LONGEST_NAME, LONGEST_NOTE = 100, 2000


class InstitutionForm(OversightForm):
    name = StringField(
        Text("Name"), validators=[Required(Text("Enter the name.")), AtMost(LONGEST_NAME)]
    )
    informal_name = BooleanField(Text("This is what people call it; no paper carries the name"))
    name_corrected = BooleanField(
        Text("The name was only spelt wrongly"),
        description=Text("Otherwise the name that is given up is kept as a former one."),
    )
    aliases = fields.text(
        Text("Other names"), description=Text("Several are separated by a comma.")
    )
    former_names = fields.text(
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
    courses = fields.text(Text("What is taught"), description=Text("In its own words."))
    mode = SelectField(Text("Mode"), coerce=member(Mode), choices=with_none(each(Mode)))
    pupils = fields.count(Text("Number of pupils"))
    staff = fields.count(Text("Number of teachers"))
    uscc = fields.text(
        Text("Credit code"), description=Text("18 characters. Empty for places without papers.")
    )
    registered_with = fields.text(Text("Registered with"))
    registered_address = fields.text(
        Text("Registered address"), description=Text("If it is not the place where it teaches.")
    )
    platform_id = fields.text(Text("Number on the national platform"))
    platform_entered_on = DayField(Text("Entered there on"))
    organiser = fields.text(Text("Organiser"))
    responsible_person = fields.text(Text("Responsible person"))
    phone = fields.text(Text("Telephone"))
    legal_representative = fields.text(Text("Legal representative"))
    principal = fields.text(Text("Principal"))
    fund_bank = fields.text(Text("Bank of the prepaid-fund account"))
    fund_account = fields.text(
        Text("Prepaid-fund account"), description=Text("The supervised account for prepaid fees.")
    )
    division_id = SelectField(
        Text("Township or street"),
        coerce=key,
        validators=[Required(Text("Choose the township or street."))],
    )
    address = fields.text(Text("Address of the venue"))
    premises = fields.premises()
    area = fields.count(Text("Area in square metres"))
    tenure = fields.tenure()
    landlord = fields.text(Text("Owner or landlord"))
    lease_until = DayField(Text("Lease until"))
    position = fields.position()
    industry_department_id = SelectField(Text("Industry department"), coerce=key)
    department_reason = fields.text(Text("Why another department than that of the kind"))
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
        self.position.data = fields.shown(values)

    def validate_uscc(self, field: Field) -> None:
        if field.data:
            fields.or_refuse(identifiers.check_uscc, field.data)

    def validate_position(self, field: Field) -> None:
        fields.check_position(field)

    def values(self, present: InstitutionValues | None = None) -> InstitutionValues:
        """What was typed; ``present`` is what the form does not show or replaces."""
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
            phone=fields.telephone(self.phone.data, present),
            fund_account=fields.unseen(self.fund_account.data, "fund_account", present),
            landlord=fields.unseen(self.landlord.data, "landlord", present),
            **fields.placed(self.position.data, present),
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
