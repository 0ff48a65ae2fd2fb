"""Orders to stop, what is not put right in time, and joint enforcement."""

from __future__ import annotations

from collections.abc import Callable

from training_oversight import clock
from training_oversight.accounts.models import Officer
from training_oversight.database import current_session, transaction
from training_oversight.demo import evidence
from training_oversight.demo.stories import checks, messages
from training_oversight.demo.stories.notices import under_way
from training_oversight.demo.timeline import Story
from training_oversight.demo.world import World
from training_oversight.enforcement import service as enforcement
from training_oversight.enforcement.models import JointCase, JointTask, Trigger
from training_oversight.enforcement.workflow import CaseState, TaskState
from training_oversight.ledger import service as ledger
from training_oversight.ledger.models import RectificationItem
from training_oversight.registry import service as registry
from training_oversight.registry.models import ClosingKind, Institution


def overdue(world: World, place: Institution) -> Story:
    """Served, and nothing happened: the morning job finds it."""
    yield from under_way(world, place)


def stopped(world: World, place: Institution) -> Story:
    """Unlicensed: ordered to stop at once, then closed down."""
    items = world.register(checks.found_unlicensed(world, place))
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
    items = world.register(checks.found_unlicensed(world, place))
    notice = world.draft(items, "stop")
    world.submit(notice)
    yield 1
    world.approve(notice)
    yield 1
    world.serve(notice)


def refunds_owed(world: World, place: Institution) -> Story:
    """Training ended on the day of service; refunds have their own limit, and may miss it."""
    items = world.register(checks.found_unlicensed(world, place))
    yield from _stopped_at_once(world, items)


def refunded(world: World, place: Institution) -> Story:
    """The same, with the refunds reported: the office re-checks both."""
    items = world.register(checks.found_unlicensed(world, place))
    yield from _stopped_at_once(world, items)
    yield 6
    with transaction() as session:
        made = ledger.report_second(
            session,
            items[0],
            met_on=clock.today(),
            report="已退费18户、共6.3万元，其余学员转入有证机构。",
            by=world.inspectors[0],
            today=clock.today(),
            calendar=world.calendar,
        )
        evidence.of_report(session, items[0], made, by=world.inspectors[0])


def _stopped_at_once(world: World, items: list[RectificationItem]) -> Story:
    notice = world.draft(items, "stop")
    world.submit(notice)
    yield 0
    world.approve(notice)
    yield 0
    world.serve(notice)
    yield 0
    world.apply(items[0])


def raised_by_hand(world: World, place: Institution) -> Story:
    """An unlicensed venue: police, market regulation and civil affairs from day one."""
    items = world.register(checks.found_unlicensed(world, place))
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
    yield from _convened(world, case, messages.one_left_waiting)


def _convened(
    world: World, case: JointCase, tell: Callable[[World, JointCase], None], *, answering: int = 2
) -> Story:
    if not _tasks(case, TaskState.DRAFTED):
        _ask_the_market_office(world, case)
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
    tell(world, case)
    yield 1
    for task in _tasks(case, TaskState.ASKED)[:answering]:
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


def _ask_the_market_office(world: World, case: JointCase) -> None:
    """The violations of the case suggest no department: a person chooses one."""
    with transaction() as session:
        enforcement.draft_task(
            session,
            case,
            world.departments["market"],
            asked="请依职责核查该机构的经营情况。",
            by=world.head,
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
    yield from _convened(world, case, messages.all_passed_on)
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
        yield from _convened(world, case, messages.one_left_waiting, answering=0)


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
    messages.one_dropped_one_released(world, case)
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
