"""Which column of a list is which field: by its name, by memory, by what stands in it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice

from training_oversight.intake.queries import Ground
from training_oversight.intake.readable import SKIPPED, Readable
from training_oversight.intake.similar_names import (
    NOT_OURS,
    PERSONS_OWN,
    SAYS_NOTHING,
    SIMILAR,
)
from training_oversight.intake.words import folded
from training_oversight.law.identifiers import looks_like_uscc
from training_oversight.law.personal_numbers import without_personal
from training_oversight.registry.columns import BY_FIELD, COLUMNS, STATE
from training_oversight.spreadsheets import Row, Table, Value
from training_oversight.spreadsheets.tables import letter
from training_oversight.texts import LabelledEnum, Text

# So many rows are looked at to guess what a column holds.
LOOKED_AT = 50
SAMPLES = 3
HIDDEN = "***"
# Of the cells that say something, so many must look like it.
MOST, ENOUGH_CELLS = 0.7, 2


class How(LabelledEnum):
    """How a column was recognised, the surest first."""

    REMEMBERED = "remembered", Text("as last time")
    KNOWN = "known", Text("by its name")
    ALIKE = "alike", Text("by a similar name: please check")
    VALUES = "values", Text("by what stands in it: please check")
    UNSURE = "unsure", Text("not certain, not read")
    DOUBLE = "double", Text("another column is read for this")
    BESIDE = "beside", Text("known, but nothing is asked of it")
    OURS = "ours", Text("running numbers and reasons are not read")
    NOT = "not", Text("not recognised, not read")


SURE = (How.REMEMBERED, How.KNOWN)


@dataclass(frozen=True)
class Guess:
    """A column of the file. ``field`` is empty for one that is not read."""

    place: int
    written: str
    samples: Sequence[str]
    field: str
    how: How
    # What it may be, of one that is not read because that is not certain.
    perhaps: str = ""

    @property
    def letter(self) -> str:
        return letter(self.place)

    @property
    def key(self) -> str:
        """What a sender's mapping is remembered by."""
        return self.written or f"[{self.letter}]"


INSTITUTIONS = Readable(COLUMNS, SKIPPED, SIMILAR)
Look = Callable[[Value, Ground], bool]
ADDRESS = re.compile(r"[\u4e00-\u9fff].*(?:路|街|巷|号|栋|幢|楼|村|组|层|室|小区|广场)")
# What is a telephone and nothing else: days, sums and accounts have seven or eight digits, too.
REACHED = re.compile(r"1[3-9]\d(?:[ -]?\d{4}){2}(?<!00000)|0\d{2,3}[- ]\d{7,8}")
LICENCE = re.compile(r"(?:教民)?\d{13}(?:\d{2})?号?")
CALLED = re.compile(
    r"(?:中心|学校|机构|公司|画室|琴行|工作室|俱乐部|托管|书院|学堂|培训部|培训班|托管班)(?:[(（].*[)）])?$"
)


def _is_uscc(cell: Value, _ground: Ground) -> bool:
    return looks_like_uscc(str(cell))


# In this order: what is most its own first.
LOOKS: Sequence[tuple[str, Look]] = (
    ("uscc", _is_uscc),
    ("licence_number", lambda cell, _: bool(LICENCE.fullmatch(folded(str(cell))))),
    ("phone", lambda cell, _: isinstance(cell, str) and bool(REACHED.fullmatch(cell))),
    ("division_id", lambda cell, ground: folded(str(cell)) in ground.towns),
    ("kind_code", lambda cell, ground: folded(str(cell)) in ground.kinds),
    ("name", lambda cell, _: bool(CALLED.search(str(cell)))),
    ("address", lambda cell, _: bool(ADDRESS.search(str(cell)))),
    ("licence_until", lambda cell, ground: isinstance(cell, date) and cell > ground.today),
)


def guesses(
    table: Table,
    remembered: Mapping[str, str],
    ground: Ground,
    among: Readable = INSTITUTIONS,
) -> list[Guess]:
    """What every column is taken for, by its name and by what stands in the first rows."""
    rows = list(islice(table.rows(), LOOKED_AT))
    places = range(len(table.header))
    found = [_by_name(table, rows, remembered, place, among) for place in places]
    found = _without_doubles(table, found, rows, ground, among)
    return _by_values(_one_address(table, found), rows, ground, among)


