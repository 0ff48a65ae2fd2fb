"""What people told the county of: calls, letters and orders of the centre, at every stage."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from training_oversight import clock
from training_oversight.accounts.models import Officer
from training_oversight.complaints import service
from training_oversight.complaints.kinds import (
    CalledBy,
    Channel,
    ComplaintKind,
    Satisfaction,
    Truth,
)
from training_oversight.complaints.models import Complaint
from training_oversight.complaints.service import Reporter, Right, Told, Written
from training_oversight.complaints.workflow import ComplaintVerb
from training_oversight.database import transaction
from training_oversight.demo.timeline import Story
from training_oversight.demo.world import World
from training_oversight.registry.models import Institution


@dataclass(frozen=True)
class Matter:
    """What somebody says, what the department reads of it, and how it is answered."""

    kind: ComplaintKind
    subject: str
    words: str
    account: str
    answer: str


# Invented, like everybody here; the numbers belong to nobody.
REPORTERS = (
    Reporter("梁晚舟", "13900000001"),
    Reporter("顾云起", "13900000002"),
    Reporter("宋知微", "13900000003"),
    Reporter("", "13900000004"),
)
REFUND = Matter(
    ComplaintKind.COMPLAINT,
    "refund_refused",
    "孩子报的四十八节课只上了十一节，老师说周末停课，前台电话打不通，余下课时费一直不退。",
    "反映该机构停课后不退剩余课时费用，请核实并督促退费。",
    "经核实情况属实，已要求该机构按合同退还剩余课时费用，退费情况可凭查询码查看。",
)
TEACHERS = Matter(
    ComplaintKind.REPORT,
    "unqualified_staff",
    "上课的老师说没有教师资格证，也没见墙上公示老师的信息。",
    "反映该机构教师资格信息未公示，请核查从业人员资质。",
    "经现场核查，部分教师资格信息未公示，已责令限期改正。",
)
FEES = Matter(
    ComplaintKind.COMPLAINT,
    "fees",
    "让一次交两年的学费，说现在交打六折，收据上没有章。",
    "反映该机构一次性收取超长时段费用，请核查收费和合同。",
    "经核查，该机构已停止该项收费，并向家长出具了票据。",
)
OPENING = Matter(
    ComplaintKind.INQUIRY,
    "",
    "想问这家机构有没有办学许可证，能不能教数学。",
    "",
    "该机构的许可和培训类别可在教育局公示名单中查询，学科类培训须有相应许可。",
)
NOISE = Matter(
    ComplaintKind.HELP,
    "",
    "楼下餐馆油烟大，影响孩子上课。",
    "",
    "",
)


def clerk(world: World) -> Officer:
    return world.officers["shenyue"]


def taken(
    world: World,
    place: Institution | None,
    matter: Matter,
    *,
    channel: Channel = Channel.PHONE,
    described: str = "",
    order: str | None = None,
    tracking_hash: str | None = None,
) -> Complaint:
    reporter = REPORTERS[(place.id if place else 0) % len(REPORTERS)]
    told = Told(
        channel=channel,
        kind=matter.kind,
        words=matter.words,
        anonymous=not reporter.name,
        division=place.division if place else world.townships[0],
        authority_id=world.authority.id,
        institution=place,
        place=described,
        violation_code=matter.subject or None,
        wanted="尽快核实并告知结果。",
        outside_number=order,
        tracking_hash=tracking_hash,
        outside_due_on=clock.today() + timedelta(days=12) if order else None,
    )
    with transaction() as session:
        return service.log(
            session, told, reporter, by=clerk(world), now=clock.now(), today=clock.today()
        )


def accept(world: World, complaint: Complaint) -> None:
    with transaction() as session:
        service.accept(session, complaint, by=clerk(world), today=clock.today())


def assign(world: World, complaint: Complaint, matter: Matter, department: str) -> Officer | None:
    """To an inspector of the bureau by name; another department says itself who handles it."""
    handler = world.inspectors[0] if department == "education" else None
    with transaction() as session:
        service.assign(
            session,
            complaint,
            department=world.departments[department],
            handler=handler,
            helpers=[world.departments["market"]] if department == "education" else [],
            account=matter.account,
            by=clerk(world),
            today=clock.today(),
        )
    return handler


def waiting(world: World, place: Institution) -> Story:
    """Came today or yesterday: nobody has accepted it yet."""
    taken(world, place, TEACHERS)
    yield 0


def to_assign(world: World, place: Institution) -> Story:
    """The clerk had misread the letter and has put the order right."""
    complaint = taken(world, place, FEES, channel=Channel.LETTER)
    yield 1
    right = Right(
        kind=complaint.kind,
        words=complaint.words.replace("六折", "七折"),
        division=place.division,
        institution=place,
        violation_code=complaint.violation_code,
        happened="九月开学报名时",
        wanted=complaint.wanted,
    )
    why = "来信字迹不清，核对原件后更正。"
    with transaction() as session:
        service.correct(session, complaint, right, reason=why, by=clerk(world), today=clock.today())
    accept(world, complaint)


def handled(world: World, place: Institution, *, department: str = "education") -> Story:
    """With the department that owes the answer; a second caller was added to it."""
    complaint = taken(world, place, REFUND)
    yield 1
    accept(world, complaint)
    assign(world, complaint, REFUND, department)
    yield 1
    another = taken(world, place, REFUND)
    with transaction() as session:
        service.merge(session, another, complaint, by=clerk(world))


def of_the_market(world: World, place: Institution) -> Story:
    yield from handled(world, place, department="market")


def objected(world: World, place: Institution) -> Story:
    complaint = taken(world, place, FEES)
    yield 1
    accept(world, complaint)
    assign(world, complaint, FEES, "education")
    yield 1
    with transaction() as session:
        service.object_(
            session,
            complaint,
            ground="收费票据和合同由市场监管部门处理。",
            department=world.departments["market"],
            by=world.inspectors[0],
            today=clock.today(),
        )


def to_approve(world: World, place: Institution) -> Story:
    complaint = taken(world, place, TEACHERS)
    yield 1
    yield from _answered_by_the_department(world, complaint, TEACHERS)


def _answered_by_the_department(world: World, complaint: Complaint, matter: Matter) -> Story:
    """Accepted, assigned, answered; the answer waits for the section head."""
    accept(world, complaint)
    handler = assign(world, complaint, matter, "education")
    yield 3
    written = Written(Truth.TRUE, "到场核实，情况属实。", matter.answer)
    with transaction() as session:
        service.submit(
            session, complaint, written, by=handler or world.inspectors[0], today=clock.today()
        )


def _approved(world: World, place: Institution, matter: Matter, *, channel: Channel) -> Story:
    complaint = taken(world, place, matter, channel=channel)
    yield 1
    yield from _answered_by_the_department(world, complaint, matter)
    yield 1
    with transaction() as session:
        service.approve(session, complaint, by=world.head, today=clock.today())
    world.complaints[place.id] = complaint


def to_call_back(world: World, place: Institution) -> Story:
    """Two told of it; what concerns only the second one stands in an answer of their own."""
    complaint = taken(world, place, TEACHERS)
    yield 1
    accept(world, complaint)
    handler = assign(world, complaint, TEACHERS, "education") or world.inspectors[0]
    another = taken(world, place, TEACHERS)
    with transaction() as session:
        service.merge(session, another, complaint, by=clerk(world))
    yield 3
    own = {another.id: "您孩子所在班的任课老师已更换为持证教师，12月起上课。"}
    written = Written(Truth.TRUE, "到场核实，情况属实。", TEACHERS.answer, own)
    with transaction() as session:
        service.submit(session, complaint, written, by=handler, today=clock.today())
    yield 1
    with transaction() as session:
        service.approve(session, complaint, by=world.head, today=clock.today())
    world.complaints[place.id] = complaint


def not_satisfied(world: World, place: Institution) -> Story:
    """The call-back proposes to handle it again; nobody has decided."""
    yield from _approved(world, place, REFUND, channel=Channel.CENTRE)
    yield 1
    _called(world, world.complaints[place.id], Satisfaction.DISSATISFIED)


def redone(world: World, place: Institution) -> Story:
    """Not satisfied, handled again, and then closed."""
    yield from not_satisfied(world, place)
    yield 1
    complaint = world.complaints[place.id]
    with transaction() as session:
        reason = "答复没有写明退费日期。"
        service.redo(
            session, complaint, ComplaintVerb.REDO, reason=reason, by=world.head,
            today=clock.today(),
        )  # fmt: skip
    yield 4
    written = Written(Truth.TRUE, "机构已退费，家长签收。", "剩余课时费用已于本月全部退还。")
    with transaction() as session:
        service.submit(session, complaint, written, by=world.inspectors[0], today=clock.today())
    yield 1
    with transaction() as session:
        service.approve(session, complaint, by=world.head, today=clock.today())
    yield 1
    _called(world, complaint, Satisfaction.SATISFIED)
    _close(world, complaint)


def closed(world: World, place: Institution) -> Story:
    yield from _approved(world, place, FEES, channel=Channel.VISIT)
    yield 1
    _called(world, world.complaints[place.id], Satisfaction.SATISFIED)
    _close(world, world.complaints[place.id])


def _called(world: World, complaint: Complaint, said: Satisfaction) -> None:
    with transaction() as session:
        service.call_back(
            session,
            complaint,
            complaint,
            satisfaction=said,
            called_by=CalledBy.OFFICE,
            remark="",
            called_on=clock.today(),
            by=clerk(world),
            today=clock.today(),
        )


def _close(world: World, complaint: Complaint) -> None:
    with transaction() as session:
        service.close(session, complaint, by=clerk(world), today=clock.today())


def settled(world: World, place: Institution) -> Story:
    """A question that the desk answers on the telephone."""
    complaint = taken(world, place, OPENING)
    yield 0
    written = Written(Truth.NOT_EXAMINED, "按公示名单答复。", OPENING.answer)
    with transaction() as session:
        service.settle(session, complaint, written, by=clerk(world), today=clock.today())


def declined(world: World, place: Institution) -> Story:
    complaint = taken(world, place, NOISE)
    yield 1
    with transaction() as session:
        service.decline(
            session,
            complaint,
            reason="油烟问题不属于教育部门职责，已告知拨打城管热线反映。",
            by=clerk(world),
            today=clock.today(),
        )


def unknown_place(world: World, _place: Institution) -> Story:
    """A place that the register does not have: described by who lives there, and told of again."""
    described = "书院路中段小超市二楼，晚上七点后有孩子上课"
    taken(world, None, TEACHERS, described=described)
    yield 2
    taken(world, None, TEACHERS, described=described)
    yield 0


# (story, how many days ago it began), each at a place of its own.
TOLD = (
    (redone, 70),
    (closed, 55),
    (declined, 30),
    (not_satisfied, 20),
    (to_call_back, 16),
    (to_approve, 12),
    (handled, 8),
    (of_the_market, 8),
    (objected, 7),
    (to_assign, 5),
    (settled, 5),
    (unknown_place, 11),
    (unknown_place, 4),
    (waiting, 3),
)
