"""History as the timeline of a record page shows it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from training_oversight import clock
from training_oversight.audit.differences import PROTECTED
from training_oversight.audit.kinds import EventType
from training_oversight.audit.models import ACTED_FOR, Event
from training_oversight.texts import LabelledEnum, Text
from training_oversight.web.components import Change, EntryKind, TimelineEntry, Words

# How a stored value of a column is said: an enum, names by key, or a function.
Saying = type[LabelledEnum] | Mapping[Any, Words] | Callable[[Any], Words]

# History freezes the actor's name; this is the name of the system's own (accounts.service).
SYSTEM_NAME = "系统"


def entries(
    events: Iterable[Event],
    labels: Mapping[str, Text] | None = None,
    values: Mapping[str, Saying] | None = None,
    sentences: Mapping[str, Callable[[Event], Words]] | None = None,
) -> list[TimelineEntry]:
    """One line per event, in the order given.

    ``labels`` names the columns whose changes are worth reading; the others are left out.
    ``values`` says how a column's stored value reads; ``sentences`` adds one by verb.
    """
    return [_entry(event, labels or {}, values or {}, sentences or {}) for event in events]


def _entry(
    event: Event,
    labels: Mapping[str, Text],
    values: Mapping[str, Saying],
    sentences: Mapping[str, Callable[[Event], Words]],
) -> TimelineEntry:
    known = EventType.known.get(event.verb)
    happened = _happened(event)
    say = sentences.get(event.verb)
    return TimelineEntry(
        at=happened or event.at,
        label=known.label if known else event.verb,
        person=_person(event),
        kind=_kind(event),
        sentence=say(event) if say else _states(event, known),
        note=event.note,
        changes=_changes(event, labels, values),
        entered_later=Text("Entered on %(at)s.", at=event.at) if happened else "",
    )


def _person(event: Event) -> Words:
    """Who did it, and with whose rights where they were lent."""
    if event.actor_name == SYSTEM_NAME:
        return Text("System")
    if lender := event.facts.get(ACTED_FOR):
        return Text("%(name)s for %(lender)s", name=event.actor_name, lender=lender["name"])
    return event.actor_name


def _happened(event: Event) -> datetime | date | None:
    """When it happened, if that was on an earlier day than it was entered."""
    stated = event.facts.get("happened_at") or event.facts.get("happened_on")
    if not stated:
        return None
    if len(stated) == len("2026-10-15"):
        day = date.fromisoformat(stated)
        return day if day < event.on_day else None
    instant = datetime.fromisoformat(stated)
    return instant if clock.day_of(instant) < event.on_day else None


def _kind(event: Event) -> EntryKind:
    if event.verb.endswith((".return", ".fail", "_failed")):
        return EntryKind.RETURNED
    if event.actor_name == SYSTEM_NAME:
        return EntryKind.SYSTEM
    return EntryKind.CHANGE if event.to_state or event.sequence == 1 else EntryKind.NOTE


def _states(event: Event, known: EventType | None) -> Words:
    if not (event.from_state and event.to_state) or event.from_state == event.to_state:
        return ""
    return Text(
        "%(before)s → %(after)s",
        before=_state(event.from_state, known),
        after=_state(event.to_state, known),
    )


def _state(value: str, known: EventType | None) -> Words:
    return _member(known.states, value) if known and known.states else value


def _member(members: type[LabelledEnum], value: str) -> Words:
    """The member, or the value itself where a later release knows it no more."""
    return next((member for member in members if member.value == value), value)


def _changes(
    event: Event, labels: Mapping[str, Text], values: Mapping[str, Saying]
) -> Sequence[Change]:
    # What a record was made of stands on the record; a line per column would bury the rest.
    if event.sequence == 1:
        return ()
    return [
        _change(labels[column], pair, values.get(column))
        for column, pair in event.changes.items()
        if column in labels
    ]


def _change(what: Text, pair: Sequence[object], saying: Saying | None) -> Change:
    if list(pair) == PROTECTED:
        return Change(what, None, None)
    before, after = (_said(value, saying) for value in pair)
    return Change(what, before, after)


def _said(value: Any, saying: Saying | None) -> Words:
    if value is None or value == "":
        return ""
    if isinstance(saying, Mapping):
        return saying.get(value, value)
    if isinstance(saying, type):
        return _member(saying, value)
    if saying is not None:
        return saying(value)
    if isinstance(value, bool):
        return Text("Yes") if value else Text("No")
    return _day(value) or value


def _day(value: object) -> date | datetime | None:
    """A day or an instant kept as ISO text; nothing for any other value."""
    if not isinstance(value, str) or len(value) < len("2026-10-15") or value[4:5] != "-":
        return None
    try:
        return datetime.fromisoformat(value) if "T" in value else date.fromisoformat(value)
    except ValueError:
        return None
