"""From a finding on the ledger to a paper, and sometimes to the close-out."""

from __future__ import annotations

from training_oversight import clock, law
from training_oversight.database import transaction
from training_oversight.demo.timeline import Story
from training_oversight.demo.world import World
from training_oversight.ledger import service as ledger
from training_oversight.ledger.models import LimitBasis
from training_oversight.notices import service as notices
from training_oversight.notices.models import ServiceMethod
from training_oversight.registry.models import Institution

# Notices are drafted over types whose legal basis is shipped: others are for the county.
NOTICE_CODES = (
    "beyond_scope",
    "unpublished_information",
    "advertising",
    "staff_record_check",
    "disguised_subject",
    "safety_hazard",
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
