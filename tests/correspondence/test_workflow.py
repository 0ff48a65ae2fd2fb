"""The whole way of a message on one page. Everything not listed must be refused."""

from training_oversight.correspondence.workflow import MESSAGE_WORKFLOW

ALLOWED = {
    ("message_waiting", "message.release"): "message_released",
    ("message_waiting", "message.drop"): "message_dropped",
    ("message_waiting", "message.settle"): "message_settled",
    ("message_waiting", "message.post"): "message_ready",
    ("message_released", "message.hand_over"): "message_handed_over",
    ("message_released", "message.send"): "message_sent",
    ("message_released", "message.drop"): "message_dropped",
    ("message_released", "message.settle"): "message_settled",
}


def test_the_workflow_is_exactly_the_procedure():
    actual = {
        (source.value, move.verb.value): move.target.value
        for move in MESSAGE_WORKFLOW.moves
        for source in move.sources
    }

    assert actual == ALLOWED
