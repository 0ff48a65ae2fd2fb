"""Where an order lies, as a list says it: in a township of the county, or in another county."""

from __future__ import annotations

import re

from training_oversight.accounts.models import Division
from training_oversight.errors import BadInput
from training_oversight.intake.queries import Ground
from training_oversight.intake.words import folded
from training_oversight.texts import Text

# 邻江县, 云州市: the name of a county by its last character. What ends like one and is none: 社区.
A_COUNTY = re.compile(
    r"[\u4e00-\u9fff]{1,8}(?:县|旗|市|(?<![社小园校景新片辖街])(?<!开发)(?<!高新)区)"
)
# At the beginning of an address, behind province and prefecture.
ABOVE = r"(?:[^街路镇乡村号]{2,8}?(?:省|自治区))?(?:[^街路镇乡村号]{2,8}?(?:市|州|盟))?"
IN_AN_ADDRESS = re.compile(rf"{ABOVE}([^\W\d街路镇乡村道号巷]{{2,8}}?[县旗])")
SUFFIX = re.compile(r"[县市区旗]$")


def lies(area: str, address: str, ground: Ground) -> tuple[Division, bool]:
    """The division, and whether the area was understood.

    Raises ``BadInput`` for what names another county, or a township outside the officer's area.
    """
    said = folded(area)
    found = _inside(said, ground)
    if found is None and said:
        _refuse_other(said, A_COUNTY.fullmatch(said) is not None, area, ground)
    if found in (None, ground.county) and address:
        found = _of_address(address, ground, settled=found is not None) or found
    division = found or ground.division
    if not ground.scope.covers(division.path):
        raise BadInput(Text("%(town)s is outside your jurisdiction.", town=division.name))
    return division, not said or _inside(said, ground) is not None


def _inside(said: str, ground: Ground) -> Division | None:
    """The county or the township that the words name."""
    county = folded(ground.county.name)
    before, own, behind = said.partition(county)
    rest = behind if own else before
    if own and not rest:
        return ground.county
    if rest in (county, SUFFIX.sub("", county)):
        return ground.county
    found = ground.towns.get(rest)
    if found is None:
        begun = [one for one in ground.town_words if rest.startswith(one)]
        found = ground.towns[max(begun, key=len)] if begun else None
    return found or (ground.county if own else None)


def _of_address(address: str, ground: Ground, *, settled: bool) -> Division | None:
    said = folded(address)
    found = _inside(said, ground)
    if found is None and not settled:
        _refuse_other(said, IN_AN_ADDRESS.match(said) is not None, address, ground)
    return found


def _refuse_other(said: str, is_county: bool, written: str, ground: Ground) -> None:
    if is_county or any(said.startswith(folded(name)) for name in ground.other_counties):
        raise BadInput(
            Text(
                "“%(place)s” is not in %(county)s: return it to the centre.",
                place=written,
                county=ground.county.name,
            )
        )
