"""A message is passed on, dropped or let out by who may, as its kind says."""

from datetime import timedelta

import pytest

from tests.factories import correspondence, enforcement
from tests.factories.enforcement import done
from tests.factories.messages import hand_over, release
from training_oversight.accounts.permissions import Permission, Role
from training_oversight.audit import queries as history
from training_oversight.correspondence import channels, kinds, queries, service
from training_oversight.correspondence.kinds import MessageKind
from training_oversight.correspondence.workflow import MessageState
from training_oversight.enforcement import messages
from training_oversight.errors import (
    BadInput,
    NotFound,
    NotPermitted,
    StaleForm,
    WrongState,
)
from training_oversight.texts import Text

S = MessageState
CLOSING = kinds.declare(
    MessageKind(
        "test.closing",
        Text("Message"),
        lambda _task: Text("Message"),
        messages.PAGE,
        Permission.CLOSE_INSTITUTION,
    )
)


def test_a_person_says_when_and_how_it_was_passed_on(county, session):
    message, head = correspondence.released(county), correspondence.releaser(county)

    hand_over(message, by=head, how="电话告知卢岩", version=message.version)

    assert message.state is S.HANDED_OVER
    assert (message.handed_over_on, message.handed_over_by_id) == (county.today, head.id)
    assert message.how == "电话告知卢岩"
    assert "message.hand_over" in [event.verb for event in history.history(session, message)]


@pytest.mark.parametrize("days", [-1, 1])
def test_it_is_not_passed_on_before_its_release_nor_tomorrow(county, days):
    message = correspondence.released(county)

    with pytest.raises(BadInput) as refused:
        hand_over(
            message, by=correspondence.releaser(county), on=county.today + timedelta(days=days)
        )

    assert "handed_over_on" in refused.value.fields


def test_what_is_not_released_is_not_passed_on(county):
    with pytest.raises(WrongState):
        hand_over(correspondence.waiting(county), by=correspondence.releaser(county))


def test_a_dropped_message_keeps_its_reason_and_ends(county, session):
    message = correspondence.dropped(county)

    assert (message.state, message.dropped_reason) == (S.DROPPED, "当面已说清")
    assert "当面已说清" in [event.note for event in history.history(session, message)]
    with pytest.raises(WrongState):
        release(message, by=correspondence.releaser(county))


def test_who_saw_an_older_state_of_it_is_refused(county):
    message, head = correspondence.waiting(county), correspondence.releaser(county)
    seen = message.version
    release(message, by=head)

    with pytest.raises(StaleForm):
        done(service.drop, message, reason="不需要", by=head, version=seen)


@pytest.mark.parametrize("role", [Role.INSPECTOR, Role.LIAISON, Role.PUBLISHER, Role.OBSERVER])
def test_only_heads_and_leaders_release(county, role):
    with pytest.raises(NotPermitted):
        release(correspondence.waiting(county), by=county.officer(role))


def test_an_officer_of_another_township_finds_no_message(county):
    message = correspondence.waiting(county)
    elsewhere = county.officer(Role.SECTION_HEAD, division=county.townships[2])

    with pytest.raises(NotFound):
        queries.get(county.session, message.id, officer=elsewhere)
    with pytest.raises(NotFound):
        release(message, by=elsewhere)


def test_the_kind_says_who_decides_beside_the_general_right(county):
    """A leader may release messages, but closes no institution."""
    task = enforcement.task_of(county, enforcement.raised_case(county))
    leader, head = county.officer(Role.LEADER), county.officer(Role.SECTION_HEAD)
    message = done(service.write, CLOSING, about=task, to=task.department, by=head)

    for verb, given in (
        (service.release, {"channel": channels.NONE, "today": county.today}),
        (service.drop, {"reason": "不需要"}),
    ):
        with pytest.raises(NotPermitted):
            done(verb, message, by=leader, **given)
    release(message, by=head)
    with pytest.raises(NotPermitted):
        hand_over(message, by=leader)

    assert message.state is S.RELEASED


def test_a_kind_is_declared_once(county):
    with pytest.raises(ValueError, match="declared twice"):
        kinds.declare(
            MessageKind("task.asked", Text("Message"), messages.ASKED.words, messages.PAGE)
        )
