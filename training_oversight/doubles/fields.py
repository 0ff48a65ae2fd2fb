"""What can be taken from the one record or the other when two are joined."""

from __future__ import annotations

from dataclasses import dataclass

from training_oversight.registry.models import Institution
from training_oversight.texts import Text


@dataclass(frozen=True)
class FieldGroup:
    """Columns that belong together: an account and its bank are taken from one record."""

    name: str
    label: Text
    columns: tuple[str, ...]

    def values(self, institution: Institution) -> tuple[object, ...]:
        return tuple(getattr(institution, column) for column in self.columns)

    def says_something(self, institution: Institution) -> bool:
        return any(value not in (None, "", []) for value in self.values(institution))


def _one(column: str, label: Text) -> FieldGroup:
    return FieldGroup(column, label, (column,))


CHOICES = (
    FieldGroup("name", Text("Name"), ("name", "informal_name", "match_name", "sort_key")),
    _one("kind_code", Text("Kind")),
    _one("legal_form", Text("Legal form")),
    _one("uscc", Text("Credit code")),
    _one("stages", Text("Who is taught")),
    _one("mode", Text("Mode")),
    _one("courses", Text("Courses")),
    _one("responsible_person", Text("Responsible person")),
    _one("legal_representative", Text("Legal representative")),
    _one("principal", Text("Principal")),
    _one("organiser", Text("Organiser")),
    _one("phone", Text("Telephone")),
    _one("pupils", Text("Number of pupils")),
    _one("staff", Text("Number of teachers")),
    FieldGroup("division", Text("Township or street"), ("division_id", "division_path")),
    _one("registered_address", Text("Registered address")),
    _one("registered_with", Text("Registered with")),
    FieldGroup(
        "platform",
        Text("Number on the national platform"),
        ("platform_id", "platform_entered_on"),
    ),
    FieldGroup("fund", Text("Supervised account for prepaid fees"), ("fund_bank", "fund_account")),
    FieldGroup(
        "department",
        Text("Industry department"),
        ("industry_department_id", "department_overridden"),
    ),
    _one("officer_in_charge_id", Text("Officer in charge")),
)
# Not columns of the institution: which of two main venues stays the main one.
VENUE = "venue"


def proposed(choice: FieldGroup, kept: Institution, gone: Institution) -> bool:
    """Whether to take it from the record that goes: where the other says nothing."""
    return choice.says_something(gone) and not choice.says_something(kept)
