"""How visits and findings look on pages: states, checklists in parts, history in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from training_oversight import clock
from training_oversight.audit.models import Event
from training_oversight.audit.recent_changes import Reading, by
from training_oversight.catalogue.models import Checklist, Severity
from training_oversight.inspections.models import (
    Answer,
    Approval,
    Finding,
    Visit,
    VisitKind,
)
from training_oversight.inspections.workflow import FindingState, VisitState
from training_oversight.texts import Counted, Text
from training_oversight.web.components import Shape, Status, Tone

VISIT_SHAPES = {
    VisitState.PLANNED: Shape.NOT_BEGUN,
    VisitState.UNDER_WAY: Shape.UNDER_WAY,
    VisitState.DONE: Shape.DONE,
    VisitState.NOT_POSSIBLE: Shape.ENDED,
}
FINDING_SHAPES = {
    FindingState.PENDING: Shape.NOT_BEGUN,
    FindingState.REGISTERED: Shape.UNDER_WAY,
    FindingState.FIXED_ON_SPOT: Shape.DONE,
    FindingState.SET_ASIDE: Shape.ENDED,
}
TONES = {Shape.DONE: Tone.GREEN, Shape.ENDED: Tone.GREY}
# Answers come one by one; on the record they stand in their own table.
UNSAID = frozenset({"visit.answered"})

LABELS = {
    "kind": Text("Kind of visit"),
    "purpose": Text("Purpose"),
    "happened_at": Text("From"),
    "ended_at": Text("Until"),
    "approval": Text("Approval of the visit"),
    "approved_by_name": Text("Approved by"),
    "approved_on": Text("Approved on"),
    "outside_number": Text("Number in the outside system"),
    "helpers": Text("Others who came along"),
    "representative": Text("Person in charge on site"),
    "representative_role": Text("Post of that person"),
    "statement": Text("What the person in charge said"),
    "minutes": Text("Minutes"),
    "distance": Text("Distance in metres"),
    "unanswered_reason": Text("Why questions stay unanswered"),
    "severity": Text("Severity"),
    "title": Text("Problem"),
    "facts": Text("What was seen"),
}
VALUES = {"kind": VisitKind, "approval": Approval, "severity": Severity}
READING = Reading(
    (
        "visit",
        "finding",
    ),
    by(LABELS, VALUES),
)


@dataclass(frozen=True)
class Question:
    """One question of a checklist, as the page asks it."""

    number: int
    code: str
    text: str
    hint: str
    answer: Answer | None
    note: str = ""
    findings: Sequence[Finding] = ()


@dataclass(frozen=True)
class ChecklistPart:
    """A part of a checklist with its count of answers."""

    title: str
    questions: Sequence[Question]

    @property
    def answered(self) -> int:
        return sum(question.answer is not None for question in self.questions)


def visit_status(visit: Visit) -> Status:
    """Its state; of one that was planned for a day that has passed, by how much it is late."""
    late = (clock.today() - clock.day_of(visit.happened_at)).days
    if visit.state is VisitState.PLANNED and late > 0:
        words = Counted("Visit %(days)s day late", "Visit %(days)s days late", days=late)
        return Status(Shape.OVERDUE, words, Tone.RED)
    shape = VISIT_SHAPES[visit.state]
    return Status(shape, visit.state, TONES.get(shape, Tone.INK))


def finding_status(finding: Finding) -> Status:
    shape = FINDING_SHAPES[finding.state]
    return Status(shape, finding.state, TONES.get(shape, Tone.INK))


def parts(
    checklist: Checklist | None,
    answers: Mapping[str, Answer],
    findings: Sequence[Finding] = (),
    notes: Mapping[str, str] | None = None,
) -> list[ChecklistPart]:
    """The checklist in its parts, numbered through."""
    sections: dict[str, list[Question]] = {}
    for number, item in enumerate(checklist.items if checklist else (), start=1):
        code = item["code"]
        sections.setdefault(item["section"], []).append(
            Question(
                number=number,
                code=code,
                text=item["text"],
                hint=item.get("hint", ""),
                answer=answers.get(code),
                note=(notes or {}).get(code, ""),
                findings=[one for one in findings if one.checklist_item_code == code],
            )
        )
    return [ChecklistPart(title, questions) for title, questions in sections.items()]


def worth_telling(events: Sequence[Event]) -> list[Event]:
    return [event for event in events if event.verb not in UNSAID]


def phrases(item: dict[str, str] | None) -> list[str]:
    """Beginnings of sentences that belong to this question, as the county's checklist has them."""
    written = (item or {}).get("phrases", "")
    return [one for each in written.replace(";", "；").split("；") if (one := each.strip())]
