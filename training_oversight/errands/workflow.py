"""The states of an errand. A process moves it on; a person can only stop what still waits."""

from __future__ import annotations

from training_oversight.accounts.permissions import Permission
from training_oversight.texts import LabelledEnum, Text
from training_oversight.workflow import Move, Stands, Workflow, states


class ErrandState(LabelledEnum):
    WAITING = "errand_waiting", Text("Waiting its turn")
    RUNNING = "errand_running", Text("Running")
    DONE = "errand_done", Text("Done")
    FAILED = "errand_failed", Text("Not done")
    CANCELLED = "errand_cancelled", Text("Stopped")


class ErrandVerb(LabelledEnum):
    BEGIN = "errand.begun", Text("Long work began")
    PUT_BACK = "errand.put_back", Text("Long work put back, to be tried again")
    FINISH = "errand.done", Text("Long work done")
    FAIL = "errand.failed", Text("Long work not done")
    STOP = "errand.stopped", Text("Long work stopped")


S, V, P = ErrandState, ErrandVerb, Permission
ASKED_BY = Stands("asked_by_id")

ERRAND_WORKFLOW = Workflow(
    moves=(
        Move(V.BEGIN, states(S.WAITING), S.RUNNING, P.RUN_ERRANDS),
        Move(V.PUT_BACK, states(S.RUNNING), S.WAITING, P.RUN_ERRANDS),
        Move(V.FINISH, states(S.RUNNING), S.DONE, P.RUN_ERRANDS),
        Move(V.FAIL, states(S.RUNNING), S.FAILED, P.RUN_ERRANDS),
        # Whose errand it is beside the one who asked, its kind says.
        Move(V.STOP, states(S.WAITING), S.CANCELLED, P.USE_DESK, turn=(ASKED_BY,)),
        Move(V.STOP, states(S.RUNNING), S.CANCELLED, P.RUN_ERRANDS),
    ),
    states=ErrandState,
    initial=S.WAITING,
    ends=states(S.DONE, S.FAILED, S.CANCELLED),
)
# What waits or runs.
UNDER_WAY = (S.WAITING, S.RUNNING)
