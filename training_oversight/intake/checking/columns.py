"""The columns of an old ledger that can contradict one another.

Beside those of an institution a ledger of problems has days of its own: when it was found,
ordered, due and written off.
"""

from __future__ import annotations

import re

from training_oversight.intake.readable import KNOWN, Readable
from training_oversight.intake.similar_names import SIMILAR
from training_oversight.law.wording import Named
from training_oversight.registry import columns as institutions
from training_oversight.registry.columns import Column

_known = institutions.BY_FIELD.__getitem__

# What a rule reads.
WATCHED = (
    _known("name"),
    _known("uscc"),
    _known("licence_number"),
    _known("licence_until"),
    _known("division_id"),
    Column(
        "state",
        Named("状态", "State"),
        ("状态", "办学状态", "经营状态", "机构状态", "运营状态", "台账状态", "State"),
    ),
    Column(
        "closed_on",
        Named("关停日期", "Closed on"),
        ("关停日期", "停办日期", "关闭日期", "注销日期", "终止日期", "关停时间", "停办时间",
         "Closed on"),
    ),
    Column(
        "problem",
        Named("问题", "Problem"),
        ("问题", "存在问题", "发现问题", "问题描述", "违规事项", "违规问题", "整改事项", "Problem"),
    ),
    Column(
        "progress",
        Named("整改情况", "Progress"),
        ("整改情况", "整改进展", "进展", "是否整改", "是否销号", "销号情况", "完成情况",
         "Progress"),
    ),
    Column(
        "notice_on",
        Named("发文日期", "Notice of"),
        ("发文日期", "下发日期", "下发时间", "通知日期", "通知时间", "送达日期", "送达时间",
         "文书日期", "Notice of"),
    ),
    Column(
        "due_on",
        Named("整改时限", "Deadline"),
        ("整改时限", "整改期限", "限期", "整改截止日期", "截止日期", "完成时限", "Deadline"),
    ),
    Column(
        "finished_on",
        Named("销号日期", "Written off on"),
        ("销号日期", "销号时间", "整改完成日期", "整改完成时间", "完成日期", "Written off on"),
    ),
)  # fmt: skip
BY_FIELD = {one.field: one for one in WATCHED}
# Columns of a ledger of problems; those of an institution are guessed as everywhere.
OF_PROBLEMS = [
    (field, re.compile(pattern))
    for field, pattern in (
        ("due_on", r"(?:整改|完成|销号|办理).*(?:时限|期限|截止)|限期|何时.*(?:改|完成)"),
        ("closed_on", r"(?:关停|停办|关闭|注销|终止|停业).*(?:日期|时间)"),
        ("notice_on", r"(?:发文|下发|下达|通知|送达|文书).*(?:日期|时间|日)"),
        ("finished_on", r"(?:销号|整改|完成|办结).*(?:日期|时间)"),
        ("progress", r"整改|销号|办结"),
        ("state", r"(?:办学|经营|机构|运营|营业).*(?:状态|状况)"),
        ("problem", r"问题|违规|违法|隐患"),
    )
]
LEDGER = Readable(WATCHED, KNOWN, (*OF_PROBLEMS, *SIMILAR))
