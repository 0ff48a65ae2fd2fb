"""A repeat: the same violation again within two years after an order that was served."""

from datetime import date

import pytest

from tests.factories import ledger, notices, registry
from tests.factories.ledger import done
from training_oversight.accounts.permissions import Role
from training_oversight.notices import completeness, service


def served_and_found_again(county, at, **again):
    """An order served on 15 October, and a problem that was found two weeks later."""
    place = registry.institution(county)
    first = ledger.item(county, place)
    paper = notices.served(county, items=[first])
    at(date(2026, 11, 2))
    given = {"found_on": date(2026, 10, 30)} | again
    return paper, first, ledger.item(county, given.pop("place", place), **given)


def test_the_same_violation_after_a_served_order_is_a_repeat(county, at):
    _, first, again = served_and_found_again(county, at)

    paper = notices.draft(county, items=[again])

    assert (first.repeated, again.repeated) == (False, True)
    lines = completeness.checked(county.session, paper, today=county.today)
    assert any("repeat" in line.label.message for line in lines)


@pytest.mark.parametrize(
    "again",
    [
        pytest.param({"type": "moved_or_branch"}, id="another kind of violation"),
        pytest.param({"found_on": date(2026, 10, 10)}, id="found before the order was served"),
    ],
)
def test_what_is_no_repeat_is_not_called_one(county, at, again):
    _, _, item = served_and_found_again(county, at, **again)

    notices.served(county, items=[item])

    assert not item.repeated


def test_after_two_years_it_is_no_repeat(county, at):
    place = registry.institution(county)
    notices.served(county, items=[ledger.item(county, place)])
    at(date(2028, 11, 2))
    late = ledger.item(county, place, found_on=date(2028, 10, 30))

    notices.draft(county, items=[late])

    assert not late.repeated


def test_an_order_that_was_revoked_makes_no_repeat(county, at):
    paper, _, again = served_and_found_again(county, at)
    notices.served(county, items=[again])

    done(
        service.revoke,
        paper,
        reason="送达对象有误。",
        by=county.officer(Role.SECTION_HEAD),
        today=county.today,
    )

    assert not again.repeated
