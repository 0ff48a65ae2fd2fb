"""The states of a publication. Nothing is public that another person did not approve."""

from __future__ import annotations

from training_oversight.accounts.permissions import Permission
from training_oversight.texts import LabelledEnum, Text
from training_oversight.workflow import Move, Workflow, states


class PublicationState(LabelledEnum):
    DRAFT = "draft", Text("Publication draft")
    SUBMITTED = "submitted", Text("Waiting for review")
    PUBLISHED = "published", Text("Published")
    WITHDRAWN = "withdrawn", Text("Withdrawn")
    SUPERSEDED = "superseded", Text("Replaced by a new batch")
    DISCARDED = "discarded", Text("Draft discarded")


class PublicationVerb(LabelledEnum):
    SUBMIT = "publication.submit", Text("Submit for review")
    RETURN = "publication.return", Text("Return to the preparer")
    APPROVE = "publication.approve", Text("Approve and publish")
    WITHDRAW = "publication.withdraw", Text("Withdraw the publication")
    SUPERSEDE = "publication.supersede", Text("Replace by a new batch")
    DISCARD = "publication.discard", Text("Discard the draft")


S, V, P = PublicationState, PublicationVerb, Permission
PREPARED_BY_SELF = Text("You prepared this list; somebody else must approve it.")
WORKED_ON_IT = Text("You worked on this list yourself; somebody else must approve it.")
# By these somebody takes part in preparing a list (all but the last are declared in service).
PREPARING = frozenset(
    {
        "publication.prepared",
        "publication.refreshed",
        "publication.entry_removed",
        "publication.entry_restored",
        V.SUBMIT.value,
    }
)

PUBLICATION_WORKFLOW = Workflow(
    moves=(
        Move(V.SUBMIT, states(S.DRAFT), S.SUBMITTED, P.PREPARE_PUBLICATION),
        Move(V.RETURN, states(S.SUBMITTED), S.DRAFT, P.APPROVE_PUBLICATION),
        Move(
            V.APPROVE,
            states(S.SUBMITTED),
            S.PUBLISHED,
            P.APPROVE_PUBLICATION,
            not_by=(("prepared_by_id", PREPARED_BY_SELF),),
            not_after=((PREPARING, WORKED_ON_IT),),
        ),
        # An old issue stays readable, so it must be possible to take it down, too.
        Move(
            V.WITHDRAW,
            states(S.PUBLISHED, S.SUPERSEDED),
            S.WITHDRAWN,
            P.APPROVE_PUBLICATION,
            grave=True,
        ),
        # By the approval of the next batch, in the same transaction.
        Move(V.SUPERSEDE, states(S.PUBLISHED), S.SUPERSEDED, P.APPROVE_PUBLICATION),
        Move(V.DISCARD, states(S.DRAFT), S.DISCARDED, P.PREPARE_PUBLICATION, grave=True),
    ),
    states=PublicationState,
    initial=S.DRAFT,
    ends=frozenset({S.WITHDRAWN, S.DISCARDED}),
)
