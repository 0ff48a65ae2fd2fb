"""Which institution a row speaks of.

The same institution: by credit code, else by licence number, where something else is alike, too,
else by normalised name and division. Nothing here asks the database.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from training_oversight.intake import company
from training_oversight.intake.company import Values
from training_oversight.intake.known_queries import Known
from training_oversight.intake.models import Decision
from training_oversight.intake.queries import Ground
from training_oversight.intake.workflow import RowOutcome
from training_oversight.law.identifiers import tells_apart
from training_oversight.names.naming import match_name
from training_oversight.registry.models import Institution
from training_oversight.registry.workflow import InstitutionState
from training_oversight.texts import Text

# What a row may mean: a record of the register, or an extract of it.
Registered = Institution | Known
One = TypeVar("One", Institution, Known)


@dataclass(frozen=True)
class Candidate:
    """Something that the row may be the same as, and why: a record or a row above it."""

    why: list[Text]
    institution_id: int | None = None
    row: int | None = None


# Beside the fields of a row: sentences for the note of the institution, and whose credit code it
# has, where a person said that it is another institution all the same.
REMARKS, APART = "remarks", "apart"
# How many metres its position may be off, and its further places.
ACCURACY, PLACES = "position_accuracy", "places"
# As the note says it, in the county's words.
SHARED = "统一社会信用代码与“{name}”相同：{code}"


@dataclass
class Judged:
    """A row of the list and what will become of it."""

    number: int
    # As they stood: text, or {"day": …} for a cell that was a day.
    cells: list[Any]
    values: dict[str, Any]
    reasons: list[Text] = field(default_factory=list)
    warnings: list[Text] = field(default_factory=list)
    outcome: RowOutcome = RowOutcome.REJECTED
    changes: dict[str, Any] = field(default_factory=dict)
    institution: Institution | None = None
    # Beside the record, because a transaction makes every record be read again.
    institution_id: int | None = None
    # Field -> [as written, as understood] where the two are not the same.
    cleaned: dict[str, Any] = field(default_factory=dict)
    candidates: list[Candidate] = field(default_factory=list)
    # What a person said of it, and which record it is then.
    decision: Decision | None = None
    chosen_id: int | None = None

    def means(self, institution: Institution | None) -> None:
        self.institution = institution
        self.institution_id = institution.id if institution is not None else None


class Ambiguous(Exception):
    """The row could mean several institutions, or one that it must not touch.

    ``among``: any of these, if somebody says which.
    """

    def __init__(self, reason: Text, among: Sequence[Registered] = ()) -> None:
        super().__init__(reason.message)
        self.reason = reason
        self.among = among


class Register(Generic[One]):
    """The institutions of an authority by everything that a row may name them by."""

    def __init__(self, institutions: Iterable[One]) -> None:
        self.by_uscc: dict[str, One] = {}
        self.by_licence: dict[str, One] = {}
        self.by_name: dict[str, list[One]] = defaultdict(list)
        # Live ones last, so that they take the place of closed ones with the same code.
        for one in sorted(institutions, key=_live):
            if one.uscc:
                self.by_uscc[one.uscc] = one
            for licence in one.licences:
                if licence.number and tells_apart(licence.number):
                    self.by_licence[licence.number] = one
            self.by_name[one.match_name].append(one)

    def meant(self, row: Judged, ground: Ground) -> One | None:
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
        numbered = by_uscc or by_licence
        if row.decision is Decision.DIFFERENT:
            # Whatever it is called: only a number in company can still say something else.
            return numbered if numbered and _has_company(row, numbered, ground) else None
        if numbered and not (by_uscc and by_licence) and not _has_company(row, numbered, ground):
            raise Ambiguous(number_alone(numbered.name, by_code=by_uscc is not None), [numbered])
        return numbered or self._named(row, ground)

    def _named(self, row: Judged, ground: Ground) -> One | None:
        bearing = self.by_name.get(match_name(row.values["name"]), [])
        # Two credit codes are two institutions, whatever they are called.
        candidates = [one for one in bearing if not (one.uscc and "uscc" in row.values)]
        candidates = _in_town(candidates, town_of(row.values, ground), ground)
        candidates = [one for one in candidates if _live(one)] or candidates
        if len(candidates) > 1:
            raise Ambiguous(
                Text(
                    "%(count)s institutions are called %(name)s: add the township or the credit "
                    "code.",
                    count=len(candidates),
                    name=row.values["name"],
                ),
                among=candidates,
            )
        if bearing and not candidates:
            row.warnings.append(
                Text(
                    "Another institution called %(name)s is on the register.", name=bearing[0].name
                )
            )
        return candidates[0] if candidates else None


def set_apart(values: Values) -> dict[str, object]:
    """The values of an institution of its own, whose credit code stands with another.

    The register knows a code once: here it becomes a remark.
    """
    found: dict[str, object] = dict(values)
    holder = found.pop(APART, None)
    if holder is not None and (code := found.pop("uscc", None)):
        remark = SHARED.format(name=holder, code=code)
        found[REMARKS] = [*values.get(REMARKS, ()), remark]
    return found


def number_alone(name: object, *, by_code: bool) -> Text:
    """Why a number that is equal makes nobody the same."""
    if by_code:
        return Text(
            "The credit code is that of %(name)s, but name, address, telephone and people are all "
            "different.",
            name=name,
        )
    return Text(
        "The licence number is that of %(name)s, but name, address, telephone and people are all "
        "different.",
        name=name,
    )


def _has_company(row: Judged, one: Registered, ground: Ground) -> bool:
    return company.of_row(row.values).is_alike(company.of_record(one), ground.towns)


def _live(one: Registered) -> bool:
    return one.state is not InstitutionState.CLOSED


def _check_code(row: Judged, bearer: Registered) -> None:
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


def town_of(values: Values, ground: Ground) -> int | None:
    """The township that the row names, or that the whole list is for."""
    named: int | None = values.get("division_id")
    whole = ground.division.id if ground.division.id != ground.county.id else None
    return named or whole


def _in_town(candidates: list[One], town: int | None, ground: Ground) -> list[One]:
    if town is None:
        return candidates
    near = [one for one in candidates if one.division_id == town]
    # An entry that only names the county may turn out to lie in this township.
    return near or [one for one in candidates if one.division_id == ground.county.id]
