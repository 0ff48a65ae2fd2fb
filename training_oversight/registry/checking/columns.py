"""The columns of an old ledger that can contradict one another.

Beside those of an institution a ledger of problems has days of its own: when it was found,
ordered, due and written off.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from training_oversight.law.wording import Named
from training_oversight.registry.importing import columns as institutions


@dataclass(frozen=True)
class Watched:
    """A column that a rule reads, under all of its names."""

    field: str
    label: Named
    spellings: tuple[str, ...]


def _known(field: str) -> Watched:
    column = institutions.BY_FIELD[field]
    return Watched(field, column.label, column.spellings)


WATCHED = (
    _known("name"),
    _known("uscc"),
    _known("licence_number"),
    _known("licence_until"),
    _known("division_id"),
    Watched(
        "state",
        Named("状态", "State"),
        ("状态", "办学状态", "经营状态", "机构状态", "运营状态", "台账状态", "State"),
    ),
    Watched(
        "closed_on",
        Named("关停日期", "Closed on"),
        ("关停日期", "停办日期", "关闭日期", "注销日期", "终止日期", "关停时间", "停办时间",
         "Closed on"),
    ),
    Watched(
        "problem",
        Named("问题", "Problem"),
        ("问题", "存在问题", "发现问题", "问题描述", "违规事项", "违规问题", "整改事项", "Problem"),
    ),
    Watched(
        "progress",
        Named("整改情况", "Progress"),
        ("整改情况", "整改进展", "进展", "是否整改", "是否销号", "销号情况", "完成情况",
         "Progress"),
    ),
    Watched(
        "notice_on",
        Named("发文日期", "Notice of"),
        ("发文日期", "下发日期", "下发时间", "通知日期", "通知时间", "送达日期", "送达时间",
         "文书日期", "Notice of"),
    ),
    Watched(
        "due_on",
        Named("整改时限", "Deadline"),
        ("整改时限", "整改期限", "限期", "整改截止日期", "截止日期", "完成时限", "Deadline"),
    ),
    Watched(
        "finished_on",
        Named("销号日期", "Written off on"),
        ("销号日期", "销号时间", "整改完成日期", "整改完成时间", "完成日期", "Written off on"),
    ),
)  # fmt: skip
BY_FIELD = {one.field: one for one in WATCHED}
FIELDS = {spelling: one.field for one in WATCHED for spelling in one.spellings}
# Everything that makes a row of cells a header, also what no rule reads.
KNOWN = tuple(dict.fromkeys((*institutions.KNOWN, *FIELDS)))


def places(header: Sequence[str]) -> dict[str, int]:
    """Field -> the first column that is called so."""
    found: dict[str, int] = {}
    for place, name in enumerate(header):
        field = FIELDS.get(name)
        if field is not None:
            found.setdefault(field, place)
    return found
