"""States, the moves between them, and who may do them."""

from training_oversight.accounts.authorising import authorise, in_scope
from training_oversight.audit.models import ACTED_FOR
from training_oversight.workflow.changing import corrected, correcting, move, moving, stepped
from training_oversight.workflow.moves import Correction, HasState, Move, Stands, Within
from training_oversight.workflow.parties import acted_for
from training_oversight.workflow.tables import Locked, Offer, Workflow, states

__all__ = [
    "ACTED_FOR",
    "Correction",
    "HasState",
    "Locked",
    "Move",
    "Offer",
    "Stands",
    "Within",
    "Workflow",
    "acted_for",
    "authorise",
    "corrected",
    "correcting",
    "in_scope",
    "move",
    "moving",
    "states",
    "stepped",
]
