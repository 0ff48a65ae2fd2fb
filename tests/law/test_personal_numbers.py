"""Numbers of persons are told apart from those of firms. Those here are of no real region."""

from __future__ import annotations

import pytest
from stdnum.cn import uscc
from stdnum.iso7064 import mod_11_2

from training_oversight.errors import BadInput
from training_oversight.law.identifiers import (
    check_uscc,
    clean_licence_number,
    former_number,
    looks_like_uscc,
    make_uscc,
    tells_apart,
)
from training_oversight.law.personal_numbers import (
    hides_personal,
    is_personal,
    without_personal,
)

# Its last character happens to fit a credit code.
FITTING = "990101198709080026"
# A company whose number has a day where a person's has the day of birth.
DATED = make_uscc("91310120051204341")


@pytest.mark.parametrize("number", [FITTING, "990101198709080034", "52010120150101123X"])
def test_eighteen_digits_with_a_day_of_birth_are_a_persons(number):
    assert is_personal(number)
    with pytest.raises(BadInput) as refusal:
        check_uscc(number)
    assert number not in str(refusal.value.text)
    assert not looks_like_uscc(number)


def test_the_card_of_a_foreigner_that_begins_like_a_company_is_a_persons():
    prefix = "91112419810803002"

    assert is_personal(prefix + mod_11_2.calc_check_digit(prefix))


def test_a_company_whose_number_has_a_day_in_it_is_a_company():
    assert uscc.is_valid(DATED)
    assert check_uscc(DATED) == DATED


@pytest.mark.parametrize("number", ["990101198713080026", "199010179900007", "91990101MA7K3XTQ73"])
def test_other_numbers_are_nobodys(number):
    assert not is_personal(number)


@pytest.mark.parametrize(
    "text",
    [
        f"王某 {FITTING}",
        f"王某{FITTING}。",
        "王某９９０１０１１９８７０９０８００２６",
        "王某 990101 19870908 0026",
    ],
)
def test_a_text_loses_the_number_and_keeps_the_rest(text):
    left = without_personal(text)

    assert left.startswith("王某")
    assert not any(one.isdigit() for one in left)


def test_a_text_without_one_stays_as_it_is():
    assert (
        without_personal("联系电话：０９９０－1234567，12号") == "联系电话：０９９０－1234567，12号"
    )


def test_a_number_that_a_spreadsheet_rounded_still_tells_the_birth():
    assert hides_personal("9.90101198709080E+17")
    assert not hides_personal("9.19901011111110E+17")


@pytest.mark.parametrize("begins", ["99", "10", "54", "A2", "00"])
def test_a_credit_code_begins_with_an_office_and_a_class(begins):
    with pytest.raises(BadInput) as refusal:
        check_uscc(make_uscc(f"{begins}990101MA0000001"[:17]))

    assert refusal.value.text.values == {"begins": begins}


@pytest.mark.parametrize(
    "begins", ["11", "13", "31", "52", "53", "81", "91", "92", "93", "N2", "Y1"]
)
def test_every_office_that_registers_is_known(begins):
    code = make_uscc(f"{begins}990101MA0000001"[:17])

    assert check_uscc(code) == code


@pytest.mark.parametrize("written", ["有", "√", "见附件", "教民", "同意", "教民证字第号", "（有）"])
def test_a_value_without_a_digit_is_no_licence_number(written):
    cleaned = clean_licence_number(written)

    assert (cleaned.number, len(cleaned.warnings)) == ("", 1)


def test_a_persons_number_is_no_licence_number_and_is_not_repeated():
    cleaned = clean_licence_number(FITTING)

    assert cleaned.number == ""
    assert FITTING not in str(cleaned.warnings)


@pytest.mark.parametrize("number", ["有", "有证1", "2023年", "", None])
def test_too_few_digits_tell_no_paper_from_another(number):
    assert not tells_apart(number)
    assert tells_apart("渝体培〔2023〕12号")


@pytest.mark.parametrize("written", ["990101600012345", "民证字第990101号", "9901016000123"])
def test_the_number_of_an_older_paper_is_known_as_such(written):
    assert former_number(written) == written
    assert former_number(DATED) == former_number("12345") == ""
