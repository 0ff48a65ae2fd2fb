"""The procedure of a lead on one page. Everything else is refused."""

import pytest

from tests.factories import leads, registry
from tests.refunds.test_workflow import table
from training_oversight.accounts.permissions import Role
from training_oversight.leads import queries
from training_oversight.leads.workflow import LEAD_WORKFLOW, LeadVerb

ALLOWED = {
    ("open", "lead.follow"): "followed",
    ("open", "lead.hand_on"): "handed_on",
    ("open", "lead.set_aside"): "set_aside",
    ("handed_on", "lead.reopen"): "open",
    ("set_aside", "lead.reopen"): "open",
}


def test_the_moves_of_a_lead_are_exactly_the_procedure():
    assert table(LEAD_WORKFLOW) == ALLOWED


@pytest.mark.both_databases
def test_the_officer_in_charge_owes_the_decision(county):
    charge, other = county.officer(), county.officer()
    place = registry.institution(county, officer_in_charge_id=charge.id)

    made = leads.lead(county, place)

    assert queries.owing(made) == charge
    assert made.workflow.turns(charge, [made], LeadVerb.FOLLOW) == {made.id}
    assert not made.workflow.turns(other, [made], LeadVerb.FOLLOW)


@pytest.mark.both_databases
@pytest.mark.parametrize("is_described", [True, False])
def test_without_one_all_who_may_log_visits_there_owe_it(county, is_described):
    place = None if is_described else registry.institution(county, officer_in_charge_id=None)
    anybody, clerk = county.officer(), county.officer(Role.HOTLINE)

    made = leads.lead(county, place)

    assert queries.owing(made) is None
    assert made.workflow.turns(anybody, [made], LeadVerb.FOLLOW) == {made.id}
    assert not made.workflow.turns(clerk, [made], LeadVerb.FOLLOW)
