"""How cases and tasks look."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from training_oversight.audit import Event
from training_oversight.audit.recent_changes import Reading, by
from training_oversight.audit.timeline import entries as timeline_entries
from training_oversight.enforcement.models import JointCase, JointTask
from training_oversight.enforcement.queries import Overview
from training_oversight.enforcement.workflow import (
    UNFINISHED,
    WITH_DEPARTMENT,
    CaseState,
    CaseVerb,
    TaskState,
    TaskVerb,
)
from training_oversight.texts import Counted, Text
from training_oversight.web.components import ProgressPart, Shape, Status, TimelineEntry, Tone
from training_oversight.web.time_left import days_left

CASE_SHAPES = {
    CaseState.RAISED: (Shape.NOT_BEGUN, Tone.INK),
    CaseState.CONVENED: (Shape.UNDER_WAY, Tone.INK),
    CaseState.CONCLUDED: (Shape.DONE, Tone.GREEN),
}
TASK_SHAPES = {
    TaskState.DRAFTED: (Shape.NOT_BEGUN, Tone.GREY),
    TaskState.ASKED: (Shape.NOT_BEGUN, Tone.INK),
    TaskState.ACCEPTED: (Shape.UNDER_WAY, Tone.INK),
    TaskState.DONE: (Shape.DONE, Tone.GREEN),
    TaskState.RETURNED: (Shape.RETURNED, Tone.AMBER),
    TaskState.REDIRECTED: (Shape.ENDED, Tone.GREY),
    TaskState.CANCELLED: (Shape.ENDED, Tone.GREY),
}
READING = Reading(
    ("joint_task",), by({"asked": Text("What is asked"), "due_on": Text("Report by")})
)


# In the order of the work; what was redirected or cancelled is asked of nobody any more.
PROGRESS = {
    TaskState.DONE: Tone.GREEN,
    TaskState.ACCEPTED: Tone.INK,
    TaskState.ASKED: Tone.GREY,
    TaskState.DRAFTED: Tone.GREY,
    TaskState.RETURNED: Tone.AMBER,
}


def progress(seen: Overview) -> list[ProgressPart]:
    """How far the tasks of a case are."""
    return [
        ProgressPart(seen.count(state), state.label, tone)
        for state, tone in PROGRESS.items()
        if seen.count(state)
    ]


def still_open(seen: Overview) -> Text | None:
    """What would be left unfinished if the case were concluded now; nothing if nothing would."""
    unfinished = seen.count(*UNFINISHED)
    problems = Counted(
        "%(count)s problem of the case has no outcome yet",
        "%(count)s problems of the case have no outcome yet",
        count=seen.open,
    )
    tasks = Counted(
        "%(count)s task has no result yet", "%(count)s tasks have no result yet", count=unfinished
    )
    if seen.open and unfinished:
        return Text("%(first)s, %(second)s.", first=problems, second=tasks)
    if seen.open or unfinished:
        return Text("%(sentence)s.", sentence=problems if seen.open else tasks)
    return None


def case_state(case: JointCase) -> Status:
    shape, tone = CASE_SHAPES[case.state]
    return Status(shape, case.state.label, tone)


def task_state(task: JointTask) -> Status:
    shape, tone = TASK_SHAPES[task.state]
    return Status(shape, task.state.label, tone)


def task_time(task: JointTask, today: date) -> Status | None:
    """How the department stands to its day."""
    if task.due_on is None or task.released_on is None:
        return None
    if task.state == TaskState.DONE and task.reported_on is not None:
        late = (task.reported_on - task.due_on).days
        if late > 0:
            return Status(
                Shape.OVERDUE,
                Counted("Reported %(days)s day late", "Reported %(days)s days late", days=late),
                Tone.RED,
            )
        return Status(None, Text("In time"), Tone.GREY)
    if task.state not in WITH_DEPARTMENT:
        return None
    if task.due_on < today:
        days = (today - task.due_on).days
        return Status(
            Shape.OVERDUE,
            Counted("Overdue %(days)s day", "Overdue %(days)s days", days=days),
            Tone.RED,
        )
    return days_left((task.due_on - today).days)


def title_of(case: JointCase) -> Text:
    return Text("%(name)s: joint enforcement", name=case.institution.name)


def late_tag(tasks: Sequence[JointTask], today: date) -> Status | None:
    """For the title line: how many departments are past their day."""
    late = [t for t in tasks if t.state in WITH_DEPARTMENT and t.due_on and t.due_on < today]
    if not late:
        return None
    return Status(
        Shape.OVERDUE,
        Counted("%(count)s department overdue", "%(count)s departments overdue", count=len(late)),
        Tone.RED,
    )


def history_of(events: Sequence[Event], tasks: Sequence[JointTask]) -> list[TimelineEntry]:
    """The course of a case: releases that came with convening are told by that one line."""
    names = {task.id: task.department.name for task in tasks}
    convened = {event.at for event in events if event.verb == CaseVerb.CONVENE}
    told = [e for e in events if not (e.verb == TaskVerb.RELEASE and e.at in convened)]

    def of_task(event: Event) -> Text:
        return Text("%(name)s", name=names.get(event.subject_id, ""))

    return timeline_entries(
        told,
        sentences={verb.value: of_task for verb in TaskVerb}
        | {
            "task.edited": of_task,
            "case.raised": _raised_sentence,
            "case.extended": _raised_sentence,
            "case.opened": _raised_sentence,
            CaseVerb.CONVENE.value: _convened_sentence,
        },
    )


def _raised_sentence(event: Event) -> Text:
    return Text(
        "Items: %(items)s; tasks drafted: %(tasks)s.",
        items=event.facts["items"],
        tasks=event.facts["tasks"],
    )


def _convened_sentence(event: Event) -> Text:
    return Counted(
        "Only now was %(count)s department told: %(names)s.",
        "Only now were %(count)s departments told: %(names)s.",
        count=len(event.facts["departments"]),
        names="、".join(event.facts["departments"]),
    )
