"""A place: its address, its premises, its position."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from wtforms import Field, IntegerField, SelectField, StringField
from wtforms.validators import Optional, ValidationError

from training_oversight import places
from training_oversight.errors import BadInput
from training_oversight.names.spelling import read_telephone
from training_oversight.places import Position
from training_oversight.registry.models import PositionSource, Premises, Tenure
from training_oversight.texts import Text
from training_oversight.web.choices import each, member, with_none
from training_oversight.web.forms import AtMost, Between

LONGEST_TEXT = 200
LARGEST = 100_000
# Typed instead of a value to take one off the record that the form does not show.
NONE = "-"


def text(label: Text, **more: object) -> StringField:
    return StringField(label, validators=[AtMost(LONGEST_TEXT)], **more)


def count(label: Text) -> IntegerField:
    return IntegerField(label, validators=[Optional(), Between(0, LARGEST)])


def premises() -> SelectField:
    return SelectField(
        Text("Premises"),
        coerce=member(Premises),
        choices=with_none(each(Premises)),
        description=Text("A dwelling is never entered without consent."),
    )


def tenure() -> SelectField:
    return SelectField(
        Text("Owned or rented"), coerce=member(Tenure), choices=with_none(each(Tenure))
    )


def position() -> StringField:
    return text(
        Text("Position of the venue"),
        description=Text("Latitude first, for instance 29.56, 106.55."),
    )


def check_position(field: Field) -> None:
    if field.data:
        or_refuse(places.parse, field.data)


def placed(typed: str | None, present: Any) -> dict[str, Any]:
    """The position; one that was measured stays measured until another is typed."""
    if not typed:
        return {}
    position = places.parse(typed)
    if present is not None and present.latitude is not None and present.longitude is not None:
        known = Position(present.latitude, present.longitude)
        if str(known) == str(position):
            return {
                "latitude": present.latitude,
                "longitude": present.longitude,
                "position_source": present.position_source,
                "position_accuracy": present.position_accuracy,
            }
    return {
        "latitude": position.latitude,
        "longitude": position.longitude,
        "position_source": PositionSource.TYPED,
    }


def shown(present: Any) -> str:
    """The position as it is typed."""
    if present.latitude is None or present.longitude is None:
        return ""
    return str(Position(present.latitude, present.longitude))


def unseen(typed: str | None, name: str, present: object) -> str | None:
    """A value that the form does not show: replaced, taken off with a dash, or as it was."""
    if typed == NONE:
        return None
    return typed or (getattr(present, name) if present is not None else None)


def telephone(typed: str | None, present: object) -> str | None:
    """The same, in the spelling in which a list would bring it; “none” takes it off."""
    number, _ = read_telephone(typed or "")
    return unseen(number or (NONE if typed else None), "phone", present)


def doubt_about(typed: str | None) -> Text | None:
    """What a list that is imported would be warned of, too."""
    return read_telephone(typed or "")[1]


def or_refuse(check: Callable[[str], object], text: str) -> None:
    try:
        check(text)
    except BadInput as error:
        raise ValidationError(error.text) from error
