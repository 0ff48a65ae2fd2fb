"""The states of a complaint, from the call to the call-back. One department owns it at a time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Protocol

from training_oversight.accounts.permissions import Permission
from training_oversight.texts import Counted, LabelledEnum, Text
from training_oversight.workflow import Move, Stands, Within, Workflow, states


class ComplaintState(LabelledEnum):
    RECEIVED = "received", Text("Received, to be accepted")
    ACCEPTED = "accepted", Text("Accepted, to be assigned")
    ASSIGNED = "assigned", Text("Being handled")
    OBJECTED = "objected", Text("Assignment under review")
    SUBMITTED = "submitted", Text("Answer to be approved")
    ANSWERED = "answered", Text("Answered, to be called back")
    CLOSED = "closed", Text("Complaint closed")
    DECLINED = "declined", Text("Not accepted, told where to turn")
    MERGED = "merged", Text("Merged into another")


class ComplaintVerb(LabelledEnum):
    ACCEPT = "complaint.accept", Text("Accept the complaint")
    DECLINE = "complaint.decline", Text("Decline the complaint")
    ASSIGN = "complaint.assign", Text("Assign the complaint")
    MERGE = "complaint.merge", Text("Merge into another order")
    OBJECT = "complaint.object", Text("Object to the assignment")
    DECIDE = "complaint.decide", Text("Decide on the objection")
    SUBMIT = "complaint.submit", Text("Submit the answer for approval")
    RETURN = "complaint.return", Text("Return the answer for changes")
    APPROVE = "complaint.approve", Text("Approve the answer")
    ANSWER = "complaint.answer", Text("Answer the complaint")
    SETTLE = "complaint.settle", Text("Answer at once")
    CLOSE = "complaint.close", Text("Close the complaint")
    REDO = "complaint.redo", Text("Have it handled again")
    REOPEN = "complaint.reopen", Text("Reopen the complaint")
    GIVE_UP = "complaint.give_up", Text("Give it back to the 12345 centre")
    TAKE_UP = "complaint.take_up", Text("Have a department handle it")


S, V, P = ComplaintState, ComplaintVerb, Permission

# Asked once more for the answer: no move, but counted.
URGED = "complaint.urged"
# What can still take another caller in, and is still owed an answer.
OPEN = (S.RECEIVED, S.ACCEPTED, S.ASSIGNED, S.OBJECTED, S.SUBMITTED)
# The department owes the answer; the clock runs through a return and an objection.
WITH_DEPARTMENT = (S.ASSIGNED, S.OBJECTED, S.SUBMITTED)
WROTE_IT = Text("You wrote this answer; somebody else must approve it.")
ASSIGNED_IT = Text("You assigned it; somebody else must decide on the objection.")


class _Complaint(Protocol):
    """What the conditions of its moves look at."""

    @property
    def objection_decided_on(self) -> date | None: ...

    @property
    def department_id(self) -> int | None: ...

    @property
    def needs_approval(self) -> bool: ...

    @property
    def return_granted(self) -> bool: ...

    @property
    def to_call_back(self) -> Sequence[object]: ...

    @property
    def proposals(self) -> Sequence[object]: ...


def _decided_before(complaint: _Complaint) -> Sequence[Text]:
    """No bouncing: an objection is decided once."""
    if complaint.objection_decided_on is None:
        return ()
    return (Text("An objection was decided already; it cannot be raised a second time."),)


def _needs_approval(complaint: _Complaint) -> Sequence[Text]:
    if not complaint.needs_approval:
        return ()
    return (Text("An answer of this kind is approved first: submit it for approval."),)


def _needs_none(complaint: _Complaint) -> Sequence[Text]:
    if complaint.needs_approval:
        return ()
    return (Text("An answer of this kind needs no approval: answer at once."),)


def _not_taken_back(complaint: _Complaint) -> Sequence[Text]:
    """The centre decides; nobody gives an order back alone."""
    if complaint.return_granted:
        return ()
    return (Text("The 12345 centre has not agreed to take it back."),)


def _no_department(complaint: _Complaint) -> Sequence[Text]:
    if complaint.department_id is not None:
        return ()
    return (Text("The desk answered it itself; it can be given to a department instead."),)


def _had_department(complaint: _Complaint) -> Sequence[Text]:
    if complaint.department_id is None:
        return ()
    return (Text("A department has answered it; it goes back to that department."),)


def _not_called_back(complaint: _Complaint) -> Sequence[Text]:
    """Everybody who told of it and can be reached hears the answer, also of a merged order."""
    if complaint.proposals:
        return (
            Text("A reporter is not satisfied; the desk's head decides whether to redo it first."),
        )
    left = len(complaint.to_call_back)
    if not left:
        return ()
    return (
        Counted(
            "%(count)s reporter has not been called back yet; record the call, or why there was "
            "none.",
            "%(count)s reporters have not been called back yet; record the calls, or why there "
            "were none.",
            count=left,
        ),
    )


COMPLAINT_WORKFLOW = Workflow(
    moves=(
        Move(V.ACCEPT, states(S.RECEIVED), S.ACCEPTED, P.ASSIGN_COMPLAINT),
        Move(V.DECLINE, states(S.RECEIVED), S.DECLINED, P.ASSIGN_COMPLAINT, grave=True),
        Move(
            V.ASSIGN,
            states(S.ACCEPTED),
            S.ASSIGNED,
            P.ASSIGN_COMPLAINT,
            facts=frozenset({"department"}),
        ),
        Move(
            V.MERGE,
            states(S.RECEIVED, S.ACCEPTED, S.ASSIGNED),
            S.MERGED,
            P.ASSIGN_COMPLAINT,
            facts=frozenset({"into"}),
        ),
        Move(
            V.OBJECT,
            states(S.ASSIGNED),
            S.OBJECTED,
            P.HANDLE_COMPLAINT,
            within=Within.DEPARTMENT,
            blockers=_decided_before,
            facts=frozenset({"department"}),
        ),
        Move(
            V.DECIDE,
            states(S.OBJECTED),
            S.ASSIGNED,
            P.DECIDE_COMPLAINT,
            not_by=(("assigned_by_id", ASSIGNED_IT),),
            facts=frozenset({"department"}),
        ),
        Move(
            V.ANSWER,
            states(S.ASSIGNED),
            S.ANSWERED,
            P.HANDLE_COMPLAINT,
            within=Within.DEPARTMENT,
            turn=(Stands("handler_id", or_anybody=True),),
            blockers=_needs_approval,
            facts=frozenset({"truth"}),
        ),
        Move(
            V.SUBMIT,
            states(S.ASSIGNED),
            S.SUBMITTED,
            P.HANDLE_COMPLAINT,
            within=Within.DEPARTMENT,
            turn=(Stands("handler_id", or_anybody=True),),
            blockers=_needs_none,
            facts=frozenset({"truth"}),
        ),
        Move(V.RETURN, states(S.SUBMITTED), S.ASSIGNED, P.DECIDE_COMPLAINT),
        Move(
            V.APPROVE,
            states(S.SUBMITTED),
            S.ANSWERED,
            P.DECIDE_COMPLAINT,
            not_by=(("answered_by_id", WROTE_IT),),
            not_after=((frozenset({V.SUBMIT.value}), WROTE_IT),),
        ),
        Move(
            V.GIVE_UP,
            states(S.RECEIVED, S.ACCEPTED, S.ASSIGNED, S.OBJECTED),
            S.DECLINED,
            P.ASSIGN_COMPLAINT,
            blockers=_not_taken_back,
            grave=True,
        ),
        # What the desk can say on the telephone needs no department.
        Move(
            V.SETTLE,
            states(S.RECEIVED, S.ACCEPTED),
            S.ANSWERED,
            P.ASSIGN_COMPLAINT,
            blockers=_needs_approval,
            facts=frozenset({"truth"}),
        ),
        Move(V.CLOSE, states(S.ANSWERED), S.CLOSED, P.ASSIGN_COMPLAINT, blockers=_not_called_back),
        Move(V.REDO, states(S.ANSWERED), S.ASSIGNED, P.DECIDE_COMPLAINT, blockers=_no_department),
        Move(V.REOPEN, states(S.CLOSED), S.ASSIGNED, P.DECIDE_COMPLAINT, blockers=_no_department),
        Move(
            V.TAKE_UP,
            states(S.ANSWERED, S.CLOSED),
            S.ACCEPTED,
            P.DECIDE_COMPLAINT,
            blockers=_had_department,
        ),
    ),
    states=ComplaintState,
    initial=S.RECEIVED,
    ends=frozenset({S.DECLINED, S.MERGED}),
)
