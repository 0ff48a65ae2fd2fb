from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training_oversight.errors import BadInput
from training_oversight.spreadsheets import DestroyedNumber, clean, clean_code, parse_date


@pytest.mark.parametrize(
    "written",
    [
        "2021-3-5", "2021-03-05", "2021.03.05", "2021.3.5", "2021/3/5", "2021年3月5日",
        "2021年03月05日", "2021 年 3 月 5 日", "20210305", 20210305, 20210305.0, "44260", 44260,
        44260.75, "２０２１年３月５日", "２０２１．３．５", "２０２１－３－５",
        "2021-03-05 00:00:00", "2021/3/5 9:30",
        "2021-03-05T09:30:00", " 2021-3-5\u3000",
        date(2021, 3, 5), datetime(2021, 3, 5, 9, 30, tzinfo=UTC),
    ],
)  # fmt: skip
def test_a_day_is_understood_however_a_county_writes_it(written):
    day = parse_date(written)

    assert day == date(2021, 3, 5)
    assert type(day) is date


@pytest.mark.parametrize("written", [None, "", "  ", "\u3000", "无", "/", "—", "办理中", "／"])
def test_no_day_is_no_day(written):
    assert parse_date(written) is None


@pytest.mark.parametrize(
    "written",
    [
        "2021-2-30",
        "2021年3月",
        "21.3.5",
        "三月五日",
        "20211305",
        "5",
        "999999",
        "0001-01-01",
        "长期",
    ],
)
def test_what_is_no_date_is_refused_and_quoted(written):
    with pytest.raises(BadInput) as refusal:
        parse_date(written)

    assert refusal.value.text.values["written"] == written


@given(st.dates(date(1927, 5, 18), date(2199, 12, 31)))
def test_every_form_of_a_day_means_the_same_day(day):
    serial = (day - date(1899, 12, 30)) // timedelta(days=1)

    forms = [
        day.isoformat(), f"{day:%Y%m%d}", f"{day.year}年{day.month}月{day.day}日", float(serial),
    ]  # fmt: skip

    assert {parse_date(form) for form in forms} == {day}


def test_text_is_trimmed_but_not_folded():
    assert clean("\u3000 （甲）培训中心Ａ \xa0\ufeff") == "（甲）培训中心Ａ"
    assert clean(date(2021, 3, 5)) == "2021-03-05"


@pytest.mark.parametrize("written", ["办理中", " 无 ", "/", "／", "—", "——", "-", ""])
def test_a_code_that_is_not_there_yet_is_empty(written):
    assert clean_code(written) == ""


def test_a_code_is_folded_to_half_width_without_spaces():
    assert clean_code("９１５０ 0199\u3000ＭＡ５") == "91500199MA5"


@pytest.mark.parametrize("use", [clean, clean_code, parse_date])
def test_a_number_that_excel_has_rounded_is_refused(use):
    with pytest.raises(BadInput) as refusal:
        use(DestroyedNumber("9.15E+17"))

    assert refusal.value.text.values == {"shown": "9.15E+17"}
