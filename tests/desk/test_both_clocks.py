"""Wherever an item of an order to stop is shown, both of its last days are."""

from datetime import date

import pytest

from tests.factories import enforcement, ledger
from training_oversight.accounts.permissions import Role
from training_oversight.ledger import table

SERVED, REFUNDS = date(2026, 10, 8), date(2026, 10, 12)
PLACES = {
    "its record": "/items/{item}",
    "the report about refunds": "/items/{item}/second",
    "the report about both": "/items/{item}/apply",
    "the ledger": "/items?view=all",
    "the ledger of a past day": "/items/as-of?day=2026-10-15",
    "the printed ledger": "/items/print",
    "its institution": "/institutions/{place}",
    "the whole file": "/institutions/{place}/dossier",
    "the joint case": "/cases/{case}",
    "the task of a department": "/cases/tasks/{task}",
}


@pytest.fixture
def stopped(county):
    by = county.officer(Role.SECTION_HEAD, Role.INSPECTOR)
    one = ledger.stopped(county, due_on=SERVED, second_due_on=REFUNDS, in_charge=by)
    raised = enforcement.case_by_hand(county, one.institution, items=[one])
    case = enforcement.convened_case(county, case=raised)
    return by, one, case


def days(page):
    """Its words without blanks, in the two ways in which a day is written."""
    words = "".join(page.soup.select_one("main").text.split())
    return [any(said in words for said in (f"10月{day}日", f"2026-10-{day:02}")) for day in (8, 12)]


@pytest.mark.parametrize("where", PLACES)
def test_both_days_stand_there(client_as, stopped, where):
    by, one, case = stopped
    url = PLACES[where].format(
        item=one.id, place=one.institution_id, case=case.id, task=case.tasks[0].id
    )

    assert days(client_as(by).get(url)) == [True, True]


def test_the_export_has_both(county, stopped):
    _, one, _ = stopped
    row = {str(each.label): each.value(table.Line(one, {}, county.today)) for each in table.WHOLE}

    assert (row["整改期限"], row["另计期限"]) == (SERVED, REFUNDS)


def test_the_desk_lists_each_with_its_day(client_as, stopped):
    by, _one, _case = stopped

    lines = client_as(by).get("/desk").soup.select("main table.ledger tr")
    told = {line.a.text.strip(): line.select("td")[3].text for line in lines if line.select("td")}

    assert "10月8日" in told["登记整改报告"]
    assert "10月12日" in told["登记退费安置等另计期限事项"]
