"""What can happen to a record, in words, and who may have done it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar, Protocol

from training_oversight.declared import Declared
from training_oversight.texts import LabelledEnum, Text


class Actor(Protocol):
    """Who did it: an officer, or the system's own."""

    @property
    def id(self) -> int: ...
    @property
    def name(self) -> str: ...


@dataclass(frozen=True)
class EventType:
    """A kind of event, its words, and the only facts that it may carry."""

    verb: str
    label: Text
    facts: frozenset[str] = frozenset()
    # The states of the record that it happens to, for the words of from and to.
    states: type[LabelledEnum] | None = None
    known: ClassVar[Declared[EventType]] = Declared(lambda kind: kind.verb)

    @classmethod
    def declare(
        cls,
        verb: str,
        label: Text,
        facts: Iterable[str] = (),
        states: type[LabelledEnum] | None = None,
    ) -> EventType:
        """Make a kind of event known, so that the timeline can put it into words."""
        return cls.known.declare(cls(verb, label, frozenset(facts), states))


class UndeclaredFact(ValueError):
    """An event was given a fact that its type does not declare."""
