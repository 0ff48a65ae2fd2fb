"""What happened at each institution: one generator a kind of case."""

from __future__ import annotations

from collections.abc import Callable

from training_oversight import clock, law
from training_oversight.accounts.models import Officer
from training_oversight.database import current_session, transaction
from training_oversight.demo.timeline import ONE_DAY, Story
from training_oversight.demo.world import World
from training_oversight.enforcement import service as enforcement
from training_oversight.enforcement.models import JointCase, JointTask, Trigger
from training_oversight.enforcement.workflow import CaseState, TaskState
from training_oversight.inspections import service as inspections
from training_oversight.inspections.models import Approval, NotPossible, VisitKind
from training_oversight.inspections.service import Handling, VisitDraft
from training_oversight.ledger import service as ledger
from training_oversight.ledger.models import LimitBasis
from training_oversight.notices import service as notices
from training_oversight.notices.models import ServiceMethod
from training_oversight.registry import service as registry
from training_oversight.registry.models import ClosingKind, Institution

# Notices are drafted over types whose legal basis is shipped: others are for the county.
NOTICE_CODES = (
    "beyond_scope",
    "unpublished_information",
    "advertising",
    "staff_record_check",
    "disguised_subject",
    "safety_hazard",
)
Play = Callable[[World, Institution], Story]


def nothing_wrong(world: World, place: Institution) -> Story:
    world.visit(place)
    return
    yield  # a story is a generator, even one that ends at once


def fixed_on_the_spot(world: World, place: Institution) -> Story:
    world.visit(
        place, "unpublished_information", handling=Handling.FIXED, note="当场张贴收费公示，已拍照。"
    )
    yield 0
    world.visit(place, "late_classes", handling=Handling.SET_ASIDE, note="当晚为家长会，不是上课。")


def finding_undecided(world: World, place: Institution) -> Story:
    world.visit(place, "fees")
    yield 0


def door_closed(world: World, place: Institution) -> Story:
    with transaction() as session:
        visit = inspections.plan(
            session, draft=_planned(world, place), by=world.inspectors[0], today=clock.today()
        )
    yield 0
    with transaction() as session:
        inspections.not_possible(
            session,
            visit,
            kind=NotPossible.CLOSED,
            note="两次到场均关门。",
            again_on=clock.today() + 3 * ONE_DAY,
            by=world.inspectors[0],
            today=clock.today(),
        )


def planned(world: World, place: Institution) -> Story:
    with transaction() as session:
        inspections.plan(
            session, draft=_planned(world, place), by=world.inspectors[0], today=clock.today()
        )
    yield 0


def _planned(world: World, place: Institution) -> VisitDraft:
    return VisitDraft(
        place=place,
        kind=VisitKind.ROUTINE,
        purpose="秋季学期日常检查",
        happened_at=clock.now() + 2 * ONE_DAY,
        officers=world.inspectors[:2],
        approval=Approval.APPROVED,
        approved_by_name=world.head.name,
        approved_on=clock.today(),
    )


def _codes(world: World) -> tuple[str, ...]:
    return tuple(world.random.sample(NOTICE_CODES, world.random.choice((1, 1, 2))))


def rectified(world: World, place: Institution) -> Story:
    """The whole chain: found, ordered, served, put right, verified, written off."""
    items = world.register(world.visit(place, *_codes(world)))
    yield 1
    notice = world.draft(items)
    world.submit(notice)
    yield 1
    world.approve(notice)
    yield 2
    world.serve(notice)
    yield 8
    for item in items:
        world.apply(item)
    yield 3
    for item in items:
        world.verify(item)
    yield 2
    for item in items:
        world.close(item)


