"""Cells whose words must be known here: kinds, townships, officers, fixed choices."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from training_oversight.errors import BadInput
from training_oversight.intake.cleaning.reading import Said
from training_oversight.intake.queries import Ground
from training_oversight.intake.words import folded, named, named_stages
from training_oversight.law.wording import Joined
from training_oversight.names.spelling import one_spelling, plain
from training_oversight.registry.models import Stage
from training_oversight.spreadsheets import Value, clean
from training_oversight.texts import LabelledEnum, Text

SEPARATORS = re.compile(r"[、,，;；/\n|+和及与]+")
# 非学科类（体育）, 非学科-体育, 体育（足球）, 体育类培训
NON_SUBJECT = re.compile(r"非学科类?(?:培训)?[-—_:：/]*")
IN_BRACKETS = re.compile(r"[(（\[【]([^()（）\[\]【】]*)[)）\]】]")
OF_A_KIND = re.compile(r"(?:类|培训|机构|学校|中心)+$")
OFFICE = re.compile(r"(?:办事处|人民政府|政府|街道办|街办|党工委|办)$")
SAYS_NO_KIND = frozenset({"非学科", "非学科类", "非学科类培训", "非学科培训"})


class UnknownWord(BadInput):
    """Nobody has said yet what the word means."""


def kind(cell: Value, ground: Ground, said: Said) -> str | None:
    word = plain(cell)
    if not word:
        return None
    forms = [folded(form) for form in _forms(word)]
    code = next((ground.kinds[form] for form in forms if form in ground.kinds), None)
    if code is None and forms[0] in SAYS_NO_KIND:
        said.warnings.append(
            Text("“%(word)s” does not say which kind it is; the kind stays empty.", word=word)
        )
    elif code is None:
        raise UnknownWord(
            Text(
                "“%(word)s” is no kind of institution; write one of: %(words)s.",
                word=word,
                words=Joined(ground.kind_names),
            )
        )
    return code


def _forms(word: str) -> list[str]:
    """The word, and what it may be without its wrapping."""
    bare = IN_BRACKETS.sub("", word)
    inside = IN_BRACKETS.findall(word)
    forms = [word, OF_A_KIND.sub("", word)]
    if NON_SUBJECT.match(word):
        rest = NON_SUBJECT.sub("", word, count=1)
        return forms + [
            part
            for one in (rest, IN_BRACKETS.sub("", rest), *inside)
            for part in (one, OF_A_KIND.sub("", one))
        ]
    return [*forms, bare, OF_A_KIND.sub("", bare)]


def township(cell: Value, ground: Ground, _said: Said) -> int | None:
    word = plain(cell)
    if not word:
        return None
    spelt = folded(word)
    town = ground.towns.get(spelt) or ground.towns.get(OFFICE.sub("", spelt))
    if town is None:
        # 文澜街道东门社区
        begun = (one for one in ground.town_words if spelt.startswith(one))
        town = ground.towns.get(max(begun, key=len, default=""))
    if town is None:
        raise UnknownWord(
            Text(
                "“%(word)s” is no township of %(county)s; write one of: %(words)s.",
                word=word,
                county=ground.county.name,
                words=Joined(ground.town_names),
            )
        )
    if not ground.scope.covers(town.path):
        raise BadInput(Text("%(town)s is outside your jurisdiction.", town=town.name))
    return town.id


def township_at(address: str, ground: Ground) -> int | None:
    """The township with whose whole name an address begins: 文澜街道东街1号."""
    spelt = folded(address).removeprefix(folded(ground.county.name))
    begun = [one for one in ground.town_words if spelt.startswith(one)]
    town = ground.towns[max(begun, key=len)] if begun else None
    return town.id if town is not None and ground.scope.covers(town.path) else None


def chosen(choices: type[LabelledEnum]) -> Callable[[Value, Ground, Said], str | None]:
    def choose(cell: Value, _ground: Ground, _said: Said) -> str | None:
        # A word for nothing may be one of the choices: 无证 is no company, and no gap either.
        word = one_spelling(clean(cell))
        choice = named(choices, word)
        if choice is None:
            word = plain(cell)
        if not word:
            return None
        if choice is None:
            raise _not_one_of(word, choices)
        return choice.value

    return choose


def _not_one_of(word: str, choices: type[LabelledEnum]) -> UnknownWord:
    return UnknownWord(
        Text(
            "“%(word)s” is not one of: %(words)s.",
            word=word,
            words=Joined([choice.label for choice in choices]),
        )
    )


def stages(cell: Value, _ground: Ground, _said: Said) -> list[str]:
    found: list[Stage] = []
    for word in filter(None, (part.strip() for part in SEPARATORS.split(plain(cell)))):
        meant = named_stages(word)
        if not meant:
            raise _not_one_of(word, Stage)
        found.extend(meant)
    return [stage.value for stage in Stage if stage in found]


def officer(cell: Value, ground: Ground, said: Said) -> int | None:
    word = plain(cell)
    if not word:
        return None
    found = ground.officers.get(folded(word))
    if found is not None:
        return found.id
    said.warnings.append(
        Text("Several officers are called %(name)s; write the user name.", name=word)
        if folded(word) in ground.officers
        else Text("No officer is called %(name)s; the officer in charge stays empty.", name=word)
    )
    return None


Cleaner = Callable[[Value, Ground, Said], Any]
