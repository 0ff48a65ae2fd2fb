"""How institutions are recognised, sorted and found by name."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from pypinyin import Style, lazy_pinyin

BRACKETS = re.compile(r"[()\[\]{}<>〔〕【】〖〗《》〈〉「」『』]")
SPACES = re.compile(r"[\s\u200b\ufeff]+")
NOT_SORTED = re.compile(r"[^a-z0-9]+")
# A character that has no pinyin sorts after all that have one, in the order of Unicode.
NO_PINYIN = "zz{:05x}"


def match_name(name: str) -> str:
    """What is left of a name when two lists spell it differently: "the same name" means this."""
    folded = unicodedata.normalize("NFKC", name).casefold()
    return SPACES.sub("", BRACKETS.sub("", folded))


def sort_key(name: str) -> str:
    """Pinyin in ASCII letters and digits only, which every database sorts alike."""
    syllables = lazy_pinyin(match_name(name), errors=_without_pinyin)
    return NOT_SORTED.sub("", "".join(syllables).lower())


def search_text(names: Iterable[str], others: Iterable[str | None]) -> str:
    """Everything that the search box looks in: names with pinyin and initials, then the rest."""
    parts: list[str] = []
    for name in names:
        spelt = match_name(name)
        initials = "".join(lazy_pinyin(spelt, style=Style.FIRST_LETTER))
        parts += [name, spelt, "".join(lazy_pinyin(spelt)), initials]
    parts += [other for other in others if other]
    return normalised("\n".join(dict.fromkeys(parts)))


def normalised(text: str) -> str:
    """One spelling for what is searched and what it is searched in."""
    return unicodedata.normalize("NFKC", text).upper().strip()


def _without_pinyin(characters: str) -> str:
    """Letters and digits as they are; a rare character as a code that sorts last."""
    return "".join(one if one.isascii() else NO_PINYIN.format(ord(one)) for one in characters)


# What says only that it is a firm or a school, not which one.
GENERIC = re.compile(
    "|".join(
        sorted(
            (
                "有限责任公司", "股份有限公司", "有限公司", "分公司", "公司", "民办非企业单位",
                "校外培训机构", "培训机构", "培训中心", "培训学校", "培训部", "培训班", "培训",
                "工作室", "服务中心", "教育咨询", "教育科技", "文化传播", "文化传媒", "文化艺术",
                "教育", "中心", "学校", "机构",
            ),
            key=len,
            reverse=True,
        )
    )
)  # fmt: skip
# A province, city or county in front, as registered names carry it and signs do not.
WHERE = re.compile(
    r"^(?:[^省市县区]{1,4}(?:省|自治区))?(?:[^省市县区]{1,4}市)?(?:[^省市县区]{1,4}[县区])?"
)
SHORTEST_CORE = 2


def core_name(name: str) -> str:
    """What tells a name apart from others: without the place in front and the kind of firm.

    Two names with the same core are likely one institution, and no more than likely. Empty
    if too little is left to tell anything apart.
    """
    plain = match_name(name)
    core = GENERIC.sub("", WHERE.sub("", plain, count=1))
    return core if len(core) >= SHORTEST_CORE else ""
