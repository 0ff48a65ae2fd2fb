"""Codes in this file are invented; their check characters are right."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import uscc

from training_oversight.errors import BadInput
from training_oversight.law.identifiers import (
    USCC_CHARACTERS,
    check_uscc,
    clean_licence_number,
    make_uscc,
)

CODE = make_uscc("91500199MA5XY0000")


@pytest.mark.parametrize(
    "written",
    [
        CODE,
        CODE.lower(),
        f" {CODE[:9]} {CODE[9:]}\u3000",
        f"{CODE[:8]}-{CODE[8:]}",
        "".join(chr(ord(c) + 0xFEE0) for c in CODE),
    ],
)
def test_a_credit_code_is_recognised_however_it_is_typed(written):
    assert check_uscc(written) == CODE


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ("", "A credit code has 18 characters"),
        (CODE[:-1], "A credit code has 18 characters"),
        (CODE + "0", "A credit code has 18 characters"),
        (CODE[:12] + "O" + CODE[13:], "Character %(place)s"),
        (CODE[:12] + "中" + CODE[13:], "Character %(place)s"),
        ("91A00199MA5XY00001", "Characters 3 to 8"),
        (CODE[:-1] + ("0" if CODE[-1] != "0" else "1"), "The last character"),
    ],
)
def test_a_wrong_credit_code_is_refused_with_its_reason(wrong, why):
    with pytest.raises(BadInput) as refusal:
        check_uscc(wrong)

    assert refusal.value.text.message.startswith(why)


PREFIXES = st.builds(
    lambda kind, county, rest: kind + county + rest,
    st.sampled_from(["91", "92", "52"]),
    st.from_regex(r"[0-9]{6}", fullmatch=True).filter(str.isascii),
    st.text(USCC_CHARACTERS, min_size=9, max_size=9),
)


@given(PREFIXES)
def test_a_made_code_satisfies_the_check_and_the_library(prefix):
    code = make_uscc(prefix)

    assert check_uscc(code) == code
    assert uscc.is_valid(code)


@given(PREFIXES, st.integers(8, 17), st.sampled_from(USCC_CHARACTERS))
def test_one_mistyped_character_is_found(prefix, place, character):
    code = make_uscc(prefix)
    mistyped = code[:place] + character + code[place + 1 :]

    if mistyped == code:
        assert check_uscc(mistyped) == code
    else:
        with pytest.raises(BadInput):
            check_uscc(mistyped)


@pytest.mark.parametrize(
    "written",
    [
        "150019971234560",
        "教民150019971234560号",
        "教民证字第１５００１９９７１２３４５６０号",
        " 教民 150019971234560 号",
    ],
)
def test_a_licence_number_loses_its_wrapping(written):
    cleaned = clean_licence_number(written, county_code="500199")

    assert (cleaned.number, cleaned.warnings) == ("150019971234560", [])


def test_a_licence_number_of_the_old_form_is_usual():
    assert clean_licence_number("1500199712345").warnings == []


@pytest.mark.parametrize("written", ["12345", "渝体培〔2023〕12号", "15001997123456A"])
def test_an_unusual_licence_number_is_kept_as_written_with_a_warning(written):
    cleaned = clean_licence_number(written)

    assert (cleaned.number, len(cleaned.warnings)) == (written, 1)


def test_a_licence_of_another_county_and_kind_is_warned_about():
    cleaned = clean_licence_number("150019931234560", county_code="500100")

    assert len(cleaned.warnings) == 2


@pytest.mark.parametrize("length", [16, 18])
def test_a_credit_code_is_made_of_17_characters_and_no_others(length):
    with pytest.raises(BadInput, match=str(length)):
        make_uscc("91500199MA5XY00001"[:length])
