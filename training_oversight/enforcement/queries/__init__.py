"""Reading cases and tasks, in the officer's scope."""

from training_oversight.enforcement.queries.cases import (
    Overview,
    case_for,
    count_returned,
    count_to_decide,
    items_inside,
    items_to_choose,
    listed,
    live_case,
    live_entries,
    overview,
    returned_tasks,
    to_decide,
)
from training_oversight.enforcement.queries.overdue import (
    count_overdue,
    deadlines_raised,
    institutions_to_raise,
    to_raise,
)
from training_oversight.enforcement.queries.tasks import (
    count_by_state,
    count_waiting,
    liaisons,
    standing_tasks,
    task_for,
    tasks_of_department,
    tasks_waiting,
    unfinished_tasks,
)

__all__ = [
    "Overview",
    "case_for",
    "count_by_state",
    "count_overdue",
    "count_returned",
    "count_to_decide",
    "count_waiting",
    "deadlines_raised",
    "institutions_to_raise",
    "items_inside",
    "items_to_choose",
    "liaisons",
    "listed",
    "live_case",
    "live_entries",
    "overview",
    "returned_tasks",
    "standing_tasks",
    "task_for",
    "tasks_of_department",
    "tasks_waiting",
    "to_decide",
    "to_raise",
    "unfinished_tasks",
]
