"""Spot checks that end there and then, or have not happened yet."""

from __future__ import annotations

from datetime import datetime, time

import sqlalchemy as sa

from training_oversight import clock
from training_oversight.database import current_session, transaction
from training_oversight.demo.timeline import ONE_DAY, Story
from training_oversight.demo.world import World
from training_oversight.inspections import service as inspections
from training_oversight.inspections.models import Approval, NotPossible, Visit, VisitKind
from training_oversight.inspections.service import Handling, VisitDraft
from training_oversight.inspections.workflow import VisitState
from training_oversight.registry import service as registry
from training_oversight.registry.models import Institution

AFTERNOON = (time(14, 30), time(16))


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
    """Begun at once where something was heard; the approval is still to follow."""
    world.visit(place, "fees", approval=Approval.TO_FOLLOW)
    yield 0


def found_unlicensed(world: World, place: Institution) -> Visit:
    """A visit that found teaching without a permit; who made it confirms that there is none."""
    visit = world.visit(place, "unlicensed", kind=VisitKind.SINGLE_CASE)
    with transaction() as session:
        registry.confirm_unlicensed(
            session,
            place,
            on_day=clock.today(),
            note="现场未能出示办学许可证，经核对审批档案，未曾许可。",
            by=visit.entered_by,
            today=clock.today(),
        )
    return visit


def confirmed_undecided(world: World, place: Institution) -> Story:
    """Known to have no permit, and nobody has decided yet what follows."""
    found_unlicensed(world, place)
    yield 0


def door_closed(world: World, place: Institution) -> Story:
    with transaction() as session:
        visit = inspections.plan(
            session, draft=_soon(world, place), by=world.inspectors[0], today=clock.today()
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
            session, draft=_soon(world, place), by=world.inspectors[0], today=clock.today()
        )
    yield 0


def of_today(world: World) -> None:
    """Two visits of this afternoon, at places of whoever makes them."""
    by, today = world.inspectors[0], clock.today()
    waiting = sa.select(Visit.institution_id).filter_by(state=VisitState.PLANNED)
    planned = current_session().scalars(waiting).all()
    mine = [
        one for one in world.institutions if one.officer_in_charge is by and one.id not in planned
    ]
    for place, hour in zip(mine[-2:], AFTERNOON, strict=True):
        at = clock.from_local(datetime.combine(today, hour))
        with transaction() as session:
            inspections.plan(session, draft=_planned(world, place, at), by=by, today=today)


def _soon(world: World, place: Institution) -> VisitDraft:
    return _planned(world, place, clock.now() + 2 * ONE_DAY)


def _planned(world: World, place: Institution, at: datetime) -> VisitDraft:
    return VisitDraft(
        place=place,
        kind=VisitKind.ROUTINE,
        purpose="秋季学期日常检查",
        happened_at=at,
        officers=world.inspectors[:2],
        approval=Approval.APPROVED,
        approved_by_name=world.head.name,
        approved_on=clock.today(),
        checklist=world.checklist(place),
    )