def relapsed(world: World, place: Institution) -> Story:
    """Written off, and found again: put back on the ledger with a new limit."""
    items = world.register(world.visit(place, "beyond_scope"))
    notice = world.draft(items)
    world.submit(notice)
    yield 1
    world.approve(notice)
    yield 1
    world.serve(notice)
    yield 6
    world.apply(items[0])
    yield 1
    world.verify(items[0])
    yield 1
    world.close(items[0])
    yield 15
    limit = ledger.PeriodLimit(
        law.Period(10, law.Unit.WORKING_DAYS), clock.today(), LimitBasis.REOPENED
    )
    with transaction() as session:
        ledger.reopen(
            session,
            items[0],
            limit=limit,
            reason="回头看时教学点又开课。",
            by=world.head,
            today=clock.today(),
            calendar=world.calendar,
        )


def failed_recheck(world: World, place: Institution) -> Story:
    items = world.register(world.visit(place, "staff_record_check"), days_on_the_spot=5)
    yield 4
    world.apply(items[0])
    yield 2
    world.verify(items[0], passed=False)


def waiting_for_recheck(world: World, place: Institution) -> Story:
    items = world.register(world.visit(place, "fees"), days_on_the_spot=10)
    yield 6
    world.apply(items[0])


def waiting_for_close_out(world: World, place: Institution) -> Story:
    items = world.register(world.visit(place, "late_classes"), days_on_the_spot=8)
    yield 5
    world.apply(items[0])
    yield 2
    world.verify(items[0])


def under_way(world: World, place: Institution) -> Story:
    """Served not long ago: the deadline still lies ahead."""
    items = world.register(world.visit(place, *_codes(world)))
    notice = world.draft(items)
    world.submit(notice)
    yield 1
    world.approve(notice)
    yield 1
    world.serve(notice, ServiceMethod.LEFT if world.random.random() < 0.3 else ServiceMethod.DIRECT)


def overdue(world: World, place: Institution) -> Story:
    """Served, and nothing happened: the morning job finds it."""
    yield from under_way(world, place)


def reported_late(world: World, place: Institution) -> Story:
    items = world.register(world.visit(place, "advertising"), days_on_the_spot=3)
    yield 7
    world.apply(items[0])


def draft_only(world: World, place: Institution) -> Story:
    world.draft(world.register(world.visit(place, "fees", "advertising")))
    yield 0


def returned_draft(world: World, place: Institution) -> Story:
    notice = world.draft(world.register(world.visit(place, "unpublished_information")))
    world.submit(notice)
    yield 1
    with transaction() as session:
        notices.return_(session, notice, note="事实部分请写明查看的是哪块公示栏。", by=world.head)


def waiting_for_approval(world: World, place: Institution) -> Story:
    notice = world.draft(world.register(world.visit(place, "beyond_scope")))
    yield 0
    world.submit(notice)


def not_served_yet(world: World, place: Institution) -> Story:
    notice = world.draft(world.register(world.visit(place, "staff_record_check")))
    world.submit(notice)
    yield 1
    world.approve(notice)
    yield 1
    failed = notices.FailedAttempt(
        method=ServiceMethod.DIRECT,
        attempted_at=clock.now(),
        failure="关门，电话联系约定改日。",
        place=notice.recipient_address,
        served_by="周敏、何欣然",
    )
    with transaction() as session:
        notices.record_failed_attempt(
            session, notice, attempt=failed, by=world.inspectors[0], today=clock.today()
        )


def voided_notice(world: World, place: Institution) -> Story:
    notice = world.draft(world.register(world.visit(place, "advertising")))
    world.submit(notice)
    yield 1
    world.approve(notice)
    yield 1
    with transaction() as session:
        notices.withdraw(
            session,
            notice,
            reason="受送达人名称有误，另行制发。",
            by=world.head,
            today=clock.today(),
        )


def entered_in_error(world: World, place: Institution) -> Story:
    items = world.register(world.visit(place, "fees"), days_on_the_spot=10)
    yield 1
    with transaction() as session:
        ledger.void(session, items[0], reason="同一问题重复登记。", by=world.head)


