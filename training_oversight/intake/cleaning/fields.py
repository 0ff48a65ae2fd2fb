"""How the cell of each column is read."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date

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
from training_oversight.law.identifiers import (
    check_uscc,
    clean_licence_number,
    former_number,
)
from training_oversight.names.spelling import (
    LONGEST_NAME,
    close,
    note,
    one_spelling,
    read_telephone,
)
from training_oversight.places.position import MOST_EASTERN
from training_oversight.registry.fields import EARLIEST, LARGEST, LATEST, LISTED, Field, Kind
from training_oversight.registry.fields.spelling import SPELT
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
# As the note says it, in the county's words.
FORMER = "原注册号（登记证号）：{number}"
# How a list names the row that adds up the others.
SUMS = frozenset({"合计", "总计", "小计", "共计", "累计"})


def _name(cell: Value, _ground: Ground, _said: Said) -> str:
    name = close(cell, LONGEST_NAME)
    if name.replace(" ", "").rstrip("：:") in SUMS:
        raise BadInput(Text("this row adds up others; it is no institution."))
    return name


def _note(field: Field) -> Cleaner:
    return lambda cell, _ground, _said: note(cell, field.longest)


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


def _uscc(cell: Value, _ground: Ground, said: Said) -> str | None:
    code = clean_code(cell)
    if not code:
        return None
    if not any(one.isdigit() for one in code):
        said.warnings.append(Text("“%(written)s” is no credit code; none is kept.", written=code))
        return None
    if number := former_number(code):
        said.warnings.append(
            Text(
                "%(number)s is the number of an older paper, not a credit code: it is kept in the "
                "note.",
                number=number,
            )
        )
        said.remarks.append(FORMER.format(number=number))
        return None
    return check_uscc(code)


def _licence_number(cell: Value, ground: Ground, said: Said) -> str | None:
    if not clean_code(cell):
        return None
    found = clean_licence_number(note(cell), county_code=ground.county_code)
    said.warnings.extend(found.warnings)
    return one_spelling(found.number) or None


def _day(cell: Value, _ground: Ground, said: Said) -> str | None:
    try:
        day = parse_date(cell)
    except NoDay:
        said.warnings.append(_no_day(cell))
        return None
    return _likely(day, cell, said)


def _last_day(field: Field) -> Cleaner:
    """The day on which something ends; a cell from … to … may say the first day, too."""

    def read(cell: Value, _ground: Ground, said: Said) -> str | None:
        try:
            term = parse_period(cell)
        except NoDay:
            said.warnings.append(_no_day(cell))
            return None
        if term is None:
            return None
        if field.begins and term.start and (start := _likely(term.start, cell, said)):
            said.more[field.begins] = start
        return _likely(term.end, cell, said)

    return read


def _likely(day: date | None, cell: Value, said: Said) -> str | None:
    if day is None or EARLIEST <= day <= LATEST:
        return day.isoformat() if day else None
    said.warnings.append(_too_early(cell) if day < EARLIEST else _too_late(cell))
    return None


def _too_early(cell: Value) -> Text:
    return Text(
        "“%(written)s” lies before %(year)s, when there were no private schools with papers; "
        "the date stays empty.",
        written=note(cell),
        year=EARLIEST.year,
    )


def _too_late(cell: Value) -> Text:
    return Text(
        "“%(written)s” lies after %(year)s, which is rather a slip in the year; the date stays "
        "empty.",
        written=note(cell),
        year=LATEST.year,
    )


def _no_day(cell: Value) -> Text:
    """A month alone is no reason to keep a whole institution off the register."""
    return Text("“%(written)s” names no day; the date stays empty.", written=note(cell))


def _phone(cell: Value, _ground: Ground, said: Said) -> str | None:
    number, doubt = read_telephone(cell)
    if doubt is not None:
        said.warnings.append(doubt)
    return number


def _counted(pattern: re.Pattern[str]) -> Cleaner:
    def count(cell: Value, _ground: Ground, said: Said) -> int | None:
        word = THOUSANDS.sub("", clean_code(cell))
        found = pattern.fullmatch(word)
        if found and int(found[1]) <= LARGEST:
            return int(found[1])
        if word:
            # 20-30人, 40余人: no number to guess, and nothing to keep an institution out for.
            said.warnings.append(_no_count(cell, is_number=found is not None))
        return None

    return count


def _no_count(cell: Value, *, is_number: bool) -> Text:
    if is_number:
        return Text(
            "“%(written)s” is more than %(limit)s; the field stays empty.",
            written=note(cell),
            limit=LARGEST,
        )
    return Text("“%(written)s” is no one number; the field stays empty.", written=note(cell))


def _degrees(cell: Value, _ground: Ground, _said: Said) -> float | None:
    """Whether it is a place is seen with the other number: the two may be exchanged."""
    word = clean_code(cell)
    if not word:
        return None
    if not DEGREES.fullmatch(word) or abs(float(word.removesuffix("°"))) > MOST_EASTERN:
        raise BadInput(
            Text(
                "“%(word)s” is not a number of degrees up to %(limit)s.",
                word=word,
                limit=MOST_EASTERN,
            )
        )
    return float(word.removesuffix("°"))


def _spelt(field: Field) -> Cleaner:
    """In the one spelling in which it would be typed."""
    spell, longest = SPELT[field.kind], field.longest
    return lambda cell, _ground, _said: spell(cell, longest)


def _chosen(field: Field) -> Cleaner:
    assert field.choices, f"{field.name} is a choice among nothing"
    return chosen(field.choices)


def _always(cleaner: Cleaner) -> Callable[[Field], Cleaner]:
    """The same for every field of a kind."""
    return lambda _field: cleaner


BY_KIND: Mapping[Kind, Callable[[Field], Cleaner]] = {
    Kind.NAME: _always(_name),
    Kind.ALIASES: _always(_aliases),
    Kind.FORMER_NAMES: _always(_former_names),
    Kind.INSTITUTION_KIND: _always(kind),
    Kind.TOWNSHIP: _always(township),
    Kind.OFFICER: _always(officer),
    Kind.CHOICE: _chosen,
    Kind.STAGES: _always(stages),
    Kind.TEXT: _spelt,
    Kind.NOTE: _note,
    Kind.PERSON: _spelt,
    Kind.BODY: _spelt,
    Kind.PLACE: _spelt,
    Kind.ADDRESS: _always(_address),
    Kind.CREDIT_CODE: _always(_uscc),
    Kind.LICENCE_NUMBER: _always(_licence_number),
    Kind.CODE: _spelt,
    Kind.PHONE: _always(_phone),
    Kind.ACCOUNT: _spelt,
    Kind.COUNT: _always(_counted(COUNTED)),
    Kind.AREA: _always(_counted(MEASURED)),
    Kind.DAY: _always(_day),
    Kind.LAST_DAY: _last_day,
    Kind.LATITUDE: _always(_degrees),
    Kind.LONGITUDE: _always(_degrees),
}
CLEANERS: Mapping[str, Cleaner] = {one.name: BY_KIND[one.kind](one) for one in LISTED}
# The same few words stand in most rows of these: each is read once.
REPEATED = frozenset(
    one.name
    for one in LISTED
    if one.kind
    in {
        *(Kind.INSTITUTION_KIND, Kind.TOWNSHIP, Kind.OFFICER, Kind.CHOICE, Kind.STAGES),
        *(Kind.BODY, Kind.COUNT, Kind.AREA, Kind.DAY, Kind.LAST_DAY),
    }
)
