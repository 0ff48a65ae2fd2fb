"""Whether a password is among the first that anybody would try.

What is no secret counts for one character, however long it is: a word that many take, a name of
the officer, a run along the alphabet or the keyboard, the same again. What is left must be long
enough.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable

# Signs that must be left, and how many of them must differ.
ENOUGH = 6
DIFFERENT = 5
# From how many characters on a run, or a name, counts for one.
RUN = 3

# The beginnings of every list of passwords that were ever stolen, and of those in pinyin.
WORDS = (
    "password", "passw0rd", "passwd", "administrator", "admin", "welcome", "letmein", "iloveyou",
    "monkey", "dragon", "sunshine", "princess", "football", "superman", "master", "changeme",
    "default", "secret", "login", "test", "guest", "root", "user", "oversight", "woaini",
    "5201314", "1314520", "woaiwojia", "nihao", "mima", "zhongguo", "beijing", "jiaoyuju",
    "jiaoyu", "peixun", "jianguan", "xiaowai", "abc", "abcd", "qwer", "asdf", "zxcv",
    "1qaz", "2wsx", "3edc", "4rfv", "qaz", "wsx", "edc", "zaq1", "xsw2", "a1b2c3", "123qwe",
    "1q2w3e", "4r5t",
)  # fmt: skip
RISING = ("qwertyuiop", "asdfghjkl", "zxcvbnm", "1234567890", "0987654321", "!@#$%^&*()")
ROWS = RISING + tuple(row[::-1] for row in RISING)
YEAR = re.compile("(?:19|20)[0-9]{2}")


def is_guessed(password: str, names: Iterable[str] = ()) -> bool:
    """Whether what is secret of it is too short."""
    left = _once(password.casefold())
    for word in sorted({*WORDS, *_parts(names)}, key=len, reverse=True):
        left = left.replace(word, "\0")
    left = YEAR.sub("\0", left)
    left = _without_runs(left)
    return len(left) < ENOUGH or len(set(left)) < DIFFERENT


def _parts(names: Iterable[str]) -> set[str]:
    """Names, and what they are put together from."""
    whole = [name.casefold() for name in names]
    pieces = [piece for name in whole for piece in re.split(r"[\W_]+", name)]
    return {one for one in (*whole, *pieces) if len(one) >= RUN}


def _once(text: str) -> str:
    """``abcabcabc`` is no more of a secret than ``abc``."""
    found = re.fullmatch(r"(.+?)\1+", text, re.DOTALL)
    return found.group(1) if found else text


def _without_runs(text: str) -> str:
    """The text with one sign in the place of each run: 3456, fedc, aaaa, tyui."""
    kept, start = [], 0
    while start < len(text):
        end = start + 1
        while end < len(text) and _runs(text[start : end + 1]):
            end += 1
        kept.append("\0" if end - start >= RUN else text[start:end])
        start = end
    return "".join(kept)


def _runs(part: str) -> bool:
    steps = {ord(after) - ord(before) for before, after in itertools.pairwise(part)}
    return steps in ({0}, {1}, {-1}) or any(part in row for row in ROWS)
