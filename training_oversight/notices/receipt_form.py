"""The proof of service as a form (送达回证): what is on record is printed, the rest is for a pen.

Nobody signs by being recorded: who received it and who brought it stand beside the
place for the signature and never in it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from training_oversight.documents import Person, ServiceReceiptContent
from training_oversight.documents.blocks import (
    MOMENT_FOR_THE_PEN,
    TIME_FOR_THE_PEN,
    Form,
    FormRow,
    Layout,
    Masthead,
    Paper,
    Remark,
)
from training_oversight.notices import wording
from training_oversight.notices.compositions import NO_NUMBER
from training_oversight.notices.methods import RULES, EffectiveFrom
from training_oversight.notices.models import ServiceMethod

TITLE: Final = "送达回证"
EXPLAINED: Final = (
    "说明：受送达人拒绝签收的，由送达人在“拒收事由和日期”栏记明情况，由见证人签名或者附影像资料；"
    "邮寄、电子、公告送达的，附相应凭证。"
)
SIGNED: Final = 2  # lines of room above the day of a signature


def paper(content: ServiceReceiptContent) -> Paper:
    return Paper(
        title=TITLE,
        authority=content.authority,
        made_on=content.issued_on,
        layout=Layout.FORM,
        demo=content.demo,
        blocks=(
            Masthead(authority=content.authority, title=TITLE),
            Form(rows=(*_service(content), *_signatures(content))),
            Remark(text=EXPLAINED),
        ),
    )


def _service(content: ServiceReceiptContent) -> Iterable[FormRow]:
    return (
        _row("送达文书名称", content.title),
        _row("文号", content.number or NO_NUMBER),
        _row("受送达人", content.recipient),
        _row("送达地点", content.place),
        FormRow(label=("送达方式",), phrases=tuple(_choices(content.method))),
        _when(content),
    )


def _row(label: str, value: str) -> FormRow:
    return FormRow(label=(label,), phrases=_if_any(value))


def _choices(chosen: str) -> Iterable[str]:
    for name in map(wording.in_chinese, ServiceMethod):
        yield f"{'☑' if name == chosen else '□'} {name}"


def _when(content: ServiceReceiptContent) -> FormRow:
    """The time on record. Where it was handed over on a known day, a pen can add the hour."""
    label = ("送达时间",)
    if content.served_at is not None:
        return FormRow(label=label, phrases=(wording.moment(content.served_at),))
    if content.served_on is None:
        return FormRow(label=label, pen=MOMENT_FOR_THE_PEN)
    pen = TIME_FOR_THE_PEN if content.method in _handed_over() else ""
    return FormRow(label=label, phrases=(wording.day(content.served_on),), pen=pen)


def _handed_over() -> set[str]:
    """The methods by which it is put into somebody's hands, as they are printed."""
    return {
        wording.in_chinese(method)
        for method, rule in RULES.items()
        if rule.effective is EffectiveFrom.HANDING_OVER
    }


def _signatures(content: ServiceReceiptContent) -> Iterable[FormRow]:
    return (
        _signed(("收件人签名", "或者盖章"), _receiver(content)),
        _signed(("送达人签名",), _people("送达人", content.servers)),
        _signed(("见证人签名",), _people("见证人", content.witnesses)),
        _signed(("拒收事由", "和日期"), content.refusal_reason),
        FormRow(label=("备注",), phrases=_if_any(content.remarks), room=1),
    )


def _signed(label: tuple[str, ...], known: str) -> FormRow:
    return FormRow(label=label, phrases=_if_any(known), pen=MOMENT_FOR_THE_PEN, room=SIGNED)


def _receiver(content: ServiceReceiptContent) -> str:
    if not content.receiver:
        return ""
    relation = f"（与受送达人关系：{content.relation}）" if content.relation else ""
    return f"收件人：{content.receiver}{relation}"


def _people(label: str, people: tuple[Person, ...]) -> str:
    names = "、".join(
        f"{one.name}（执法证号：{one.certificate}）" if one.certificate else one.name
        for one in people
    )
    return f"{label}：{names}" if names else ""


def _if_any(known: str) -> tuple[str, ...]:
    return (known,) if known else ()
