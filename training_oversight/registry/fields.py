"""Where the register keeps each field of a list: with the institution, its place or its paper."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from training_oversight.registry.models import TRAINING_LICENCES

OWN = (
    "name", "aliases", "former_names", "kind_code", "division_id", "uscc", "legal_form", "stages",
    "mode", "courses", "responsible_person", "legal_representative", "principal", "organiser",
    "phone", "pupils", "staff", "registered_address", "registered_with", "fund_bank",
    "fund_account", "platform_id", "platform_entered_on", "officer_in_charge_id", "note",
)  # fmt: skip
PLACE = (
    "address", "premises", "tenure", "area", "landlord", "lease_until", "latitude", "longitude",
)  # fmt: skip
# Field of a list -> column of the licence.
PAPER = {
    "licence_number": "number",
    "licence_type": "type",
    "licence_issuer": "issuer",
    "licence_issued_on": "issued_on",
    "licence_valid_from": "valid_from",
    "licence_until": "valid_until",
    "exception_reason": "exception_reason",
}
DAYS = frozenset(
    {
        *("licence_issued_on", "licence_valid_from", "licence_until"),
        *("lease_until", "platform_entered_on"),
    }
)


def paper_meant(licences: Iterable[Any]) -> Any:
    """Of these licences, or rows of them, the training permit that runs longest."""
    training = [one for one in licences if one.type in TRAINING_LICENCES and one.ended_on is None]
    return max(training, key=lambda one: (one.valid_until or date.max, one.id), default=None)
