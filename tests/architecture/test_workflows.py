"""Every state table: nothing unreachable, no dead end, every word there, every verb used."""

import importlib

import pytest

from tests.architecture import sources
from training_oversight.accounts.permissions import GRANTED, Permission, Role
from training_oversight.audit import EventType
from training_oversight.schema import Base
from training_oversight.texts import LabelledEnum, Language, speaking
from training_oversight.workflow import Workflow


def workflows():
    """Every state table of every area, by name."""
    modules = [
        importlib.import_module(f"training_oversight.{path.parent.name}.workflow")
        for path in sorted(sources.PACKAGE.glob("*/workflow.py"))
    ]
    return {
        f"{module.__name__.split('.')[1]}.{name}": value
        for module in modules
        for name, value in vars(module).items()
        if isinstance(value, Workflow)
    }


# What no person does: the process that carries out long work.
MACHINES = Permission.RUN_ERRANDS
tables = pytest.mark.parametrize("workflow", workflows().values(), ids=workflows().keys())


def test_there_are_tables_and_every_record_with_a_state_has_one():
    stateful = [
        mapper.class_
        for mapper in Base.registry.mappers
        if hasattr(mapper.class_, "state") and hasattr(mapper.class_, "workflow")
    ]

    assert {id(model.workflow) for model in stateful} == {id(w) for w in workflows().values()}


@tables
def test_every_state_can_be_reached(workflow):
    reached, fresh = {workflow.initial}, {workflow.initial}
    while fresh:
        fresh = {m.target for m in workflow.moves if fresh & m.sources} - reached
        reached |= fresh

    assert reached == set(workflow.states)


@tables
def test_every_state_that_is_no_end_has_a_way_out(workflow):
    left = {source for m in workflow.moves for source in m.sources if m.target != source}

    assert set(workflow.states) - left == set(workflow.ends)


@tables
def test_no_verb_means_two_things_in_one_state(workflow):
    pairs = [(m.verb, source) for m in workflow.moves for source in m.sources]

    assert len(pairs) == len(set(pairs))


@tables
def test_every_move_is_somebodys(workflow):
    held = set().union(*(held for role, held in GRANTED.items() if role is not Role.SYSTEM))

    assert {m.permission for m in workflow.moves} <= held | {MACHINES}
    assert MACHINES not in held


@tables
def test_every_verb_has_its_kind_of_event(workflow):
    assert {m.verb for m in workflow.moves} <= EventType.known.keys()


@tables
def test_every_column_that_bars_a_party_is_there(workflow):
    models = [
        m.class_ for m in Base.registry.mappers if getattr(m.class_, "workflow", None) is workflow
    ]
    missing = [
        (move.verb, column)
        for move in workflow.moves
        for column, _why in move.not_by
        for model in models
        if column not in model.__table__.columns
    ]

    assert models
    assert missing == []


def labelled(parent=LabelledEnum):
    for child in parent.__subclasses__():
        if child.__module__.startswith("training_oversight"):
            yield child
        yield from labelled(child)


@pytest.mark.parametrize(
    "enum", sorted(labelled(), key=lambda e: e.__qualname__), ids=lambda e: e.__qualname__
)
def test_every_member_shown_to_people_has_a_chinese_word(enum):
    with speaking(Language.CHINESE):
        untranslated = [member for member in enum if str(member.label) == member.label.message]

    assert untranslated == []
    with speaking(Language.ENGLISH):
        assert all(str(member.label) for member in enum)


@pytest.mark.parametrize("workflow", workflows().values(), ids=workflows().keys())
def test_no_two_states_of_a_table_read_the_same(workflow):
    with speaking(Language.CHINESE):
        words = [str(state.label) for state in workflow.states]

    assert len(words) == len(set(words))


def test_every_kind_of_event_has_a_chinese_word():
    with speaking(Language.CHINESE):
        silent = [
            kind.verb for kind in EventType.known.values() if str(kind.label) == kind.label.message
        ]

    assert silent == []
