"""What can be taken from the one record or the other when two are joined."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from training_oversight.registry.fields import OWN, Field, Joining, Kind, Together
from training_oversight.registry.models import Institution
from training_oversight.texts import Text


@dataclass(frozen=True)
class FieldGroup:
    """Fields that belong together: an account and its bank are taken from one record."""

    name: str
    label: Text
    fields: tuple[Field, ...]

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of the fields, and those that go with them (``MORE``)."""
        return tuple(
            column for one in self.fields for column in (one.column, *MORE.get(one.kind, ()))
        )

    def values(self, institution: Institution) -> tuple[object, ...]:
        return tuple(getattr(institution, column) for column in self.columns)

    def says_something(self, institution: Institution) -> bool:
        """Whether a field is filled in. Columns of ``MORE`` do not count: one that says that no
        department was overridden is never empty."""
        values = (getattr(institution, one.column) for one in self.fields)
        return any(value not in (None, "", []) for value in values)


# Columns that are taken over with a field of the kind.
MORE: Mapping[Kind, tuple[str, ...]] = {
    Kind.NAME: ("informal_name", "match_name", "sort_key"),
    Kind.TOWNSHIP: ("division_path",),
    Kind.DEPARTMENT: ("department_overridden",),
}


def _groups() -> list[FieldGroup]:
    """What can be chosen, in the order of the form. Other fields are joined by ``service``."""
    found: dict[Together, list[Field]] = {}
    for one in OWN:
        if one.joining is Joining.CHOSEN:
            found.setdefault(one.together or Together(one.name, one.label), []).append(one)
    return [FieldGroup(it.name, it.label, tuple(fields)) for it, fields in found.items()]


CHOICES = _groups()
# Not columns of the institution: which of two main venues stays the main one.
VENUE = "venue"


def proposed(choice: FieldGroup, kept: Institution, gone: Institution) -> bool:
    """Whether it is proposed to take this from ``gone``: only where ``kept`` says nothing."""
    return choice.says_something(gone) and not choice.says_something(kept)
