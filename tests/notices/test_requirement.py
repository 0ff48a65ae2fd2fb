"""What a paper that was served asks for is the requirement of its item."""

from tests.factories import notices
from training_oversight import database


def test_what_was_served_is_required_and_the_earlier_wording_stays_readable(county, client_as):
    notice = notices.approved(county)
    one, asked = notice.entries[0].item, notice.entries[0].requirement
    with database.transaction():
        one.measure = "先前的要求"

    notices.served(county, notice)
    page = client_as(county.officer()).get(f"/items/{one.id}").soup

    assert one.measure == asked != "先前的要求"
    assert f"按{notice.number}的要求，2026年10月15日送达" in page.text
    history = page.select_one(".timeline").text
    assert "先前的要求" in history
    assert notice.number in history


def test_a_requirement_corrected_afterwards_is_no_longer_that_of_the_paper(county, client_as):
    notice = notices.served(county)
    one = notice.entries[0].item
    with database.transaction():
        one.measure = "另作要求。"

    page = client_as(county.officer()).get(f"/items/{one.id}").soup

    assert "的要求，" not in page.text
