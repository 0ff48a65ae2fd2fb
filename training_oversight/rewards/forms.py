"""What a person types of a reward, and the sentence when it is wrong."""

from __future__ import annotations

import unicodedata

from wtforms import PasswordField, RadioField, SelectMultipleField, StringField, TextAreaField
from wtforms.widgets import CheckboxInput, ListWidget

from training_oversight.complaints.kinds import ComplaintKind
from training_oversight.rewards.rules import KINDS, RewardRules
from training_oversight.texts import Text
from training_oversight.vault.screened import ScreenedForm
from training_oversight.web.choices import listed
from training_oversight.web.forms import AtMost, OversightForm, Required, RequiredAtTimes
from training_oversight.web.money import MoneyField

NOBODY = Text("Name nobody: what stands here has more readers than the report.")
LONGEST_DAYS = 3650
YES, NO = "yes", "no"


class ProposeForm(ScreenedForm):
    screened = ("reason",)

    fen = MoneyField(
        Text("Reward (yuan)"), validators=[Required(Text("Enter how much the reward is."))]
    )
    reason = TextAreaField(
        Text("Why it is rewarded"),
        validators=[Required(Text("Write why the report is rewarded.")), AtMost(500)],
        description=NOBODY,
    )


class ApproveForm(OversightForm):
    """To approve needs nothing typed."""


class WhyNotForm(ScreenedForm):
    screened = ("reason",)

    reason = TextAreaField(
        Text("Reason"), validators=[Required(Text("Say why.")), AtMost(500)], description=NOBODY
    )


class ClaimForm(OversightForm):
    code = StringField(
        Text("Tracking code"),
        validators=[Required(Text("Enter the code that the reporter shows or reads out.")),
                    AtMost(40)],
        description=Text("Ten figures; spaces do not matter. Ask for no name."),
    )  # fmt: skip

    @property
    def digits(self) -> str:
        """The figures of the code, however they were grouped or wide."""
        typed = unicodedata.normalize("NFKC", self.code.data or "")
        return "".join(sign for sign in typed if sign.isdecimal())


class PayForm(OversightForm):
    word = PasswordField(
        Text("The reporter's own word"),
        validators=[Required(Text("Let the reporter type the word that they chose.")), AtMost(40)],
        description=Text("Turn the keyboard to the reporter; the word is not shown."),
    )


class RulesForm(OversightForm):
    rewarded = RadioField(
        Text("Does the county reward reports?"),
        choices=listed([(YES, Text("Reports are rewarded")), (NO, Text("No rewards"))]),
        validators=[Required(Text("Say whether reports are rewarded."))],
    )
    kinds = SelectMultipleField(
        Text("Kinds that are rewarded"),
        choices=ComplaintKind.choices,
        validators=[RequiredAtTimes()],
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    most = MoneyField(
        Text("Highest reward (yuan)"),
        validators=[RequiredAtTimes()],
        description=Text("As the county's own regulation has it; none is shipped."),
    )
    days = StringField(
        Text("Days to claim it"),
        validators=[AtMost(10)],
        description=Text("Counted from the approval. Empty: it does not lapse."),
    )

    def validate(self, *given: object, **more: object) -> bool:
        valid: bool = super().validate(*given, **more)
        if self.rewarded.data != YES:
            return valid
        if not self.kinds.data:
            self.kinds.errors = [Text("Tick at least one kind.")]
        if not self.most.errors and not self.most.data:
            self.most.errors = [Text("Enter the highest amount of a reward.")]
        if not self._days_fit():
            self.days.errors = [
                Text("Enter days in figures, from 1 to %(most)s, or nothing.", most=LONGEST_DAYS)
            ]
        return valid and not any(one.errors for one in (self.kinds, self.most, self.days))

    def _days_fit(self) -> bool:
        typed = self._typed_days()
        return not typed or (
            typed.isascii() and typed.isdecimal() and 1 <= int(typed) <= LONGEST_DAYS
        )

    def _typed_days(self) -> str:
        return unicodedata.normalize("NFKC", self.days.data or "").strip()

    def rules(self) -> RewardRules | None:
        if self.rewarded.data != YES:
            return None
        kinds = [KINDS[code] for code in self.kinds.data or ()]
        days = self._typed_days()
        return RewardRules(kinds, self.most.data or 0, int(days) if days else None)
