"""Credit codes (GB 32100-2015) and licence numbers as institutions write them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field

from stdnum.cn import uscc

from training_oversight.errors import BadInput
from training_oversight.law.personal_numbers import is_personal
from training_oversight.texts import Text

USCC_LENGTH = 18
USCC_CHARACTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
# The third to eighth character are the registering county, always digits.
USCC_COUNTY = slice(2, 8)
# Written as it is printed; nearly all are.
USCC_AS_PRINTED = re.compile(f"[{USCC_CHARACTERS}]{{2}}[0-9]{{6}}[{USCC_CHARACTERS}]{{10}}")

# Who registers, and the classes that it registers: the first two characters (GB 32100-2015 with
# the offices that were added since).
REGISTERING: Mapping[str, str] = {
    "1": "1239",
    "2": "19",
    "3": "123459",
    "4": "19",
    "5": "1239",
    "6": "129",
    "7": "129",
    "8": "19",
    "9": "123",
    "A": "19",
    "N": "1239",
    "Y": "1",
}
# Numbers of the register of firms until 2015, 15 digits, and of papers: 民证字第…号.
FORMER_NUMBER = re.compile(r"\d{13}|\d{15}|.*[字第].*\d.*号?")

LICENCE_LENGTHS = (13, 15)
# A licence number with fewer digits does not tell one paper from another.
FEWEST_DIGITS = 5
LICENCE_WRAPPING = re.compile(r"^教民[证字第]*|号$")
TRAINING = "7"


@dataclass(frozen=True)
class LicenceNumber:
    """A licence number as it will be stored, and what is unusual about it.

    Empty where what was written is none.
    """

    number: str
    warnings: list[Text] = field(default_factory=list)


def check_uscc(text: str) -> str:
    """The credit code in its one spelling. Raises ``BadInput`` saying what is wrong with it.

    A person's number is refused without being repeated.
    """
    if is_personal(_plain(text)):
        raise BadInput(PERSONAL)
    code = text if USCC_AS_PRINTED.fullmatch(text) else _spelt_out(text)
    _check_registering(code)
    if uscc.calc_check_digit(code) != code[-1]:
        raise BadInput(
            Text(
                "The last character of credit code %(code)s does not fit the others: "
                "compare it with the licence, one character is wrong.",
                code=code,
            )
        )
    return code


PERSONAL = Text("a person's identity-card number stands here; it is not kept.")


def looks_like_uscc(text: str) -> bool:
    """Whether it has the shape of a credit code; its last character may be wrong."""
    code = _plain(text)
    shaped = len(code) == USCC_LENGTH and all(one in USCC_CHARACTERS for one in code)
    return shaped and is_registering(code) and not is_personal(code)


def is_registering(code: str) -> bool:
    """Whether it begins with an office that registers and a class of what it registers."""
    return code[1:2] in REGISTERING.get(code[:1], ()) if code[1:2] else False


def former_number(text: str) -> str:
    """The number of an older paper, where lists have one in the place of the credit code."""
    plain = _plain(text)
    return plain if FORMER_NUMBER.fullmatch(plain) and not is_personal(plain) else ""


def tells_apart(number: str | None) -> bool:
    """Whether a licence number can say which paper it is: 有, √ and 见附件1 cannot."""
    return sum(one.isdigit() for one in number or "") >= FEWEST_DIGITS


def _check_registering(code: str) -> None:
    if not is_registering(code):
        raise BadInput(
            Text(
                "A credit code begins with the office that registers and the class, 91 for a "
                "company or 52 for a private non-enterprise; this one begins with %(begins)s.",
                begins=code[:2],
            )
        )


def _spelt_out(text: str) -> str:
    code = _plain(text)
    if len(code) != USCC_LENGTH:
        raise BadInput(
            Text("A credit code has 18 characters; this one has %(count)s.", count=len(code))
        )
    _check_characters(code)
    return code


def make_uscc(prefix17: str) -> str:
    """The credit code that begins with these 17 characters."""
    prefix = _plain(prefix17)
    if len(prefix) != USCC_LENGTH - 1:
        raise BadInput(
            Text("17 characters make a credit code; these are %(count)s.", count=len(prefix))
        )
    _check_characters(prefix)
    return prefix + uscc.calc_check_digit(prefix)


def clean_licence_number(text: str, *, county_code: str | None = None) -> LicenceNumber:
    """The number without its wrapping (教民…号), with warnings instead of refusals.

    Types of licence differ by place, so an unusual number is kept as it is written.
    """
    number = LICENCE_WRAPPING.sub("", _plain(text))
    if is_personal(number):
        return LicenceNumber("", [PERSONAL])
    if not (number.isascii() and number.isdigit()) or len(number) not in LICENCE_LENGTHS:
        number = unicodedata.normalize("NFKC", text).strip()
        if not any(one.isdigit() for one in number):
            return LicenceNumber("", [_no_number(number)])
        unusual = Text(
            "Licence number %(number)s is kept as written, but a school licence has 13 or 15 "
            "digits: compare it with the licence.",
            number=number,
        )
        return LicenceNumber(number, [unusual])
    return LicenceNumber(number, _doubts(number, county_code))


def _no_number(written: str) -> Text:
    return Text("“%(written)s” is no licence number; none is kept.", written=written)


def _doubts(number: str, county_code: str | None) -> list[Text]:
    doubts = []
    if number[7] != TRAINING:
        doubts.append(
            Text(
                "The eighth digit of licence number %(number)s is usually 7 for training.",
                number=number,
            )
        )
    if county_code and number[1:7] != county_code:
        doubts.append(
            Text(
                "Licence number %(number)s does not carry this county's code %(county)s.",
                number=number,
                county=county_code,
            )
        )
    return doubts


def _plain(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).upper()
    return "".join(c for c in folded if not c.isspace() and c not in "-\u200b\ufeff")


def _check_characters(code: str) -> None:
    for place, character in enumerate(code, start=1):
        if character not in USCC_CHARACTERS:
            raise BadInput(
                Text(
                    "Character %(place)s, “%(character)s”, cannot occur in a credit code "
                    "(nor can I, O, S, V and Z).",
                    place=place,
                    character=character,
                )
            )
    if not code[USCC_COUNTY].isdigit():
        raise BadInput(
            Text("Characters 3 to 8 of a credit code are the county and must be digits.")
        )
