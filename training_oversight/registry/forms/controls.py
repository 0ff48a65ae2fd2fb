"""How each declared field is typed: its control, and what is read from it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, TypeVar

from wtforms import Field as Control
from wtforms import (
    IntegerField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    widgets,
)
from wtforms.fields.core import UnboundField
from wtforms.validators import Optional, ValidationError

from training_oversight.errors import BadInput
from training_oversight.law import identifiers
from training_oversight.law.personal_numbers import without_personal
from training_oversight.names.spelling import LONGEST_NAME, read_telephone
from training_oversight.registry.fields import LARGEST, Field, Kind, Part
from training_oversight.registry.fields.spelling import SPELT, UNLIMITED
from training_oversight.registry.forms import naming
from training_oversight.texts import Text
from training_oversight.web.choices import NOT_KNOWN, code, each, key, member, with_none
from training_oversight.web.forms import AtMost, Between, OversightForm, Required, RequiredAtTimes
from training_oversight.web.typed_days import DayField, Lies

# Typed instead of a value to take one off the record that the form does not show.
NONE = "-"
# What stands in one line; one alone takes half of it.
SIDE_BY_SIDE = (
    ("aliases", "former_names"),
    ("kind_code", "legal_form"),
    ("mode", "pupils", "staff"),
    ("uscc", "registered_with"),
    ("responsible_person", "phone"),
    ("legal_representative", "principal"),
    ("fund_bank", "fund_account"),
    ("division_id",),
    ("premises", "area"),
    ("tenure", "landlord"),
    ("position", "datum"),
    ("industry_department_id", "officer_in_charge_id"),
    ("type", "number"),
    ("issuer", "scope"),
)
# So much of a name that is too long is said of it.
SAID = 20
LINE_OF = {name: line for line in SIDE_BY_SIDE for name in line}
WIDTHS = {1: "half", 2: "half", 3: "third"}


@dataclass(frozen=True)
class Line:
    """A line of the form: one control, or a few side by side."""

    controls: list[Control]
    width: str


def refused_by(check: Callable[[str], object]) -> Callable[[object, Control], None]:
    """A validator of what another rule refuses."""

    def validate(_form: object, control: Control) -> None:
        if control.data:
            try:
                check(control.data)
            except BadInput as error:
                raise ValidationError(error.text) from error

    return validate


def _names_at_most(_form: object, control: Control) -> None:
    for name in naming.split(control.data):
        if len(name) > LONGEST_NAME:
            raise ValidationError(
                Text(
                    "“%(name)s…” is too long: a name has at most %(limit)s characters.",
                    name=name[:SAID],
                    limit=LONGEST_NAME,
                )
            )


def _spelt(field: Field) -> list[Callable[[str | None], str | None]]:
    """As a list would bring it. What is masked is read later: a dash takes it off.

    A text of several lines keeps them.
    """
    spell = SPELT.get(field.kind)
    if spell is None or field.protected or field.lines:
        return []
    return [lambda typed: spell(typed, UNLIMITED) if typed else typed]


def _nobodys(_form: object, control: Control) -> None:
    if control.data and without_personal(control.data) != control.data:
        raise ValidationError(identifiers.PERSONAL)


CHECKED: Mapping[Kind, Callable[[object, Control], None]] = {
    Kind.ALIASES: _names_at_most,
    Kind.FORMER_NAMES: _names_at_most,
    Kind.CREDIT_CODE: refused_by(identifiers.check_uscc),
}


def _line(field: Field) -> UnboundField:
    checks = [CHECKED[field.kind]] if field.kind in CHECKED else []
    if field.kind is not Kind.ACCOUNT:
        # Accounts are as long, and anything may stand in the middle of one.
        checks = [_nobodys, *checks]
    return (TextAreaField if field.lines else StringField)(
        field.label,
        description=field.hint or "",
        validators=[*_required(field), AtMost(field.longest), *checks],
        filters=_spelt(field),
        render_kw={"rows": field.lines} if field.lines else None,
    )


def _chosen(field: Field) -> UnboundField:
    assert field.choices, f"{field.name} is a choice among nothing"
    return SelectField(
        field.label,
        description=field.hint or "",
        coerce=member(field.choices),
        choices=with_none(each(field.choices), field.unchosen or NOT_KNOWN),
        validators=_required(field),
    )


def _several(field: Field) -> UnboundField:
    assert field.choices, f"{field.name} is a choice among nothing"
    return SelectMultipleField(
        field.label,
        coerce=member(field.choices),
        choices=each(field.choices),
        widget=widgets.ListWidget(prefix_label=False),
        option_widget=widgets.CheckboxInput(),
    )


def _offered(coerce: Callable[[object], object]) -> Callable[[Field], UnboundField]:
    """Among what the county has; the view offers it."""
    return lambda field: SelectField(field.label, coerce=coerce, validators=_required(field))


def _number(field: Field) -> UnboundField:
    return IntegerField(field.label, validators=[Optional(), Between(0, LARGEST)])


def _day(field: Field) -> UnboundField:
    lies = Lies.AHEAD if field.kind is Kind.LAST_DAY else Lies.BEHIND
    return DayField(field.label, description=field.hint or "", lies=lies)


def _required(field: Field) -> list[Required | RequiredAtTimes]:
    if field.required_at_times:
        return [RequiredAtTimes()]
    return [Required(field.required)] if field.required else []


CONTROLS: Mapping[Kind, Callable[[Field], UnboundField]] = {
    Kind.INSTITUTION_KIND: _offered(code),
    Kind.TOWNSHIP: _offered(key),
    Kind.DEPARTMENT: _offered(key),
    Kind.OFFICER: _offered(key),
    Kind.CHOICE: _chosen,
    Kind.STAGES: _several,
    Kind.COUNT: _number,
    Kind.AREA: _number,
    Kind.DAY: _day,
    Kind.LAST_DAY: _day,
}
# Typed together, in a control of their own.
PLACED = (Kind.LATITUDE, Kind.LONGITUDE)
# The value of a record as the control has it, and the other way round.
Turning = Callable[[Any], object]
SHOWN: Mapping[Kind, Turning] = {
    Kind.ALIASES: naming.joined,
    Kind.FORMER_NAMES: naming.former_joined,
}
READ: Mapping[Kind, Turning] = {
    Kind.ALIASES: naming.split,
    Kind.FORMER_NAMES: naming.former_split,
    Kind.STAGES: lambda chosen: tuple(chosen or ()),
}


Form = TypeVar("Form", bound="DeclaredForm")


class DeclaredForm(OversightForm):
    """A form of declared fields; ``asking`` gives it their controls."""

    declared: ClassVar[tuple[Field, ...]]
    # Name of a control -> the part of the page in which it stands, in the order of the page.
    sheet: ClassVar[dict[str, Part]]

    def show(self, values: object) -> None:
        """Show the record as it stands; of what is masked only that it is there."""
        for one in self.declared:
            if not one.protected:
                value = getattr(values, one.column)
                self[one.column].data = SHOWN[one.kind](value) if one.kind in SHOWN else value

    def typed(self, present: object = None) -> dict[str, Any]:
        """Column -> what was typed; ``present`` is what the form does not show or replaces."""
        return {one.column: _read(one, self[one.column], present) for one in self.declared}

    def parts(self) -> list[tuple[Part, list[Line]]]:
        """The page: its parts, and the lines of each."""
        return [
            (part, self.lines([name for name, its in self.sheet.items() if its is part]))
            for part in Part
            if part in self.sheet.values()
        ]

    def lines(self, names: Iterable[str] = ()) -> list[Line]:
        """The controls of these names, or all, as they stand beside and below one another."""
        found: dict[tuple[str, ...], list[Control]] = {}
        for name in names or self.sheet:
            found.setdefault(LINE_OF.get(name, (name,)), []).append(self[name])
        return [
            Line(controls, WIDTHS[len(line)] if line in SIDE_BY_SIDE else "full")
            for line, controls in found.items()
        ]


def asking(
    *fields: Field, beside: Mapping[str, Mapping[str, Callable[[], UnboundField]]]
) -> Callable[[type[Form]], type[Form]]:
    """Give a form the controls of these fields, in the order of the page.

    ``beside``: the controls that it has beside one of a field, after that.
    """
    parts = list(Part)
    in_order = sorted(fields, key=lambda one: parts.index(one.part))

    def made(form: type[Form]) -> type[Form]:
        form.declared = tuple(one for one in in_order if one.kind not in PLACED)
        form.sheet = {}
        for one in in_order:
            controls = (
                {} if one.kind in PLACED else {one.column: CONTROLS.get(one.kind, _line)(one)}
            )
            # Each is made in its turn: the library keeps them in the order of making.
            for name, make in beside.get(one.name, {}).items():
                controls[name] = make()
            for name, control in controls.items():
                setattr(form, name, control)
                form.sheet[name] = one.part
        return form

    return made


def _read(field: Field, control: Control, present: object) -> object:
    if field.protected:
        return _unseen(field, control.data, present)
    if field.kind in READ:
        return READ[field.kind](control.data)
    return field.nothing if control.data in (None, "") else control.data


def _unseen(field: Field, typed: str | None, present: object) -> object:
    """A value that the form does not show: replaced, taken off with a dash, or as it was."""
    if not typed:
        return getattr(present, field.column) if present is not None else None
    if typed == NONE:
        return None
    if field.kind is Kind.PHONE:
        # In the spelling in which a list would bring it; “none” takes it off.
        return read_telephone(typed)[0]
    return SPELT[field.kind](typed, UNLIMITED) or None


def doubt_about(telephone: str | None) -> Text | None:
    """What a list that is imported would be warned of, too."""
    return read_telephone(telephone or "")[1]
