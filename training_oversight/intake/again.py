"""A second row of one institution: harmless, or returned with what to correct or choose.

Nobody is asked to join rows by hand: the row above stands, and only who wrote the list knows
which of the two is wrong.
"""

from __future__ import annotations

from training_oversight.intake.company import Values
from training_oversight.intake.matching import Judged
from training_oversight.intake.models import Decision
from training_oversight.intake.workflow import RowOutcome
from training_oversight.law.identifiers import tells_apart
from training_oversight.law.wording import Joined
from training_oversight.names.naming import match_name
from training_oversight.registry.columns import BY_FIELD
from training_oversight.texts import Text

SAID_ALREADY = "Row %(number)s says the same already."


def judge_again(row: Judged, number: int, before: Values) -> None:
    """Judge a row of an institution that the row of that number speaks of already."""
    other = [
        name
        for name, value in row.values.items()
        if name in BY_FIELD and not _agrees(name, value, before)
    ]
    if other:
        row.reasons.append(_contradicts(row, number, before, other))
        row.outcome = RowOutcome.REJECTED
        return
    row.outcome = RowOutcome.UNCHANGED
    row.warnings.append(Text("Row %(number)s says the same already.", number=number))


def _agrees(name: str, value: object, before: Values) -> bool:
    if name == "name":
        return match_name(str(value)) == match_name(before["name"])
    return bool(before.get(name) == value)


def _contradicts(row: Judged, number: int, before: Values, other: list[str]) -> Text:
    """What was read, and what to do: that depends on why the two are one institution."""
    columns = Joined([BY_FIELD[name].label for name in other])
    if row.decision is Decision.SAME:
        return Text(
            "It was chosen as the institution of row %(number)s, which is read; this row is not, "
            "because it differs in: %(columns)s. Correct what is wrong and import again, or choose "
            "otherwise.",
            number=number,
            columns=columns,
        )
    if (shared := _number_shared(row.values, before)) is not None:
        return Text(
            "It has the %(what)s of row %(number)s, which is read; this row is not, because it "
            "differs in: %(columns)s. Correct what is wrong and import again; if it is another "
            "institution, correct the %(what)s.",
            number=number,
            columns=columns,
            what=BY_FIELD[shared].label,
        )
    if _agrees("name", row.values["name"], before):
        return Text(
            "It has the name of row %(number)s, which is read; this row is not, because it differs "
            "in: %(columns)s. Correct what is wrong and import again. If it is another "
            "institution, write into both rows the credit code or township of each; if it is a "
            "further venue, write the same credit code into both.",
            number=number,
            columns=columns,
        )
    return Text(
        "It means the same record as row %(number)s, which is read; this row is not, because it "
        "differs in: %(columns)s. Correct what is wrong and import again; if it is another "
        "institution, correct its name and its numbers.",
        number=number,
        columns=columns,
    )


def _number_shared(values: Values, before: Values) -> str | None:
    """The number that makes the two one institution, if one does."""
    if values.get("uscc") and values["uscc"] == before.get("uscc"):
        return "uscc"
    licence = values.get("licence_number")
    is_shared = tells_apart(licence) and licence == before.get("licence_number")
    return "licence_number" if is_shared else None
