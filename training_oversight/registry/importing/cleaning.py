"""A row of somebody's list as values of the register, or the reasons why it cannot be."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from training_oversight.errors import BadInput
from training_oversight.law.identifiers import check_uscc, clean_licence_number
from training_oversight.law.wording import Listing
from training_oversight.places.position import MOST_EASTERN, MOST_NORTHERN
from training_oversight.registry.importing.columns import BY_FIELD
from training_oversight.registry.importing.queries import Ground
from training_oversight.registry.importing.words import folded, named, named_stages
from training_oversight.registry.models import (
    LegalForm,
    LicenceType,
    Mode,
    Premises,
    Stage,
    Tenure,
)
from training_oversight.spreadsheets import (
    DestroyedNumber,
    Value,
    clean,
    clean_code,
    parse_date,
)
from training_oversight.spreadsheets.cells import SCIENTIFIC
from training_oversight.texts import LabelledEnum, Text

SEPARATORS = re.compile(r"[、,，;；/\n|]+")
COUNTED = re.compile(r"约?(\d{1,7})(?:\.0+)?[人名位]?")
MEASURED = re.compile(r"约?(\d{1,7})(?:\.\d+)?(?:平方米|平米|平|㎡|m2|m²)?")
PHONE = re.compile(r"[\d+\-() /、,，;；转]{7,60}")
DEGREES = re.compile(r"-?\d{1,3}(\.\d+)?°?")
NO_END = frozenset({"长期", "长期有效", "永久"})
LONGEST_NAME, LONGEST = 200, 500
# How a list names the row that adds up the others.
SUMS = frozenset({"合计", "总计", "小计", "共计", "累计"})


@dataclass
class Cleaned:
    """Field -> value as JSON keeps it, only for cells that say something."""

    values: dict[str, Any] = field(default_factory=dict)
    reasons: list[Text] = field(default_factory=list)
    warnings: list[Text] = field(default_factory=list)


def clean_row(cells: Mapping[str, Value], ground: Ground) -> Cleaned:
    """Every cell that can be used, and every reason why one cannot: all at once."""
    row = Cleaned()
    for name, cell in cells.items():
        try:
            value = CLEANERS[name](cell, ground, row)
        except BadInput as error:
            row.reasons.append(
                Text("%(column)s: %(reason)s", column=BY_FIELD[name].label, reason=error.text)
            )
        else:
            if value not in (None, "", []):
                row.values[name] = value
    _check_whole(row, cells)
    return row


def _check_whole(row: Cleaned, cells: Mapping[str, Value]) -> None:
    if "name" not in row.values and not (cells.get("name") and row.reasons):
        row.reasons.append(Text("The name is missing."))
    if ("latitude" in row.values) != ("longitude" in row.values) and not row.reasons:
        row.reasons.append(Text("Latitude and longitude belong together; one is missing."))


def _text(cell: Value, longest: int = LONGEST) -> str:
    text = " ".join(unicodedata.normalize("NFC", clean(cell)).split())
    if len(text) > longest:
        raise BadInput(
            Text(
                "at most %(limit)s characters, these are %(found)s.", limit=longest, found=len(text)
            )
        )
    return text


def _plain(cell: Value, _ground: Ground, _row: Cleaned) -> str:
    return _text(cell)


def _name(cell: Value, _ground: Ground, _row: Cleaned) -> str:
    name = _text(cell, LONGEST_NAME)
    if name.replace(" ", "").rstrip("：:") in SUMS:
        raise BadInput(Text("this row adds up others; it is no institution."))
    return name


def _coded(cell: Value, _ground: Ground, _row: Cleaned) -> str:
    return clean_code(cell)


def _aliases(cell: Value, _ground: Ground, _row: Cleaned) -> list[str]:
    names = (part.strip() for part in re.split(r"[、;；\n|]+", _text(cell)))
    return list(dict.fromkeys(name for name in names if name))


def _former_names(cell: Value, ground: Ground, row: Cleaned) -> list[dict[str, Any]]:
    """As the register keeps them; until when, a list does not say."""
    return [{"name": name, "until": None} for name in _aliases(cell, ground, row)]


def _kind(cell: Value, ground: Ground, _row: Cleaned) -> str | None:
    word = folded(_text(cell))
    if not word:
        return None
    code = ground.kinds.get(word) or ground.kinds.get(word.removesuffix("类"))
    if code is None:
        raise BadInput(
            Text(
                "“%(word)s” is no kind of institution; write one of: %(words)s.",
                word=_text(cell),
                words=Listing(ground.kind_names),
            )
        )
    return code


def _town(cell: Value, ground: Ground, _row: Cleaned) -> int | None:
    word = _text(cell)
    if not word:
        return None
    town = ground.towns.get(folded(word))
    if town is None:
        raise BadInput(
            Text(
                "“%(word)s” is no township of %(county)s; write one of: %(words)s.",
                word=word,
                county=ground.county.name,
                words=Listing(ground.town_names),
            )
        )
    if not ground.scope.covers(town.path):
        raise BadInput(Text("%(town)s is outside your jurisdiction.", town=town.name))
    return town.id


def _address(cell: Value, ground: Ground, _row: Cleaned) -> str:
    address = _text(cell)
    if ground.county.name not in address:
        for other in ground.other_counties:
            if other in address:
                raise BadInput(
                    Text(
                        "“%(address)s” lies in %(other)s, not in %(county)s.",
                        address=address,
                        other=other,
                        county=ground.county.name,
                    )
                )
    return address


def _as_typed(cell: Value) -> Value:
    """The cell; a rounded number that was saved as text is no better for it."""
    rounded = isinstance(cell, str) and SCIENTIFIC.fullmatch(cell)
    return DestroyedNumber(str(cell)) if rounded else cell


def _uscc(cell: Value, _ground: Ground, _row: Cleaned) -> str | None:
    code = clean_code(_as_typed(cell))
    return check_uscc(code) if code else None


def _licence_number(cell: Value, _ground: Ground, row: Cleaned) -> str | None:
    if not clean_code(_as_typed(cell)):
        return None
    found = clean_licence_number(clean(cell))
    row.warnings.extend(found.warnings)
    return found.number


def _until(cell: Value, _ground: Ground, _row: Cleaned) -> str | None:
    if clean(cell) in NO_END:
        return None
    day = parse_date(cell)
    return day.isoformat() if day else None


def _day(cell: Value, _ground: Ground, _row: Cleaned) -> str | None:
    day = parse_date(cell)
    return day.isoformat() if day else None


def _chosen(choices: type[LabelledEnum]) -> Callable[[Value, Ground, Cleaned], str | None]:
    def choose(cell: Value, _ground: Ground, _row: Cleaned) -> str | None:
        word = _text(cell)
        if not word:
            return None
        choice = named(choices, word)
        if choice is None:
            raise _not_one_of(word, choices)
        return choice.value

    return choose


def _not_one_of(word: str, choices: type[LabelledEnum]) -> BadInput:
    return BadInput(
        Text(
            "“%(word)s” is not one of: %(words)s.",
            word=word,
            words=Listing([choice.label for choice in choices]),
        )
    )


def _stages(cell: Value, _ground: Ground, _row: Cleaned) -> list[str]:
    found: list[Stage] = []
    for word in filter(None, (part.strip() for part in SEPARATORS.split(_text(cell)))):
        meant = named_stages(word)
        if not meant:
            raise _not_one_of(word, Stage)
        found.extend(meant)
    return [stage.value for stage in Stage if stage in found]


def _phone(cell: Value, _ground: Ground, row: Cleaned) -> str | None:
    number = unicodedata.normalize("NFKC", _text(cell))
    if not clean_code(number):
        return None
    if not PHONE.fullmatch(number):
        row.warnings.append(Text("The phone number does not look like one; it is kept as written."))
    return number


def _account(cell: Value, _ground: Ground, _row: Cleaned) -> str | None:
    return clean_code(_as_typed(cell)) or None


def _counted(pattern: re.Pattern[str]) -> Callable[[Value, Ground, Cleaned], int | None]:
    def count(cell: Value, _ground: Ground, _row: Cleaned) -> int | None:
        word = clean_code(cell)
        if not word:
            return None
        found = pattern.fullmatch(word)
        if found is None:
            raise BadInput(Text("“%(word)s” is not a whole number.", word=word))
        return int(found[1])

    return count


def _officer(cell: Value, ground: Ground, row: Cleaned) -> int | None:
    word = _text(cell)
    if not word:
        return None
    officer = ground.officers.get(folded(word))
    if officer is not None:
        return officer.id
    row.warnings.append(
        Text("Several officers are called %(name)s; write the user name.", name=word)
        if folded(word) in ground.officers
        else Text("No officer is called %(name)s; the officer in charge stays empty.", name=word)
    )
    return None


def _degrees(limit: int) -> Callable[[Value, Ground, Cleaned], float | None]:
    def read(cell: Value, _ground: Ground, _row: Cleaned) -> float | None:
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


CLEANERS: dict[str, Callable[[Value, Ground, Cleaned], Any]] = {
    "name": _name,
    "aliases": _aliases,
    "former_names": _former_names,
    "kind_code": _kind,
    "division_id": _town,
    "address": _address,
    "registered_address": _plain,
    "registered_with": _plain,
    "uscc": _uscc,
    "licence_number": _licence_number,
    "licence_type": _chosen(LicenceType),
    "licence_issuer": _plain,
    "licence_until": _until,
    "legal_form": _chosen(LegalForm),
    "stages": _stages,
    "mode": _chosen(Mode),
    "courses": _plain,
    "responsible_person": _plain,
    "legal_representative": _plain,
    "principal": _plain,
    "organiser": _plain,
    "phone": _phone,
    "pupils": _counted(COUNTED),
    "staff": _counted(COUNTED),
    "premises": _chosen(Premises),
    "tenure": _chosen(Tenure),
    "lease_until": _until,
    "fund_bank": _plain,
    "fund_account": _account,
    "platform_entered_on": _day,
    "area": _counted(MEASURED),
    "landlord": _plain,
    "platform_id": _coded,
    "officer_in_charge_id": _officer,
    "latitude": _degrees(MOST_NORTHERN),
    "longitude": _degrees(MOST_EASTERN),
    "note": _plain,
}
