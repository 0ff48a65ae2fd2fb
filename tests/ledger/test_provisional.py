"""A last day in a year that is not arranged yet says wherever it stands that it is provisional."""

import pytest

from tests.factories import enforcement
from tests.factories import ledger as make
from tests.factories.unarranged import MONDAY
from training_oversight import law
from training_oversight.desk.dossier import sections
from training_oversight.ledger import service, table
from training_oversight.ledger.models import LimitBasis


def limit(county, days):
    period = law.Period(days, law.Unit.CALENDAR_DAYS)
    return service.PeriodLimit(period, county.today, LimitBasis.SERVICE, "责改37号")


@pytest.fixture
def far(county):
    """An item whose limit ends in the first year without an arrangement."""
    return make.item(county, limit=limit(county, (MONDAY - county.today).days))


def cell_with_the_day(page):
    """The cells of the page in which the last day stands."""
    words = f"{MONDAY.month}月{MONDAY.day}日"
    return [one.text for one in page.soup.select("td, dd") if words in one.text]


@pytest.mark.parametrize("address", ["/items", "/items/{item}", "/items/{item}/apply",
                                     "/institutions/{institution}"])  # fmt: skip
def test_the_page_says_beside_the_day_that_it_is_provisional(client_as, county, far, address):
    browser = client_as(make.inspector(county))

    page = browser.get(address.format(item=far.id, institution=far.institution_id))

    assert [text for text in cell_with_the_day(page) if "暂定" in text]


def test_the_items_of_a_joint_case_say_so(client_as, county, far):
    case = enforcement.case_by_hand(county, far.institution, items=[far])
    browser = client_as(enforcement.convener(county))

    page = browser.get(f"/cases/{case.id}")

    assert [text for text in cell_with_the_day(page) if "暂定" in text]


def test_the_exported_ledger_and_the_dossier_say_so(county, far):
    assert "暂定" in str(table.basis(far))
    assert any("暂定" in str(cell) for cell in sections._item(far, county.today))


def test_a_day_in_an_arranged_year_says_nothing_of_the_kind(client_as, county):
    near = make.item(county, limit=limit(county, 15))

    page = client_as(make.section_head(county)).get(f"/items/{near.id}")

    assert not near.due_provisional
    assert "暂定" not in page.text


def test_a_new_limit_in_an_arranged_year_takes_the_word_away(county, far):
    make.done(
        service.start, far, due_on=county.today, from_day=county.today,
        basis=LimitBasis.SERVICE, source="责改38号", by=make.inspector(county),
        calendar=make.calendar(county),
    )  # fmt: skip

    assert not far.due_provisional
