"""What a family gets back, counted in whole fen and rounded once."""

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training_oversight.catalogue.models import GivenLessons, Rounding
from training_oversight.errors import BadInput
from training_oversight.refunds.formula import Contract, reckon

LAST, FIRST, SHARED = GivenLessons.LAST, GivenLessons.FIRST, GivenLessons.SHARED
NEAREST, UP, DOWN = Rounding.NEAREST, Rounding.UP, Rounding.DOWN


@dataclass(frozen=True)
class Rules:
    given: GivenLessons = LAST
    rounding: Rounding = NEAREST


# contract (fen, bought, given, used), rules, due
COUNTED = [
    # 3,640 yuan for 48 lessons, 20 used: 28 left.
    ((364_000, 48, 0, 20), Rules(), 212_333),
    ((364_000, 48, 0, 20), Rules(rounding=UP), 212_334),
    ((364_000, 48, 0, 20), Rules(rounding=DOWN), 212_333),
    # Exactly half a fen goes up.
    ((3, 2, 0, 1), Rules(), 2),
    ((3, 2, 0, 1), Rules(rounding=DOWN), 1),
    # Nothing used, all used.
    ((500_000, 60, 0, 0), Rules(), 500_000),
    ((500_000, 60, 0, 60), Rules(), 0),
    # 40 bought and 8 given, 20 used, by each rule about those given.
    ((400_000, 40, 8, 20), Rules(LAST), 200_000),
    ((400_000, 40, 8, 20), Rules(FIRST), 280_000),
    ((480_000, 40, 8, 20), Rules(SHARED), 280_000),
    # More used than bought: only given ones are left, and they cost nothing.
    ((400_000, 40, 8, 44), Rules(LAST), 0),
    ((400_000, 40, 8, 44), Rules(FIRST), 40_000),
    # A contract without a price.
    ((0, 10, 0, 1), Rules(), 0),
]


@pytest.mark.parametrize(("contract", "rules", "due"), COUNTED)
def test_what_is_due_is_counted_by_the_rules_of_the_county(contract, rules, due):
    assert reckon(Contract(*contract), rules).fen == due


def test_the_steps_read_like_a_calculation_and_round_at_the_end():
    steps = reckon(Contract(364_000, 48, 0, 20), Rules()).steps

    assert [str(step) for step in steps] == [
        "课时：购买48，赠送0，已用20。",
        "计价课时48，剩余28。",
        "3640.00元 ÷ 48课时 × 28课时 = 2123.333333…元",
        "一次取舍（四舍五入到分）：2123.33元",
    ]


def test_the_steps_say_what_given_lessons_mean_and_leave_out_a_rounding_that_is_none():
    steps = reckon(Contract(400_000, 40, 8, 20), Rules()).steps

    assert [str(step) for step in steps][1:] == [
        "赠课：不计价，最后使用。",
        "计价课时40，剩余20。",
        "4000.00元 ÷ 40课时 × 20课时 = 2000.00元",
    ]


WRONG = [
    ((-1, 10, 0, 0), {"contract"}),
    ((100, 0, 0, 0), {"bought"}),
    ((100, 10, -1, 0), {"given"}),
    ((100, 10, 0, -1), {"used"}),
    ((100, 10, 2, 13), {"used"}),
    ((100, 100_001, 0, 0), {"bought"}),
    ((-1, -5, -1, -1), {"contract", "bought", "given", "used"}),
]


@pytest.mark.parametrize(("contract", "fields"), WRONG)
def test_figures_that_cannot_be_are_refused_each_beside_its_field(contract, fields):
    with pytest.raises(BadInput) as refused:
        reckon(Contract(*contract), Rules())

    assert set(refused.value.fields) == fields


@given(
    st.integers(0, 10**9), st.integers(1, 500), st.integers(0, 100), st.integers(0, 600),
    st.sampled_from(GivenLessons), st.sampled_from(Rounding),
)  # fmt: skip
def test_nobody_gets_back_more_than_was_paid_or_less_than_nothing(
    fen, bought, extra, used, rule, rounding
):
    used = min(used, bought + extra)

    due = reckon(Contract(fen, bought, extra, used), Rules(rule, rounding)).fen

    assert 0 <= due <= fen
