"""What happened to a record while somebody had its form open, in sentences."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from training_oversight import clock
from training_oversight.audit import queries
from training_oversight.audit.differences import PROTECTED
from training_oversight.audit.models import Event
from training_oversight.audit.timeline import Saying, entries
from training_oversight.database import current_session
from training_oversight.errors import ChangedRecord
from training_oversight.texts import Text, rendered
from training_oversight.web.components import Change, TimelineEntry
from training_oversight.web.contributions import contributions
from training_oversight.web.listings import Contribution
from training_oversight.web.stale_form import Meanwhile

# A form lies open for an hour, not for a year: what is older stands in the timeline.
MOST = 5
LONGEST = 80


def by(labels: Mapping[str, Text], values: Mapping[str, Saying] | None = None) -> Tell:
    """The changes of these columns, said so."""
    return lambda _session, events: entries(events, labels, values)


Tell = Callable[[Session, Sequence[Event]], list[TimelineEntry]]


@dataclass(frozen=True)
class Reading(Contribution):
    """How the history of some kinds of record is told: as their own pages do.

    ``tell(session, events)`` makes the entries; ``events(session, key, limit)`` are newest
    first, and given where they are not the record's own alone.
    """

    kinds: Sequence[str] = ()
    tell: Tell = lambda _session, events: entries(events)
    events: Callable[[Session, int, int], Sequence[Event]] | None = None

    def latest(self, session: Session, standing: ChangedRecord) -> Sequence[Event]:
        if self.events is not None:
            return self.events(session, standing.key, MOST)
        return queries.history_of(session, standing.kind, standing.key, limit=MOST)


def _reading_of(kind: str) -> Reading:
    handed_in = contributions().every(Reading)
    return next((one for one in handed_in if kind in one.kinds), Reading())


def meanwhile(standing: ChangedRecord, since: datetime | None) -> Meanwhile | None:
    """Who changed the record last and when; then what each did since, the newest first."""
    session, reading = current_session(), _reading_of(standing.kind)
    events = reading.latest(session, standing)
    later = [event for event in events if since is not None and event.at > since]
    # A transaction that began before the form was opened carries an earlier instant. If no event
    # is later than the form, the last one is the change that it missed.
    shown = later or events[:1]
    if not shown:
        return None
    return Meanwhile(_sentences(shown, reading.tell(session, shown)), _before(later))


def _before(events: Sequence[Event]) -> dict[str, object]:
    """Column -> what it held before the first of these events, protected ones left out."""
    changes = (one for event in events for one in event.changes.items())
    return {name: values[0] for name, values in changes if values != PROTECTED}


def _sentences(later: Sequence[Event], told: Sequence[TimelineEntry]) -> Sequence[Text]:
    first = Text(
        "Not saved: %(who)s changed this record after you opened it (%(at)s). What you typed is "
        "still here; compare it with the present state, then save again.",
        who=told[0].person,
        at=_when(later[0].at),
    )
    if len(later) == 1:
        return first, _what(told[0])
    lines: dict[object, Text] = {}
    for one, entry in zip(later, told, strict=True):
        who, what = entry.person, _what(entry)
        line = Text("%(at)s %(who)s: %(what)s", at=_when(one.at), who=who, what=what)
        lines.setdefault((who, what), line)
    return first, *lines.values()


def _when(at: datetime) -> str | datetime:
    wall = clock.local(at)
    return f"{wall:%H:%M}" if wall.date() == clock.today() else at


def _what(entry: TimelineEntry) -> Text:
    said = [entry.sentence] if entry.sentence else []
    said += [_changed(change) for change in entry.changes]
    if not said:
        return Text("%(what)s.", what=entry.label)
    return Text("%(what)s: %(changes)s.", what=entry.label, changes=_Joined(said))


def _changed(change: Change) -> Text:
    if change.before is None and change.after is None:
        return Text("%(field)s changed", field=change.what)
    return Text(
        "%(field)s %(before)s → %(after)s",
        field=change.what,
        before=_short(change.before),
        after=_short(change.after),
    )


def _short(value: object) -> object:
    """A value in a sentence; a long one stands in full on the record."""
    if value in (None, ""):
        return Text("empty")
    if isinstance(value, str) and len(value) > LONGEST:
        return f"{value[:LONGEST]}…"
    return value


@dataclass(frozen=True)
class _Joined:
    """Sentences in a row, rendered when they are shown."""

    parts: Iterable[object]

    def __str__(self) -> str:
        return str(Text("; ")).join(rendered(part) for part in self.parts)
