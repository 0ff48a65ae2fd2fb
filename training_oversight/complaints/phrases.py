"""Beginnings of sentences that the desk and the handler write again and again.

They say nothing by themselves: who writes puts them in by a press and completes them. An answer is
always Chinese, whatever the language of the screen.
"""

from __future__ import annotations

OF_CALLS = (
    "停课后不退剩余课时费：",
    "电话打不通，人已搬走：",
    "没有看到办学许可证：",
    "周末或晚间仍在上学科课：",
    "收费没有合同或票据：",
    "老师没有教师资格证：",
)
OF_ANSWERS = (
    "您反映的问题已收悉。",
    "经现场核实，您反映的情况属实，",
    "经核实，您反映的情况部分属实：",
    "经核实，没有发现您反映的情况。",
    "已责令该机构改正，",
    "退费办理情况：",
    "对答复有疑问的，可再次联系我们。",
)
