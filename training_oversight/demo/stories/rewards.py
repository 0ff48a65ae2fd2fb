"""Rewards for reports: the county has set its rules, and one stands in every state."""

from __future__ import annotations

from functools import cache

from training_oversight import clock
from training_oversight.accounts import passwords
from training_oversight.complaints import service as complaints
from training_oversight.complaints.kinds import ComplaintKind, Truth
from training_oversight.complaints.models import Complaint
from training_oversight.complaints.service import Written
from training_oversight.database import current_session, transaction
from training_oversight.demo.stories.complaints import TEACHERS, accept, assign, clerk, taken
from training_oversight.demo.timeline import Story
from training_oversight.demo.world import World
from training_oversight.registry.models import Institution
from training_oversight.rewards import rules, service
from training_oversight.rewards.models import Reward
from training_oversight.rewards.rules import RewardRules

# Plainly invented, as every figure here: no law gives it.
RULES = RewardRules([ComplaintKind.REPORT], 99_900, 90)
# The word of every reporter of the demo county.
WORD = "demo-word"
FEN = 30_000


@cache
def _hashed() -> str:
    return passwords.hashed_word(WORD)


def _ruled(world: World) -> None:
    if rules.of(current_session(), world.authority.id) is None:
        with transaction() as session:
            service.set_rules(session, RULES, by=world.officers["jiangfan"], version=None)


def _verified(world: World, complaint: Complaint) -> Story:
    accept(world, complaint)
    handler = assign(world, complaint, TEACHERS, "education") or world.inspectors[0]
    yield 3
    written = Written(Truth.TRUE, "到场核实，情况属实。", TEACHERS.answer)
    with transaction() as session:
        complaints.submit(session, complaint, written, by=handler, today=clock.today())
    yield 1
    with transaction() as session:
        complaints.approve(session, complaint, by=world.head, today=clock.today())


def _proposed(world: World, place: Institution) -> Story:
    complaint = taken(world, place, TEACHERS, tracking_hash=_hashed())
    yield 1
    yield from _verified(world, complaint)
    yield 1
    _ruled(world)
    with transaction() as session:
        made = service.propose(
            session,
            complaint,
            fen=FEN,
            reason="线索具体，到场即查实，属首次举报。",
            by=world.inspectors[0],
            today=clock.today(),
        )
    world.rewards[place.id] = made


def _approved(world: World, place: Institution) -> Story:
    yield from _proposed(world, place)
    yield 1
    with transaction() as session:
        service.approve(session, world.rewards[place.id], by=world.head, today=clock.today())


def proposed(world: World, place: Institution) -> Story:
    yield from _proposed(world, place)


def to_claim(world: World, place: Institution) -> Story:
    yield from _approved(world, place)


def claimed(world: World, place: Institution) -> Story:
    yield from _approved(world, place)
    yield 4
    made: Reward = world.rewards[place.id]
    proof = service.proven(made.complaint, WORD)
    with transaction() as session:
        service.pay(session, made, proof, by=clerk(world), today=clock.today())


def refused(world: World, place: Institution) -> Story:
    yield from _proposed(world, place)
    yield 1
    with transaction() as session:
        reason = "与此前已奖励的线索重复。"
        service.refuse(session, world.rewards[place.id], reason=reason, by=world.head)


def withdrawn(world: World, place: Institution) -> Story:
    yield from _approved(world, place)
    yield 2
    with transaction() as session:
        reason = "复核发现线索在举报以前已由巡查登记。"
        service.withdraw(session, world.rewards[place.id], reason=reason, by=world.head)


# The last but one was approved so long ago that its days are over.
REWARDED = ((proposed, 14), (to_claim, 18), (claimed, 40), (refused, 25), (to_claim, 120),
            (withdrawn, 35))  # fmt: skip
