"""What a notice still lacks before it can be submitted, and what one should know.

A red line stands in the way of submitting, an amber one does not. A draft is saved
with any of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from training_oversight.catalogue.models import Check
from training_oversight.inspections import queries as inspections
from training_oversight.inspections.models import Visit
from training_oversight.inspections.workflow import VisitState
from training_oversight.law import Period, Unit
from training_oversight.notices import lacking_signs, printed, queries
from training_oversight.notices.models import Notice, NoticeItem
from training_oversight.texts import Text
from training_oversight.web.components import Tone

# To compare a period with a longest one of the other unit: a week has five working days.
DAYS_OF_A_WORKING_DAY = 7 / 5
# 六十日内, 6个月内, 15个工作日之内: how long one has, in figures or in words.
PERIOD = re.compile(r"[\d一二三四五六七八九十百两]\s*个?(?:工作)?[日天周月年]\s*[之以]?内")


@dataclass(frozen=True)
class CheckedPoint:
    """One line of the check. ``field`` is the id of the control where the point is mended;
    ``notice_id`` is another notice that one should look at."""

    label: Text
    tone: Tone
    problem: Text | None = None
    field: str = ""
    notice_id: int | None = None


def checked(session: Session, notice: Notice, *, today: date) -> list[CheckedPoint]:
    """Every line of the check: to fill first, then to know, then passed."""
    found = [*_required(notice), *_worth_knowing(session, notice, today=today)]
    order = [Tone.RED, Tone.AMBER, Tone.GREEN]
    return sorted(found, key=lambda line: order.index(line.tone))


def problems(notice: Notice) -> list[Text]:
    """Why it cannot be submitted yet."""
    return [line.problem for line in _required(notice) if line.problem is not None]


def _required(notice: Notice) -> Iterator[CheckedPoint]:
    yield from _filled(
        Text("Recipient"),
        notice.recipient_name,
        "recipient_name",
        Text("The recipient is not filled in"),
    )
    for check in Check:
        if check.value in notice.type.checks:
            yield from RULES[check](notice)
    for problem, field in lacking_signs.found(notice):
        yield CheckedPoint(problem, Tone.RED, problem, field)


def _filled(label: Text, value: str, field: str, problem: Text) -> Iterator[CheckedPoint]:
    yield _line(label, [] if value.strip() else [(problem, field)])


def _line(label: Text, missing: list[tuple[Text, str]]) -> CheckedPoint:
    """One line for a check, red with the first of what is missing."""
    if not missing:
        return CheckedPoint(label, Tone.GREEN)
    problem, field = missing[0]
    return CheckedPoint(label, Tone.RED, problem, field)


def _each(label: Text, missing: list[tuple[Text, str]]) -> Iterator[CheckedPoint]:
    """A red line for each thing that is missing, or one that has passed."""
    if not missing:
        yield CheckedPoint(label, Tone.GREEN)
    for problem, field in missing:
        yield CheckedPoint(problem, Tone.RED, problem, field)


def _person(notice: Notice) -> Iterator[CheckedPoint]:
    yield from _filled(
        Check.PERSON.label,
        notice.recipient_person,
        "recipient_person",
        Text("The recipient's responsible person is not filled in"),
    )


def _facts(notice: Notice) -> Iterator[CheckedPoint]:
    yield from _filled(
        Check.FACTS.label, notice.facts, "facts", Text("The facts found are not written down")
    )


def _remedies(notice: Notice) -> Iterator[CheckedPoint]:
    missing = []
    if not notice.remedies.strip():
        missing = [(Text("Remedies and their time limits are not written down"), "remedies")]
    elif not PERIOD.search(notice.remedies):
        missing = [
            (Text("The remedies do not say within how many days, months or years"), "remedies")
        ]
    yield _line(Check.REMEDIES.label, missing)


def _basis(notice: Notice) -> Iterator[CheckedPoint]:
    given = printed.basis_of(notice)
    return _each(
        Check.BASIS.label,
        [
            (Text("Problem %(place)s has no legal basis", place=place), f"entries-{n}-basis")
            for n, place, entry in _numbered(notice)
            if not given.get(entry.item_id, "").strip()
        ],
    )


def _requirements(notice: Notice) -> Iterator[CheckedPoint]:
    return _each(
        Check.REQUIREMENTS.label,
        [
            (Text("Problem %(place)s has no requirement", place=place), f"entries-{n}-requirement")
            for n, place, entry in _numbered(notice)
            if not entry.requirement.strip()
        ],
    )


def _deadlines(notice: Notice) -> Iterator[CheckedPoint]:
    return _each(
        Check.DEADLINES.label,
        [
            (problem, f"entries-{n}-length")
            for n, place, entry in _numbered(notice)
            if (problem := _deadline_problem(notice, entry, place)) is not None
        ],
    )


def _numbered(notice: Notice) -> Iterator[tuple[int, int, NoticeItem]]:
    """Each entry with its index in the form (from 0) and its number on the page (from 1)."""
    for index, entry in enumerate(notice.entries):
        yield index, index + 1, entry


def _deadline_problem(notice: Notice, entry: NoticeItem, place: int) -> Text | None:
    if entry.length is None or entry.unit is None:
        return None if entry.at_once else Text("Requirement %(place)s has no deadline", place=place)
    if _days(entry.length, entry.unit) > _days(notice.type.longest, notice.type.unit):
        return Text(
            "Requirement %(place)s gives more than the longest period, %(longest)s",
            place=place,
            longest=Period(notice.type.longest, notice.type.unit).label,
        )
    return None


def _days(length: int, unit: Unit) -> float:
    return length * DAYS_OF_A_WORKING_DAY if unit is Unit.WORKING_DAYS else float(length)


def _two_officers(notice: Notice) -> Iterator[CheckedPoint]:
    lacking = [
        place for _, place, one in _numbered(notice) if not can_found(one.item.finding.visit)
    ]
    yield _line(
        Check.TWO_OFFICERS.label,
        [
            (
                Text(
                    "Problem %(place)s does not rest on a formal inspection by two officers with "
                    "certificates",
                    place=place,
                ),
                "",
            )
            for place in lacking
        ],
    )


def can_found(visit: Visit | None) -> bool:
    """处罚法 42: a paper rests on a finished formal visit of two certified officers."""
    if visit is None or visit.state is not VisitState.DONE:
        return False
    return not inspections.can_found_notice(visit)


def _approved_visit(notice: Notice) -> Iterator[CheckedPoint]:
    """Never red: an approval may follow."""
    if not _approval_follows(notice):
        yield CheckedPoint(Check.APPROVED_VISIT.label, Tone.GREEN)


def _approval_follows(notice: Notice) -> bool:
    visits = [entry.item.finding.visit for entry in notice.entries]
    return any(visit is not None and visit.lacks_approval for visit in visits)


RULES = {
    Check.PERSON: _person,
    Check.FACTS: _facts,
    Check.BASIS: _basis,
    Check.REQUIREMENTS: _requirements,
    Check.DEADLINES: _deadlines,
    Check.TWO_OFFICERS: _two_officers,
    Check.APPROVED_VISIT: _approved_visit,
    Check.REMEDIES: _remedies,
}


def _worth_knowing(session: Session, notice: Notice, *, today: date) -> Iterator[CheckedPoint]:
    if _approval_follows(notice):
        yield CheckedPoint(Text("The approval of the visit is still to follow"), Tone.AMBER)
    earlier = queries.earlier_served(session, notice, today=today)
    if earlier:
        label = Text("%(count)s of this type served within two years", count=len(earlier))
        yield CheckedPoint(label, Tone.AMBER, notice_id=earlier[0].id)
    for _, place, entry in _numbered(notice):
        if entry.item.repeated:
            label = Text("Problem %(place)s is a repeat within two years", place=place)
            yield CheckedPoint(label, Tone.AMBER)
