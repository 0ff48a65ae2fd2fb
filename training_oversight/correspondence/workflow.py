"""The states of a message. What leaves the office waits for a person; nothing is sent by itself."""

from __future__ import annotations

from training_oversight.accounts.permissions import Permission
from training_oversight.texts import LabelledEnum, Text
from training_oversight.workflow import Move, Workflow, states


class MessageState(LabelledEnum):
    WAITING = "message_waiting", Text("To be released")
    RELEASED = "message_released", Text("Released, not passed on yet")
    SENT = "message_sent", Text("Sent by a channel")
    HANDED_OVER = "message_handed_over", Text("Handed over by hand")
    DROPPED = "message_dropped", Text("Message dropped")
    SETTLED = "message_settled", Text("Need not be told")
    READY = "message_ready", Text("In the list of the office")


class MessageVerb(LabelledEnum):
    RELEASE = "message.release", Text("Release the message")
    SEND = "message.send", Text("Send the message")
    HAND_OVER = "message.hand_over", Text("Record the handing over")
    DROP = "message.drop", Text("Drop the message")
    SETTLE = "message.settle", Text("Need not be told any more")
    POST = "message.post", Text("Put into the list of the office")


S, V, P = MessageState, MessageVerb, Permission

# What waits for somebody.
OPEN = (S.WAITING, S.RELEASED)

MESSAGE_WORKFLOW = Workflow(
    moves=(
        # Whose right it is beside this one, the kind of the message says.
        Move(V.RELEASE, states(S.WAITING), S.RELEASED, P.RELEASE_MESSAGE),
        Move(V.HAND_OVER, states(S.RELEASED), S.HANDED_OVER, P.RELEASE_MESSAGE),
        Move(V.DROP, states(S.WAITING, S.RELEASED), S.DROPPED, P.RELEASE_MESSAGE),
        # A channel says so once it has happened; no person does.
        Move(V.SEND, states(S.RELEASED), S.SENT, P.RUN_ERRANDS),
        # The step by which it shows that it is known, or that there is nothing to tell any more.
        Move(V.SETTLE, states(S.WAITING, S.RELEASED), S.SETTLED, P.RUN_ERRANDS),
        # What stays inside needs no release: the step that writes it puts it there.
        Move(V.POST, states(S.WAITING), S.READY, P.RUN_ERRANDS),
    ),
    states=MessageState,
    initial=S.WAITING,
    ends=states(S.SENT, S.HANDED_OVER, S.DROPPED, S.SETTLED, S.READY),
)
