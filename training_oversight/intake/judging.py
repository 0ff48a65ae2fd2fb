"""What becomes of the rows of a list: new, changed, unchanged, perhaps a double, returned.

Rows are judged in their order and may come in parts, so that a list of any length takes no
more memory than what its rows are recognised by.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from training_oversight.intake import company
from training_oversight.intake.again import SAID_ALREADY, judge_again
from training_oversight.intake.campuses import as_campus
from training_oversight.intake.company import Company, Values
from training_oversight.intake.exceptions import STAYS_MARKED, paper_fault
from training_oversight.intake.likenesses import Likenesses
from training_oversight.intake.matching import (
    Ambiguous,
    Candidate,
    Judged,
    Register,
    number_alone,
)
from training_oversight.intake.models import Decision
from training_oversight.intake.own_words import news
from training_oversight.intake.queries import Ground
from training_oversight.intake.register_values import homeless, on_register
from training_oversight.intake.workflow import RowOutcome
from training_oversight.law.identifiers import tells_apart
from training_oversight.names.naming import match_name
from training_oversight.registry.models import Institution
from training_oversight.registry.workflow import InstitutionState
from training_oversight.texts import Text

HOMELESS = Text("What is said of the licence was left out: its number is missing.")
CODE_STAYS = "The credit code stays with %(name)s; the note of this one names it."
# Warnings that come from judging; those of cleaning stay whatever the row is found to be.
JUDGED_WARNINGS = frozenset({HOMELESS.message, STAYS_MARKED.message, SAID_ALREADY, CODE_STAYS})
MOST_LOOKED_AT = 200
INSTITUTION = "institution"


class Judging:
    """Gives every row its outcome, with reasons, changes and what it may be the same as.

    ``in_full`` finds records by their keys, ``above`` the values of rows judged in earlier
    parts by their numbers; both are asked once per part. Without ``alike`` only what is sure
    counts: nothing is a possible duplicate.
    """

    def __init__(
        self,
        register: Register[Any],
        ground: Ground,
        *,
        in_full: Callable[[list[int]], Mapping[int, Institution]],
        above: Callable[[list[int]], Mapping[int, Values]],
        alike: Likenesses | None = None,
    ) -> None:
        self.register, self.ground, self.alike = register, ground, alike
        self.in_full, self.above = in_full, above
        self.earlier = _Earlier(ground.towns)

    def judge(self, rows: Sequence[Judged]) -> None:
        """Judge the next rows of the list."""
        meant = self._meant([row for row in rows if not row.reasons])
        again: list[tuple[Judged, int]] = []
        for row in meant:
            try:
                number = self.earlier.same(row)
            except NumberAlone as alone:
                self._doubt(row, alone)
                continue
            if number is not None:
                again.append((row, number))
                continue
            self._judge_one(row)
            if row.outcome is not RowOutcome.REJECTED:
                self._remember(row)
        self._judge_again(again, {row.number: row.values for row in rows})

    def _meant(self, rows: Iterable[Judged]) -> list[Judged]:
        """The rows of which it is clear what they mean, with the records that they mean."""
        clear: list[Judged] = []
        keys: dict[int, int | None] = {}
        for row in rows:
            if row.chosen_id is not None:
                keys[row.number] = row.chosen_id
                clear.append(row)
                continue
            try:
                found = self.register.meant(row, self.ground)
            except Ambiguous as ambiguous:
                if not ambiguous.among or self.alike is None:
                    row.reasons.append(ambiguous.reason)
                    continue
                # Somebody can say which one it is.
                row.candidates = [
                    Candidate([ambiguous.reason], institution_id=one.id) for one in ambiguous.among
                ]
            else:
                keys[row.number] = found.id if found is not None else None
            clear.append(row)
        records = self.in_full([key for key in dict.fromkeys(keys.values()) if key is not None])
        for row in clear:
            row.means(records.get(keys.get(row.number) or 0))
            if row.institution is not None and row.decision is None:
                as_campus(row, row.institution)
        return clear

    def _judge_one(self, row: Judged) -> None:
        if row.institution is None and self.alike is not None:
            found, told = self.alike.candidates(row.values)
            row.candidates = row.candidates or found
            row.warnings.extend(told)
        if row.candidates:
            row.outcome = RowOutcome.POSSIBLE_DUPLICATE
        else:
            judge_alone(row, self.ground)

    def _doubt(self, row: Judged, alone: NumberAlone) -> None:
        """Somebody says whether it is the row above."""
        if self.alike is None:
            row.reasons.append(alone.reason)
            return
        row.candidates = [Candidate([alone.reason], row=alone.number)]
        row.outcome = RowOutcome.POSSIBLE_DUPLICATE
        self._remember(row)

    def _remember(self, row: Judged) -> None:
        self.earlier.remember(row)
        if row.institution is None and self.alike is not None:
            self.alike.remember(row.number, row.values)

    def _judge_again(self, again: Sequence[tuple[Judged, int]], here: Mapping[int, Values]) -> None:
        missing = [number for _, number in again if number not in here]
        values = {**here, **self.above(list(dict.fromkeys(missing)))}
        for row, number in again:
            judge_again(row, number, values[number])


def judge(rows: Sequence[Judged], institutions: Iterable[Institution], ground: Ground) -> None:
    """Give every row its outcome against records at hand; nothing is a possible duplicate."""
    at_hand = {one.id: one for one in institutions}
    Judging(
        Register(at_hand.values()), ground, in_full=lambda _: at_hand, above=lambda _: {}
    ).judge(rows)


def judge_alone(row: Judged, ground: Ground) -> None:
    """What becomes of a row of which it is settled what it means."""
    institution = row.institution
    now = on_register(institution) if institution else {}
    if homeless(row.values, now):
        row.warnings.append(HOMELESS)
    if institution is not None:
        row.changes = news(institution, row.values, ground)
        if not row.changes:
            row.outcome = RowOutcome.UNCHANGED
            return
    reason = _untouchable(institution, ground) if institution else None
    reason = reason or paper_fault(row, institution, today=ground.today)
    if reason is not None:
        row.reasons.append(reason)
        row.outcome = RowOutcome.REJECTED
    else:
        row.outcome = RowOutcome.CHANGED if institution else RowOutcome.NEW


def _untouchable(institution: Institution, ground: Ground) -> Text | None:
    if not ground.scope.covers(institution.division_path):
        return Text("%(name)s is on the register outside your jurisdiction.", name=institution.name)
    if institution.state is InstitutionState.CLOSED:
        return Text(
            "%(name)s has been closed; reopen it on its page before changing it.",
            name=institution.name,
        )
    return None


@dataclass(frozen=True, slots=True)
class _Row:
    """A row that is not on the register, and what tells it apart from others of its name."""

    number: int
    uscc: str | None
    division_id: int | None

    def alike(self, values: Values) -> bool:
        """Whether nothing tells the two apart."""
        return not any(
            mine and values.get(name) and mine != values[name]
            for name, mine in (("uscc", self.uscc), ("division_id", self.division_id))
        )


class NumberAlone(Exception):
    """The row has the number of a row above and nothing else."""

    def __init__(self, number: int, *, by_code: bool) -> None:
        super().__init__(number)
        self.number = number
        self.reason = number_alone(Text("row %(number)s", number=number), by_code=by_code)


class _Earlier:
    """The rows above, by everything that another row may name the same institution by."""

    def __init__(self, towns: Container[str]) -> None:
        self.towns = towns
        # With what stands beside a number: alone it names nobody.
        self.by_key: dict[tuple[str, object], tuple[int, Company]] = {}
        self.by_name: dict[str, list[_Row]] = defaultdict(list)

    def remember(self, row: Judged) -> None:
        beside = company.of_row(row.values)
        for key in _keys(row):
            self.by_key.setdefault(key, (row.number, beside))
        if row.institution_id is None:
            values = row.values
            self.by_name[match_name(values["name"])].append(
                _Row(row.number, values.get("uscc"), values.get("division_id"))
            )

    def same(self, row: Judged) -> int | None:
        """The number of the row that names the same institution.

        Raises ``NumberAlone`` for one that has no more than a number in common.
        """
        for key in _keys(row):
            if key in self.by_key:
                number, beside = self.by_key[key]
                if key[0] == INSTITUTION or company.of_row(row.values).is_alike(beside, self.towns):
                    return number
                if row.decision is not Decision.DIFFERENT:
                    raise NumberAlone(number, by_code=key[0] == "uscc")
        if row.institution_id is not None:
            return None
        bearing = self.by_name.get(match_name(row.values["name"]), ())
        # A list of one name over and over would be looked through for each of its rows.
        first = islice(bearing, MOST_LOOKED_AT)
        return next((one.number for one in first if one.alike(row.values)), None)


def _keys(row: Judged) -> list[tuple[str, object]]:
    found: list[tuple[str, object]] = []
    if row.institution_id is not None:
        found.append((INSTITUTION, row.institution_id))
    if "uscc" in row.values:
        found.append(("uscc", row.values["uscc"]))
    if tells_apart(row.values.get("licence_number")):
        found.append(("licence_number", row.values["licence_number"]))
    return found
