"""What the list costs: so many statements, so many bytes for the page and for each row of it."""

from tests.factories import ledger

STATEMENTS = 15
# Of these the menu of the columns, the bar of the steps and a box in each row take 4,200 and 60.
FRAME, ROW = 26_500, 1_260
ADDRESS = "/items?view=all&severity=serious&type=safety_hazard&township="


def test_the_filtered_list_stays_within_its_statements_and_bytes(client_as, county, queries_of):
    place, browser = ledger.institution(county), client_as(county.officer())
    for _ in range(2):
        ledger.item(county, place, severity="serious")
    browser.get(ADDRESS)

    with queries_of() as sent:
        few = len(browser.get(ADDRESS).data)
    for _ in range(4):
        ledger.item(county, place, severity="serious")
    many = len(browser.get(ADDRESS).data)

    row = (many - few) / 4
    assert len(sent) <= STATEMENTS
    assert row <= ROW
    assert few - 2 * row <= FRAME
