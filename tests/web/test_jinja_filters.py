from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from training_oversight import clock, texts
from training_oversight.texts import Language
from training_oversight.web import jinja_filters
from training_oversight.web.components import Split, SplitPart


@pytest.fixture(autouse=True)
def autumn():
    with clock.standing_at(datetime(2026, 10, 15, 6, tzinfo=UTC)), texts.speaking(Language.CHINESE):
        yield


def test_a_day_is_written_out_and_readable_by_machines():
    assert jinja_filters.day(date(2026, 3, 5)) == '<time datetime="2026-03-05">2026年3月5日</time>'


def test_tables_leave_out_the_current_year_only():
    assert "10月10日" in jinja_filters.short_day(date(2026, 10, 10))
    assert "2026年" not in jinja_filters.short_day(date(2026, 10, 10))
    assert "2025年5月16日" in jinja_filters.short_day(date(2025, 5, 16))


def test_an_instant_shows_the_wall_clock_of_the_county():
    assert ">2026年10月15日 00:30<" in jinja_filters.instant(
        datetime(2026, 10, 14, 16, 30, tzinfo=UTC)
    )


def test_an_instant_late_in_utc_is_the_next_day_in_the_county():
    assert "10月15日" in jinja_filters.short_day(datetime(2026, 10, 14, 16, 30, tzinfo=UTC))


def test_nothing_is_shown_for_no_date():
    filters = (
        jinja_filters.day,
        jinja_filters.short_day,
        jinja_filters.instant,
        jinja_filters.day_and_weekday,
    )

    assert [show(None) for show in filters] == [""] * 4


def test_weekdays_have_a_long_and_a_short_form():
    assert jinja_filters.weekday(date(2026, 10, 15)) == "星期四"
    assert jinja_filters.brief_weekday(date(2026, 10, 10)) == "周六"


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("13800002046", "138****2046"),
        ("0999-1234567", "099****4567"),
        ("12345", "*****"),
        (None, ""),
    ],
)
def test_a_telephone_number_is_never_shown_whole(number, shown):
    assert jinja_filters.masked_phone(number) == shown


def test_money_shows_cents_only_where_there_are_any():
    assert jinja_filters.money(Decimal("3640.00")) == "3,640元"
    assert jinja_filters.money(Decimal("3640.50")) == "3,640.50元"


def test_markup_is_not_escaped_but_words_are_left_to_the_template():
    assert jinja_filters.shown(jinja_filters.day(date(2026, 3, 5))).startswith("<time")
    assert not hasattr(jinja_filters.shown("<b>"), "__html__")


def test_a_split_says_what_is_not_accounted_for():
    split = Split("total", 50, [SplitPart("a", 10), SplitPart("b", 34)], "missing")

    assert split.missing == 6
    assert split.segments() == [(0.0, 20.0), (20.0, 68.0), (88.0, 12.0)]


def test_a_split_of_nothing_can_be_drawn():
    assert Split("total", 0, [SplitPart("a", 0)], "missing").segments() == [(0.0, 0), (0.0, 0)]
