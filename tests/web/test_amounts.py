"""Amounts as people write them, in whole fen."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training_oversight import amounts
from training_oversight.errors import BadInput

READ = {
    "3640": 364_000,
    "3,640": 364_000,
    "3640.5": 364_050,
    "３６４０．５０元": 364_050,
    "¥3,640.50": 364_050,
    "1.2万": 1_200_000,
    "0": 0,
    " 12 000 元整": 1_200_000,
    "10000000": 1_000_000_000,
}
REFUSED = ["", "-5", "−5", "三千", "12.345", "3,64", "1e3", "10000001", "13800002046"]


@pytest.mark.parametrize(("written", "fen"), READ.items())
def test_an_amount_is_read_however_it_is_written(written, fen):
    assert amounts.typed_fen(written) == fen


@pytest.mark.parametrize("written", REFUSED)
def test_what_is_no_amount_is_refused(written):
    with pytest.raises(BadInput):
        amounts.typed_fen(written)


@given(st.integers(0, amounts.MOST))
def test_what_is_shown_in_a_form_is_read_back_to_the_fen(fen):
    assert amounts.typed_fen(amounts.plain(fen)) == fen
    assert amounts.yuan(fen) * 100 == fen
