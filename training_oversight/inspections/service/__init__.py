"""The verbs of visits and findings; the only code that writes them."""

from training_oversight.inspections.service.drafts import (
    ClosingWords,
    FindingDraft,
    Handling,
    NewPlace,
    VisitDraft,
)
from training_oversight.inspections.service.findings import (
    add_finding,
    change_finding,
    fix_on_spot,
    set_aside,
)
from training_oversight.inspections.service.visits import (
    begin,
    correct,
    finish,
    log_visit,
    not_possible,
    note_position,
    plan,
    position_of,
    record_approval,
    save_answer,
    save_answers,
    start,
)

__all__ = [
    "ClosingWords",
    "FindingDraft",
    "Handling",
    "NewPlace",
    "VisitDraft",
    "add_finding",
    "begin",
    "change_finding",
    "correct",
    "finish",
    "fix_on_spot",
    "log_visit",
    "not_possible",
    "note_position",
    "plan",
    "position_of",
    "record_approval",
    "save_answer",
    "save_answers",
    "set_aside",
    "start",
]
