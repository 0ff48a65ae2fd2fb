"""Where a text names a person who is known, as people write names; and who says what they are
called."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from training_oversight.names import naming
from training_oversight.vault.marking import Folded, Mark, MarkKind

CHARACTER = "\u3400-\u9fff"
TITLE = (
    rf"(?:{naming.TITLES.pattern}|同学|小姐|太太|大[哥姐爷妈]|[哥姐姨叔爷]|妈妈?|爸爸?|[爷奶]{{2}}"
    r"|家长|小朋友|某某?|[×○xX]{1,2})"
)
TITLED = re.compile(rf"{TITLE}$")
LONG_SURNAMES = (
    *("欧阳", "上官", "司马", "诸葛", "东方", "皇甫", "尉迟", "公孙", "慕容"),
    *("令狐", "司徒", "夏侯", "长孙", "宇文", "轩辕", "端木", "南宫", "呼延"),
)
# The commonest; with them most of the country is called.
SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余"
    "潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
)
# Ends the name that somebody has told: 我叫王芳在…
NO_NAME = "的在是说和与去从家有被要向把跟今昨现住也因就对给让以及又这那于"
INTRODUCED = re.compile(
    r"(?:我叫|本人叫?|姓名|名叫|名字叫?|联系人|投诉人|举报人|反映人|孩子叫|女儿叫?|儿子叫?|学生叫)"
    rf"[:是为]?\s?((?:{'|'.join(LONG_SURNAMES)}|[{SURNAMES}])"
    rf"(?:(?!{TITLE})[^{NO_NAME}\W\da-zA-Z_]){{1,2}})(?![\da-zA-Z_])"
)
LETTERS = re.compile(r"[A-Za-z]")


def marks(text: Folded, names: Iterable[str]) -> Iterator[Mark]:
    yield from text.found(INTRODUCED, MarkKind.NAME)
    for name in names:
        if pattern := _pattern(name):
            yield from text.found(pattern, MarkKind.NAME)


@lru_cache(maxsize=256)
def _pattern(name: str) -> re.Pattern[str] | None:
    """How people write this name: whole, stretched, in pinyin, without surname, with a title."""
    whole = "".join(Folded(name).plain.split())
    bare = TITLED.sub("", whole) or whole
    if not bare:
        return None
    if LETTERS.search(bare):
        return re.compile(rf"(?<![A-Za-z]){_stretched(bare)}(?![A-Za-z])", re.IGNORECASE)
    surname = bare[:2] if bare[:2] in LONG_SURNAMES else bare[:1]
    given = bare[len(surname) :]
    ways = [_stretched(bare)] if given else []
    # 丽华; one character alone is a word like any other.
    ways += [_stretched(given)] if len(given) > 1 else []
    ways += [rf"[小老阿]?{surname}{one}?{TITLE}" for one in {given[:1]}]
    ways += [rf"[小老阿]{surname}(?![{CHARACTER}])"]
    pinyin = naming.sort_key(bare)
    if given and pinyin.isalpha():
        ways.append(rf"(?<![A-Za-z]){_stretched(pinyin)}(?![A-Za-z])")
    return re.compile("|".join(ways), re.IGNORECASE)


def _stretched(word: str) -> str:
    return r"[\s·.\-]{0,2}".join(map(re.escape, word))
