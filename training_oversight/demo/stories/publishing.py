"""Public lists: batches that followed one another, one of them withdrawn, and what waits now."""

from __future__ import annotations

from training_oversight import clock
from training_oversight.database import current_session, transaction
from training_oversight.demo.timeline import Story
from training_oversight.demo.world import World
from training_oversight.publication import queries
from training_oversight.publication import service as publication
from training_oversight.publication.models import Publication
from training_oversight.publication.rules import ListRule
from training_oversight.publication.workflow import PublicationState


def batches(world: World, rule: ListRule) -> Story:
    """A batch that was replaced, one withdrawn, a draft given up, and the one that stands."""
    first = _prepared(world, rule)
    _publish(world, first, rule)
    yield 6
    wrong = _prepared(world, rule)
    _publish(world, wrong, rule)
    yield 3
    if wrong.state == PublicationState.PUBLISHED:
        _withdrawn(world, wrong)
    yield 2
    _discarded(world, _prepared(world, rule))
    yield 3
    second = _prepared(world, rule)
    _leave_one_out(world, second)
    _publish(world, second, rule)


def in_preparation(world: World, rule: ListRule, *, submitted: bool) -> Story:
    """The next batch: a draft, or waiting for its approval."""
    batch = _prepared(world, rule)
    if submitted:
        _submit(world, batch)
    # A story of one step.
    yield from ()


def _prepared(world: World, rule: ListRule) -> Publication:
    by = world.officers["fangning"]
    with transaction() as session:
        return publication.prepare(session, rule, by=by, today=clock.today())


def _publish(world: World, batch: Publication, rule: ListRule) -> None:
    """On the day on which it was prepared; what nobody stands on is given up."""
    if not queries.included(current_session(), batch):
        _discarded(world, batch)
        return
    _submit(world, batch)
    with transaction() as session:
        by, today = world.head, clock.today()
        publication.approve(session, batch, rule, by=by, today=today, version=None)


def _submit(world: World, batch: Publication) -> None:
    by = world.officers["fangning"]
    if queries.included(current_session(), batch):
        with transaction() as session:
            publication.submit(session, batch, by=by, today=clock.today(), version=None)


def _leave_one_out(world: World, batch: Publication) -> None:
    """The last of several; it stays out of the next batch too."""
    entries = queries.included(current_session(), batch)
    if len(entries) > 1:
        with transaction() as session:
            publication.remove(
                session,
                entries[-1],
                reason="举办者提出异议，正在核实。",
                by=world.officers["fangning"],
                today=clock.today(),
            )


def _withdrawn(world: World, batch: Publication) -> None:
    with transaction() as session:
        publication.withdraw(
            session,
            batch,
            reason="其中一条的日期有误，更正后重新公布。",
            by=world.head,
            today=clock.today(),
            version=None,
        )


def _discarded(world: World, batch: Publication) -> None:
    by = world.officers["fangning"]
    with transaction() as session:
        publication.discard(session, batch, by=by, today=clock.today(), version=None)
