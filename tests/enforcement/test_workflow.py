"""The procedure of joint enforcement on one page. Everything not listed is refused."""

from training_oversight.enforcement.workflow import CASE_WORKFLOW, TASK_WORKFLOW

ALLOWED_FOR_CASES = {
    ("raised", "case.convene"): "convened",
    ("raised", "case.set_aside"): "concluded",
    ("convened", "case.conclude"): "concluded",
}

ALLOWED_FOR_TASKS = {
    ("drafted", "task.release"): "asked",
    ("drafted", "task.cancel"): "cancelled",
    ("asked", "task.accept"): "accepted",
    ("asked", "task.return"): "returned",
    ("asked", "task.cancel"): "cancelled",
    ("accepted", "task.report"): "done",
    ("accepted", "task.cancel"): "cancelled",
    ("returned", "task.insist"): "asked",
    ("returned", "task.redirect"): "redirected",
    ("returned", "task.cancel"): "cancelled",
}


def table(workflow):
    return {
        (source.value, move.verb.value): move.target.value
        for move in workflow.moves
        for source in move.sources
    }


def test_the_moves_of_a_case_are_exactly_the_procedure():
    assert table(CASE_WORKFLOW) == ALLOWED_FOR_CASES


def test_the_moves_of_a_task_are_exactly_the_procedure():
    assert table(TASK_WORKFLOW) == ALLOWED_FOR_TASKS
