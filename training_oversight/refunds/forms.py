"""What a person types of a refund, and the sentence when it is wrong."""

from __future__ import annotations

from wtforms import BooleanField, FileField, IntegerField, RadioField, StringField, TextAreaField

from training_oversight.files.fields import EvidenceField
from training_oversight.refunds.formula import MOST_LESSONS
from training_oversight.refunds.models import RefundWay
from training_oversight.texts import Text
from training_oversight.vault.screened import ScreenedForm
from training_oversight.web.forms import AtMost, Between, OversightForm, Required, RequiredAtTimes
from training_oversight.web.money import MoneyField
from training_oversight.web.typed_days import DayField, Lies

# Notes have more readers than the family's file; what is written all the same is covered.
NOBODY = Text("No names and no telephone numbers of families.")


class LessonsField(IntegerField):
    def __init__(self, label: Text, *, least: int, **more: object) -> None:
        super().__init__(label, validators=[Between(least, MOST_LESSONS)], **more)
        self.flags.required = True


def _day(label: Text, sentence: Text) -> DayField:
    return DayField(label, validators=[Required(sentence)], lies=Lies.BEHIND)


def _reason(sentence: Text) -> TextAreaField:
    return TextAreaField(
        Text("Reason"), validators=[Required(sentence), AtMost(500)], description=NOBODY
    )


class ReasonForm(ScreenedForm):
    screened = ("reason",)

    reason = _reason(Text("Say why."))


class ContractForm(OversightForm):
    """The figures of one contract."""

    course = StringField(
        Text("Course"),
        validators=[AtMost(60)],
        description=Text("As the contract names it. A second contract of a family needs it."),
    )
    contract = MoneyField(
        Text("Contract amount (yuan)"),
        validators=[Required(Text("Enter what was paid for the contract."))],
    )
    bought = LessonsField(Text("Lessons bought"), least=1)
    given = LessonsField(
        Text("Lessons given away"), least=0, description=Text("0 if none were given.")
    )
    used = LessonsField(Text("Lessons used"), least=0)
    formula_id = RadioField(
        Text("Formula"),
        coerce=lambda value: int(value) if value else None,
        validators=[Required(Text("Choose by which formula it is counted."))],
        description=Text("The county's own setting: a proposal, no law."),
    )


class RefundForm(ContractForm):
    parent = StringField(
        Text("Name of the parent"),
        validators=[Required(Text("Enter who asks for the refund.")), AtMost(40)],
    )
    phone = StringField(
        Text("Telephone"),
        validators=[Required(Text("Enter the telephone number of the family.")), AtMost(30)],
        description=Text("The family is known again by it. It is kept sealed and shown masked."),
    )
    pupil = StringField(
        Text("Name of the pupil"),
        validators=[AtMost(40)],
        description=Text("Kept sealed; it stands on no list, paper or page but this file."),
    )


class AgreeForm(ScreenedForm):
    screened = ("note",)

    fen = MoneyField(
        Text("Agreed amount (yuan)"), validators=[Required(Text("Enter the agreed amount."))]
    )
    way = RadioField(
        Text("How it was agreed"),
        choices=RefundWay.choices,
        validators=[Required(Text("Choose how it was agreed."))],
    )
    agreed_on = _day(Text("Agreed on"), Text("Enter the day on which it was agreed."))
    note = TextAreaField(Text("Note"), validators=[AtMost(500)], description=NOBODY)


class PartForm(ScreenedForm):
    screened = ("note",)

    fen = MoneyField(
        Text("Amount paid back (yuan)"),
        validators=[Required(Text("Enter what was paid back."))],
    )
    paid_on = _day(Text("Paid on"), Text("Enter the day on which it was paid."))
    way = RadioField(
        Text("Way"),
        choices=RefundWay.choices,
        validators=[Required(Text("Choose in which way it was paid back."))],
    )
    note = StringField(Text("Note"), validators=[AtMost(200)], description=NOBODY)
    files = EvidenceField(Text("Proofs"))


class PlatformForm(OversightForm):
    entered_on = _day(Text("Entered on"), Text("Enter the day on which it was entered."))


class EventForm(ScreenedForm):
    screened = ("summary",)

    happened_on = _day(Text("Closed on"), Text("Enter the day on which it closed."))
    summary = TextAreaField(
        Text("Situation"),
        validators=[Required(Text("Write what is known.")), AtMost(1000)],
        description=NOBODY,
    )


class ConclusionForm(ScreenedForm):
    screened = ("conclusion",)

    conclusion = TextAreaField(
        Text("Conclusion"), validators=[Required(Text("Write what came of it.")), AtMost(1000)]
    )


class BalanceForm(OversightForm):
    fen = MoneyField(Text("Balance (yuan)"), validators=[Required(Text("Enter the balance."))])
    as_of = _day(Text("As of"), Text("Enter the day of the balance."))
    source = StringField(
        Text("Source"),
        validators=[Required(Text("Enter who said so.")), AtMost(100)],
        description=Text("For instance the bank's letter and its number."),
    )


class AnnounceForm(ScreenedForm):
    screened = ("text",)

    text = TextAreaField(
        Text("What families are told"),
        validators=[Required(Text("Write what families are told.")), AtMost(1000)],
        description=Text("Every family of the event reads it. Name nobody."),
    )


class ListForm(OversightForm):
    file = FileField(
        Text("List of families"),
        description=Text(
            ".xlsx, .xls, .ods or .csv with telephone, contract amount, lessons bought and used; "
            "name of the parent and the pupil, course and lessons given where there are any."
        ),
        validators=[Required(Text("Choose the file with the list."))],
    )
    formula_id = RadioField(
        Text("Formula"),
        coerce=lambda value: int(value) if value else None,
        validators=[Required(Text("Choose by which formula it is counted."))],
        description=Text("The county's own setting: a proposal, no law."),
    )


class WhyForm(OversightForm):
    why = StringField(
        Text("What you need it for"),
        validators=[Required(Text("Say what you need it for.")), AtMost(100)],
        description=Text("Looking leaves a record: who, when and why."),
    )


class TableForm(OversightForm):
    named = BooleanField(
        Text("With the parents and their telephone numbers"),
        description=Text("Only where somebody outside needs them to pay or to mediate."),
    )
    why = StringField(Text("What you need it for"), validators=[RequiredAtTimes(), AtMost(100)])