def stopped(world: World, place: Institution) -> Story:
    """Unlicensed: ordered to stop at once, then closed down."""
    items = world.register(world.visit(place, "unlicensed", kind=VisitKind.SINGLE_CASE))
    notice = world.draft(items, "stop")
    world.submit(notice)
    yield 0
    world.approve(notice)
    yield 0
    world.serve(notice)
    yield 12
    world.close_directly(items[0], "stopped")
    yield 3
    with transaction() as session:
        registry.close(
            session,
            place,
            kind=ClosingKind.STOPPED,
            closed_on=clock.today(),
            reason="已停止办学，学员妥善安置。",
            by=world.head,
            today=clock.today(),
        )


def stopping(world: World, place: Institution) -> Story:
    items = world.register(world.visit(place, "unlicensed", kind=VisitKind.SINGLE_CASE))
    notice = world.draft(items, "stop")
    world.submit(notice)
    yield 1
    world.approve(notice)
    yield 1
    world.serve(notice)


def raised_by_hand(world: World, place: Institution) -> Story:
    """An unlicensed venue: police, market regulation and civil affairs from day one."""
    items = world.register(world.visit(place, "unlicensed", kind=VisitKind.SINGLE_CASE))
    with transaction() as session:
        case = enforcement.open_by_hand(
            session,
            place,
            trigger=Trigger.UNLICENSED,
            summary="无证开展小学学科培训，负责人拒不配合。",
            items=items,
            departments=[world.departments[code] for code in ("market", "police")],
            by=world.inspectors[0],
            today=clock.today(),
        )
    yield 1
    yield from _convened(world, case)


def _convened(world: World, case: JointCase) -> Story:
    with transaction() as session:
        enforcement.convene(
            session,
            case,
            decided_by="邵明远",
            decided_on=clock.today(),
            document=f"云双减办函〔{clock.today().year}〕{world.random.randrange(2, 30)}号",
            by=world.head,
            today=clock.today(),
        )
    yield 1
    for task in _tasks(case, TaskState.ASKED)[:2]:
        with transaction() as session:
            enforcement.accept(session, task, by=_liaison(world, task), today=clock.today())
    yield 3
    for task in _tasks(case, TaskState.ACCEPTED)[:1]:
        with transaction() as session:
            enforcement.report(
                session,
                task,
                result="已到场核查，责令停止经营活动并登记负责人信息。",
                by=_liaison(world, task),
                today=clock.today(),
            )


def _tasks(case: JointCase, state: TaskState) -> list[JointTask]:
    session = current_session()
    session.refresh(case, ["tasks"])
    return [task for task in case.tasks if task.state == state]


def _liaison(world: World, task: JointTask) -> Officer:
    return next(
        officer
        for officer in world.officers.values()
        if officer.department_id == task.department_id
    )


def concluded(world: World, place: Institution) -> Story:
    """Overdue, raised by the job, convened, dealt with, concluded."""
    yield from overdue(world, place)
    yield 24
    case = world.live_case(place)
    if case is None or case.state != CaseState.RAISED:
        return
    yield from _convened(world, case)
    yield 4
    with transaction() as session:
        enforcement.conclude(
            session,
            case,
            conclusion="各部门处置完毕，机构书面承诺整改，由教育局继续督促。",
            by=world.head,
            today=clock.today(),
        )


def convened(world: World, place: Institution) -> Story:
    yield from overdue(world, place)
    yield 22
    case = world.live_case(place)
    if case is not None and case.state == CaseState.RAISED:
        yield from _convened(world, case)


def task_returned(world: World, place: Institution) -> Story:
    world.register(world.visit(place, "safety_hazard"), days_on_the_spot=2)
    yield 4
    case = world.live_case(place)
    if case is None:
        return
    with transaction() as session:
        enforcement.convene(
            session,
            case,
            decided_by="邵明远",
            decided_on=clock.today(),
            document="县政府专题会议纪要（示例）",
            by=world.head,
            today=clock.today(),
        )
    yield 1
    task = _tasks(case, TaskState.ASKED)[0]
    right = next(d for d in world.departments.values() if d.id != task.department_id)
    with transaction() as session:
        enforcement.return_(
            session,
            task,
            ground="该场所的使用性质由其他部门认定。",
            department=right,
            by=_liaison(world, task),
            today=clock.today(),
        )
