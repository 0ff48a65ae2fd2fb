"""Orders of the 12345 centre: urged, given more time, asked to be taken back."""

from __future__ import annotations

from datetime import timedelta

from training_oversight import clock
from training_oversight.complaints import service
from training_oversight.complaints.kinds import Channel, RequestResult
from training_oversight.complaints.models import Complaint
from training_oversight.database import transaction
from training_oversight.demo.stories.complaints import FEES, accept, assign, clerk, taken
from training_oversight.demo.timeline import Story
from training_oversight.demo.world import World
from training_oversight.orders import service as orders
from training_oversight.registry.models import Institution


def _ordered(world: World, place: Institution, number: int) -> Complaint:
    order = f"DH{clock.today():%Y%m%d}{number:04}"
    return taken(world, place, FEES, channel=Channel.CENTRE, order=order)


def urged(world: World, place: Institution) -> Story:
    """Past its day: the centre's order of long ago, urged twice."""
    complaint = _ordered(world, place, 17)
    yield 1
    accept(world, complaint)
    assign(world, complaint, FEES, "education")
    for _ in range(2):
        yield 6
        with transaction() as session:
            service.urge(session, complaint, note="12345中心催办", by=clerk(world))


def given_more_time(world: World, place: Institution) -> Story:
    complaint = _ordered(world, place, 21)
    yield 1
    accept(world, complaint)
    assign(world, complaint, FEES, "education")
    yield 2
    until = clock.today() + timedelta(days=30)
    with transaction() as session:
        orders.ask_extension(
            session,
            complaint,
            wanted_on=until,
            ground="须等待银行提供监管账户流水。",
            by=clerk(world),
            today=clock.today(),
        )
    yield 1
    with transaction() as session:
        orders.enter_answer(
            session,
            complaint,
            result=RequestResult.GRANTED,
            words="同意延期。",
            decided_on=clock.today(),
            until=until,
            by=clerk(world),
            today=clock.today(),
        )


def asked_back(world: World, place: Institution) -> Story:
    """The centre has not said whether another office takes it."""
    complaint = _ordered(world, place, 26)
    yield 1
    accept(world, complaint)
    with transaction() as session:
        orders.ask_return(
            session,
            complaint,
            ground="反映的是商场停车收费，不属于教育部门职责。",
            by=clerk(world),
            today=clock.today(),
        )


TOLD = ((urged, 45), (given_more_time, 9), (asked_back, 6))
