"""How departments hear of a convened case: by telephone, since no channel is set up."""

from __future__ import annotations

from training_oversight import clock
from training_oversight.correspondence import channels, queries, service
from training_oversight.correspondence.models import Message
from training_oversight.correspondence.workflow import MessageState
from training_oversight.database import current_session, transaction
from training_oversight.demo.world import World
from training_oversight.enforcement.models import JointCase


def all_passed_on(world: World, case: JointCase) -> None:
    for message in _waiting(case):
        _pass_on(world, message)


def one_left_waiting(world: World, case: JointCase) -> None:
    for message in _waiting(case)[:-1]:
        _pass_on(world, message)


def one_dropped_one_released(world: World, case: JointCase) -> None:
    for message in _waiting(case)[:1]:
        with transaction() as session:
            service.drop(session, message, reason="已在会上当面布置，不再另行通知。", by=world.head)
    for message in _waiting(case):
        _release(world, message)


def _pass_on(world: World, message: Message) -> None:
    _release(world, message)
    with transaction() as session:
        service.hand_over(
            session,
            message,
            on=clock.today(),
            how=f"电话告知{message.department_name}联络员，对方已记下。",
            by=world.head,
            today=clock.today(),
        )


def _release(world: World, message: Message) -> None:
    with transaction() as session:
        service.release(
            session,
            message,
            channel=channels.configured(),
            by=world.head,
            today=clock.today(),
        )


def _waiting(case: JointCase) -> list[Message]:
    session = current_session()
    session.refresh(case, ["tasks"])
    messages = (message for task in case.tasks for message in queries.about(session, task))
    return [message for message in messages if message.state is MessageState.WAITING]
