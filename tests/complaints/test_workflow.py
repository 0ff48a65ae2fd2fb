"""The procedure of a complaint on one page. Everything not listed is refused."""

from training_oversight.complaints.workflow import COMPLAINT_WORKFLOW

ALLOWED = {
    ("received", "complaint.accept"): "accepted",
    ("received", "complaint.decline"): "declined",
    ("received", "complaint.give_up"): "declined",
    ("received", "complaint.merge"): "merged",
    ("received", "complaint.settle"): "answered",
    ("accepted", "complaint.assign"): "assigned",
    ("accepted", "complaint.merge"): "merged",
    ("accepted", "complaint.settle"): "answered",
    ("accepted", "complaint.give_up"): "declined",
    ("assigned", "complaint.merge"): "merged",
    ("assigned", "complaint.object"): "objected",
    ("assigned", "complaint.answer"): "answered",
    ("assigned", "complaint.submit"): "submitted",
    ("assigned", "complaint.give_up"): "declined",
    ("objected", "complaint.decide"): "assigned",
    ("objected", "complaint.give_up"): "declined",
    ("submitted", "complaint.return"): "assigned",
    ("submitted", "complaint.approve"): "answered",
    ("answered", "complaint.close"): "closed",
    ("answered", "complaint.redo"): "assigned",
    ("answered", "complaint.take_up"): "accepted",
    ("closed", "complaint.reopen"): "assigned",
    ("closed", "complaint.take_up"): "accepted",
}


def test_the_moves_of_a_complaint_are_exactly_the_procedure():
    moves = COMPLAINT_WORKFLOW.moves
    found = {
        (source.value, move.verb.value): move.target.value
        for move in moves
        for source in move.sources
    }

    assert found == ALLOWED
