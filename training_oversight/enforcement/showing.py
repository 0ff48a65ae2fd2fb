"""How cases and tasks look, and whose turn it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from flask import url_for

from training_oversight.accounts.models import Officer
from training_oversight.accounts.permissions import Permission, Role
from training_oversight.audit import Event
from training_oversight.audit.timeline import entries as timeline_entries
from training_oversight.enforcement.models import JointCase, JointTask
from training_oversight.enforcement.queries import Overview
from training_oversight.enforcement.workflow import (
    WITH_DEPARTMENT,
    CaseState,
    CaseVerb,
    TaskState,
    TaskVerb,
)
from training_oversight.ledger.models import OWED, RectificationItem
from training_oversight.ledger.workflow import ItemState
from training_oversight.texts import Text
from training_oversight.web.components import (
    Locked,
    MoveButton,
    MoveStyle,
    NextStep,
    Shape,
    Status,
    TimelineEntry,
    Tone,
)
from training_oversight.web.contributions import Step

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
ITEM_SHAPES = {
    ItemState.OPEN: (Shape.UNDER_WAY, Tone.INK),
    ItemState.APPLIED: (Shape.WAITING, Tone.BLUE),
    ItemState.VERIFIED: (Shape.WAITING, Tone.BLUE),
    ItemState.CLOSED: (Shape.DONE, Tone.GREEN),
    ItemState.VOID: (Shape.ENDED, Tone.GREY),
}
CASE_PAGES = {
    CaseVerb.CONVENE: "enforcement.convene",
    CaseVerb.SET_ASIDE: "enforcement.set_aside",
    CaseVerb.CONCLUDE: "enforcement.conclude",
}
TASK_PAGES = {
    TaskVerb.RELEASE: "enforcement.release",
    TaskVerb.ACCEPT: "enforcement.accept",
    TaskVerb.RETURN: "enforcement.give_back",
    TaskVerb.REPORT: "enforcement.report",
    TaskVerb.INSIST: "enforcement.insist",
    TaskVerb.REDIRECT: "enforcement.redirect",
    TaskVerb.CANCEL: "enforcement.cancel",
}
MAIN_VERBS = {
    CaseVerb.CONVENE,
    TaskVerb.RELEASE,
    TaskVerb.ACCEPT,
    TaskVerb.REPORT,
    TaskVerb.REDIRECT,
}


def case_state(case: JointCase) -> Status:
    shape, tone = CASE_SHAPES[case.state]
    return Status(shape, case.state.label, tone)


def task_state(task: JointTask) -> Status:
    shape, tone = TASK_SHAPES[task.state]
    return Status(shape, task.state.label, tone)


def item_state(item: RectificationItem) -> Status:
    shape, tone = ITEM_SHAPES[item.state]
    return Status(shape, item.state.label, tone)


def item_time(item: RectificationItem, today: date) -> Status | None:
    """Days overdue; an item in a case is seldom anything else."""
    if item.due_on is None or item.state not in OWED:
        return None
    if item.is_overdue(today):
        days = item.days_overdue(today)
        return Status(Shape.OVERDUE, Text("Overdue %(days)s day(s)", days=days), Tone.RED)
    return _left(item.due_on, today) if item.due_on >= today else None


def task_time(task: JointTask, today: date) -> Status | None:
    """How the department stands to its day."""
    if task.due_on is None or task.released_on is None:
        return None
    if task.state == TaskState.DONE and task.reported_on is not None:
        late = (task.reported_on - task.due_on).days
        if late > 0:
            return Status(Shape.OVERDUE, Text("Reported %(days)s day(s) late", days=late), Tone.RED)
        return Status(None, Text("In time"), Tone.GREY)
    if task.state not in WITH_DEPARTMENT:
        return None
    if task.due_on < today:
        days = (today - task.due_on).days
        return Status(Shape.OVERDUE, Text("Overdue %(days)s day(s)", days=days), Tone.RED)
    return _left(task.due_on, today)


def _left(due_on: date, today: date) -> Status:
    left = (due_on - today).days
    if left == 0:
        return Status(Shape.SOON, Text("Due today"), Tone.AMBER)
    soon = left == 1
    return Status(
        Shape.SOON if soon else None,
        Text("%(days)s day(s) left", days=left),
        Tone.AMBER if soon else Tone.INK,
    )


def title_of(case: JointCase) -> Text:
    return Text("%(name)s: joint enforcement", name=case.institution.name)


def case_step(case: JointCase, seen: Overview, officer: Officer) -> Step | None:
    """The next step of a case in a list, and whose it is."""
    convener = officer.may(Permission.CONVENE_CASE)
    who = Text("Me") if convener else Role.SECTION_HEAD.label
    url = url_for("enforcement.show", case_id=case.id) if convener else None
    if case.state == CaseState.RAISED:
        return Step(Text("Decide on joint enforcement"), who, url, convener)
    if case.state == CaseState.CONCLUDED:
        return None
    if returned := seen.count(TaskState.RETURNED):
        return Step(Text("Settle %(count)s return(s)", count=returned), who, url, convener)
    if waiting := seen.count(*WITH_DEPARTMENT):
        return Step(Text("Waiting for the departments"), Text("%(count)s task(s)", count=waiting))
    return Step(CaseVerb.CONCLUDE.label, who, url, convener)


def case_box(case: JointCase, seen: Overview, officer: Officer) -> NextStep | None:
    """The box of the case page: what, whose turn, the moves."""
    step = case_step(case, seen, officer)
    if step is None:
        return None
    offer = case.workflow.offer(officer, case)
    undrafted = case.state == CaseState.RAISED and not seen.count(TaskState.DRAFTED)
    ready = case.state == CaseState.CONVENED and step.label == CaseVerb.CONCLUDE.label
    open_moves = [m for m in offer.open if not (undrafted and m.verb == CaseVerb.CONVENE)]
    locked = [
        Locked(CaseVerb.CONVENE.label, Text("No department is asked yet: draft at least one task."))
        for m in offer.open
        if undrafted and m.verb == CaseVerb.CONVENE
    ]
    return NextStep(
        title=step.label,
        whose=_whose(case, seen, step),
        moves=[_button(m, CASE_PAGES, ready=ready, case_id=case.id) for m in open_moves],
        locked=locked,
    )


def _whose(case: JointCase, seen: Overview, step: Step) -> Text:
    waiting, turn = seen.count(*WITH_DEPARTMENT), _turn(step.who, mine=step.mine)
    if case.state == CaseState.RAISED:
        return Text(
            "%(turn)s; %(count)s task(s) drafted, nobody has been told",
            turn=turn,
            count=seen.count(TaskState.DRAFTED),
        )
    if waiting and step.url:
        return Text("%(turn)s; %(count)s more with departments", turn=turn, count=waiting)
    return turn


def _turn(who: Text | str, *, mine: bool) -> Text:
    return Text("waits for you") if mine else Text("waits for %(who)s", who=who)


def late_tag(tasks: Sequence[JointTask], today: date) -> Status | None:
    """For the title line: how many departments are past their day."""
    late = [t for t in tasks if t.state in WITH_DEPARTMENT and t.due_on and t.due_on < today]
    if not late:
        return None
    return Status(Shape.OVERDUE, Text("%(count)s department(s) overdue", count=len(late)), Tone.RED)


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
        "%(items)s item(s), %(tasks)s task(s) drafted.",
        items=event.facts["items"],
        tasks=event.facts["tasks"],
    )


def _convened_sentence(event: Event) -> Text:
    return Text(
        "Only now were %(count)s department(s) told: %(names)s.",
        count=len(event.facts["departments"]),
        names="、".join(event.facts["departments"]),
    )


def _button(move: Any, pages: dict[Any, str], *, ready: bool = False, **key: Any) -> MoveButton:
    # Accepting needs nothing typed and can be pressed at once; every other move has its page.
    method = "post" if move.verb == TaskVerb.ACCEPT else "get"
    main = move.verb in MAIN_VERBS or (ready and move.verb == CaseVerb.CONCLUDE)
    style = MoveStyle.MAIN if main else MoveStyle.OTHER
    if move.verb in (TaskVerb.CANCEL, CaseVerb.SET_ASIDE):
        style = MoveStyle.TEXT
    return MoveButton(move.label, url_for(pages[move.verb], **key), style, method)


def task_moves(task: JointTask, officer: Officer) -> tuple[list[MoveButton], list[Locked]]:
    """What this officer can do with a task now, and what not yet."""
    offer = task.workflow.offer(officer, task)
    moves = [_button(m, TASK_PAGES, task_id=task.id) for m in offer.open]
    if task.state == TaskState.RETURNED and task.return_department is not None:
        words = Text("Redirect to %(name)s", name=task.return_department.name)
        moves = [
            replace(each, label=words) if each.style is MoveStyle.MAIN else each for each in moves
        ]
    moves.sort(key=lambda each: each.style is not MoveStyle.MAIN)
    locked = [Locked(one.move.label, one.reasons[0]) for one in offer.locked]
    return moves, locked


TASK_STEPS = {
    TaskState.DRAFTED: Text("Release the task"),
    TaskState.ASKED: Text("Accept or return the task"),
    TaskState.ACCEPTED: Text("Report the result"),
    TaskState.RETURNED: Text("Redirect or insist"),
}


def task_box(task: JointTask, officer: Officer) -> NextStep | None:
    label = TASK_STEPS.get(task.state)
    if label is None:
        return None
    moves, locked = task_moves(task, officer)
    convener = task.state in (TaskState.DRAFTED, TaskState.RETURNED)
    whose = Role.SECTION_HEAD.label if convener else task.department.name
    main = any(each.style is MoveStyle.MAIN for each in moves)
    return NextStep(label, _turn(whose, mine=main), moves, locked)
