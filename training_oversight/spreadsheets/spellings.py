"""The names of columns that somebody knows, however they are written."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Sequence

# Marks that forms put beside a column's name.
DECORATION = str.maketrans("", "", "*:★☆※●")
REMARK = re.compile(r"(.+?)\(([^()]*)\)")
# Which end of a term a column holds: in brackets that is no remark, 有效期(起) is not 有效期.
AN_END = re.compile(
    r"(?:起始?|开?始|自|从|生效|截?止|至|到|终止?|截至|结束|届满|失效)(?:日期?|时间)?"
)
NUMBERING = re.compile(r"\(?\d{1,2}[.、)](?=\D)")
# Columns that only count the rows.
NUMBERS = frozenset({"序号", "编号", "序", "号", "行号", "顺序", "顺序号", "no", "no.", "id", "№"})
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
# Titles that name what somebody is reached by: who that is, is the contact.
REACHED_BY = frozenset(
    {
        *("联系方式", "联系信息", "联络方式", "联系电话", "电话", "联系号码", "手机", "手机号码"),
        *("联系人信息", "联系人情况", "联系人及电话", "联系人及联系方式"),
    }
)
CONTACT = "联系人"


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
        if remark is None or bare in self._plain:
            return self._plain.get(bare)
        return self._plain.get(
            "".join(remark.groups()) if AN_END.fullmatch(remark[2]) else remark[1]
        )

    def find_under(self, titles: Sequence[str]) -> str | None:
        """The column that a title and its sub-title name together, the outermost title first."""
        for start in range(len(titles)):
            above = titles[start:]
            if (found := self.find("".join(above))) and (len(above) > 1 or len(titles) == 1):
                return found
        if len(titles) <= 1:
            return None
        if folded(titles[-2]) in REACHED_BY and folded(titles[-1]) in ITSELF | ABOUT_IT:
            return self.find(CONTACT + titles[-1]) or self._own(titles[-1])
        # 电话 over 负责人 is the telephone of that person.
        if turned := self.find(titles[-1] + titles[-2]):
            return turned
        title, sub_title = self.find(titles[-2]), folded(titles[-1])
        if title and sub_title in ITSELF:
            return title
        if sub_title in INCOMPLETE or (title and sub_title in ABOUT_IT):
            return None
        return self.find(titles[-1])

    def _own(self, sub_title: str) -> str | None:
        return None if folded(sub_title) in ITSELF else self.find(sub_title)


def folded(spelling: str) -> str:
    plain = unicodedata.normalize("NFKC", spelling).translate(DECORATION)
    return "".join(plain.split()).casefold()
