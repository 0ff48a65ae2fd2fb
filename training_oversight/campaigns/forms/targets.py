"""What is done with targets, one or many."""

from __future__ import annotations

from wtforms import IntegerField, RadioField, StringField, TextAreaField
from wtforms.validators import Optional

from training_oversight.campaigns.forms.plan import LINE, PARAGRAPH, CheckboxesField
from training_oversight.campaigns.sharing import Way
from training_oversight.inspections.models import Approval
from training_oversight.texts import Text
from training_oversight.web.choices import ToChoose, each, listed, member
from training_oversight.web.forms import AtMost, Between, OversightForm, Required
from training_oversight.web.typed_days import DayField, Lies

MOST_A_DAY = 30
WHY = Text("Say why; it stands beside the target.")


class BulkForm(OversightForm):
    """One reason for all that were chosen."""

    reason = TextAreaField(Text("Reason"), validators=[Required(WHY), AtMost(PARAGRAPH)])


class HandOverForm(BulkForm):
    officer_id = ToChoose(Text("New officer"), Text("Choose who answers for their visits."))


class AddForm(BulkForm):
    """The place is chosen before, by searching."""


class ProposedForm(BulkForm):
    decision = RadioField(
        Text("What becomes of them"),
        choices=listed(
            [
                ("add", Text("Put them among the targets")),
                ("decline", Text("Leave them out")),
            ]
        ),
        validators=[Required(Text("Choose what becomes of the places that you ticked."))],
    )


def _per_day(*more: object) -> IntegerField:
    return IntegerField(
        Text("Visits a day for each team"), validators=[*more, Between(1, MOST_A_DAY)]
    )


class ShareForm(OversightForm):
    """Who goes where, and when."""

    officers = CheckboxesField(
        Text("Who goes"),
        coerce=int,
        description=Text(
            "Those who have the least stand first. A formal inspection needs two officers with "
            "certificates."
        ),
        validators=[Required(Text("Choose who goes."))],
    )
    way = RadioField(
        Text("How the targets are shared out"),
        coerce=member(Way),
        choices=each(Way),
        validators=[Required(Text("Choose how the targets are shared out."))],
        validate_choice=False,
    )
    lead_id = ToChoose(
        Text("In charge of the team"),
        Text("Choose who is in charge."),
        validators=[],
        description=Text("Where one team goes to all. Otherwise the first of each team is."),
    )
    first_on = DayField(
        Text("First day of the visits"),
        validators=[Required(Text("Enter the first day of the visits."))],
        lies=Lies.AHEAD,
    )
    per_day = _per_day(Required(Text("Enter how many visits a team makes a day.")))
    # Left open, nothing is said of it.
    approval = RadioField(
        Text("Approval of the visits"),
        coerce=member(Approval),
        choices=each(one for one in Approval if one is not Approval.UNSTATED),
        validate_choice=False,
    )
    helper_ids = CheckboxesField(
        Text("Officers of other departments who help"),
        coerce=int,
        description=Text("They come along and do not inspect."),
    )
    helpers = StringField(
        Text("Others who come along"),
        description=Text("For instance officers of a neighbouring county, with their office."),
        validators=[AtMost(LINE)],
    )


class ReplanForm(BulkForm):
    """Other days, other people, or both."""

    first_on = DayField(
        Text("New first day"), description=Text("Empty: the days stay."), lies=Lies.AHEAD
    )
    per_day = _per_day(Optional())
    officers = CheckboxesField(
        Text("New team"), coerce=int, description=Text("Nobody ticked: the teams stay.")
    )
    lead_id = ToChoose(
        Text("In charge of the team"), Text("Choose who is in charge."), validators=[]
    )
