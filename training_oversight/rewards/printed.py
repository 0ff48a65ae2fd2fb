"""领取单: that the money was handed over. It names the code, and nobody who told."""

from __future__ import annotations

from datetime import date
from typing import Final

from training_oversight.complaints import presenting as complaints
from training_oversight.documents.blocks import Form, FormRow, Layout, Masthead, Paper, Remark
from training_oversight.rewards.models import Reward
from training_oversight.rewards.presenting import amount
from training_oversight.texts import Language, speaking

TITLE: Final = "举报奖励领取单"
NAMELESS: Final = (
    "说明：凭查询码和举报人自己定的查询词领取，不登记领取人的姓名和联系方式，领取人不签名。"
)
SIGNED: Final = 2  # lines of room above the day of a signature


def slip(reward: Reward, *, authority: str, demo: bool) -> Paper:
    """Of a reward that was paid out; always in Chinese, as every paper."""
    with speaking(Language.CHINESE):
        clerk = reward.paid_by.name if reward.paid_by else ""
        rows = (
            _row("奖励编号", reward.number),
            _row("金额", amount(reward.fen)),
            _row("查询码", complaints.spoken(reward.complaint.tracking_code)),
            _row("领取日期", _day(reward.paid_on)),
            FormRow(label=("经办人",), phrases=(clerk,), pen="（签名）", room=SIGNED),
        )
    return Paper(
        title=TITLE,
        authority=authority,
        made_on=reward.paid_on,
        layout=Layout.FORM,
        demo=demo,
        blocks=(
            Masthead(authority=authority, title=TITLE),
            Form(rows=rows),
            Remark(text=NAMELESS),
        ),
    )


def _row(label: str, value: str) -> FormRow:
    return FormRow(label=(label,), phrases=(value,))


def _day(day: date | None) -> str:
    return f"{day.year}年{day.month}月{day.day}日" if day else ""
