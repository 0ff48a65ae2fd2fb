"""Which institution a row speaks of, and what becomes of the row.

The same institution: by credit code, else by licence number, else by normalised name and
division. Rows are judged in their order; nothing here asks the database.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from training_oversight.law.wording import Listing
from training_oversight.registry.importing.columns import BY_FIELD
from training_oversight.registry.importing.queries import Ground
from training_oversight.registry.importing.standing import differences, homeless, standing
from training_oversight.registry.models import Institution, RowOutcome
from training_oversight.registry.naming import match_name
from training_oversight.registry.workflow import InstitutionState
from training_oversight.texts import Text


@dataclass
class Judged:
    """A row of the list and what will become of it."""

    number: int
    cells: list[str]
    values: dict[str, Any]
    reasons: list[Text] = field(default_factory=list)
    warnings: list[Text] = field(default_factory=list)
    outcome: RowOutcome = RowOutcome.REJECTED
    changes: dict[str, Any] = field(default_factory=dict)
    institution: Institution | None = None
    # Beside the record, because a transaction makes every record be read again.
    institution_id: int | None = None

    def means(self, institution: Institution | None) -> None:
        self.institution = institution
        self.institution_id = institution.id if institution is not None else None


class Ambiguous(Exception):
    """The row could mean several institutions, or one that it must not touch."""

    def __init__(self, reason: Text) -> None:
        super().__init__(reason.message)
        self.reason = reason


class Register:
    """The institutions of an authority by everything that a row may name them by."""

    def __init__(self, institutions: Iterable[Institution]) -> None:
        self.by_uscc: dict[str, Institution] = {}
        self.by_licence: dict[str, Institution] = {}
        self.by_name: dict[str, list[Institution]] = defaultdict(list)
        # Live ones last, so that they take the place of closed ones with the same code.
        for one in sorted(institutions, key=lambda i: i.state is not InstitutionState.CLOSED):
            if one.uscc:
                self.by_uscc[one.uscc] = one
            for licence in one.licences:
                if licence.number:
                    self.by_licence[licence.number] = one
            self.by_name[one.match_name].append(one)

    def meant(self, row: Judged, ground: Ground) -> Institution | None:
        """The institution that the row speaks of. Raises ``Ambiguous``."""
        by_uscc = self.by_uscc.get(row.values.get("uscc", ""))
        by_licence = self.by_licence.get(row.values.get("licence_number", ""))
        if by_uscc and by_licence and by_uscc is not by_licence:
            raise Ambiguous(
                Text(
                    "The credit code belongs to %(one)s, the licence number to %(other)s.",
                    one=by_uscc.name,
                    other=by_licence.name,
                )
            )
        if by_licence and by_licence is not by_uscc:
            _check_code(row, by_licence)
        return by_uscc or by_licence or self._named(row, ground)

    def _named(self, row: Judged, ground: Ground) -> Institution | None:
        bearing = self.by_name.get(match_name(row.values["name"]), [])
        # Two credit codes are two institutions, whatever they are called.
        candidates = [one for one in bearing if not (one.uscc and "uscc" in row.values)]
        candidates = _in_town(candidates, _town(row, ground), ground)
        if len(candidates) > 1:
            raise Ambiguous(
                Text(
                    "%(count)s institutions are called %(name)s: add the township or the credit "
                    "code.",
                    count=len(candidates),
                    name=row.values["name"],
                )
            )
        if bearing and not candidates:
            row.warnings.append(
                Text(
                    "Another institution called %(name)s is on the register.", name=bearing[0].name
                )
            )
        return candidates[0] if candidates else None


def _check_code(row: Judged, bearer: Institution) -> None:
    """Two credit codes are two institutions: one licence number cannot make them one."""
    code = row.values.get("uscc")
    if code and bearer.uscc and code != bearer.uscc:
        raise Ambiguous(
            Text(
                "The licence number belongs to %(name)s with the credit code %(code)s; the row "
                "has another code. Check which of the two is right.",
                name=bearer.name,
                code=bearer.uscc,
            )
        )


def _town(row: Judged, ground: Ground) -> int | None:
    """The township that the row names, or that the whole list is for."""
    named: int | None = row.values.get("division_id")
    whole = ground.division.id if ground.division.id != ground.county.id else None
    return named or whole


def _in_town(candidates: list[Institution], town: int | None, ground: Ground) -> list[Institution]:
    if town is None:
        return candidates
    near = [one for one in candidates if one.division_id == town]
    # An entry that only names the county may turn out to lie in this township.
    return near or [one for one in candidates if one.division_id == ground.county.id]


def judge(rows: Sequence[Judged], institutions: Iterable[Institution], ground: Ground) -> None:
    """Give every row its outcome, with reasons and changes."""
    register, earlier = Register(institutions), _Earlier()
    for row in rows:
        if not row.reasons:
            _judge_one(row, register, earlier, ground)


def _judge_one(row: Judged, register: Register, earlier: _Earlier, ground: Ground) -> None:
    try:
        row.means(register.meant(row, ground))
    except Ambiguous as ambiguous:
        row.reasons.append(ambiguous.reason)
        return
    before = earlier.same(row)
    if before is not None:
        _judge_again(row, before)
        return
    _judge_alone(row, ground)
    if not row.reasons:
        earlier.remember(row)


def _judge_alone(row: Judged, ground: Ground) -> None:
    institution = row.institution
    if homeless(row.values, standing(institution) if institution else {}):
        row.warnings.append(
            Text("What is said of the licence was left out: its number is missing.")
        )
    if institution is None:
        row.outcome = RowOutcome.NEW
        return
    row.changes = differences(institution, row.values)
    if not row.changes:
        row.outcome = RowOutcome.UNCHANGED
    elif reason := _untouchable(institution, ground):
        row.reasons.append(reason)
    else:
        row.outcome = RowOutcome.CHANGED


def _untouchable(institution: Institution, ground: Ground) -> Text | None:
    if not ground.scope.covers(institution.division_path):
        return Text("%(name)s is on the register outside your jurisdiction.", name=institution.name)
    if institution.state is InstitutionState.CLOSED:
        return Text(
            "%(name)s has been closed; reopen it on its page before changing it.",
            name=institution.name,
        )
    return None


def _judge_again(row: Judged, before: Judged) -> None:
    """A second row of the same institution: harmless if it says nothing else."""
    row.means(before.institution)
    other = [name for name, value in row.values.items() if not _agrees(name, value, before.values)]
    if other:
        row.reasons.append(
            Text(
                "Row %(number)s is the same institution but differs in: %(columns)s. Join the "
                "two rows.",
                number=before.number,
                columns=Listing([BY_FIELD[name].label for name in other]),
            )
        )
        return
    row.outcome = RowOutcome.UNCHANGED
    row.warnings.append(Text("Row %(number)s says the same already.", number=before.number))


def _agrees(name: str, value: object, before: Mapping[str, Any]) -> bool:
    if name == "name":
        return match_name(str(value)) == match_name(before["name"])
    return bool(before.get(name) == value)


class _Earlier:
    """The rows above, by everything that another row may name the same institution by."""

    def __init__(self) -> None:
        self.by_key: dict[tuple[object, ...], Judged] = {}
        self.by_name: dict[str, list[Judged]] = defaultdict(list)

    def remember(self, row: Judged) -> None:
        for key in _keys(row):
            self.by_key.setdefault(key, row)
        self.by_name[match_name(row.values["name"])].append(row)

    def same(self, row: Judged) -> Judged | None:
        for key in _keys(row):
            if key in self.by_key:
                return self.by_key[key]
        if row.institution is not None:
            return None
        return next(
            (one for one in self.by_name[match_name(row.values["name"])] if _alike(one, row)), None
        )


def _alike(before: Judged, row: Judged) -> bool:
    """Whether nothing tells two rows of one name apart."""
    return before.institution is None and not any(
        name in row.values and name in before.values and row.values[name] != before.values[name]
        for name in ("uscc", "division_id")
    )


def _keys(row: Judged) -> list[tuple[object, ...]]:
    found: list[tuple[object, ...]] = [
        (name, row.values[name]) for name in ("uscc", "licence_number") if name in row.values
    ]
    if row.institution_id is not None:
        found.append(("institution", row.institution_id))
    return found
