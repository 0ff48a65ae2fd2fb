"""What the form library says by itself, in words of ours; and how fields read texts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wtforms import FieldList, FormField

from training_oversight.texts import Text, unbroken

OFFERED = Text("Choose one of those offered.")
# What the form library says by itself, in the words of our catalogue.
LIBRARY = {
    "Not a valid choice.": OFFERED,
    "Invalid Choice: could not coerce.": OFFERED,
    "Invalid choice(s): one or more data inputs could not be coerced.": OFFERED,
    "'%(value)s' is not a valid choice for this field.": OFFERED,
    "'%(value)s' are not valid choices for this field.": OFFERED,
    "Not a valid integer value.": Text("Enter a whole number."),
    "Not a valid decimal value.": Text("Enter a number."),
    "Not a valid float value.": Text("Enter a number."),
    "This field is required.": Text("Fill this in."),
}
# For what it says nowhere yet: less clear, and never in a language that the officer may not read.
OF_ANY_KIND = Text("What stands here cannot be used. Correct it.")


class _Whole(Text):
    """A sentence of ours where the form library wants to fill values into its own."""

    __slots__ = ()

    def __mod__(self, _values: Mapping[str, object]) -> Text:
        return self


class _Said:
    """The library's sentences, rendered late like every other."""

    def gettext(self, message: str) -> Text | str:
        """Names of fields without a label come this way, too: they are no sentences."""
        if message not in LIBRARY and not message.endswith("."):
            return message
        return _Whole(LIBRARY.get(message, OF_ANY_KIND).message)

    def ngettext(self, one: str, many: str, count: int) -> Text | str:
        return self.gettext(one if count == 1 else many)


def _trimmed(value: object) -> object:
    # Not isinstance: an enum member is a string too, and must stay a member.
    return unbroken(value).strip() if type(value) is str else value


class Ours:
    """How every form behaves, those within other forms, too."""

    def get_translations(self, form: object) -> _Said:
        return _Said()

    def bind_field(self, form: Any, unbound_field: Any, options: Any) -> object:
        # What holds other fields takes no filters of its own.
        if issubclass(unbound_field.field_class, (FieldList, FormField)):
            return unbound_field.bind(form=form, **options)
        filters = [*unbound_field.kwargs.get("filters", ()), _trimmed]
        return unbound_field.bind(form=form, filters=filters, **options)
