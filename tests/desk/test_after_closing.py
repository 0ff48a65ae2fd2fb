"""Once an item is written off no page counts days to its limits any more."""

import re
from datetime import date

import pytest

from tests.factories import enforcement, ledger
from training_oversight.accounts.permissions import Role

STOP, REFUNDS = date(2026, 10, 20), date(2026, 11, 9)
LEFT = re.compile(r"剩\d+天|今天到期|逾期\d+天")
PLACES = {
    "its record": "/items/{item}",
    "the ledger": "/items?view=all&state=closed",
    "the ledger of the day": "/items/as-of?day=2026-10-15",
    "the printed ledger": "/items/print?view=all&state=closed",
    "the desk": "/desk",
    "its institution": "/institutions/{place}",
    "the whole file": "/institutions/{place}/dossier",
    "the joint case": "/cases/{case}",
    "its visit": "/visits/{visit}",
}


@pytest.fixture
def pages(client_as, county):
    by = county.officer(Role.SECTION_HEAD, Role.INSPECTOR)
    one = ledger.stopped(county, due_on=STOP, second_due_on=REFUNDS, in_charge=by)
    case = enforcement.case_by_hand(county, one.institution, items=[one])
    places = {
        "item": one.id,
        "place": one.institution_id,
        "case": case.id,
        "visit": one.finding.visit_id,
    }

    def said(path):
        page = client_as(by).get(path.format(**places)).soup
        # The desk counts the office's own days to the decision on the case as well.
        rows = page.select(f'main tr:has(a[href^="/items/{one.id}/"])')
        return "".join(row.text for row in rows) if path == "/desk" else page.main.text

    def found():
        return {name for name, path in PLACES.items() if LEFT.search(said(path))}

    return one, found


def test_days_are_counted_to_the_limits_until_the_item_is_written_off(county, pages):
    one, counting = pages
    before = counting()

    ledger.second_met(county, one)
    ledger.closed(county, ledger.verified(county, ledger.applied(county, one)))

    assert {"its record", "its institution", "the joint case"} <= before
    assert counting() == set()
