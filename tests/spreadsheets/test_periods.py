from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training_oversight.errors import BadInput
from training_oversight.spreadsheets import Term, parse_period

FIRST, LAST = date(2021, 3, 5), date(2024, 3, 4)


@pytest.mark.parametrize(
    "written",
    [
        "2021-3-5至2024-3-4", "2021.03.05-2024.03.04", "2021-03-05-2024-03-04",
        "2021/3/5～2024/3/4",
        "2021年3月5日—2024年3月4日", "自2021年3月5日至2024年3月4日止", "2021-3-5 到 2024-3-4",
        "有效期：2021.3.5 -- 2024.3.4", "20210305-20240304", "２０２１．３．５至２０２４．３．４",
        "二〇二一年三月五日至二〇二四年三月四日",
    ],
)  # fmt: skip
def test_a_term_is_understood_however_it_is_written(written):
    assert parse_period(written) == Term(FIRST, LAST)


@pytest.mark.parametrize(
    ("written", "period"),
    [
        ("2024-3-4", Term(None, LAST)),
        ("至2024年3月4日", Term(None, LAST)),
        (LAST, Term(None, LAST)),
        ("2024年3月", Term(None, date(2024, 3, 31))),
        ("2021-3-5至2024年3月", Term(FIRST, date(2024, 3, 31))),
        ("2021.3.5至长期", Term(FIRST, None)),
        ("2021年3月5日起至2024年3月4日", Term(FIRST, LAST)),
        ("2021年3月至2024年3月", Term(None, date(2024, 3, 31))),
        ("2021.3-2024.3.4", Term(None, LAST)),
        ("长期", Term(None, None)),
        ("办理中", None),
        ("", None),
    ],
)
def test_a_term_may_have_no_beginning_or_no_end(written, period):
    assert parse_period(written) == period


@pytest.mark.parametrize(
    "written", ["三年", "2021-2024", "2021-3-5至", "21.3.5-24.3.4", "2021-2-30至2024-3-4"]
)
def test_a_term_that_is_none_is_refused(written):
    with pytest.raises(BadInput):
        parse_period(written)


DAYS = st.dates(date(1900, 1, 1), date(2199, 12, 31))


@given(DAYS, DAYS, st.sampled_from(["-", "至", " - ", "—", "~"]), st.sampled_from("-./"))
def test_two_days_with_anything_between_them_are_a_term(start, end, between, mark):
    days = (mark.join(map(str, (day.year, day.month, day.day))) for day in (start, end))

    assert parse_period(between.join(days)) == Term(start, end)
