from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training_oversight.errors import BadInput
from training_oversight.spreadsheets import DestroyedNumber, parse_date, parse_last_day

FULL_WIDTH = str.maketrans("0123456789.-/", "０１２３４５６７８９．－／")
CHINESE = "〇一二三四五六七八九"


@pytest.mark.parametrize(
    "written",
    [
        "2021-3-5", "2021-03-05", "2021.03.05", "2021.3.5", "2021/3/5", "2021年3月5日",
        "2021年03月05日", "2021 年 3 月 5 日", "20210305", 20210305, 20210305.0, "44260", 44260,
        44260.75, "44260.75", "２０２１年３月５日", "２０２１．３．５", "２０２１－３－５",
        "2021-03-05 00:00:00", "2021/3/5 9:30", "2021-03-05T09:30:00", " 2021-3-5\u3000",
        "2021年3月5号", "2021年3月5", "2021、3、5", "2021,3,5", "2021—3—5", "2021 3 5",
        "2021_03_05", "2021. 3. 5", "2021.3.5.", "2021\\3\\5", "2021年3月5日 星期五",
        "2021-03-05（周五）",
        "2021年3月5日9时30分", "至2021年3月5日", "截至2021.3.5", "2021年3月5日止",
        "二〇二一年三月五日", "二零二一年三月五日", "二○二一年三月五号", "2021-03-04T16:00:00.000Z",
        "2021-03-05T00:00:00+08:00", "5-Mar-2021", "Mar 5, 2021", "March 5 2021", "5 March 2021",
        "Fri Mar 05 2021 00:00:00 GMT+0800 (中国标准时间)",
        # A Chinese input method, another program's clock, a number that became a text.
        "2021。3。5", "2021｡3｡5", "2021·3·5", "2021・3・5", "2021•3•5", "2021。3。5。",
        "2021/3/5 上午 12:00:00", "2021/3/5 12:00:00 AM", "2021/3/5 下午 3:00",
        "2021-3-5 9:30 p.m.",
        "2021年3月5日上午9时", "2021年3月5日 9时整", "2021-03-05 00:00:00.0", "2021/3/5 ＡＭ 9:30",
        "2021-03-05 00:00:00 +0800 CST", "2021-03-05 00:00:00+08:00",
        "Fri Mar 05 00:00:00 CST 2021", "Fri Mar  5 00:00:00 GMT+08:00 2021",
        "Mar 5, 2021 12:00:00 AM", "20210305.0", "20210305 00:00:00", "20210305093000",
        date(2021, 3, 5), datetime(2021, 3, 5, 9, 30, tzinfo=UTC),
    ],
)  # fmt: skip
@pytest.mark.parametrize("parse", [parse_date, parse_last_day])
def test_a_day_is_understood_however_a_county_writes_it(parse, written):
    day = parse(written)

    assert day == date(2021, 3, 5)
    assert type(day) is date


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("二〇二四年十月三十一日", date(2024, 10, 31)),
        ("二〇二四年十二月廿三日", date(2024, 12, 23)),
        ("二〇一九年一月十日", date(2019, 1, 10)),
        ("二〇二四年一〇月二一日", date(2024, 10, 21)),
        ("二〇二四年零五月二十日", date(2024, 5, 20)),
        ("2024-02-29", date(2024, 2, 29)),
    ],
)
def test_chinese_numerals_are_counted(written, day):
    assert parse_date(written) == day


@pytest.mark.parametrize(
    "written", [None, "", "  ", "\u3000", "无", "/", "—", "办理中", "／", "N/A"]
)
def test_no_day_is_no_day(written):
    assert parse_date(written) is None
    assert parse_last_day(written) is None


