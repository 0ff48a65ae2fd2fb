"""What a person types when raising, convening and answering."""

from __future__ import annotations

from wtforms import (
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.widgets import CheckboxInput, ListWidget

from training_oversight.files.fields import EvidenceField
from training_oversight.texts import Text
from training_oversight.web.forms import AtMost, OversightForm, Required
from training_oversight.web.typed_days import DayField, Lies


def _key(value: str | int | None) -> int | None:
    return int(value) if value else None


class Boxes(SelectMultipleField):
    """Several of a list, each with its own box."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class DepartmentField(SelectField):
    """One department of the county; nothing is chosen beforehand."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, coerce=_key, **kwargs)


class PlainForm(OversightForm):
    """A step that needs nothing typed."""


class ReasonForm(OversightForm):
    reason = TextAreaField(Text("Reason"), validators=[Required(Text("Say why.")), AtMost(500)])


class ConveneForm(OversightForm):
    decided_by = StringField(
        Text("Who decided"),
        validators=[Required(Text("Enter who decided.")), AtMost(50)],
        description=Text("The leader or the meeting that gave the instruction."),
    )
    decided_on = DayField(
        Text("Decided on"),
        validators=[Required(Text("Enter the day of the decision."))],
        lies=Lies.BEHIND,
    )
    document = StringField(
        Text("Instruction"),
        validators=[Required(Text("Enter the number of the instruction.")), AtMost(100)],
        description=Text("Number of the instruction or minutes; for a spoken one write so."),
    )


class ConcludeForm(OversightForm):
    conclusion = TextAreaField(
        Text("Conclusion"),
        validators=[Required(Text("Write what came of it.")), AtMost(1000)],
    )


class OpenForm(OversightForm):
    trigger = RadioField(
        Text("Trigger"),
        validators=[Required(Text("Choose why joint enforcement is needed."))],
    )
    summary = TextAreaField(
        Text("Situation"),
        validators=[
            Required(Text("Write what was found and why others are needed.")),
            AtMost(1000),
        ],
    )
    items = Boxes(Text("Items"), coerce=int)
    departments = Boxes(Text("Departments to be asked"), coerce=int)
    asked = TextAreaField(
        Text("What they are asked"),
        validators=[AtMost(1000)],
        description=Text(
            "The same for each; every task can be reworded before the case is convened."
        ),
    )


class ItemsForm(OversightForm):
    items = Boxes(
        Text("Items"), coerce=int, validators=[Required(Text("Choose at least one item."))]
    )


class WordingForm(OversightForm):
    asked = TextAreaField(
        Text("What is asked"),
        validators=[Required(Text("Write what the department is asked to do.")), AtMost(1000)],
    )
    due_on = DayField(
        Text("Report by"),
        description=Text("Left empty, the county's limit runs from the day of release."),
        lies=Lies.AHEAD,
    )


class TaskForm(WordingForm):
    department_id = DepartmentField(
        Text("Department"), validators=[Required(Text("Choose a department."))]
    )


class RedirectForm(TaskForm):
    pass


class ReturnForm(OversightForm):
    ground = TextAreaField(
        Text("Ground for the return"),
        validators=[Required(Text("Say on what ground it is not yours.")), AtMost(500)],
    )
    department_id = DepartmentField(
        Text("Whose it is"),
        validators=[Required(Text("Name the department whose it is."))],
    )


class ReportForm(OversightForm):
    result = TextAreaField(
        Text("Result"),
        validators=[Required(Text("Write what was found and done.")), AtMost(2000)],
    )
    files = EvidenceField(Text("Papers and photos"))
