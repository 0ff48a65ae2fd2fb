"""How far a list is, and what came of it, in a sentence."""

from __future__ import annotations

from collections.abc import Mapping

from training_oversight.intake.workflow import RowOutcome
from training_oversight.texts import Text


def written(counts: Mapping[RowOutcome, int]) -> Text:
    """Every row is in one of the numbers: they add up to those of the list."""
    return Text(
        "Written: %(new)s new, %(changed)s changed; %(unchanged)s unchanged, %(rejected)s "
        "returned, %(skipped)s left out, %(undecided)s not decided.",
        new=counts[RowOutcome.NEW],
        changed=counts[RowOutcome.CHANGED],
        unchanged=counts[RowOutcome.UNCHANGED],
        rejected=counts[RowOutcome.REJECTED],
        skipped=counts[RowOutcome.SKIPPED],
        undecided=counts[RowOutcome.POSSIBLE_DUPLICATE],
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


def reading(done: int, total: int | None) -> Text:
    if total is None:
        return Text("The list is being opened.")
    return Text(
        "The list is being read, %(done)s of %(total)s rows.", done=f"{done:,}", total=f"{total:,}"
    )


def writing(done: int, total: int | None) -> Text:
    return Text(
        "Writing the list, %(done)s of %(total)s rows.", done=f"{done:,}", total=f"{total or 0:,}"
    )


def undoing(done: int, total: int | None) -> Text:
    return Text(
        "Taking the list back, %(done)s of %(total)s rows.",
        done=f"{done:,}",
        total=f"{total or 0:,}",
    )
