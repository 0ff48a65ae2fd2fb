"""The states of a notice. Fulfilled is computed: served, and every covered item closed."""

from __future__ import annotations

from training_oversight.accounts.permissions import Permission
from training_oversight.texts import LabelledEnum, Text
from training_oversight.workflow import Move, Stands, Workflow, states


class NoticeState(LabelledEnum):
    DRAFT = "draft", Text("Draft")
    SUBMITTED = "submitted", Text("Waiting for approval")
    APPROVED = "approved", Text("Approved, to be served")
    SERVED = "served", Text("Served")
    WITHDRAWN = "withdrawn", Text("Void")
    REVOKED = "revoked", Text("Revoked by the authority")


class NoticeVerb(LabelledEnum):
    SUBMIT = "notice.submit", Text("Submit for approval")
    RETURN = "notice.return", Text("Return for changes")
    APPROVE = "notice.approve", Text("Approve and issue")
    SERVE = "notice.serve", Text("Record service")
    WITHDRAW = "notice.withdraw", Text("Void the notice")
    REVOKE = "notice.revoke", Text("Revoke the notice")


S, V, P = NoticeState, NoticeVerb, Permission
DRAFTED_BY_SELF = Text("You drafted this notice; somebody else must approve it.")
# Who saw to the notice, and who sees to the institution.
SERVERS = (Stands("drafted_by_id"), Stands("officer_in_charge_id", of="institution"))
# What waits for somebody; to void or to revoke a notice is nobody's duty.
STEPS = (V.SUBMIT, V.APPROVE, V.SERVE)
WORKED_ON_IT = Text("You worked on this notice; somebody else must approve it.")
# By these somebody takes part in writing a notice (the first two are declared in drafting).
WRITING = frozenset({"notice.drafted", "notice.edited", V.SUBMIT.value})

NOTICE_WORKFLOW = Workflow(
    moves=(
        Move(
            V.SUBMIT,
            states(S.DRAFT),
            S.SUBMITTED,
            P.DRAFT_NOTICE,
            turn=(Stands("drafted_by_id"),),
        ),
        Move(V.RETURN, states(S.SUBMITTED), S.DRAFT, P.APPROVE_NOTICE),
        Move(
            V.APPROVE,
            states(S.SUBMITTED),
            S.APPROVED,
            P.APPROVE_NOTICE,
            not_by=(("drafted_by_id", DRAFTED_BY_SELF),),
            not_after=((WRITING, WORKED_ON_IT),),
        ),
        Move(
            V.SERVE,
            states(S.APPROVED),
            S.SERVED,
            P.SERVE_NOTICE,
            turn=SERVERS,
            facts=frozenset({"method"}),
        ),
        Move(V.WITHDRAW, states(S.DRAFT, S.SUBMITTED), S.WITHDRAWN, P.DRAFT_NOTICE, grave=True),
        Move(V.WITHDRAW, states(S.APPROVED), S.WITHDRAWN, P.APPROVE_NOTICE, grave=True),
        Move(V.REVOKE, states(S.SERVED), S.REVOKED, P.APPROVE_NOTICE, grave=True),
    ),
    states=NoticeState,
    initial=S.DRAFT,
    ends=frozenset({S.WITHDRAWN, S.REVOKED}),
)
