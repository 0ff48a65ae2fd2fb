"""The names of columns that somebody knows, however they are written."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Sequence

# Marks that forms put beside a column's name.
DECORATION = str.maketrans("", "", "*:★☆※●")
REMARK = re.compile(r"(.+?)\([^()]*\)")
NUMBERING = re.compile(r"\(?\d{1,2}[.、)](?=\D)")
# Sub-titles that say nothing without the title above them,
INCOMPLETE = frozenset({"编号", "号码", "代码", "姓名", "日期", "时间"})
# those that speak of what the title names, where that is a column of its own,
ABOUT_IT = frozenset(
    {
        *("名称", "类型", "类别", "性质", "地址", "面积", "人数", "备注"),
        *("电话", "联系电话", "联系方式", "手机", "手机号", "手机号码"),
    }
)
# and those that add nothing to it.
ITSELF = frozenset({"姓名", "名称", "名字", "全称"})


class Spellings:
    """``find`` gives the caller's spelling, or nothing."""

    def __init__(self, known: Collection[str]) -> None:
        self.listed = list(known)
        self._plain = {folded(spelling): spelling for spelling in known}

    def find(self, written: str) -> str | None:
        plain = folded(written)
        if found := self._plain.get(plain):
            return found
        bare = NUMBERING.sub("", plain, count=1)
        remark = REMARK.fullmatch(bare)
        return self._plain.get(bare) or (self._plain.get(remark[1]) if remark else None)

    def find_under(self, titles: Sequence[str]) -> str | None:
        """The column that a title and its sub-title name together, the outermost title first."""
        for start in range(len(titles)):
            above = titles[start:]
            if (found := self.find("".join(above))) and (len(above) > 1 or len(titles) == 1):
                return found
        if len(titles) <= 1:
            return None
        title, sub_title = self.find(titles[-2]), folded(titles[-1])
        if title and sub_title in ITSELF:
            return title
        if sub_title in INCOMPLETE or (title and sub_title in ABOUT_IT):
            return None
        return self.find(titles[-1])


def folded(spelling: str) -> str:
    plain = unicodedata.normalize("NFKC", spelling).translate(DECORATION)
    return "".join(plain.split()).casefold()
