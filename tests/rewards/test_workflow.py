"""The procedure of a reward on one page. Everything else is refused."""

from tests.refunds.test_workflow import table
from training_oversight.rewards.workflow import REWARD_WORKFLOW

ALLOWED = {
    ("proposed", "reward.approve"): "approved",
    ("proposed", "reward.refuse"): "refused",
    ("approved", "reward.pay"): "paid",
    ("approved", "reward.withdraw"): "withdrawn",
}


def test_the_moves_of_a_reward_are_exactly_the_procedure():
    assert table(REWARD_WORKFLOW) == ALLOWED
