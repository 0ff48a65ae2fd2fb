"""What a family gets back by the county's formula, and the steps of the calculation.

Integers throughout: fen and lessons. The one division is rounded once, at the end, to the fen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor
from typing import Protocol

from training_oversight import amounts
from training_oversight.catalogue.models import GivenLessons, Rounding
from training_oversight.errors import BadInput, Checks
from training_oversight.texts import Text

# More lessons than anybody buys: a slip of the keyboard.
MOST_LESSONS = 100_000
# Digits of fen that a step shows before the figure is rounded.
SHOWN_DIGITS = 4
HALF = Fraction(1, 2)


class Formula(Protocol):
    """The rules of a version of the county's formula."""

    @property
    def given(self) -> GivenLessons: ...

    @property
    def rounding(self) -> Rounding: ...


@dataclass(frozen=True)
class Contract:
    """What was paid, for how many lessons, and how many of them were held."""

    fen: int
    bought: int
    given: int
    used: int


@dataclass(frozen=True)
class Reckoning:
    """What is due by the formula, with the steps that lead there."""

    fen: int
    steps: tuple[Text, ...]


def reckon(contract: Contract, formula: Formula) -> Reckoning:
    """Raises ``BadInput`` for figures that contradict each other; each names its field."""
    check(contract)
    total, left = counted(contract, formula.given)
    exact = Fraction(contract.fen * left, total)
    due = ROUNDED[formula.rounding](exact)
    return Reckoning(due, tuple(_steps(contract, formula, total, left, exact, due)))


def check(contract: Contract) -> None:
    checks = Checks()
    for name, value, least in (
        ("bought", contract.bought, 1),
        ("given", contract.given, 0),
        ("used", contract.used, 0),
    ):
        with checks.each():
            _within(name, value, least)
    with checks.each():
        if contract.fen < 0:
            _refuse("contract", Text("An amount cannot be below zero."))
    with checks.each():
        if contract.used > contract.bought + contract.given:
            _refuse(
                "used",
                Text(
                    "Used are %(used)s lessons, but only %(all)s were bought or given.",
                    used=contract.used,
                    all=contract.bought + contract.given,
                ),
            )
    checks.settle()


def _within(name: str, value: int, least: int) -> None:
    if not least <= value <= MOST_LESSONS:
        _refuse(
            name,
            Text(
                "Enter a whole number from %(least)s to %(most)s.", least=least, most=MOST_LESSONS
            ),
        )


def _refuse(name: str, sentence: Text) -> None:
    raise BadInput(sentence, {name: sentence})


def counted(contract: Contract, given: GivenLessons) -> tuple[int, int]:
    """How many lessons the amount stands for, and how many of those are left."""
    match given:
        case GivenLessons.SHARED:
            total = contract.bought + contract.given
            return total, total - contract.used
        case GivenLessons.FIRST:
            return contract.bought, contract.bought - max(0, contract.used - contract.given)
        case GivenLessons.LAST:
            return contract.bought, max(0, contract.bought - contract.used)


def _half_up(exact: Fraction) -> int:
    return floor(exact + HALF)


ROUNDED: dict[Rounding, Callable[[Fraction], int]] = {
    Rounding.NEAREST: _half_up,
    Rounding.UP: ceil,
    Rounding.DOWN: floor,
}


def _steps(
    contract: Contract, formula: Formula, total: int, left: int, exact: Fraction, due: int
) -> Iterator[Text]:
    yield Text(
        "Lessons: %(bought)s bought, %(given)s given away, %(used)s used.",
        bought=contract.bought,
        given=contract.given,
        used=contract.used,
    )
    if contract.given:
        yield Text("Lessons given away: %(rule)s.", rule=formula.given)
    yield Text("Of %(total)s lessons that count, %(left)s are left.", total=total, left=left)
    yield Text(
        "%(amount)s yuan ÷ %(total)s lessons × %(left)s lessons = %(exact)s yuan",
        amount=amounts.plain(contract.fen),
        total=total,
        left=left,
        exact=_shown(exact),
    )
    if exact != due:
        yield Text(
            "Rounded once (%(rule)s): %(due)s yuan", rule=formula.rounding, due=amounts.plain(due)
        )


def _shown(fen: Fraction) -> str:
    """A figure before rounding, cut and not rounded; dots say that it goes on."""
    scaled = fen * 10**SHOWN_DIGITS
    digits = floor(scaled)
    whole, rest = divmod(digits, 100 * 10**SHOWN_DIGITS)
    places = f"{rest:0{SHOWN_DIGITS + 2}}"
    if scaled == digits:
        return f"{whole}.{places[:2]}{places[2:].rstrip('0')}"
    return f"{whole}.{places}…"
