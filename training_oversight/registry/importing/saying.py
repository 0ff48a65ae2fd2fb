"""What came of a list, in a sentence."""

from __future__ import annotations

from collections.abc import Mapping

from training_oversight.registry.models import RowOutcome
from training_oversight.texts import Text


def written(counts: Mapping[RowOutcome, int]) -> Text:
    return Text(
        "Written: %(new)s new, %(changed)s changed; %(unchanged)s unchanged, %(rejected)s "
        "returned.",
        new=counts[RowOutcome.NEW],
        changed=counts[RowOutcome.CHANGED],
        unchanged=counts[RowOutcome.UNCHANGED],
        rejected=counts[RowOutcome.REJECTED],
    )


def taken_back(counts: Mapping[str, int]) -> Text:
    if counts["left_as_is"]:
        return Text(
            "Taken back: %(new)s off the register, %(changed)s with their old values; "
            "%(left_as_is)s were dealt with meanwhile and stay as they are.",
            **counts,
        )
    return Text(
        "Taken back: %(new)s off the register, %(changed)s with their old values.",
        new=counts["new"],
        changed=counts["changed"],
    )
