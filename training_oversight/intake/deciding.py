"""A person says of a possible duplicate what it is.

Until the list is confirmed it can be changed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from training_oversight import audit, database
from training_oversight.accounts.models import Officer
from training_oversight.accounts.permissions import Permission
from training_oversight.audit import EventType
from training_oversight.errors import BadInput, NotFound, StaleForm
from training_oversight.intake import known_queries
from training_oversight.intake.again import judge_again
from training_oversight.intake.judging import JUDGED_WARNINGS, judge_alone
from training_oversight.intake.matching import APART, Judged, set_apart
from training_oversight.intake.models import Decision, ImportBatch, ImportRow
from training_oversight.intake.queries import Ground
from training_oversight.intake.tallying import marks_of
from training_oversight.intake.workflow import ImportVerb, RowOutcome, check_state
from training_oversight.law.sentences import packed, unpacked
from training_oversight.registry.models import Institution
from training_oversight.texts import Text
from training_oversight.workflow import authorise

DECIDED = EventType.declare(
    "import.decided", Text("Said of possible duplicates"), ["rows", "decision", "same_as"]
)
# A form that takes a decision back.
UNDECIDED = "undecided"
SAME = re.compile(r"same-(?P<row>row-)?(?P<key>\d{1,9})")
WITHOUT_KEY = (Decision.DIFFERENT, Decision.SKIP)
NOT_OFFERED = Text("Choose one of those offered.")


@dataclass(frozen=True)
class RowDecision:
    """What was said of a row; ``same`` as a record by its key, or as a row by its number."""

    decision: Decision | None
    institution_id: int | None = None
    row: int | None = None

    @classmethod
    def read(cls, text: str) -> RowDecision:
        """From a button's value: "different", "skip", "undecided", "same-12", "same-row-7"."""
        if text == UNDECIDED:
            return cls(None)
        if same := SAME.fullmatch(text):
            key = int(same["key"])
            return cls(Decision.SAME, row=key) if same["row"] else cls(Decision.SAME, key)
        decision = next((one for one in WITHOUT_KEY if one.value == text), None)
        if decision is None:
            raise BadInput(NOT_OFFERED)
        return cls(decision)

    def __str__(self) -> str:
        if self.decision is None:
            return UNDECIDED
        if self.decision is not Decision.SAME:
            return self.decision.value
        return f"same-row-{self.row}" if self.row is not None else f"same-{self.institution_id}"


def choice_of(row: ImportRow) -> RowDecision:
    """What has been said of the row so far."""
    if row.decision is not Decision.SAME:
        return RowDecision(row.decision)
    above = next((one["row"] for one in row.candidates if one.get("chosen")), None)
    return RowDecision(Decision.SAME, row.chosen_id, above)


def decide(
    session: Session,
    batch: ImportBatch,
    row_id: int,
    choice: RowDecision,
    *,
    seen: str,
    ground: Ground,
    by: Officer,
) -> ImportRow:
    """Say what a row is. Raises ``StaleForm`` when somebody said something else meanwhile."""
    authorise(by, batch, Permission.IMPORT_REGISTRY)
    _open(session, batch)
    row = session.get(ImportRow, row_id, populate_existing=True)
    if row is None or row.batch_id != batch.id or not row.candidates:
        raise NotFound
    if choice_of(row) == choice:
        return row
    if str(choice_of(row)) != seen:
        raise StaleForm(
            Text("Row %(number)s was decided meanwhile; look at it again.", number=row.number)
        )
    _settle(session, row, choice, ground=ground, by=by)
    audit.record(
        session, batch, DECIDED, by=by, rows=str(row.number),
        decision=choice.decision.value if choice.decision else UNDECIDED,
        same_as=choice.institution_id,
    )  # fmt: skip
    return row


def all_different(
    session: Session, batch: ImportBatch, row_ids: Sequence[int], *, ground: Ground, by: Officer
) -> int:
    """Say of all these rows that are not decided yet: another institution. Returns how many."""
    authorise(by, batch, Permission.IMPORT_REGISTRY)
    _open(session, batch)
    rows = session.scalars(
        sa.select(ImportRow)
        .where(
            ImportRow.batch_id == batch.id,
            ImportRow.id.in_(row_ids),
            ImportRow.outcome == RowOutcome.POSSIBLE_DUPLICATE,
        )
        .order_by(ImportRow.number)
        .execution_options(populate_existing=True)
    ).all()
    for row in rows:
        _settle(session, row, RowDecision(Decision.DIFFERENT), ground=ground, by=by)
    if rows:
        numbers = ", ".join(str(row.number) for row in rows)
        audit.record(
            session, batch, DECIDED, by=by, rows=numbers, decision=Decision.DIFFERENT.value
        )
    return len(rows)


