"""What an administrator may type on the settings pages."""

from __future__ import annotations

from typing import ClassVar

from wtforms import (
    BooleanField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import Optional, Regexp, StopValidation
from wtforms.widgets import CheckboxInput, ListWidget

from training_oversight.catalogue.models import (
    Check,
    Effect,
    GivenLessons,
    LegalNature,
    PhraseUse,
    Rounding,
    Severity,
)
from training_oversight.law import Unit
from training_oversight.texts import Text
from training_oversight.web.forms import AtMost, Between, OversightForm, Required
from training_oversight.web.typed_days import DayField, Lies

LONGEST_LIMIT = 365
BLANK_ITEMS = 3
DAYS_OF_A_YEAR = 366


class NeededBetween(Between):
    """A whole number within bounds that must be there."""

    field_flags: ClassVar[dict[str, bool]] = {"required": True}


class BoxesField(SelectMultipleField):
    """Several answers as boxes to tick."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


def _name() -> StringField:
    return StringField(
        Text("Name"), validators=[Required(Text("Enter the name of the entry.")), AtMost(60)]
    )


def _days(label: Text) -> IntegerField:
    return IntegerField(label, validators=[NeededBetween(1, LONGEST_LIMIT)])


def _unit() -> SelectField:
    return SelectField(Text("Unit"), coerce=Unit, choices=Unit.choices)


class EntryForm(OversightForm):
    """What every catalogue entry has."""

    code = StringField(
        Text("Code"),
        description=Text("Small letters, figures and _; it never changes and is never printed."),
        validators=[
            Required(Text("Enter a code.")),
            Regexp(
                r"^[a-z][a-z0-9_]{1,39}$",
                message=Text("2 to 40 small letters, figures or _; a letter first."),
            ),
        ],
    )
    name = _name()
    name_en = StringField(Text("Name in English"), validators=[AtMost(100)])


class KindForm(EntryForm):
    department_code = SelectField(
        Text("Industry department"),
        coerce=lambda code: code or None,
        description=Text(
            "If it changes, the institutions of the kind change with it; how many is shown before "
            "you say yes. Until it is settled they are listed as a gap."
        ),
    )


class ViolationTypeForm(EntryForm):
    category = StringField(
        Text("Category"), validators=[Required(Text("Enter the category.")), AtMost(30)]
    )
    category_en = StringField(Text("Category in English"), validators=[AtMost(60)])
    severity = RadioField(Text("Severity"), coerce=Severity, choices=Severity.choices)
    effect = SelectField(Text("Suggested paper"), coerce=Effect, choices=Effect.choices)
    kinds = BoxesField(Text("Kinds it applies to"), description=Text("None ticked: all kinds."))
    departments = BoxesField(
        Text("Departments for joint enforcement"),
        description=Text("Draft tasks are made for these when a case is raised."),
    )
    legal_basis = TextAreaField(
        Text("Legal basis"),
        description=Text(
            "Taken into notices as it stands. Left empty, a notice asks for the basis each time."
        ),
        validators=[AtMost(500)],
    )
    measure = TextAreaField(
        Text("Requirement"),
        description=Text("Proposed as the requirement; the officer can change it."),
        validators=[AtMost(500)],
    )


class NoticeTypeForm(EntryForm):
    prefix = StringField(
        Text("Number prefix"),
        description=Text("Between the authority's short name and the year in the number."),
        validators=[Required(Text("Enter the prefix.")), AtMost(10)],
    )
    effect = SelectField(Text("Effect"), coerce=Effect, choices=Effect.choices)
    template_code = SelectField(
        Text("Template"),
        description=Text("The words around what is written for each notice; they suit the effect."),
    )
    nature = SelectField(Text("Legal nature"), coerce=LegalNature, choices=LegalNature.choices)
    checks = BoxesField(Text("To be complete before it is submitted"), choices=Check.choices)
    default_length = _days(Text("Period proposed"))
    unit = _unit()
    longest = _days(Text("Longest period allowed"))
    consequence = TextAreaField(
        Text("Consequence"),
        description=Text("Printed as it stands. Have the legal section read it."),
        validators=[AtMost(300)],
    )
    enabled = BooleanField(Text("In use: offered when a notice is drafted"))

    def validate_longest(self, field: IntegerField) -> None:
        if self.default_length.data and field.data < self.default_length.data:
            raise StopValidation(
                Text("The longest period must not be shorter than the one proposed.")
            )


class CloseReasonForm(EntryForm):
    direct = BooleanField(Text("May close an open item directly, with a re-check and an approver"))
    public_status = SelectField(
        Text("What the public list says"),
        description=Text("Nothing: items closed for this reason are not published."),
    )


class ChecklistForm(EntryForm):
    kinds = BoxesField(Text("Kinds it applies to"), description=Text("None ticked: all kinds."))


def checklist_form(rows: int) -> type[ChecklistForm]:
    """A form with so many rows of questions; a row emptied of its text is left out."""
    fields: dict[str, object] = {"rows": range(rows)}
    for n in range(rows):
        fields[f"code_{n}"] = HiddenField()
        fields[f"section_{n}"] = StringField(Text("Part"), validators=[AtMost(20)])
        fields[f"text_{n}"] = StringField(Text("Question"), validators=[AtMost(60)])
        fields[f"hint_{n}"] = StringField(Text("Hint"), validators=[AtMost(100)])
        fields[f"violation_type_{n}"] = SelectField(Text("Violation type if not met"))
        fields[f"phrases_{n}"] = StringField(
            Text("Beginnings offered for a problem"),
            description=Text("Several with a semicolon between them; __ is where figures go."),
            validators=[AtMost(100)],
        )
    return type("ChecklistRowsForm", (ChecklistForm,), fields)


class LimitForm(EntryForm):
    length = _days(Text("Days"))
    unit = _unit()
    source = StringField(
        Text("Source"),
        description=Text("Who set it or which paper it comes from."),
        validators=[Required(Text("Enter where the number comes from.")), AtMost(100)],
    )


class RefundFormulaForm(EntryForm):
    given = RadioField(
        Text("Lessons given away"), coerce=GivenLessons, choices=GivenLessons.choices
    )
    rounding = RadioField(Text("Rounding"), coerce=Rounding, choices=Rounding.choices)
    source = StringField(
        Text("Source"),
        description=Text("Who set it or which paper it comes from."),
        validators=[Required(Text("Enter where the formula comes from.")), AtMost(100)],
    )


def _source() -> StringField:
    return StringField(
        Text("Source"),
        description=Text("Who set it or which paper it comes from."),
        validators=[Required(Text("Enter where the rule comes from.")), AtMost(100)],
    )


class AnswerRuleForm(EntryForm):
    approved = BooleanField(Text("Somebody else approves the answer before it is given"))
    source = _source()


class RepeatRuleForm(EntryForm):
    days = _days(Text("Within so many days"))
    orders = IntegerField(
        Text("From so many complaints about one place"), validators=[NeededBetween(2, 100)]
    )
    source = _source()


class VisitRuleForm(EntryForm):
    most = IntegerField(
        Text("At most in a year"),
        description=Text("Empty: the county has published no cap, and nothing warns."),
        validators=[Optional(), Between(1, DAYS_OF_A_YEAR)],
    )
    exempt = BoxesField(
        Text("Do not count"), description=Text("Kinds of visit that the cap does not concern.")
    )
    together_days = IntegerField(
        Text("Days within which visits are joined"),
        description=Text(
            "A visit of somebody else to the same place within so many days is offered to be "
            "joined; 0 offers none."
        ),
        validators=[NeededBetween(0, LONGEST_LIMIT)],
    )
    source = _source()


class PhraseForm(EntryForm):
    use = RadioField(Text("Offered"), coerce=PhraseUse, choices=PhraseUse.choices)
    enabled = BooleanField(Text("In use: offered beside the field"))


class CalendarDayForm(OversightForm):
    first_on = DayField(
        Text("First day"), validators=[Required(Text("Enter the first day."))], lies=Lies.AHEAD
    )
    last_on = DayField(Text("Last day"), description=Text("Empty: one day only."), lies=Lies.AHEAD)
    working = RadioField(
        Text("What the days are"),
        choices=lambda: [("off", Text("Days off")), ("working", Text("Working days (made up)"))],
        validators=[Required(Text("Choose what the days are."))],
    )
    name = StringField(
        Text("Occasion"), validators=[Required(Text("Enter the occasion.")), AtMost(20)]
    )
    source = StringField(
        Text("Source"),
        description=Text("Number of the notice that says so."),
        validators=[Required(Text("Enter where the number comes from.")), AtMost(100)],
    )


class AuthorityForm(OversightForm):
    name = StringField(
        Text("Name at the head of papers"),
        validators=[Required(Text("Enter the name of the entry.")), AtMost(60)],
    )
    short_name = StringField(
        Text("Short name in numbers"),
        validators=[Required(Text("Enter the short name.")), AtMost(10)],
    )
    address = StringField(Text("Address"), validators=[AtMost(100)])
    hotline = StringField(Text("Hotline"), validators=[AtMost(40)])
    remedies = TextAreaField(
        Text("Remedies and their time limits"),
        description=Text(
            "Printed on every order, so name within how many days or months. Have "
            "the legal section read it."
        ),
        validators=[AtMost(500)],
    )
