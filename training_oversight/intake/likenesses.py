"""What a row may be the same as, though no code or name says so for sure.

Records and rows meet under the signs that they bear, so a list is looked through in one pass.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from itertools import islice
from typing import Any

from training_oversight.intake.company import BEGINNING, numbers_in
from training_oversight.intake.known_queries import Known
from training_oversight.intake.matching import Candidate
from training_oversight.names.naming import core_name, match_name
from training_oversight.texts import Text

# What more bear than this tells nobody apart: an arcade, an agent's telephone.
MOST_ALIKE = 5
# Of one name, so many are looked at and so many shown.
MOST_LOOKED_AT, MOST_SHOWN = 20, 5


class Sign(IntEnum):
    """A likeness, by how much it says."""

    PERSON = 1
    NAMES_BEGIN_ALIKE = 2
    ADDRESS = 3
    PHONE = 4
    NAMES_ALIKE = 5
    OTHER_NAME = 6
    NAME = 7


WHY: Mapping[Sign, Text] = {
    Sign.NAME: Text("Same name"),
    Sign.OTHER_NAME: Text("Goes or went by this name"),
    Sign.NAMES_ALIKE: Text("Names alike"),
    Sign.NAMES_BEGIN_ALIKE: Text("Names begin alike"),
    Sign.PHONE: Text("Same telephone"),
    Sign.ADDRESS: Text("Same address"),
    Sign.PERSON: Text("Same responsible person and kind"),
}
# One of these alone names no institution: an agent answers for many, an owner has several. Such
# likenesses are told as warnings.
WEAK = frozenset({Sign.PHONE, Sign.PERSON})
# Signs under which the two meet: a name may be one's name and the other's former name.
_NAME, _CORE, _PHONE, _ADDRESS, _PERSON = "n", "c", "t", "a", "p"
MEANING = {
    _CORE: Sign.NAMES_ALIKE,
    _PHONE: Sign.PHONE,
    _ADDRESS: Sign.ADDRESS,
    _PERSON: Sign.PERSON,
}


@dataclass(frozen=True, slots=True)
class Above:
    """A row further up, small."""

    number: int
    match_name: str
    uscc: str | None
    other_names: Sequence[str] = ()


@dataclass
class _Likeness:
    bearer: Known | Above
    signs: set[Sign] = field(default_factory=set)

    @property
    def weight(self) -> tuple[int, int]:
        return sum(self.signs), -_key(self.bearer)

    @property
    def weak(self) -> bool:
        return len(self.signs) == 1 and self.signs <= WEAK


class Likenesses:
    """Records and rows by the signs that they bear."""

    def __init__(self, records: Iterable[Known]) -> None:
        # One alone stands for itself: of hundreds of thousands nearly all are.
        self.bearing: dict[str, Known | Above | list[Known | Above]] = {}
        for one in records:
            self._add(one, signs_of(one.name, one.match_name, one.other_names, _facts(one)))

    def remember(self, number: int, values: Mapping[str, Any]) -> None:
        """A row that may become a record, for the rows below it."""
        names = _other_names(values)
        above = Above(number, match_name(values["name"]), values.get("uscc"), names)
        self._add(above, signs_of(values["name"], above.match_name, names, values))

    def _add(self, one: Known | Above, signs: Iterable[str]) -> None:
        for sign in signs:
            before = self.bearing.setdefault(sign, one)
            if isinstance(before, list):
                before.append(one)
            elif before is not one:
                self.bearing[sign] = [before, one]

    def _bearers(self, sign: str) -> Sequence[Known | Above]:
        found = self.bearing.get(sign)
        if found is None:
            return ()
        return found if isinstance(found, list) else (found,)

    def candidates(self, values: Mapping[str, object]) -> tuple[list[Candidate], list[Text]]:
        """What the row may be the same as, the likeliest first; and what to tell of others."""
        likely = self._likely(values)
        found = [_candidate(one) for one in likely if not one.weak]
        told = [] if found else [_told(one) for one in likely if one.weak]
        return found[:MOST_SHOWN], told[:MOST_SHOWN]

    def _likely(self, values: Mapping[str, Any]) -> list[_Likeness]:
        own_name, names = match_name(values["name"]), _other_names(values)
        found: dict[tuple[bool, int], _Likeness] = {}
        for sign in signs_of(values["name"], own_name, names, values):
            bearers = self._bearers(sign)
            if len(bearers) > MOST_ALIKE and sign[0] not in (_NAME, _CORE):
                continue
            for bearer in islice(bearers, MOST_LOOKED_AT):
                if _two_codes(bearer.uscc, values.get("uscc")):
                    continue
                key = isinstance(bearer, Above), _key(bearer)
                likeness = found.setdefault(key, _Likeness(bearer))
                likeness.signs.add(_meaning(sign, bearer, own_name))
        for one in found.values():
            if one.weak and _beginning(own_name) == _beginning(one.bearer.match_name):
                one.signs.add(Sign.NAMES_BEGIN_ALIKE)
        return sorted(found.values(), key=lambda one: one.weight, reverse=True)


def signs_of(
    name: str, own_name: str, other_names: Iterable[str], facts: Mapping[str, Any]
) -> Iterator[str]:
    """Everything that two may meet under, each once."""
    yield _NAME + own_name
    for other in other_names:
        if other != own_name:
            yield _NAME + other
    if core := core_name(name):
        yield _CORE + core
    for number in dict.fromkeys(numbers_in(facts.get("phone") or "")):
        yield _PHONE + number
    address = match_name(facts.get("address") or "")
    # A street without a number is no place.
    if any(one.isdigit() for one in address):
        yield _ADDRESS + address
    person, kind = facts.get("responsible_person"), facts.get("kind_code")
    if person and kind:
        yield f"{_PERSON}{match_name(person)} {kind}"


def _facts(one: Known) -> Mapping[str, object]:
    return {
        "phone": one.phone,
        "address": one.address,
        "responsible_person": one.responsible_person,
        "kind_code": one.kind_code,
    }


def _other_names(values: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(match_name(name) for name in values.get("aliases", ()))


def _beginning(name: str) -> str:
    return (core_name(name) or name)[:BEGINNING]


def _two_codes(one: str | None, other: str | None) -> bool:
    """Two credit codes are two institutions, however alike the rest is."""
    return bool(one and other and one != other)


def _meaning(sign: str, bearer: Known | Above, own_name: str) -> Sign:
    if sign[0] != _NAME:
        return MEANING[sign[0]]
    return Sign.NAME if sign[1:] == own_name == bearer.match_name else Sign.OTHER_NAME


def _candidate(likeness: _Likeness) -> Candidate:
    signs = likeness.signs
    if Sign.NAME in signs or Sign.OTHER_NAME in signs:
        signs = signs - {Sign.NAMES_ALIKE}
    why = [WHY[sign] for sign in sorted(signs, reverse=True)]
    bearer = likeness.bearer
    if isinstance(bearer, Above):
        return Candidate(why, row=bearer.number)
    return Candidate(why, institution_id=bearer.id)


def _told(likeness: _Likeness) -> Text:
    """What a weak likeness is worth: a word to the officer."""
    bearer, by_phone = likeness.bearer, Sign.PHONE in likeness.signs
    if isinstance(bearer, Above):
        if by_phone:
            return Text("Same telephone as row %(number)s.", number=bearer.number)
        return Text("Same responsible person and kind as row %(number)s.", number=bearer.number)
    if by_phone:
        return Text("Same telephone as %(name)s on the register.", name=bearer.name)
    return Text("Same responsible person and kind as %(name)s on the register.", name=bearer.name)


def _key(bearer: Known | Above) -> int:
    return bearer.number if isinstance(bearer, Above) else bearer.id
