"""Credit codes (GB 32100-2015) and licence numbers as institutions write them."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field

from stdnum.cn import uscc

from training_oversight.errors import BadInput
from training_oversight.texts import Text

USCC_LENGTH = 18
USCC_CHARACTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
# The third to eighth character are the registering county, always digits.
USCC_COUNTY = slice(2, 8)
# Written as it is printed; nearly all are.
USCC_AS_PRINTED = re.compile(f"[{USCC_CHARACTERS}]{{2}}[0-9]{{6}}[{USCC_CHARACTERS}]{{10}}")

LICENCE_LENGTHS = (13, 15)
LICENCE_WRAPPING = re.compile(r"^教民[证字第]*|号$")
TRAINING = "7"


@dataclass(frozen=True)
class LicenceNumber:
    """A licence number as it will be stored, and what is unusual about it."""

    number: str
    warnings: list[Text] = field(default_factory=list)


def check_uscc(text: str) -> str:
    """The credit code in its one spelling. Raises ``BadInput`` saying what is wrong with it."""
    code = text if USCC_AS_PRINTED.fullmatch(text) else _spelt_out(text)
    if uscc.calc_check_digit(code) != code[-1]:
        raise BadInput(
            Text(
                "The last character of credit code %(code)s does not fit the others: "
                "compare it with the licence, one character is wrong.",
                code=code,
            )
        )
    return code


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
    if not (number.isascii() and number.isdigit()) or len(number) not in LICENCE_LENGTHS:
        number = unicodedata.normalize("NFKC", text).strip()
        unusual = Text(
            "Licence number %(number)s is kept as written, but a school licence has 13 or 15 "
            "digits: compare it with the licence.",
            number=number,
        )
        return LicenceNumber(number, [unusual])
    return LicenceNumber(number, _doubts(number, county_code))


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
