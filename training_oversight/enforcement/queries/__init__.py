"""Reading cases and tasks, in the officer's scope."""

from training_oversight.enforcement.queries.cases import (
    Overview,
    case_for,
    cases_by_state,
    history,
    items_inside,
    items_to_choose,
    listed,
    live_case,
    live_entries,
    of_institution,
    of_item,
    overview,
)
from training_oversight.enforcement.queries.overdue import (
    count_overdue,
    deadlines_raised,
    institutions_to_raise,
    to_raise,
)
from training_oversight.enforcement.queries.tasks import (
    all_tasks,
    count_by_state,
    liaisons,
    others_asked,
    standing_tasks,
    task_for,
    tasks_of_department,
    unfinished_tasks,
)

__all__ = [
    "Overview",
    "all_tasks",
    "case_for",
    "cases_by_state",
    "count_by_state",
    "count_overdue",
    "deadlines_raised",
    "history",
    "institutions_to_raise",
    "items_inside",
    "items_to_choose",
    "liaisons",
    "listed",
    "live_case",
    "live_entries",
    "of_institution",
    "of_item",
    "others_asked",
    "overview",
    "standing_tasks",
    "task_for",
    "tasks_of_department",
    "to_raise",
    "unfinished_tasks",
]
