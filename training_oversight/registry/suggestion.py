"""What the county's rule of thumb suggests for an institution, by the papers it holds.

A suggestion with its reasons, for the officer to weigh; nothing in the register acts on it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from training_oversight.registry.models import AnnualGrade
from training_oversight.texts import Counted, Text
from training_oversight.web.contributions import FactName


@dataclass(frozen=True)
class Problems:
    """What is still on the ledger: how much, and the serious safety hazards by their titles."""

    open: int = 0
    overdue: int = 0
    hazards: Sequence[str] = ()


# The name under which an upper area hands them in (web.contributions.Fact).
PROBLEMS = FactName[Problems]("problems")


@dataclass(frozen=True)
class Facts:
    """All that the rule of thumb looks at."""

    permit: bool
    registered: bool
    problems: Problems = Problems()
    # The last annual check that was graded.
    grade: AnnualGrade | None = None
    # A permit has lapsed, or an officer has confirmed that there is none; no silence of a list.
    without_permit: bool = False


@dataclass(frozen=True)
class Rule:
    """One line of the table. The lines that hold are shown in its order."""

    holds: Callable[[Facts], bool]
    advice: Text


TABLE = (
    Rule(
        lambda facts: bool(facts.problems.hazards),
        Text("Serious safety hazard: stop at once, until it is removed."),
    ),
    Rule(
        lambda facts: not facts.permit and not facts.without_permit,
        Text("No permit is on file: find out whether there is one, then record it or confirm."),
    ),
    Rule(
        lambda facts: facts.without_permit and not facts.registered,
        Text("Stop and settle the pupils, or guide it to both papers where it qualifies."),
    ),
    Rule(
        lambda facts: facts.without_permit and facts.registered,
        Text("No training of pupils; apply for a permit, or keep to the registered scope."),
    ),
    Rule(
        lambda facts: facts.permit and facts.problems.open > 0,
        Text("Order the problems to be put right by a date; what is not goes on to revocation."),
    ),
    Rule(
        lambda facts: facts.permit and facts.grade is AnnualGrade.FAILED,
        Text("Annual check failed: rectification, and no enrolment until it is passed."),
    ),
    Rule(
        lambda facts: facts.permit and facts.grade is AnnualGrade.ABSENT,
        Text("Did not take part in the annual check: have it made up for."),
    ),
    Rule(
        lambda facts: facts.permit and not facts.registered,
        Text("A permit without a registration: find out where it is registered."),
    ),
)
NOTHING = Text("Nothing to suggest: papers stand and no problem is open.")


def advice(facts: Facts) -> list[Text]:
    """What the table says, most urgent first; never empty."""
    return [rule.advice for rule in TABLE if rule.holds(facts)] or [NOTHING]


def _of_the_permit(facts: Facts) -> Text:
    if facts.permit:
        return Text("A permit stands today")
    return Text("No permit stands today") if facts.without_permit else Text("No permit on file")


def reasons(facts: Facts) -> list[Text]:
    """What it rests on, so that a person can check it."""
    found = [
        _of_the_permit(facts),
        Text("a registration stands today")
        if facts.registered
        else Text("no business licence or other registration is on file"),
        Counted("%(count)s open problem", "%(count)s open problems", count=facts.problems.open)
        if facts.problems.open
        else Text("no open problem"),
    ]
    found += [Text("serious safety hazard: %(title)s", title=one) for one in facts.problems.hazards]
    if facts.grade is not None:
        found.append(Text("last annual check: %(grade)s", grade=facts.grade))
    return found
