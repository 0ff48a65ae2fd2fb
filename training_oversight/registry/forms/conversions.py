"""Conversions: what it was, what it became."""

from __future__ import annotations

from collections.abc import Sequence

from wtforms import RadioField, SelectField, StringField, TextAreaField

from training_oversight.registry.models import ConversionKind, LegalForm
from training_oversight.registry.service import ConversionValues
from training_oversight.texts import Text
from training_oversight.web.choices import code, each, listed, member, with_none
from training_oversight.web.forms import AtMost, OversightForm, Required, given
from training_oversight.web.typed_days import DayField, Lies

LONGEST_TEXT, LONGEST_NOTE = 200, 500


def _form_of(label: Text) -> SelectField:
    return SelectField(label, coerce=member(LegalForm), choices=with_none(each(LegalForm)))


class ConversionForm(OversightForm):
    kind = RadioField(
        Text("What kind of conversion"),
        coerce=member(ConversionKind),
        choices=each(ConversionKind),
        validators=[Required(Text("Choose the kind of conversion."))],
    )
    on_day = DayField(
        Text("Converted on"),
        validators=[Required(Text("Enter the day of the conversion."))],
        lies=Lies.BEHIND,
    )
    from_kind_code = SelectField(Text("Kind before"), coerce=code)
    from_legal_form = _form_of(Text("Legal form before"))
    to_kind_code = SelectField(Text("Kind after"), coerce=code)
    to_legal_form = _form_of(Text("Legal form after"))
    document = StringField(
        Text("Document"),
        description=Text("The paper that approved it, with its number."),
        validators=[AtMost(LONGEST_TEXT)],
    )
    note = TextAreaField(Text("Note"), validators=[AtMost(LONGEST_NOTE)])

    def offer(self, kinds: Sequence[tuple[str, str]]) -> None:
        for field in (self.from_kind_code, self.to_kind_code):
            field.choices = with_none(listed(kinds))

    def values(self) -> ConversionValues:
        return ConversionValues(
            kind=self.kind.data,
            on_day=given(self.on_day.data),
            from_kind_code=self.from_kind_code.data,
            to_kind_code=self.to_kind_code.data,
            from_legal_form=self.from_legal_form.data,
            to_legal_form=self.to_legal_form.data,
            document=self.document.data or "",
            note=self.note.data or "",
        )
