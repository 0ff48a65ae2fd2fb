from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training_oversight.errors import BadInput
from training_oversight.spreadsheets import (
    DestroyedNumber,
    ErrorCell,
    Uncomputed,
    clean,
    clean_code,
    parse_date,
)
from training_oversight.spreadsheets.cells import from_cell, from_text

SPACES = " \t\n\u00a0\u2003\u200b\u3000\ufeff"


def test_text_is_trimmed_but_not_folded():
    assert clean("\u3000 （甲）培训中心Ａ \xa0\ufeff") == "（甲）培训中心Ａ"
    assert clean(date(2021, 3, 5)) == "2021-03-05"


@pytest.mark.parametrize(
    "written",
    ["办理中", " 无 ", "/", "／", "—", "——", "-", "", "正在办理", "暂无", "N/A", "ｎｕｌｌ", "待定",
     "无（办理中）"],
)  # fmt: skip
def test_a_code_that_is_not_there_yet_is_empty(written):
    assert clean_code(written) == ""


def test_a_code_is_folded_to_half_width_without_spaces():
    assert clean_code("９１５０ 0199\u3000ＭＡ\u200b５") == "91500199MA5"


@given(st.text())
def test_a_clean_code_is_not_changed_by_cleaning_it_again(written):
    code = clean_code(written)

    assert clean_code(code) == code
    assert not set(SPACES) & set(code)


@given(st.text(alphabet="0123456789ABCDEFGHJKLMNPQRTUWXY", min_size=2), st.data())
def test_spaces_and_full_width_signs_do_not_change_a_code(code, data):
    wide = "".join(chr(ord(sign) + 0xFEE0) if data.draw(st.booleans()) else sign for sign in code)
    spaced = "".join(sign + data.draw(st.sampled_from(["", *SPACES])) for sign in wide)

    assert clean_code(spaced) == clean_code(code)


@pytest.mark.parametrize("use", [clean, clean_code, parse_date])
@pytest.mark.parametrize(
    ("cell", "why"),
    [
        (DestroyedNumber("9.15E+17"), "rounded the number 9.15E+17"),
        (ErrorCell("#N/A"), "shows the error #N/A"),
        (Uncomputed("="), "formula without its result"),
    ],
)
def test_what_cannot_be_used_is_refused_with_the_reason(use, cell, why, in_english):
    with pytest.raises(BadInput) as refusal:
        use(cell)

    assert why in str(refusal.value)


@pytest.mark.parametrize("make", [from_cell, from_text])
@pytest.mark.parametrize(
    "shown", ["#N/A", "#REF!", "#DIV/0!", "#VALUE!", "#NAME?", "#NULL!", "Err:502"]
)
def test_an_error_is_never_taken_for_a_text(make, shown):
    assert make(shown) == ErrorCell(shown)


@pytest.mark.parametrize(
    "text", ["#1楼", "#N/A吗", "Error", "E栋", "C++", "1+1", "+86 139", "E+17", "#"]
)
def test_a_text_that_resembles_an_error_or_a_number_is_a_text(text):
    assert from_cell(text) == from_text(text) == text


@pytest.mark.parametrize("make", [from_cell, from_text])
@pytest.mark.parametrize("shown", ["9.15E+17", "1.23457e+11", "-1E+15", "9.9E+307"])
def test_a_number_cut_to_an_exponent_is_destroyed(make, shown):
    assert make(shown) == DestroyedNumber(shown)


@pytest.mark.parametrize(
    ("number", "cell"),
    [
        (999_999_999_999_999.0, "999999999999999"), (-5.0, "-5"), (0.0, "0"), (1e-7, "0.0000001"),
        (0.1 + 0.2, "0.3"), (1e15, DestroyedNumber("1E+15")), (float("inf"), ErrorCell("#NUM!")),
        (float("nan"), ErrorCell("#NUM!")), (9.15e17, DestroyedNumber("9.15E+17")), (None, ""),
        (10**18 + 1, DestroyedNumber("1E+18")),
    ],
)  # fmt: skip
def test_a_number_is_written_as_a_person_would(number, cell):
    assert from_cell(number) == cell


@given(st.floats(allow_nan=False, allow_infinity=False, min_value=-1e14, max_value=1e14))
def test_a_number_keeps_what_excel_shows_of_it(number):
    assert float(from_cell(number)) == pytest.approx(number, rel=1e-14, abs=1e-20)