def _by_name(
    table: Table, rows: Sequence[Row], remembered: Mapping[str, str], place: int, among: Readable
) -> Guess:
    cells = (row.cells[place] for row in rows)
    samples = list(dict.fromkeys(sample(cell) for cell in cells if cell))[:SAMPLES]
    guess = Guess(place, table.written[place], samples, "", How.NOT)
    name = table.header[place]
    if (field := remembered.get(guess.key)) is not None and (not field or field in among.by_field):
        return replace(guess, field=field, how=How.REMEMBERED)
    if name in among.fields:
        return replace(guess, field=among.fields[name], how=How.KNOWN)
    if name in among.beside:
        return replace(guess, how=How.OURS if name in SKIPPED else How.BESIDE)
    spelt = folded(table.written[place])
    similar = next((field for field, pattern in among.similar if pattern.search(spelt)), "")
    speaks_of_it = similar == "uscc" or similar not in BY_FIELD or not NOT_OURS.search(spelt)
    if similar in among.by_field and speaks_of_it and not PERSONS_OWN.search(spelt):
        return replace(guess, field=similar, how=How.ALIKE)
    return guess


def sample(cell: Value) -> str:
    """As it stands; a person's number is not shown."""
    written = str(cell)
    return without_personal(written) or (HIDDEN if written else "")


def _without_doubles(
    table: Table, found: Sequence[Guess], rows: Sequence[Row], ground: Ground, among: Readable
) -> list[Guess]:
    """Of several columns for one field the most trusted is read."""
    best: dict[str, Guess] = {}
    for one in sorted(found, key=lambda one: _trust(table, one, rows, ground, among)):
        best.setdefault(one.field, one)
    return [
        replace(one, field="", how=How.DOUBLE) if one.field and best[one.field] is not one else one
        for one in found
    ]


def _one_address(table: Table, found: Sequence[Guess]) -> list[Guess]:
    """A list with one address means the place, whatever it is called (``columns.places``)."""
    fields = {one.field for one in found}
    ours = STATE.chinese in table.header or STATE.english in table.header
    if "registered_address" not in fields or "address" in fields or ours:
        return list(found)
    return [
        replace(one, field="address") if one.field == "registered_address" else one for one in found
    ]


def _trust(
    table: Table, guess: Guess, rows: Sequence[Row], ground: Ground, among: Readable
) -> tuple[bool, int, int, bool, int]:
    """The smaller the surer. What its sender does not see may be out of date."""
    column, name = among.by_field.get(guess.field), table.header[guess.place]
    if column is None:
        return True, len(How), 0, False, guess.place
    rank = column.spellings.index(name) if name in column.spellings else len(column.spellings)
    looks = dict(LOOKS).get(guess.field)
    # Of two that are called alike, the one in which such a thing stands: 教民 is no number.
    is_other = looks is not None and not _fits(guess.place, rows, looks, ground)
    is_hidden = guess.place in table.hidden and guess.how is not How.REMEMBERED
    return is_hidden, list(How).index(guess.how), rank, is_other, guess.place


def _by_values(
    found: Sequence[Guess], rows: Sequence[Row], ground: Ground, among: Readable
) -> list[Guess]:
    taken = {one.field for one in found}
    made = list(found)
    for field, looks in LOOKS:
        if field in taken or field not in among.by_field:
            continue
        fits = [one for one in made if _is_open(one) and _fits(one.place, rows, looks, ground)]
        if fits:
            made[fits[0].place] = replace(fits[0], field=field, how=How.VALUES)
    return made


def _is_open(guess: Guess) -> bool:
    """A name that says what a column is, though nobody here knows it, is believed: 成立日期."""
    return guess.how is How.NOT and bool(SAYS_NOTHING.fullmatch(folded(guess.written)))


def _fits(place: int, rows: Sequence[Row], looks: Look, ground: Ground) -> bool:
    cells = [row.cells[place] for row in rows if row.cells[place]]
    like = sum(looks(cell, ground) for cell in cells)
    return len(cells) >= ENOUGH_CELLS and like >= MOST * len(cells)
