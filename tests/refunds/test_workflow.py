"""The procedure of a refund and of a closing event on one page. Everything else is refused."""

from training_oversight.refunds.workflow import EVENT_WORKFLOW, REFUND_WORKFLOW

ALLOWED_FOR_REFUNDS = {
    ("signed_up", "refund.check"): "entered",
    ("signed_up", "refund.withdraw"): "withdrawn",
    ("entered", "refund.agree"): "agreed",
    ("entered", "refund.dispute"): "disputed",
    ("entered", "refund.withdraw"): "withdrawn",
    ("agreed", "refund.dispute"): "disputed",
    ("agreed", "refund.settle"): "settled",
    ("agreed", "refund.withdraw"): "withdrawn",
    ("disputed", "refund.agree"): "agreed",
    ("disputed", "refund.withdraw"): "withdrawn",
    ("settled", "refund.dispute"): "disputed",
    ("settled", "refund.reopen"): "agreed",
}
ALLOWED_FOR_EVENTS = {
    ("open", "closing.close"): "closed",
    ("closed", "closing.reopen"): "open",
}


def table(workflow):
    return {
        (source.value, move.verb.value): move.target.value
        for move in workflow.moves
        for source in move.sources
    }


def test_the_moves_of_a_refund_are_exactly_the_procedure():
    assert table(REFUND_WORKFLOW) == ALLOWED_FOR_REFUNDS


def test_the_moves_of_a_closing_event_are_exactly_the_procedure():
    assert table(EVENT_WORKFLOW) == ALLOWED_FOR_EVENTS
