"""What comes next in a case and in a task, whose turn it is, and which moves are open."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from enum import Enum, auto
from typing import Any

from flask import url_for

from training_oversight.accounts.models import Officer
from training_oversight.accounts.permissions import Permission, Role
from training_oversight.enforcement.models import JointCase, JointTask
from training_oversight.enforcement.queries import Overview
from training_oversight.enforcement.workflow import (
    WITH_DEPARTMENT,
    CaseState,
    CaseVerb,
    TaskState,
    TaskVerb,
)
from training_oversight.texts import Counted, Text
from training_oversight.web.addresses import asking
from training_oversight.web.components import Locked, MoveButton, MoveStyle, NextStep
from training_oversight.web.contributions import Step
from training_oversight.web.next_step import led_by
from training_oversight.workflow import Move

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
MAIN_VERBS = (TaskVerb.RELEASE, TaskVerb.ACCEPT, TaskVerb.REPORT, TaskVerb.REDIRECT)


class Turn(Enum):
    """What a live case waits for."""

    PREPARE = auto()
    DECIDE = auto()
    DROP = auto()
    SETTLE = auto()
    RELEASE = auto()
    WAIT = auto()
    CONCLUDE = auto()
    FINISH = auto()


# The move that the turn is about: its button is the main one.
MAIN_MOVE = {
    Turn.DECIDE: CaseVerb.CONVENE,
    Turn.DROP: CaseVerb.SET_ASIDE,
    Turn.CONCLUDE: CaseVerb.CONCLUDE,
    Turn.FINISH: CaseVerb.CONCLUDE,
}
LABELS = {
    Turn.PREPARE: Text("Draft tasks, then decide"),
    Turn.DECIDE: Text("Decide on joint enforcement"),
    Turn.DROP: Text("All problems are written off: set the case aside"),
    Turn.CONCLUDE: CaseVerb.CONCLUDE.label,
    Turn.FINISH: Text("All problems are written off: conclude the case"),
}
NOBODY_ASKED = Text("No department is asked yet: draft at least one task.")


def turn_of(case: JointCase, seen: Overview) -> Turn | None:
    """What the case waits for; nothing once it is concluded.

    Problems that were written off count as out of the case.
    """
    if case.state == CaseState.RAISED:
        if seen.all_written_off:
            return Turn.DROP
        return Turn.DECIDE if seen.count(TaskState.DRAFTED) else Turn.PREPARE
    if case.state == CaseState.CONCLUDED:
        return None
    if seen.all_written_off:
        return Turn.FINISH
    if seen.count(TaskState.RETURNED):
        return Turn.SETTLE
    if seen.count(TaskState.DRAFTED):
        return Turn.RELEASE
    return Turn.WAIT if seen.count(*WITH_DEPARTMENT) else Turn.CONCLUDE


def case_step(case: JointCase, seen: Overview, officer: Officer) -> Step | None:
    """The next step of a case in a list, and whose it is."""
    turn = turn_of(case, seen)
    if turn is None:
        return None
    if turn is Turn.WAIT:
        waiting = seen.count(*WITH_DEPARTMENT)
        return Step(
            Text("Waiting for the departments"),
            Counted("%(count)s task", "%(count)s tasks", count=waiting),
        )
    mine = officer.may(Permission.CONVENE_CASE)
    who = Text("Me") if mine else Role.SECTION_HEAD.label
    return Step(_label(turn, seen), who, _page(case, turn) if mine else None, mine)


def _label(turn: Turn, seen: Overview) -> Text:
    if turn is Turn.SETTLE:
        return Counted(
            "Settle %(count)s return",
            "Settle %(count)s returns",
            count=seen.count(TaskState.RETURNED),
        )
    if turn is Turn.RELEASE:
        return Counted(
            "Release %(count)s task", "Release %(count)s tasks", count=seen.count(TaskState.DRAFTED)
        )
    return LABELS[turn]


def _page(case: JointCase, turn: Turn) -> str:
    """The page of the very step; which task is meant is chosen on the page of the case."""
    if turn in MAIN_MOVE:
        return url_for(CASE_PAGES[MAIN_MOVE[turn]], case_id=case.id)
    if turn is Turn.PREPARE:
        return url_for("enforcement.add_task", case_id=case.id)
    return url_for("enforcement.show", case_id=case.id, _anchor="tasks")


def case_box(case: JointCase, seen: Overview, officer: Officer) -> NextStep | None:
    """The box of the case page: what, whose turn, the moves."""
    step, turn = case_step(case, seen, officer), turn_of(case, seen)
    if step is None or turn is None:
        return None
    offer = case.workflow.offer(officer, case)
    unasked = case.state == CaseState.RAISED and not seen.count(TaskState.DRAFTED)
    moves = [
        _button(move, CASE_PAGES, main=move.verb == MAIN_MOVE.get(turn), case_id=case.id)
        for move in offer.open
        if not (unasked and move.verb == CaseVerb.CONVENE)
    ]
    locked = [
        Locked(move.label, NOBODY_ASKED)
        for move in offer.open
        if unasked and move.verb == CaseVerb.CONVENE
    ]
    return NextStep(
        title=step.label,
        whose=_whose(case, seen, step),
        moves=led_by(step, moves),
        locked=locked,
    )


def _whose(case: JointCase, seen: Overview, step: Step) -> Text:
    waiting, turn = seen.count(*WITH_DEPARTMENT), _waits_for(step.who, mine=step.mine)
    if case.state == CaseState.RAISED:
        return Counted(
            "%(turn)s; %(count)s task drafted, nobody has been told",
            "%(turn)s; %(count)s tasks drafted, nobody has been told",
            count=seen.count(TaskState.DRAFTED),
            turn=turn,
        )
    if waiting and turn_of(case, seen) is Turn.WAIT:
        return Counted(
            "%(count)s task with departments", "%(count)s tasks with departments", count=waiting
        )
    if waiting and step.url:
        return Text("%(turn)s; %(count)s more with departments", turn=turn, count=waiting)
    return turn


def _waits_for(who: Text | str, *, mine: bool) -> Text:
    return Text("waits for you") if mine else Text("waits for %(who)s", who=who)


def _button(
    move: Move, pages: Mapping[Any, str], *, main: bool, version: int | None = None, **key: int
) -> MoveButton:
    # Accepting needs nothing typed and can be pressed at once; every other move has its page.
    method = "post" if move.verb == TaskVerb.ACCEPT else "get"
    style = MoveStyle.MAIN if main else MoveStyle.OTHER
    if not main and move.verb in (TaskVerb.CANCEL, CaseVerb.SET_ASIDE):
        style = MoveStyle.TEXT
    return MoveButton(move.label, asking(pages[move.verb], key), style, method, version)


def task_moves(task: JointTask, officer: Officer) -> tuple[list[MoveButton], list[Locked]]:
    """What this officer can do with a task now, and what not yet."""
    offer = task.workflow.offer(officer, task)
    moves = [
        _button(m, TASK_PAGES, main=m.verb in MAIN_VERBS, version=task.version, task_id=task.id)
        for m in offer.open
    ]
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
    # Two ways out of a state: what is named is the one that is offered first.
    named = moves[0].label if main else label
    return NextStep(named, _waits_for(whose, mine=main), moves, locked)
