"""Choices of forms, and what an empty one means."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from wtforms import SelectField
from wtforms.fields.choices import SelectChoice

from training_oversight.texts import LabelledEnum, Text
from training_oversight.web.forms import Required
from training_oversight.web.safe_request import whole

NOT_KNOWN = Text("Not known")
CHOOSE = Text("Choose")


def member(members: type[LabelledEnum]) -> Callable[[object], LabelledEnum | None]:
    """The member of that value, or nothing for the empty choice."""
    return lambda value: next((one for one in members if one.value == value), None)


def key(value: object) -> int | None:
    return whole(str(value)) if value not in (None, "", "None") else None


def code(value: object) -> str | None:
    return str(value) if value not in (None, "", "None") else None


def each(members: Iterable[LabelledEnum]) -> list[SelectChoice]:
    """The members of an enum, labels rendered late."""
    return listed((one.value, one.label) for one in members)


def listed(pairs: Iterable[tuple[object, object]]) -> list[SelectChoice]:
    return [SelectChoice(value, label) for value, label in pairs]


def with_none(choices: list[SelectChoice], words: Text = NOT_KNOWN) -> list[SelectChoice]:
    """The choices after one that leaves the field empty."""
    return [SelectChoice("", words), *choices]


class ToChoose(SelectField):
    """One of several, none before somebody has chosen: a preset would say it in their name.

    ``offer`` takes what there is to choose from, where that is known with the record only.
    """

    def __init__(
        self,
        label: Text,
        sentence: Text,
        *,
        coerce: Callable[[object], object] = key,
        choices: Iterable[SelectChoice] = (),
        **more: object,
    ) -> None:
        more.setdefault("validators", [Required(sentence)])
        super().__init__(label, coerce=coerce, choices=with_none([*choices], CHOOSE), **more)

    def offer(self, choices: Iterable[SelectChoice]) -> None:
        self.choices = with_none([*choices], CHOOSE)
