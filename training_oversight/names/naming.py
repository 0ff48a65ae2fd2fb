"""How institutions are recognised, sorted and found by name."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from pypinyin import Style, lazy_pinyin, pinyin
from pypinyin.constants import PHRASES_DICT
from pypinyin.seg.simpleseg import seg

BRACKETS = re.compile(r"[()\[\]{}<>〔〕【】〖〗《》〈〉「」『』]")
# What one list writes and the next leaves out: “小鹿”美育, 点·点绘本馆, 星屿-书院, 霁月托管班。
# Between digits it tells numbers apart: 1-2号.
_MARK = r"[“”‘’\"'`´′″·•‧∙・。.,、;:!~〜\-‐‒–—―−]"
MARKS = re.compile(rf"(?<![0-9]){_MARK}|{_MARK}(?![0-9])")
SPACES = re.compile(r"[\s\u200b\ufeff]+")
NOT_SORTED = re.compile(r"[^a-z0-9]+")
# What nobody sees: it must neither hide a name nor end up in the layout of the search text.
INVISIBLE = re.compile(
    r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u200b-\u200f\u202a-\u202e\ufeff]"
)
# A character that has no pinyin sorts after all that have one, in the order of Unicode.
NO_PINYIN = "zz{:05x}"
# What begins each line of the search text, and what ends the names in it. Words that people
# type hold no such character, so one LIKE tells where in the text a word stands.
NAME, OTHER_NAME, END_OF_NAMES, ANYTHING = "\n", "\t", "\f", "\n"
# Surnames whose reading as a name is not the usual one. In front every reading counts.
SURNAMES = {
    "仇": "qiu", "单": "shan", "曾": "zeng", "解": "xie", "查": "zha", "盖": "ge", "翟": "zhai",
    "冼": "xian", "区": "ou", "尉": "yu", "朴": "piao", "任": "ren", "乐": "yue", "缪": "miao",
    "员": "yun", "种": "chong", "繁": "po", "召": "shao", "折": "she", "黑": "he", "祭": "zhai",
}  # fmt: skip
# Those of them that are hardly anything but a surname.
MOSTLY_SURNAMES = frozenset("翟冼缪仇曾朴")
# What people call a place by: 解老师美术, 单氏书法. 家 and the like follow other words, too: 乐家.
TITLES = re.compile(r"老师|氏|师傅|教练|校长|园长|院长|先生|女士|阿姨")
TITLED = re.compile(rf"{TITLES.pattern}|[家记门府叔姐哥妈爷]")
NO_HOUSES = frozenset("乐黑种员召折祭盖繁")
# A shop is a hang: 琴行, 乐器行, 书画行. Otherwise 行 is xing: 知行, 同行.
SHOP, SHOPS = "行", frozenset("琴器画商车茶花鱼米药钱粮货布典拍乐笔纸")
NUMBER = re.compile(r"[0-9](?:[-0-9() ]*[0-9])?")


@lru_cache(maxsize=8192)
def match_name(name: str) -> str:
    """What is left of a name when two lists spell it differently: "the same name" means this."""
    folded = unicodedata.normalize("NFKC", name).casefold()
    bare = SPACES.sub("", BRACKETS.sub("", folded))
    # A name of nothing but marks is all that there is.
    return MARKS.sub("", bare) or bare


def sort_key(name: str) -> str:
    """Pinyin in ASCII letters and digits only, which every database sorts alike."""
    spelt = [one if read else _without_pinyin(one) for one, read in _syllables(match_name(name))]
    return NOT_SORTED.sub("", "".join(spelt).lower())


def search_text(
    name: str, other_names: Iterable[str] = (), others: Iterable[str | None] = ()
) -> str:
    """Everything that the search box looks in, line by line.

    First the name and its pinyin and initials, then the other names and what surnames may
    be read like, then, after ``END_OF_NAMES``, addresses and numbers.
    """
    numbers = dict.fromkeys(normalised(other) for other in others if other)
    names = _names(name, tuple(other_names))
    return "".join([names, END_OF_NAMES, *(ANYTHING + line for line in numbers if line)])


def search_phone(phone: str | None) -> str:
    """The digits of the telephone numbers: looked in only for who may see personal data."""
    numbers = NUMBER.findall(normalised(phone or ""))
    return "".join(ANYTHING + re.sub(r"[^0-9]", "", number) for number in numbers)


def normalised(text: str) -> str:
    """One spelling for what is searched and what it is searched in."""
    folded = unicodedata.normalize("NFKC", INVISIBLE.sub("", text)).upper()
    return SPACES.sub(" ", unicodedata.normalize("NFKC", folded)).strip()


def first_readings(word: str) -> list[str] | None:
    """What the sort key of a name that begins with ``word`` can begin with; unknown: nothing."""
    first = match_name(word)[:1]
    if not first or first != normalised(word)[:1].casefold():
        return None
    if first.isascii():
        return [first] if first.isalnum() else None
    known = [sort_key(first), *_readings(first), SURNAMES.get(first, "")]
    # The one word in which a character is read as nowhere else: 乐亭, a county.
    known += ["lao"] if first == "乐" else []
    return [reading for reading in dict.fromkeys(known) if reading] or None


def _spellings(name: str) -> list[str]:
    """As written, without brackets and spaces, in pinyin, by initials."""
    plain = match_name(INVISIBLE.sub("", name))
    syllables = _syllables(plain)
    whole = "".join(one for one, _ in syllables)
    initials = "".join(one[:1] if read else one for one, read in syllables)
    return [normalised(name), *_upper([plain, whole, initials])]


def _other_readings(name: str) -> Iterator[str]:
    """Pinyin and initials with a character read otherwise: the first, and surnames anywhere.

    Which reading is meant only who knows the place can tell (仇 is chou or qiu). Where the
    dictionary knows the word that begins the name (重庆), there is no doubt about the first.
    """
    plain = match_name(INVISIBLE.sub("", name))
    doubtful = {} if _begins_with_a_word(plain) else {0: _readings(plain[:1])}
    for place, character in enumerate(plain):
        if character in SURNAMES:
            usual = _syllables_of(character)[0][0]
            doubtful[place] = [*doubtful.get(place, ()), SURNAMES[character], usual]
        elif character == SHOP:
            doubtful[place] = [*doubtful.get(place, ()), "hang", "xing"]
    if not any(doubtful.values()):
        return
    # One for each character, letters and digits too.
    syllables = [
        syllable for one, read in _syllables(plain) for syllable in ([one] if read else one)
    ]
    for place, readings in doubtful.items():
        for reading in dict.fromkeys(readings):
            if reading != syllables[place]:
                other = [*syllables[:place], reading, *syllables[place + 1 :]]
                yield from _upper(["".join(other), "".join(one[:1] for one in other)])


@lru_cache(maxsize=1024)
def _names(name: str, other_names: tuple[str, ...]) -> str:
    """The lines of the names. They are asked for again with every paper that is entered."""
    first = _spellings(name)
    rest = list(_other_readings(name))
    for other in other_names:
        rest += [*_spellings(other), *_other_readings(other)]
    names = [NAME + line for line in dict.fromkeys(first) if line]
    names += [OTHER_NAME + line for line in dict.fromkeys(rest) if line and line not in first]
    return "".join(names)


@lru_cache(maxsize=4096)
def _syllables(plain: str) -> tuple[tuple[str, bool], ...]:
    """The pinyin of each character, or as it stands what has none; and which of the two it is.

    The dictionary works word by word, and the words of names come back over and over. Surnames
    and the words of the trade come before it.
    """
    found: list[tuple[str, bool]] = []
    place = 0
    for word in seg(plain):
        for syllable, read in _syllables_of(word):
            meant = _meant(plain, place, alone=len(word) == 1) if read else ""
            found.append((meant or syllable, read))
            place += 1 if read else len(syllable)
    return tuple(found)


def _meant(plain: str, place: int, *, alone: bool) -> str:
    """How a character is read where a surname or a shop is meant; nothing where none is."""
    character = plain[place]
    if character == SHOP and plain[place - 1 : place] in SHOPS:
        return "hang"
    if character not in SURNAMES:
        return ""
    follows = TITLES if character in NO_HOUSES else TITLED
    named = (alone and character in MOSTLY_SURNAMES) or follows.match(plain, place + 1)
    return SURNAMES[character] if named else ""


@lru_cache(maxsize=32768)
def _syllables_of(word: str) -> tuple[tuple[str, bool], ...]:
    unread = "\0"
    found = lazy_pinyin(word, errors=lambda characters: unread + characters)
    return tuple((one.removeprefix(unread), not one.startswith(unread)) for one in found)


def _begins_with_a_word(plain: str) -> bool:
    return any(plain[:length] in PHRASES_DICT for length in (2, 3, 4) if length <= len(plain))


@lru_cache(maxsize=8192)
def _readings(character: str) -> Sequence[str]:
    """Every reading that the dictionary knows of a character, without tones."""
    found = pinyin(character, style=Style.NORMAL, heteronym=True, errors="ignore")
    return tuple(one for one in (found[0] if found else []) if one.isascii())


def _upper(lines: Iterable[str]) -> list[str]:
    return [unicodedata.normalize("NFKC", line.upper()) for line in lines]


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
