"""What a case refuses once it has ended, and an item that left it."""

from datetime import date, timedelta

import pytest

from tests.factories.enforcement import (
    case_by_hand,
    convener,
    done,
    item,
    raised_case,
)
from tests.factories.registry import institution
from training_oversight.enforcement import queries, service
from training_oversight.errors import WrongState

TODAY = date(2026, 10, 15)


@pytest.fixture
def concluded(county):
    case = raised_case(county)
    done(service.set_aside, case, reason="已自行停止", by=convener(county), today=TODAY)
    return case


def test_a_concluded_case_takes_no_further_item_and_lets_none_go(county, concluded):
    entry = concluded.entries[0]
    late = item(county, entry.item.institution)

    with pytest.raises(WrongState):
        done(service.add_items, concluded, [late], by=county.officer(), today=TODAY)
    with pytest.raises(WrongState):
        done(
            service.remove_item, concluded, entry, reason="已约谈", by=county.officer(), today=TODAY
        )


def test_a_concluded_case_asks_no_further_department(county, concluded):
    with pytest.raises(WrongState):
        done(
            service.draft_task,
            concluded,
            county.departments["police"],
            asked="维持检查秩序",
            by=county.officer(),
            today=TODAY,
        )


def test_an_item_leaves_a_case_once(county):
    place = institution(county)
    case, late, officer = case_by_hand(county, place), item(county, place), county.officer()
    done(service.add_items, case, [late], by=officer, today=TODAY)
    (entry,) = queries.live_entries(county.session, case)
    done(service.remove_item, case, entry, reason="已约谈", by=officer, today=TODAY)

    with pytest.raises(WrongState):
        done(service.remove_item, case, entry, reason="已约谈", by=officer, today=TODAY)


def test_a_case_that_never_had_an_item_can_be_ended(county):
    case = case_by_hand(county)

    done(service.set_aside, case, reason="已自行停止", by=convener(county), today=TODAY)

    assert (case.conclusion, case.entries) == ("已自行停止", [])


def test_an_item_taken_out_after_its_deadline_lapsed_is_not_raised_for_it_again(county, at):
    place, officer = institution(county), county.officer()
    running = item(county, place, due_on=TODAY + timedelta(days=5))
    case = case_by_hand(county, place, items=[running])
    (entry,) = queries.live_entries(county.session, case)
    before = entry.due_on
    later = TODAY + timedelta(days=10)
    at(later)

    done(service.remove_item, case, entry, reason="已约谈", by=officer, today=later)

    assert (before, entry.due_on, entry.left_on) == (None, running.due_on, later)
    assert done(service.raise_items, place, by=county.system, today=later) == 0
