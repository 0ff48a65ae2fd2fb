"""The plan of a campaign, and its steps."""

from __future__ import annotations

from wtforms import SelectMultipleField, StringField, TextAreaField
from wtforms.widgets import CheckboxInput, ListWidget

from training_oversight.files.fields import EvidenceField
from training_oversight.inspections.models import VisitKind
from training_oversight.texts import Text
from training_oversight.web.choices import ToChoose, each, key, member
from training_oversight.web.forms import AtMost, OversightForm, Required
from training_oversight.web.typed_days import DayField, Lies

NAME, LINE, PARAGRAPH, PLAN = 60, 200, 2000, 8000


class CheckboxesField(SelectMultipleField):
    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class PlanForm(OversightForm):
    title = StringField(
        Text("Title of the campaign"),
        validators=[Required(Text("Enter the title of the campaign.")), AtMost(NAME)],
    )
    superior = StringField(
        Text("Superior who asks for it"),
        description=Text("The superior whose document asks for it. Empty: the county itself."),
        validators=[AtMost(NAME)],
    )
    document_title = StringField(Text("Document that asks for it"), validators=[AtMost(LINE)])
    document_number = StringField(Text("Number of the document"), validators=[AtMost(NAME)])
    begins_on = DayField(
        Text("Begins on"),
        validators=[Required(Text("Enter the day on which the campaign begins."))],
        lies=Lies.NEAR,
    )
    ends_on = DayField(
        Text("Ends on"),
        validators=[Required(Text("Enter the day on which the campaign ends."))],
        lies=Lies.AHEAD,
    )
    kind = ToChoose(
        Text("Kind of visit"),
        Text("Choose the kind of visit."),
        coerce=member(VisitKind),
        choices=each(VisitKind),
    )
    checklist_id = ToChoose(
        Text("Checklist of the campaign"),
        Text("Choose the checklist, or that of each institution's kind."),
        coerce=key,
        description=Text("The version that holds on the day of planning stays with each visit."),
    )
    departments = CheckboxesField(Text("Departments that take part"), coerce=int)
    plan = TextAreaField(
        Text("Plan of the campaign"),
        description=Text("What is done, how and by whom. It is approved by another person."),
        validators=[AtMost(PLAN)],
    )


class PapersForm(OversightForm):
    papers = EvidenceField(
        Text("Papers of the campaign"),
        description=Text("The superior's document, the plan as it was signed."),
        validators=[Required(Text("Choose a paper, or take a photo of it."))],
        rest_saves=True,
    )


class ConfirmForm(OversightForm):
    """A step that needs nothing but a second look."""


class ReturnForm(OversightForm):
    reason = TextAreaField(
        Text("What is to be changed"),
        validators=[Required(Text("Say what is to be changed.")), AtMost(PARAGRAPH)],
    )


class ReasonForm(OversightForm):
    reason = TextAreaField(
        Text("Reason"), validators=[Required(Text("Say why.")), AtMost(PARAGRAPH)]
    )


class CloseForm(OversightForm):
    conclusion = TextAreaField(
        Text("Result of the campaign"),
        description=Text("What was found, what was done, what remains."),
        validators=[Required(Text("Write down the result of the campaign.")), AtMost(PLAN)],
    )
