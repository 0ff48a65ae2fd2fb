"""How the cell of each column is read."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping

from training_oversight.errors import BadInput
from training_oversight.intake.cleaning.choices import (
    Cleaner,
    chosen,
    kind,
    officer,
    stages,
    township,
)
from training_oversight.intake.cleaning.reading import Said
from training_oversight.intake.queries import Ground
from training_oversight.law.identifiers import check_uscc, clean_licence_number
from training_oversight.names.spelling import (
    LONGEST_NAME,
    LONGEST_NOTE,
    close,
    one_spelling,
    plain,
    read_telephone,
)
from training_oversight.places.position import MOST_EASTERN, MOST_NORTHERN
from training_oversight.registry.models import LegalForm, LicenceType, Mode, Premises, Tenure
from training_oversight.spreadsheets import (
    NoDay,
    Value,
    clean,
    clean_code,
    parse_date,
    parse_period,
)
from training_oversight.texts import Text

COUNTED = re.compile(r"约?(\d{1,7})(?:\.0+)?[人名位]?")
MEASURED = re.compile(r"约?(\d{1,7})(?:\.\d+)?(?:平方米|平方|平米|平|㎡|m2|m²)?")
THOUSANDS = re.compile(r"(?<=\d)[,，](?=\d{3}(?:\D|$))")
# A millimetre: nearer positions are one, written with fewer digits.
DEGREES_APART = 1e-8
DEGREES = re.compile(r"-?\d{1,3}(\.\d+)?°?")
COUNTY_SIGN = re.compile("[县区市旗]")
LONGEST_COUNTY = 12
# How a list names the row that adds up the others.
SUMS = frozenset({"合计", "总计", "小计", "共计", "累计"})


def _plain(cell: Value, _ground: Ground, _said: Said) -> str:
    return plain(cell)


def _note(cell: Value, _ground: Ground, _said: Said) -> str:
    return plain(cell, LONGEST_NOTE)


def _close(cell: Value, _ground: Ground, _said: Said) -> str:
    return close(cell)


def _name(cell: Value, _ground: Ground, _said: Said) -> str:
    name = close(cell, LONGEST_NAME)
    if name.replace(" ", "").rstrip("：:") in SUMS:
        raise BadInput(Text("this row adds up others; it is no institution."))
    return name


def _code(cell: Value, _ground: Ground, _said: Said) -> str:
    return clean_code(cell)


def _aliases(cell: Value, _ground: Ground, _said: Said) -> list[str]:
    names = (close(part, LONGEST_NAME) for part in re.split(r"[、;；\n|]+", clean(cell)))
    return list(dict.fromkeys(name for name in names if name))


def _former_names(cell: Value, ground: Ground, said: Said) -> list[dict[str, object]]:
    """As the register keeps them; until when, a list does not say."""
    return [{"name": name, "until": None} for name in _aliases(cell, ground, said)]


def _address(cell: Value, ground: Ground, _said: Said) -> str:
    address = close(cell)
    if ground.county.name not in address and (other := _other_county(address, ground)):
        raise BadInput(
            Text(
                "“%(address)s” lies in %(other)s, not in %(county)s.",
                address=address,
                other=other,
                county=ground.county.name,
            )
        )
    return address


def _other_county(address: str, ground: Ground) -> str | None:
    return next((one for one in _divisions(address) if one in ground.other_counties), None)


def _divisions(address: str) -> Iterator[str]:
    """Everything in the address that may be the name of a county, the longest of each first."""
    for sign in COUNTY_SIGN.finditer(address):
        for start in range(max(0, sign.end() - LONGEST_COUNTY), sign.end() - 1):
            yield address[start : sign.end()]


def _uscc(cell: Value, _ground: Ground, _said: Said) -> str | None:
    code = clean_code(cell)
    return check_uscc(code) if code else None


def _licence_number(cell: Value, ground: Ground, said: Said) -> str | None:
    if not clean_code(cell):
        return None
    found = clean_licence_number(plain(cell), county_code=ground.county_code)
    said.warnings.extend(found.warnings)
    return one_spelling(found.number) or None


def _day(cell: Value, _ground: Ground, said: Said) -> str | None:
    try:
        day = parse_date(cell)
    except NoDay:
        said.warnings.append(_no_day(cell))
        return None
    return day.isoformat() if day else None


def _last_day(first: str = "") -> Cleaner:
    """The day on which something ends; a cell from … to … says the ``first`` day, too."""

    def read(cell: Value, _ground: Ground, said: Said) -> str | None:
        try:
            term = parse_period(cell)
        except NoDay:
            said.warnings.append(_no_day(cell))
            return None
        if term is None:
            return None
        if first and term.start:
            said.more[first] = term.start.isoformat()
        return term.end.isoformat() if term.end else None

    return read


def _no_day(cell: Value) -> Text:
    """A month alone is no reason to keep a whole institution off the register."""
    return Text("“%(written)s” names no day; the date stays empty.", written=plain(cell))


def _phone(cell: Value, _ground: Ground, said: Said) -> str | None:
    number, doubt = read_telephone(cell)
    if doubt is not None:
        said.warnings.append(doubt)
    return number


def _account(cell: Value, _ground: Ground, _said: Said) -> str | None:
    """The number of a bank account, in digits alone where it is nothing else."""
    text = plain(cell)
    digits = re.sub(r"[ -]", "", unicodedata.normalize("NFKC", text))
    return (digits if digits.isdigit() else text) or None


def _counted(pattern: re.Pattern[str]) -> Cleaner:
    def count(cell: Value, _ground: Ground, said: Said) -> int | None:
        word = THOUSANDS.sub("", clean_code(cell))
        found = pattern.fullmatch(word)
        if word and found is None:
            # 20-30人, 40余人: no number to guess, and nothing to keep an institution out for.
            said.warnings.append(
                Text("“%(written)s” is no one number; the field stays empty.", written=plain(cell))
            )
        return int(found[1]) if found else None

    return count


def _degrees(limit: int) -> Cleaner:
    def read(cell: Value, _ground: Ground, _said: Said) -> float | None:
        word = clean_code(cell)
        if not word:
            return None
        if not DEGREES.fullmatch(word) or abs(float(word.removesuffix("°"))) > limit:
            raise BadInput(
                Text(
                    "“%(word)s” is not a number of degrees up to %(limit)s.", word=word, limit=limit
                )
            )
        return float(word.removesuffix("°"))

    return read


CLEANERS: Mapping[str, Cleaner] = {
    "name": _name,
    "aliases": _aliases,
    "former_names": _former_names,
    "kind_code": kind,
    "division_id": township,
    "address": _address,
    "registered_address": _close,
    "registered_with": _close,
    "uscc": _uscc,
    "licence_number": _licence_number,
    "licence_type": chosen(LicenceType),
    "licence_issuer": _close,
    "licence_issued_on": _day,
    "licence_valid_from": _day,
    "licence_until": _last_day("licence_valid_from"),
    "exception_reason": _plain,
    "legal_form": chosen(LegalForm),
    "stages": stages,
    "mode": chosen(Mode),
    "courses": _plain,
    "responsible_person": _close,
    "legal_representative": _close,
    "principal": _close,
    "organiser": _close,
    "phone": _phone,
    "pupils": _counted(COUNTED),
    "staff": _counted(COUNTED),
    "premises": chosen(Premises),
    "tenure": chosen(Tenure),
    "lease_until": _last_day(),
    "fund_bank": _close,
    "fund_account": _account,
    "platform_entered_on": _day,
    "area": _counted(MEASURED),
    "landlord": _close,
    "platform_id": _code,
    "officer_in_charge_id": officer,
    "latitude": _degrees(MOST_NORTHERN),
    "longitude": _degrees(MOST_EASTERN),
    "note": _note,
}
# The same few words stand in most rows of these: each is read once.
REPEATED = frozenset(
    {
        "kind_code", "division_id", "licence_type", "licence_issuer", "licence_issued_on",
        "licence_valid_from", "licence_until", "legal_form", "stages", "mode", "premises",
        "tenure", "lease_until", "registered_with", "fund_bank", "platform_entered_on",
        "officer_in_charge_id", "pupils", "staff", "area",
    }
)  # fmt: skip