NO_DATE, NO_DAY, YEAR = "is not a date", "names no day", "is only a year"
UNCLEAR, NEVER, OUTSIDE = "leaves open", "does not exist", "1900 to 2199"


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("2021-2-30", NEVER), ("20211305", NEVER), ("2021年13月5日", NEVER), ("2023.2.29", NEVER),
        ("二〇二一年二月三十日", NEVER), ("2021-00-01", NEVER),
        ("2021年3月", NO_DAY), ("2021.3", NO_DAY), ("2021-03", NO_DAY), ("202103", NO_DAY),
        ("2021年3月份", NO_DAY), ("二〇二一年三月", NO_DAY), ("2021.10", NO_DAY),
        ("2021", YEAR), ("2021年", YEAR),
        ("210305", UNCLEAR), ("200901", UNCLEAR), ("200112", UNCLEAR), ("211305", UNCLEAR),
        ("100305", UNCLEAR), ("2021。3", NO_DAY), ("199912", NO_DAY), ("20210305250000", NO_DATE),
        ("21.3.5", UNCLEAR), ("3/5/2021", UNCLEAR), ("21年3月5日", UNCLEAR), ("05-03-21", UNCLEAR),
        ("三月五日", NO_DATE), ("5", NO_DATE), ("999999", NO_DATE), ("长期", NO_DATE),
        ("61", NO_DATE), ("2021-3-5至2024-3-4", NO_DATE), ("2021-3-5 2024-3-4", NO_DATE),
        ("Foo 5, 2021", NO_DATE),
        ("０", NO_DATE), ("-44260", NO_DATE), ("2021-3-5-", NO_DATE), ("20210305001", NO_DATE),
        ("0001-01-01", OUTSIDE), ("1899-12-31", OUTSIDE), ("2200-01-01", OUTSIDE),
    ],
)  # fmt: skip
def test_what_is_no_date_is_refused_quoted_and_explained(written, why, in_english):
    with pytest.raises(BadInput) as refusal:
        parse_date(written)

    assert why in str(refusal.value)
    assert f"“{written}”".replace("０", "0") in str(refusal.value)


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2021年3月", date(2021, 3, 31)), ("2024.2", date(2024, 2, 29)),
        ("202302", date(2023, 2, 28)), ("2021-12", date(2021, 12, 31)),
        ("至2026年6月底", date(2026, 6, 30)),
        ("二〇二六年六月", date(2026, 6, 30)), ("2021.10", date(2021, 10, 31)),
    ],
)  # fmt: skip
def test_what_ends_in_a_month_ends_on_its_last_day(written, day):
    assert parse_last_day(written) == day


@pytest.mark.parametrize(
    "written",
    ["2021.1", 2021.1, "2021", "2021年13月", "21.3.5", "202113", "210305", "200901", 210305],
)
def test_an_end_that_could_be_another_is_refused(written):
    with pytest.raises(BadInput):
        parse_last_day(written)


def test_a_number_that_excel_has_rounded_is_no_date():
    with pytest.raises(BadInput) as refusal:
        parse_date(DestroyedNumber("9.15E+17"))

    assert refusal.value.text.values == {"shown": "9.15E+17"}


def test_a_whole_letter_in_the_cell_is_cut_when_it_is_quoted():
    with pytest.raises(BadInput) as refusal:
        parse_date("长" * 30_000)

    assert len(str(refusal.value)) < 100


def in_chinese(number):
    tens, ones = divmod(number, 10)
    return (
        f"{CHINESE[tens] if tens > 1 else ''}{'十' if tens else ''}{CHINESE[ones] if ones else ''}"
    )


@given(st.dates(date(1927, 5, 18), date(2199, 12, 31)))
def test_every_form_of_a_day_means_the_same_day(day):
    # With six digits a number is a day of no list: the last one of five is in 2173.
    serial = min((day - date(1899, 12, 30)) // timedelta(days=1), 99_999)
    plain = (day.year, day.month, day.day)

    forms = [
        *(mark.join(map(str, plain)) for mark in "-./、,_"),
        *(f"{day:%Y}{mark}{day:%m}{mark}{day:%d}" for mark in "-./—"),
        f"{day:%Y%m%d}", f"{day:%Y-%m-%d} 00:00:00", f"{day:%Y/%m/%d} 23:59",
        "{}年{}月{}日".format(*plain), "{} 年 {} 月 {} 号".format(*plain),
        f"{day:%d-%b-%Y}", f"{day:%B} {day.day}, {day.year}",
        "".join(CHINESE[int(sign)] for sign in str(day.year))
        + f"年{in_chinese(day.month)}月{in_chinese(day.day)}日",
        day, day.isoformat(),
    ]  # fmt: skip
    if serial < 99_999:
        forms += [serial, float(serial), serial + 0.5, str(serial)]

    assert {parse_date(form) for form in forms} == {day}
    assert {parse_date(str(form).translate(FULL_WIDTH)) for form in forms} == {day}


@given(st.text())
def test_any_text_is_a_day_or_none_or_refused(written):
    try:
        day = parse_date(written)
    except BadInput:
        return

    assert day is None or date(1900, 1, 1) <= day <= date(2199, 12, 31)
