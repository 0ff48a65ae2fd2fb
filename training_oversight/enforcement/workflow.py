"""The states of a joint case and of its tasks. A person convenes; the machine only raises."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Protocol

from training_oversight.accounts.permissions import Permission
from training_oversight.texts import LabelledEnum, Text
from training_oversight.workflow import Move, Within, Workflow, states

# Who puts a case together before anybody decides on it.
PREPARERS = (Permission.RAISE_CASE, Permission.CONVENE_CASE)


class CaseState(LabelledEnum):
    RAISED = "raised", Text("To be decided")
    CONVENED = "convened", Text("Joint enforcement under way")
    CONCLUDED = "concluded", Text("Case concluded")


class CaseVerb(LabelledEnum):
    CONVENE = "case.convene", Text("Convene joint enforcement")
    SET_ASIDE = "case.set_aside", Text("Set the case aside")
    CONCLUDE = "case.conclude", Text("Conclude the case")


class TaskState(LabelledEnum):
    DRAFTED = "drafted", Text("Task drafted")
    ASKED = "asked", Text("Waiting for acceptance")
    ACCEPTED = "accepted", Text("In hand")
    DONE = "done", Text("Result reported")
    RETURNED = "returned", Text("Returned, to be redirected")
    REDIRECTED = "redirected", Text("Redirected")
    CANCELLED = "cancelled", Text("Cancelled with the case")


class TaskVerb(LabelledEnum):
    RELEASE = "task.release", Text("Release the task")
    ACCEPT = "task.accept", Text("Accept the task")
    RETURN = "task.return", Text("Return the task")
    REPORT = "task.report", Text("Report the result")
    INSIST = "task.insist", Text("Insist on the task")
    REDIRECT = "task.redirect", Text("Redirect the task")
    CANCEL = "task.cancel", Text("Cancel the task")


C, V, P = CaseState, CaseVerb, Permission

CASE_WORKFLOW = Workflow(
    moves=(
        Move(
            V.CONVENE,
            states(C.RAISED),
            C.CONVENED,
            P.CONVENE_CASE,
            facts=frozenset({"departments"}),
        ),
        Move(V.SET_ASIDE, states(C.RAISED), C.CONCLUDED, P.CONVENE_CASE),
        Move(V.CONCLUDE, states(C.CONVENED), C.CONCLUDED, P.CONVENE_CASE),
    ),
    states=CaseState,
    initial=C.RAISED,
    ends=frozenset({C.CONCLUDED}),
)

T, W = TaskState, TaskVerb

# A department still owes an answer, or the convener a decision about it.
UNFINISHED = (T.DRAFTED, T.ASKED, T.ACCEPTED, T.RETURNED)
# The department has been told of it and has not answered.
WITH_DEPARTMENT = (T.ASKED, T.ACCEPTED)


class _Case(Protocol):
    @property
    def state(self) -> CaseState: ...


class _Task(Protocol):
    """What the conditions of a task's moves look at."""

    @property
    def insisted_on(self) -> date | None: ...

    @property
    def case(self) -> _Case: ...


def _returned_before(task: _Task) -> Sequence[Text]:
    """No endless ping-pong: what was insisted on cannot be returned a second time."""
    if task.insisted_on is None:
        return ()
    return (Text("The convener insisted on this task; it cannot be returned a second time."),)


def _not_convened(task: _Task) -> Sequence[Text]:
    """No department hears of a case before a person has convened it."""
    if task.case.state == CaseState.CONVENED:
        return ()
    return (Text("Departments are asked only when the case has been convened."),)


TASK_WORKFLOW = Workflow(
    moves=(
        Move(
            W.RELEASE,
            states(T.DRAFTED),
            T.ASKED,
            P.CONVENE_CASE,
            blockers=_not_convened,
        ),
        Move(W.ACCEPT, states(T.ASKED), T.ACCEPTED, P.HANDLE_TASK, within=Within.DEPARTMENT),
        Move(
            W.RETURN,
            states(T.ASKED),
            T.RETURNED,
            P.HANDLE_TASK,
            within=Within.DEPARTMENT,
            blockers=_returned_before,
            facts=frozenset({"department"}),
        ),
        Move(W.REPORT, states(T.ACCEPTED), T.DONE, P.HANDLE_TASK, within=Within.DEPARTMENT),
        Move(W.INSIST, states(T.RETURNED), T.ASKED, P.CONVENE_CASE),
        Move(
            W.REDIRECT,
            states(T.RETURNED),
            T.REDIRECTED,
            P.CONVENE_CASE,
            facts=frozenset({"department"}),
        ),
        Move(
            W.CANCEL,
            states(T.DRAFTED, T.ASKED, T.ACCEPTED, T.RETURNED),
            T.CANCELLED,
            P.CONVENE_CASE,
        ),
    ),
    states=TaskState,
    initial=T.DRAFTED,
    ends=frozenset({T.DONE, T.REDIRECTED, T.CANCELLED}),
)
