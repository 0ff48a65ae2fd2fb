"""What the county's papers say, in the form in which it is frozen.

Every value is text that will be printed, a date or a list of such. A field may
be added with a default, so that older frozen content still reads; none may be
renamed or removed.
"""

from __future__ import annotations

import hashlib
import json
import types
import typing
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, is_dataclass
from datetime import date, datetime
from typing import Any, ClassVar, Self

Json = Mapping[str, Any]  # what json.loads gives; its shape is that of the class


def canonical_json(content: Json) -> str:
    """One spelling for one content: sorted keys, no spaces, Chinese as it is."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def content_hash(content: Json) -> str:
    """SHA-256 of the canonical JSON, in hex. Hash what is stored, not what was read back."""
    return hashlib.sha256(canonical_json(content).encode()).hexdigest()


@dataclass(frozen=True, kw_only=True)
class FrozenContent:
    """Base of everything that is frozen: to plain JSON and back."""

    def to_json(self) -> dict[str, object]:
        return {name: _plain(value) for name, value in asdict(self).items()}

    @classmethod
    def from_json(cls, frozen: Json) -> Self:
        """Read frozen content; keys that this class does not know are left alone."""
        hints = typing.get_type_hints(cls)
        known = (field.name for field in fields(cls) if field.name in frozen)
        return cls(**{name: _restored(hints[name], frozen[name]) for name in known})


def _plain(value: object) -> object:
    match value:
        case datetime():
            return value.isoformat(timespec="minutes")
        case date():
            return value.isoformat()
        case tuple() | list():
            return [_plain(member) for member in value]
        case dict():
            return {name: _plain(member) for name, member in value.items()}
        case _:
            return value


def _restored(hint: Any, value: Any) -> Any:
    if isinstance(hint, types.UnionType):  # only ever `date | None`
        hint = next(kind for kind in typing.get_args(hint) if kind is not types.NoneType)
    if value is None:
        return None
    if typing.get_origin(hint) is tuple:
        return tuple(_restored(typing.get_args(hint)[0], member) for member in value)
    if is_dataclass(hint):
        return typing.cast(type[FrozenContent], hint).from_json(value)
    if hint in (date, datetime):
        return hint.fromisoformat(value)
    return value


@dataclass(frozen=True, kw_only=True)
class PrintedRecipient(FrozenContent):
    """Whom a notice is addressed to: an institution, a person, a department, a township."""

    name: str
    uscc: str = ""
    address: str = ""
    responsible_person: str = ""


@dataclass(frozen=True, kw_only=True)
class Requirement(FrozenContent):
    """One thing to be done, with its own deadline in words."""

    text: str
    period: str = ""  # 立即, 自收到本通知书之日起15个工作日内, 2026年12月1日前


@dataclass(frozen=True, kw_only=True)
class Particular(FrozenContent):
    """A labelled line of a notice that is no order: 约谈时间, 约谈地点."""

    label: str
    value: str


@dataclass(frozen=True, kw_only=True)
class Person(FrozenContent):
    """An officer or witness; the certificate is printed where there is one."""

    name: str
    certificate: str = ""


@dataclass(frozen=True, kw_only=True)
class NoticeContent(FrozenContent):
    """A notice of any effect. Without a number it prints as a draft (拟稿)."""

    title: str
    effect: str  # rectify, stop, refer, inform, talk, assign, urge, ban
    authority: str
    recipient: PrintedRecipient
    number: str = ""
    issued_on: date | None = None
    addressed_as: str = "你单位"  # 你 for a person
    facts: str = ""
    particulars: tuple[Particular, ...] = ()
    legal_basis: tuple[str, ...] = ()
    requirements: tuple[Requirement, ...] = ()
    consequence: str = ""
    remedies: str = ""
    attachments: tuple[str, ...] = ()
    contact_person: str = ""
    contact_phone: str = ""
    hotline: str = ""
    # Which composition of words it is printed in; older content has that of its effect.
    template: str = ""
    demo: bool = False


@dataclass(frozen=True, kw_only=True)
class ServiceReceiptContent(FrozenContent):
    """A proof of service (送达回证); what is not known yet is ruled for the pen."""

    authority: str
    title: str  # of the notice that is served
    recipient: str
    number: str = ""
    issued_on: date | None = None
    method: str = ""  # 直接送达, 留置送达, 邮寄送达, 电子送达, 委托送达, 公告送达
    place: str = ""
    served_at: datetime | None = None  # the county's wall clock, naive
    served_on: date | None = None  # where the hour is not known
    receiver: str = ""
    relation: str = ""
    servers: tuple[Person, ...] = ()
    witnesses: tuple[Person, ...] = ()
    refusal_reason: str = ""
    remarks: str = ""
    demo: bool = False


@dataclass(frozen=True, kw_only=True)
class PrintedAnswer(FrozenContent):
    """A checklist question; without an answer it prints boxes to tick."""

    question: str
    answer: str = ""
    remark: str = ""


@dataclass(frozen=True, kw_only=True)
class VisitMinutesContent(FrozenContent):
    """The minutes of a visit (现场检查笔录), blank or filled in."""

    TEMPLATE: ClassVar[str] = "notices/documents/visit_minutes.typ"

    authority: str
    institution: str
    number: str = ""
    kind: str = ""
    purpose: str = ""
    uscc: str = ""
    place: str = ""
    responsible_person: str = ""
    responsible_position: str = ""
    responsible_phone: str = ""
    approval: str = ""
    started_at: datetime | None = None  # the county's wall clock, naive
    finished_at: datetime | None = None
    officers: tuple[Person, ...] = ()
    helpers: str = ""
    answers: tuple[PrintedAnswer, ...] = ()
    findings: str = ""
    # It is over, and nothing was written down.
    nothing_found: bool = False
    statement: str = ""
    demo: bool = False
