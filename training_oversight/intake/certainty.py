"""Whether a column may be read as it was guessed where nobody looks at it first, as on a command
line: its name and everything in it must say the same."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import islice

from training_oversight.errors import BadInput
from training_oversight.intake.cleaning.fields import CLEANERS
from training_oversight.intake.cleaning.reading import Said
from training_oversight.intake.guessing import LOOKED_AT, LOOKS, SURE, Guess, How
from training_oversight.intake.queries import Ground
from training_oversight.intake.words import folded
from training_oversight.spreadsheets import Ditto, Row, Table, Value

ANY = re.compile("")
# Field -> what a similar name must say besides. What any sentence or person could stand under is
# never certain.
SAYS_IT: Mapping[str, re.Pattern[str]] = {
    "name": re.compile("名称?$|全称$"),
    "uscc": ANY,
    "licence_number": re.compile("号|编码"),
    "phone": re.compile("电话|手机"),
    "licence_valid_from": re.compile("有效|许可证|办学证"),
    "licence_until": re.compile("有效|许可证|办学证"),
    "licence_issued_on": re.compile("^(?:办学)?(?:许可证)?(?:发证|颁证|核发)(?:日期|时间)$"),
    "address": re.compile("地址|校址|地点"),
    "area": re.compile("(?:建筑|使用|办学|经营|场地|场所|教学点|校舍|总)面积"),
    **dict.fromkeys(("kind_code", "division_id", "stages", "mode", "legal_form"), ANY),
    **dict.fromkeys(("licence_type", "premises", "latitude", "longitude"), ANY),
}
POSITION = frozenset({"latitude", "longitude"})
# Fields that what stands in a column without a name proves alone.
PROVED = frozenset({"uscc", "division_id", "kind_code", "name", "address"})
LOOK = dict(LOOKS)
# What these look like says more than that they can be read: any text can.
BY_LOOK = frozenset({"name", "address", "licence_number", "uscc"})


def settled(table: Table, guesses: Sequence[Guess], ground: Ground) -> list[Guess]:
    """The guesses, those that are not certain for nothing."""
    rows = list(islice(table.rows(), LOOKED_AT))
    certain = {
        one.field
        for one in guesses
        if one.field and (one.how in SURE or _is_certain(one, rows, ground))
    }
    # Half a position is none: the rows would be returned for it.
    if not certain.issuperset(POSITION):
        certain -= {one.field for one in guesses if one.field in POSITION and one.how not in SURE}
    return [
        one
        if not one.field or one.field in certain
        else replace(one, field="", how=How.UNSURE, perhaps=one.field)
        for one in guesses
    ]


def _is_certain(guess: Guess, rows: Sequence[Row], ground: Ground) -> bool:
    field = guess.field
    if guess.how is How.VALUES:
        says_it = field in PROVED
    else:
        said = SAYS_IT.get(field)
        says_it = said is not None and bool(said.search(folded(guess.written)))
    cells = (row.cells[guess.place] for row in rows)
    return says_it and all(_fits(field, cell, ground) for cell in cells if cell)


def _fits(field: str, cell: Value, ground: Ground) -> bool:
    if isinstance(cell, Ditto):
        return True
    # A name after 名称 may be any.
    if field in BY_LOOK and field != "name":
        return LOOK[field](cell, ground)
    said = Said()
    try:
        CLEANERS[field](cell, ground, said)
    except BadInput:
        return False
    return not said.warnings
