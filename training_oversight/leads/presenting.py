"""How leads look."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from training_oversight.audit import Event, timeline
from training_oversight.audit.recent_changes import Reading, by
from training_oversight.leads import queries
from training_oversight.leads.models import Lead
from training_oversight.leads.workflow import LeadState
from training_oversight.texts import Counted, Text
from training_oversight.web.components import Shape, Status, TimelineEntry, Tone

SHAPES = {
    LeadState.OPEN: (Shape.WAITING, Tone.BLUE),
    LeadState.FOLLOWED: (Shape.DONE, Tone.GREEN),
    LeadState.HANDED_ON: (Shape.ENDED, Tone.GREY),
    LeadState.SET_ASIDE: (Shape.ENDED, Tone.GREY),
}
CONFIRM = Text("Confirm as a place without a permit")
GLANCE = 60
MORE = "…"
# It stands on every page that shows one, where somebody could take it for more.
NO_INSPECTION = Text(
    "A lead is no inspection: no problem and no paper rests on it, and it never leaves the office."
)


def state_of(lead: Lead) -> Status:
    shape, tone = SHAPES[lead.state]
    return Status(shape, lead.state.label, tone)


def owes(lead: Lead) -> str | Text:
    """Who owes the decision: one officer, or all who may log visits there."""
    officer = queries.owing(lead)
    if officer is not None:
        return officer.name
    return Text("Inspectors for %(township)s", township=lead.division.name)


def age(lead: Lead, today: date) -> Text:
    days = (today - lead.entered_on).days
    if not days:
        return Text("Entered today")
    return Counted("Undecided for %(days)s day", "Undecided for %(days)s days", days=days)


def glance(lead: Lead) -> str:
    """The beginning of what was seen, for a list."""
    plain = " ".join(lead.facts.split())
    return plain if len(plain) <= GLANCE else plain[:GLANCE] + MORE


LABELS = {
    "place": Text("Which place it is"),
    "decided_note": Text("Note on the decision"),
    "decided_on": Text("Decided on"),
}
READING = Reading(("lead",), by(LABELS))


def history_of(events: Sequence[Event]) -> list[TimelineEntry]:
    return timeline.entries(events, LABELS)
