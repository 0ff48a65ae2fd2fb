"""The rows of a sheet that are no rows of its table: sums, notes, headings, printed headers."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable

from training_oversight.spreadsheets.grids import Line, Merge
from training_oversight.spreadsheets.headers import Header
from training_oversight.texts import Text

ADDS_UP = Text("It adds up other rows.")
REPEATS = Text("It repeats what stands above the table.")
IS_NOTE = Text("It is a note about the table.")
IS_HEADING = Text("It is a line across the table, not a row of it.")
NAMES_ANEW = Text("It names other columns than the header does.")
UNDER_ANOTHER = Text("It stands under another header than the one that is read.")
NUMBERS_COLUMNS = Text("It numbers the columns.")
HIDDEN = Text("It is hidden in the sheet, by a filter or by hand.")
STRUCK_OUT = Text("It is struck out.")
NOT_FILLED_IN = Text("Nobody has filled it in: only a number and what stands in every row.")
IS_EXAMPLE = Text("It shows by an example how to fill in the table.")

# The first cells with something in them, among which a sum is named.
NAMING = 3
SUM = re.compile(
    r"(本页|本表|本乡镇?|本镇|本街道|全县|全区|全市|.{2,10}(?:镇|乡|街道|片区|类))?"
    r"(合计|总计|小计|共计|累计|总数|总和|汇总)(数|人数|家数)?[:：]?(\d+[家个所人]?|\(.*\))?[:：]?"
)
NOTE = re.compile(
    r"(填表|填报|制表|审核|审批|复核|报送|统计|经办|联系|分管|主要|单位|科室)"
    r"(人员?|单位|部门|日期|时间|领导|负责人|责任人|电话)?(\((签字|签名|签章|盖章|公章)\))?[:：].*"
    r"|(制表|填表|填报|审核|打印|导出|生成)(日期|时间|人)[:：]?.*"
    r"|(备注|注|附注|说明|填表说明|填写说明|填报说明|注意事项|附)\d{0,2}[:：.、].*"
    r"|(填表说明|填写说明|填报说明|注意事项)",
    re.DOTALL,
)
HEADING = re.compile(r"[(]?[一二三四五六七八九十]{1,3}[)、.].{1,40}")
EXAMPLE = re.compile(r"(填写|填表|填报)?(示例|样例|范例|例)\d?[:：]?.*|例如[:：]?.*")
# Beyond this many columns a merged cell is no cell of a row.
WIDE = 3
# So many names of columns, being most of a row, are a header.
ANOTHER_HEADER = 3


class LeftOut:
    """Says of a row why it is not one, if it is not. Rows count from 1, and come in their order."""

    def __init__(
        self,
        header: Header,
        above: Iterable[Line],
        merges: Iterable[Merge],
        known: Collection[str],
    ) -> None:
        self._known = frozenset(known)
        self._has_rows = self._is_under_another = False
        self._above = {key[0]: key for line in above if (key := _key(line))}
        self._first = header.bottom + 1
        wide = max(WIDE, sum(map(bool, header.names)) // 2)
        self._across = {
            merge.top
            for merge in merges
            if merge.top > header.bottom and merge.right - merge.left >= wide - 1
        }

    def why(self, number: int, cells: Line) -> Text | None:
        """``cells`` has something in it."""
        said = [str(cell) for cell in cells if cell]
        texts = [_plain(text) for text in said[:NAMING]]
        first = texts[0]
        if any(SUM.fullmatch(text) for text in texts):
            return ADDS_UP
        for pattern, reason in ((NOTE, IS_NOTE), (EXAMPLE, IS_EXAMPLE)):
            if pattern.fullmatch(first):
                return reason
        if len(said) == 1 and (number in self._across or HEADING.fullmatch(first)):
            return IS_HEADING
        if first in self._above and self._above[first] == _key(cells):
            self._is_under_another = False
            return REPEATS
        if number == self._first and _is_numbering(said):
            return NUMBERS_COLUMNS
        if self._names_columns(said):
            # Right under the header it is the same table, its columns named twice.
            self._is_under_another = self._has_rows
            return NAMES_ANEW
        if self._is_under_another:
            return UNDER_ANOTHER
        self._has_rows = True
        return None

    def _names_columns(self, said: list[str]) -> bool:
        """Whether a second table begins, with columns of its own."""
        named = sum(text in self._known for text in said)
        return named >= ANOTHER_HEADER and named * 2 > len(said)


def _is_numbering(said: list[str]) -> bool:
    return len(said) >= WIDE and said == [str(place) for place in range(1, len(said) + 1)]


def _key(cells: Line) -> tuple[str, ...]:
    return tuple(text for cell in cells if (text := _plain(str(cell))))


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())
