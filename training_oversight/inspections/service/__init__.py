"""The verbs of visits and findings; the only code that writes them."""

from training_oversight.inspections.service.afterwards import (
    approve,
    correct,
    join,
    name_team,
    not_possible,
    record_approval,
)
from training_oversight.inspections.service.drafts import (
    ClosingWords,
    FindingDraft,
    Handling,
    NewPlace,
    VisitDraft,
)
from training_oversight.inspections.service.findings import (
    add_drafted,
    add_finding,
    add_reported,
    change_finding,
    fix_on_spot,
    set_aside,
)
from training_oversight.inspections.service.many import Replanned, plan_many, replan
from training_oversight.inspections.service.on_site import (
    finish,
    note_position,
    position_of,
    save_answer,
    save_answers,
    start,
)
from training_oversight.inspections.service.visits import at_morning, begin, log_visit, plan

__all__ = [
    "ClosingWords",
    "FindingDraft",
    "Handling",
    "NewPlace",
    "Replanned",
    "VisitDraft",
    "add_drafted",
    "add_finding",
    "add_reported",
    "approve",
    "at_morning",
    "begin",
    "change_finding",
    "correct",
    "finish",
    "fix_on_spot",
    "join",
    "log_visit",
    "name_team",
    "not_possible",
    "note_position",
    "plan",
    "plan_many",
    "position_of",
    "record_approval",
    "replan",
    "save_answer",
    "save_answers",
    "set_aside",
    "start",
]