def _open(session: Session, batch: ImportBatch) -> None:
    """Keep the list from being confirmed meanwhile; who confirms must have seen this."""
    database.locked(session, batch)
    check_state(batch, ImportVerb.BEGIN)
    flag_modified(batch, "tallies")


def _settle(
    session: Session, row: ImportRow, choice: RowDecision, *, ground: Ground, by: Officer
) -> None:
    judged = _undecided(row)
    match choice.decision:
        case Decision.SAME if choice.row is not None:
            _same_as_row(session, row, judged, choice.row)
        case Decision.SAME:
            _same_as_record(session, row, judged, choice.institution_id, ground)
        case Decision.DIFFERENT:
            _another(session, row, judged, ground)
        case Decision.SKIP:
            judged.outcome = RowOutcome.SKIPPED
        case None:
            judged.outcome = RowOutcome.POSSIBLE_DUPLICATE
    row.values = judged.values
    row.decision, row.decided_by_id = choice.decision, by.id if choice.decision else None
    row.chosen_id = choice.institution_id
    row.candidates = [_marked(one, choice) for one in row.candidates]
    row.outcome, row.changes = judged.outcome, judged.changes
    row.institution_id = judged.institution_id
    row.reasons = [packed(one) for one in judged.reasons]
    row.warnings = [packed(one) for one in judged.warnings]
    row.marks = marks_of(judged)


def _undecided(row: ImportRow) -> Judged:
    """The row before anything was said of it."""
    warnings = [one for one in unpacked(row.warnings) if one.message not in JUDGED_WARNINGS]
    values = {name: value for name, value in row.values.items() if name != APART}
    return Judged(row.number, row.cells, values, warnings=warnings, cleaned=dict(row.cleaned))


def _marked(candidate: dict[str, object], choice: RowDecision) -> dict[str, object]:
    plain = {name: value for name, value in candidate.items() if name != "chosen"}
    is_it = choice.row is not None and plain.get("row") == choice.row
    return {**plain, "chosen": True} if is_it else plain


def _another(session: Session, row: ImportRow, judged: Judged, ground: Ground) -> None:
    """Another institution, even where the credit code stands with one of those offered."""
    holder = _holder(session, row)
    if holder is None:
        judge_alone(judged, ground)
        return
    told = judged.values
    judged.values = set_apart({**told, APART: holder})
    judge_alone(judged, ground)
    judged.values = {**told, APART: holder}
    judged.warnings.append(
        Text("The credit code stays with %(name)s; the note of this one names it.", name=holder)
    )


def _holder(session: Session, row: ImportRow) -> str | None:
    """Which of those offered has the credit code of the row."""
    code = row.values.get("uscc")
    if code is None:
        return None
    records = [one["id"] for one in row.candidates if "id" in one]
    above = [one["row"] for one in row.candidates if "row" in one]
    named = session.scalar(
        sa.select(Institution.name).where(Institution.id.in_(records), Institution.uscc == code)
    )
    return named or session.scalar(
        sa.select(ImportRow.values["name"].as_string()).where(
            ImportRow.batch_id == row.batch_id,
            ImportRow.number.in_(above),
            ImportRow.values["uscc"].as_string() == code,
        )
    )


def _same_as_record(
    session: Session, row: ImportRow, judged: Judged, institution_id: int | None, ground: Ground
) -> None:
    offered = {one["id"] for one in row.candidates if "id" in one}
    if institution_id is None or institution_id not in offered:
        raise BadInput(NOT_OFFERED)
    judged.means(known_queries.in_full(session, [institution_id])[institution_id])
    before = session.execute(
        sa.select(ImportRow.number, ImportRow.values)
        .where(
            ImportRow.batch_id == row.batch_id,
            ImportRow.institution_id == institution_id,
            ImportRow.id != row.id,
            ImportRow.outcome.in_([RowOutcome.CHANGED, RowOutcome.UNCHANGED]),
        )
        .order_by(ImportRow.number)
        .limit(1)
    ).first()
    if before is None:
        judge_alone(judged, ground)
    else:
        judge_again(judged, before.number, before.values)


def _same_as_row(session: Session, row: ImportRow, judged: Judged, number: int) -> None:
    offered = {one["row"] for one in row.candidates if "row" in one}
    values = session.scalar(
        sa.select(ImportRow.values).where(
            ImportRow.batch_id == row.batch_id, ImportRow.number == number
        )
    )
    if number not in offered or values is None:
        raise BadInput(NOT_OFFERED)
    judge_again(judged, number, values)
