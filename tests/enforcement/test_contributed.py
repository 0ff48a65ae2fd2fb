"""What the pages of institutions and items learn from joint enforcement."""

from tests.factories.enforcement import convened_case, convener, raised_case
from tests.factories.registry import institution
from training_oversight import clock, database
from training_oversight.accounts.permissions import Role
from training_oversight.enforcement import contributed, queries
from training_oversight.ledger.workflow import ItemState

TODAY = clock.today


def item_in(county, case):
    return queries.live_entries(county.session, case)[0].item


def steps(county, officer, app, *items):
    with app.test_request_context():
        return contributed.item_steps(county.session, officer, [item.id for item in items], TODAY())


def test_an_item_in_a_raised_case_waits_for_the_convener(county, app):
    case = raised_case(county)
    one = item_in(county, case)

    for_head = steps(county, convener(county), app, one)[one.id]
    for_inspector = steps(county, county.officer(), app, one)[one.id]

    assert (for_head.mine, for_head.url) == (True, f"/cases/{case.id}")
    assert (for_inspector.mine, for_inspector.url) == (False, None)
    assert for_inspector.who == Role.SECTION_HEAD.label


def test_an_item_in_a_convened_case_waits_for_its_report_again(county, app):
    one = item_in(county, convened_case(county))

    assert steps(county, convener(county), app, one) == {}


def test_what_was_reported_is_the_ledgers_step_again(county, app):
    one = item_in(county, raised_case(county))
    by = county.system.id
    with database.transaction():
        one.state, one.applied_on, one.applied_by_id = ItemState.APPLIED, TODAY(), by

    assert steps(county, convener(county), app, one) == {}


def test_the_steps_of_a_page_take_one_statement(county, app, queries_of):
    items = [item_in(county, raised_case(county)) for _ in range(3)]

    with queries_of() as sent:
        found = steps(county, convener(county), app, *items)

    assert len(found) == 3
    # One of the source; the rest made the officer.
    assert sum("joint_" in statement for statement in sent) == 1


def test_the_panels_show_the_cases_of_an_institution_and_of_an_item(county, app):
    case = raised_case(county)
    one, officer = item_in(county, case), convener(county)
    with app.test_request_context():
        shown = [
            panel.render(subject, officer, TODAY())
            for panel, subject in zip(contributed.PANELS, [case.institution, one], strict=True)
        ]
        nothing = contributed.PANELS[0].render(institution(county), officer, TODAY())

    assert all(case.number in markup for markup in shown)
    assert nothing == ""


def test_a_closed_institution_is_not_offered_for_joint_enforcement(county):
    place, closed = institution(county), institution(county)
    with database.transaction():
        closed.state, closed.closed_on = "closed", TODAY()

    assert contributed.RAISE.applies(place, county.officer())
    assert not contributed.RAISE.applies(closed, county.officer())
