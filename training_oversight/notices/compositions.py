"""The words of a notice, from what was frozen of it to the blocks that are printed.

A type of notice names its template; each template is a row of ``COMPOSITIONS``. Papers
are Chinese whatever the officer's own language is, so their words stand here as printed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from training_oversight.catalogue import paper_templates
from training_oversight.catalogue.models import Effect
from training_oversight.catalogue.paper_templates import PaperTemplate
from training_oversight.documents import NoticeContent, PrintedRecipient
from training_oversight.documents.blocks import (
    DAY_FOR_THE_PEN,
    Addressee,
    Block,
    Labelled,
    Masthead,
    Paper,
    Paragraph,
    Particulars,
    Party,
    Phrases,
    Remark,
    Signature,
    numbered,
    paragraphs,
)
from training_oversight.notices import effects, wording
from training_oversight.notices.effects import Consequence
from training_oversight.texts import Text

DRAFT_MARK = "拟稿"
NO_NUMBER = "（拟稿，未编号）"
SEAL = "（印章）"
TWO_COPIES = "（本通知书一式两份，一份送达当事人，一份存档。）"


@dataclass(frozen=True, kw_only=True)
class Composition:
    """What one template says beside what was written for the notice.

    ``{you}`` is whom the paper speaks to. Which effects may be printed in it stands in
    ``effects.CONSEQUENCES``: no words may order more, or less, than the effect does.
    """

    label: Text
    lead_in: str  # before what is asked for
    due: str = "办理时限"


COMPOSITIONS: Mapping[str, Composition] = MappingProxyType(
    {
        "rectify": Composition(
            label=Text("Order to rectify"),
            lead_in="现责令{you}限期改正，具体要求如下：",
            due="整改期限",
        ),
        "stop": Composition(
            label=Text("Order to stop"),
            lead_in="现责令{you}立即停止违规培训活动，并按下列要求办理：",
            due="办理期限",
        ),
        "ban": Composition(label=Text("Ban"), lead_in="现决定如下："),
        "refer": Composition(
            label=Text("Letter of referral"),
            lead_in="现将上述情况移送你单位，请依职权办理下列事项：",
        ),
        "inform": Composition(label=Text("Letter of reminder"), lead_in="现提醒{you}："),
        "talk": Composition(label=Text("Summons to a talk"), lead_in="约谈要求如下："),
        "assign": Composition(
            label=Text("Letter of assignment"), lead_in="现将下列事项交由你单位办理："
        ),
        "urge": Composition(label=Text("Letter of urging"), lead_in="请抓紧办理下列事项："),
        # For a type of the county's own that orders nothing and that none of these words suits.
        "letter": Composition(label=Text("Plain letter"), lead_in="现通知如下："),
    }
)


def _effects_of(code: str) -> frozenset[Effect]:
    return frozenset(
        effect for effect, one in effects.CONSEQUENCES.items() if code in one.templates
    )


for _code, _words in COMPOSITIONS.items():
    paper_templates.declare(PaperTemplate(_code, _words.label, _effects_of(_code)))


def paper(content: NoticeContent) -> Paper:
    """What is printed of a notice; without a number it is marked as a draft."""
    return Paper(
        title=content.title,
        authority=content.authority,
        made_on=content.issued_on,
        mark="" if content.number else DRAFT_MARK,
        demo=content.demo,
        blocks=(
            Masthead(
                authority=content.authority, title=content.title, number=content.number or NO_NUMBER
            ),
            *_body(content, _effect_of(content)),
        ),
    )


def _body(content: NoticeContent, effect: Consequence) -> Iterator[Block]:
    """An order names its party in full and says what was found; all else begins as a letter."""
    if effect.orders:
        yield _party(content.recipient)
        if content.facts:
            yield Paragraph(text=f"经查，{content.addressed_as}存在以下问题：")
    else:
        yield _addressee(content.recipient)
    yield from paragraphs(content.facts)
    if content.particulars:
        lines = [_labelled(one.label, one.value) for one in content.particulars]
        yield Particulars(lines=tuple(lines))
    if content.legal_basis:
        yield Paragraph(text="上述情形涉及下列规定：" if effect.orders else "有关依据：")
        yield numbered((text,) for text in content.legal_basis)
    yield from _requirements(content, _words_of(content, effect))
    yield from paragraphs(content.consequence)
    yield from paragraphs(content.remedies)
    yield from _end(content)
    if effect.orders:
        yield Remark(text=TWO_COPIES)


def _effect_of(content: NoticeContent) -> Consequence:
    return effects.of(Effect(content.effect))  # type: ignore[call-arg]


def _words_of(content: NoticeContent, effect: Consequence) -> Composition:
    """Content frozen before types named a template is printed in the effect's own."""
    code = content.template or effect.templates[0]
    paper_templates.check(code, content.effect)
    return COMPOSITIONS[code]


def _party(recipient: PrintedRecipient) -> Party:
    known = (
        ("统一社会信用代码", recipient.uscc),
        ("地址", recipient.address),
        ("负责人", recipient.responsible_person),
    )
    lines = [_labelled(label, value) for label, value in known if value]
    return Party(lines=(_labelled("当事人", recipient.name), *lines))


def _addressee(recipient: PrintedRecipient) -> Addressee:
    known = (("地址", recipient.address), ("负责人", recipient.responsible_person))
    details = "；".join(f"{label}：{value}" for label, value in known if value)
    return Addressee(name=f"{recipient.name}：", details=f"（{details}）" if details else "")


def _requirements(content: NoticeContent, words: Composition) -> Iterator[Block]:
    if content.requirements:
        yield Paragraph(text=words.lead_in.format(you=content.addressed_as))
        yield numbered(
            (one.text, f"{words.due}：{one.period}。") if one.period else (one.text,)
            for one in content.requirements
        )


def _end(content: NoticeContent) -> Iterator[Block]:
    if content.attachments:
        yield Paragraph(text="附件：")
        yield numbered((text,) for text in content.attachments)
    known = (("联系人", content.contact_person), ("联系电话", content.contact_phone))
    if phrases := tuple(f"{label}：{value}" for label, value in known if value):
        yield Phrases(phrases=phrases)
    if content.hotline:
        yield Paragraph(text=f"监督举报电话：{content.hotline}")
    day = wording.day(content.issued_on) if content.issued_on else DAY_FOR_THE_PEN
    yield Signature(authority=content.authority, seal=SEAL, day=day)


def _labelled(label: str, value: str) -> Labelled:
    return Labelled(label=f"{label}：", value=value)
