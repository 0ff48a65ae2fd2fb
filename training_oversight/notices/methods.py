"""What each way of serving a paper needs before it counts as service.

The rules are those of 民事诉讼法 87 to 95, which the penalties law sends to, and of
行政处罚法 61 for electronic service. They are the same for every county, so they are code.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from training_oversight.law import Period, Unit
from training_oversight.notices.models import ServiceMethod
from training_oversight.texts import Text


class EffectiveFrom(StrEnum):
    """The day on which a paper counts as served."""

    HANDING_OVER = "handing_over"
    RECEIPT = "receipt"
    AFTER_ANNOUNCEMENT = "after_announcement"


# 民诉法 95: an announcement counts as service when thirty days have passed.
ANNOUNCED_FOR = Period(30, Unit.CALENDAR_DAYS)


@dataclass(frozen=True)
class Rule:
    """``proof`` names the fields that must be filled in, each with the sentence that asks.

    ``or_file`` names a field for which a file, for instance a video, may stand in.
    """

    article: str
    effective: EffectiveFrom
    proof: Mapping[str, Text]
    or_file: str | None = None


WHO_SIGNED = Text("Write who signed for it.")
IN_WHAT_CAPACITY = Text("Write in what capacity they signed, for instance principal or family.")
REFUSED_WHY = Text(
    "Write who refused and how. An empty place is not a refusal: record a failed attempt instead."
)
WITNESS = Text("Name the witness, or attach photos of the recording that shows it being left.")
RECEIPT_NUMBER = Text("Write the number of the postal receipt.")
CONSENT = Text("Write where the signed consent to electronic service is kept.")
WHICH_AUTHORITY = Text("Write which authority served it and the number of its letter.")
CAUSE = Text("Write why it could not be served in another way.")
WHERE_ANNOUNCED = Text("Write where it was announced.")

RULES: dict[ServiceMethod, Rule] = {
    # 民诉法 88: the person, the legal representative, or who is charged with receiving.
    ServiceMethod.DIRECT: Rule(
        "民诉法88",
        EffectiveFrom.HANDING_OVER,
        {"received_by": WHO_SIGNED, "receiver_role": IN_WHAT_CAPACITY},
    ),
    # 民诉法 89: on refusal only, with a witness, or recorded by photos or video.
    ServiceMethod.LEFT: Rule(
        "民诉法89",
        EffectiveFrom.HANDING_OVER,
        {"detail": REFUSED_WHY, "witness": WITNESS},
        or_file="witness",
    ),
    # 民诉法 91: the date on the receipt is the day of service.
    ServiceMethod.POST: Rule("民诉法91", EffectiveFrom.RECEIPT, {"detail": RECEIPT_NUMBER}),
    # 行政处罚法 61: only with a signed consent.
    ServiceMethod.ELECTRONIC: Rule("处罚法61", EffectiveFrom.HANDING_OVER, {"detail": CONSENT}),
    # 民诉法 91: another authority may be asked; its receipt counts.
    ServiceMethod.BY_ANOTHER: Rule(
        "民诉法91",
        EffectiveFrom.RECEIPT,
        {"detail": WHICH_AUTHORITY, "received_by": WHO_SIGNED},
    ),
    # 民诉法 95: nowhere to be found, or no other way; the cause is recorded in the file.
    ServiceMethod.ANNOUNCEMENT: Rule(
        "民诉法95",
        EffectiveFrom.AFTER_ANNOUNCEMENT,
        {"detail": CAUSE, "place": WHERE_ANNOUNCED},
    ),
}
