from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from training_oversight.law import (
    CellKind,
    Period,
    Unit,
    explain,
    explain_fixed,
    shipped_calendar,
)
from training_oversight.texts import Language, Text, speaking

SERVED_ON = date(2026, 9, 14)
FIFTEEN_WORKING_DAYS = Period(15, Unit.WORKING_DAYS)


def test_the_sentences_say_in_chinese_how_the_date_comes_about():
    explained = explain(
        SERVED_ON, FIFTEEN_WORKING_DAYS, shipped_calendar(), today=date(2026, 10, 15)
    )

    with speaking(Language.CHINESE):
        sentences = [str(sentence) for sentence in explained.sentences]
    assert sentences == [
        "9月14日送达，次日9月15日起算。",
        "期限为15个工作日。",
        "跳过11天：中秋3天、国庆7天、周末1天。",
        "调休上班算入2天：9月20日、10月10日。",
        "第15个工作日是10月10日，当天上班，不顺延。",
    ]


def test_the_weeks_count_every_working_day_and_name_every_day_off():
    explained = explain(
        SERVED_ON, FIFTEEN_WORKING_DAYS, shipped_calendar(), today=date(2026, 10, 10)
    )

    cells = {cell.day: cell for week in explained.weeks for cell in week}
    assert [len(week) for week in explained.weeks] == [7, 7, 7, 7]
    assert [cell.count for cell in cells.values() if cell.count] == list(range(1, 16))
    assert cells[SERVED_ON].kind is CellKind.START
    assert cells[date(2026, 9, 19)].kind is CellKind.REST
    assert cells[date(2026, 9, 20)].kind is CellKind.MADE_UP
    assert cells[date(2026, 9, 25)].label == Text("Mid-Autumn Festival")
    assert cells[date(2026, 10, 1)].date_label == "10/1"
    last = cells[date(2026, 10, 10)]
    assert (last.kind, last.count, last.is_made_up, last.is_today) == (
        CellKind.DUE, 15, True, True,
    )  # fmt: skip
    assert cells[date(2026, 10, 11)].kind is CellKind.AFTER


def test_a_calendar_period_that_ends_on_a_holiday_says_where_it_runs_to():
    explained = explain(date(2024, 9, 16), Period(15, Unit.CALENDAR_DAYS), shipped_calendar())

    with speaking(Language.CHINESE):
        last = str(explained.sentences[-1])
    assert last == "第15日是10月1日（国庆），不上班，顺延到下一个工作日10月8日。"


def test_a_provisional_date_says_so_and_names_the_year():
    explained = explain(date(2044, 12, 28), FIFTEEN_WORKING_DAYS, shipped_calendar())

    with speaking(Language.ENGLISH):
        warnings = [str(s) for s in explained.sentences if "have not been entered" in str(s)]
    assert explained.provisional
    assert ["2044" in warnings[0], "2045" in warnings[1]] == [True, True]


def test_the_source_names_each_year_that_the_count_touches():
    explained = explain(date(2025, 12, 29), Period(5, Unit.WORKING_DAYS), shipped_calendar())

    with speaking(Language.CHINESE):
        source = str(explained.source)
    assert "国务院办公厅2025年放假安排、国务院办公厅2026年放假安排" in source


def test_what_the_notice_says_can_replace_the_sentence_about_the_length():
    basis = Text("Written in the notice.")

    explained = explain(SERVED_ON, FIFTEEN_WORKING_DAYS, shipped_calendar(), basis=basis)

    assert explained.sentences[1] == basis


def test_a_fixed_date_is_not_counted_and_a_day_off_is_pointed_out():
    explained = explain_fixed(date(2026, 10, 1), shipped_calendar())

    assert explained.due_on == date(2026, 10, 1)
    assert not explained.provisional
    assert len(explained.sentences) == 2
    assert [cell.count for week in explained.weeks for cell in week] == [None] * 7


def test_of_a_fixed_date_that_is_worked_nothing_more_is_said():
    explained = explain_fixed(date(2026, 10, 9), shipped_calendar())

    assert len(explained.sentences) == 1


@given(
    st.dates(date(2019, 1, 1), date(2030, 12, 31)),
    st.builds(Period, st.integers(1, 90), st.sampled_from(Unit)),
)
def test_every_explanation_is_whole_weeks_that_end_with_the_last_day(start, period):
    explained = explain(start, period, shipped_calendar())

    days = [cell.day for week in explained.weeks for cell in week]
    dues = [c.day for week in explained.weeks for c in week if c.kind is CellKind.DUE]
    assert days == [days[0] + timedelta(days=n) for n in range(len(days))]
    assert (days[0].weekday(), len(days) % 7) == (0, 0)
    assert dues == [explained.due_on]
    assert all(str(sentence) for sentence in [*explained.sentences, explained.source])
