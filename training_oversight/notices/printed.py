"""What is printed: the notice as it is frozen at approval, and its proof of service."""

from __future__ import annotations

from datetime import date, datetime

from training_oversight import clock
from training_oversight.catalogue.models import Effect
from training_oversight.documents import (
    NoticeContent,
    Person,
    PrintedRecipient,
    ServiceReceiptContent,
)
from training_oversight.documents import (
    Requirement as PrintedRequirement,
)
from training_oversight.notices import wording
from training_oversight.notices.methods import RULES, EffectiveFrom
from training_oversight.notices.models import Notice, NoticeItem, Recipient, Service, ServiceMethod

UNIT_OR_PERSON = {
    Recipient.INSTITUTION: "你单位",
    Recipient.ORGANISER: "你",
    Recipient.LANDLORD: "你",
}


def composed(notice: Notice, *, number: str = "", issued_on: date | None = None) -> NoticeContent:
    """What the notice says now; without a number it prints as a draft."""
    authority = notice.authority
    return NoticeContent(
        title=notice.type.name,
        effect=notice.effect.value,
        template=notice.type.template_code,
        authority=authority.name,
        number=number,
        issued_on=issued_on,
        addressed_as=UNIT_OR_PERSON[notice.recipient],
        recipient=_recipient(notice),
        facts=notice.facts,
        legal_basis=tuple(bases(notice)),
        requirements=tuple(_requirement(notice.effect, one) for one in notice.entries),
        consequence=notice.consequence,
        remedies=notice.remedies,
        contact_person=notice.drafted_by.name,
        hotline=authority.hotline,
    )


def _recipient(notice: Notice) -> PrintedRecipient:
    own = notice.recipient is Recipient.INSTITUTION
    return PrintedRecipient(
        name=notice.recipient_name,
        uscc=(notice.institution.uscc or "") if _is_itself(notice) else "",
        address=notice.recipient_address,
        responsible_person=notice.recipient_person if own else "",
    )


def _is_itself(notice: Notice) -> bool:
    """Addressed to the institution under its own name, not to a department or township."""
    own = notice.recipient is Recipient.INSTITUTION
    return own and notice.recipient_name == notice.institution.name


def _requirement(effect: Effect, entry: NoticeItem) -> PrintedRequirement:
    words = wording.period(effect, at_once=entry.at_once, length=entry.length, unit=entry.unit)
    return PrintedRequirement(text=entry.requirement, period=words)


def bases(notice: Notice) -> list[str]:
    """The legal bases in the order of the problems, each once."""
    given = basis_of(notice)
    texts = [given.get(entry.item_id, "") for entry in notice.entries]
    return list(dict.fromkeys(text for text in texts if text))


def basis_of(notice: Notice) -> dict[int, str]:
    """Item -> its legal basis, as chosen or typed."""
    return {one["item"]: one["text"] for one in notice.basis}


def current(notice: Notice) -> NoticeContent:
    """The frozen content once there is one, else the draft as it stands."""
    if notice.content is not None:
        return NoticeContent.from_json(notice.content)
    return composed(notice)


def receipt(notice: Notice, served: Service | None) -> ServiceReceiptContent:
    """The proof of service: filled in from a recorded service, else to be filled in by pen."""
    paper = current(notice)
    blank = ServiceReceiptContent(
        authority=paper.authority,
        title=paper.title,
        recipient=paper.recipient.name,
        number=paper.number,
        issued_on=paper.issued_on,
    )
    return _filled_in(blank, served) if served is not None else blank


def _filled_in(blank: ServiceReceiptContent, served: Service) -> ServiceReceiptContent:
    left = served.method is ServiceMethod.LEFT
    return ServiceReceiptContent(
        authority=blank.authority,
        title=blank.title,
        recipient=blank.recipient,
        number=blank.number,
        issued_on=blank.issued_on,
        method=wording.in_chinese(served.method),
        place=served.place,
        served_at=handed_at(served),
        served_on=served.takes_effect_on,
        receiver=served.received_by,
        relation=served.receiver_role,
        servers=(Person(name=served.served_by),) if served.served_by else (),
        witnesses=(Person(name=served.witness),) if served.witness else (),
        refusal_reason=served.detail if left else "",
        remarks="" if left else served.detail,
    )


def handed_at(served: Service) -> datetime | None:
    """When it was handed over, on the county's wall clock.

    Nothing where only the day is known, or where another day counts: that on the receipt
    of the post, or the last of an announcement.
    """
    wall = clock.local(served.attempted_at).replace(tzinfo=None)
    handed = RULES[served.method].effective is EffectiveFrom.HANDING_OVER
    return wall if handed and isinstance(served.happened, datetime) else None
