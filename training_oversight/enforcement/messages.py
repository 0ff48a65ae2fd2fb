"""What joint enforcement has to tell: the departments of their tasks, the office of returns."""

from __future__ import annotations

from sqlalchemy.orm import Session

from training_oversight.accounts.permissions import Permission
from training_oversight.correspondence.kinds import MessageKind, declare
from training_oversight.enforcement.models import JointTask
from training_oversight.enforcement.workflow import TaskState
from training_oversight.texts import Text

WAIT = Text("What departments are to be told waits in the outbox to be released.")
PAGE = ("enforcement.task", "task_id")


def _asked(task: JointTask) -> Text:
    return Text(
        "You are asked to take part in joint enforcement %(number)s at %(name)s. Report by "
        "%(day)s; what is asked stands on the page of the task.",
        number=task.case.number,
        name=task.case.institution.name,
        day=task.due_on,
    )


def _insisted(task: JointTask) -> Text:
    return Text(
        "Your return in joint enforcement %(number)s at %(name)s was not accepted. Report by "
        "%(day)s; the task cannot be returned again.",
        number=task.case.number,
        name=task.case.institution.name,
        day=task.due_on,
    )


def _returned(task: JointTask) -> Text:
    return Text(
        "%(department)s has returned its task in joint enforcement %(number)s at %(name)s.",
        department=task.department.name,
        number=task.case.number,
        name=task.case.institution.name,
    )


def _unanswered(session: Session, task_id: int) -> bool:
    """A department that has accepted or returned its task need not be told of it any more."""
    return session.get_one(JointTask, task_id).state is TaskState.ASKED


ASKED = declare(
    MessageKind(
        "task.asked",
        Text("Task for a department"),
        *(_asked, PAGE, Permission.CONVENE_CASE, _unanswered),
    )
)
INSISTED = declare(
    MessageKind(
        "task.insisted",
        Text("Return not accepted"),
        *(_insisted, PAGE, Permission.CONVENE_CASE, _unanswered),
    )
)
# The office hears of it in its own list: nothing leaves the house.
RETURNED = declare(MessageKind("task.returned", Text("Task returned"), _returned, PAGE))
