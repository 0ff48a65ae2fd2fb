"""What waits for an officer: one statement a kind of step, all with the same columns."""

from __future__ import annotations

from training_oversight.desk.waiting.columns import Statement
from training_oversight.desk.waiting.joint import (
    cases_to_conclude,
    cases_to_decide,
    cases_to_drop,
    cases_to_finish,
    cases_to_prepare,
    tasks_returned,
    tasks_to_accept,
    tasks_to_release,
    tasks_to_report,
)
from training_oversight.desk.waiting.ledger import (
    items_of_mine,
    items_to_close,
    items_to_verify,
    items_without_limit,
    seconds_of_mine,
)
from training_oversight.desk.waiting.messages import messages_to_pass_on, messages_to_release
from training_oversight.desk.waiting.notices import (
    notices_announced,
    notices_to_approve,
    notices_to_finish,
    notices_to_serve,
    publications_to_approve,
    publications_to_finish,
)
from training_oversight.desk.waiting.registry import licences_ending, licences_ending_of_nobody
from training_oversight.desk.waiting.rights import rights_to_confirm
from training_oversight.desk.waiting.visits import findings_to_decide, visits_to_make

__all__ = [
    "Statement",
    "cases_to_conclude",
    "cases_to_decide",
    "cases_to_drop",
    "cases_to_finish",
    "cases_to_prepare",
    "findings_to_decide",
    "items_of_mine",
    "items_to_close",
    "items_to_verify",
    "items_without_limit",
    "licences_ending",
    "licences_ending_of_nobody",
    "messages_to_pass_on",
    "messages_to_release",
    "notices_announced",
    "notices_to_approve",
    "notices_to_finish",
    "notices_to_serve",
    "publications_to_approve",
    "publications_to_finish",
    "rights_to_confirm",
    "seconds_of_mine",
    "tasks_returned",
    "tasks_to_accept",
    "tasks_to_release",
    "tasks_to_report",
    "visits_to_make",
]
