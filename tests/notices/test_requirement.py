"""What a paper that was served asks for is the requirement of its item."""

import pytest

from tests.factories import ledger, notices
from training_oversight import database, texts


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


@pytest.mark.parametrize("step", ["verify", "close"])
def test_who_decides_has_the_paper_that_asked_and_set_the_limit_at_hand(county, client_as, step):
    notice = notices.served(county)
    one = ledger.applied(county, notice.entries[0].item)
    if step == "close":
        ledger.verified(county, one)

    page = client_as(ledger.section_head(county)).get(f"/items/{one.id}/{step}").soup

    said = [link.text for link in page.select(f'main dl a[href="/notices/{notice.id}"]')]
    assert said == [
        f"按{notice.number}的要求，2026年10月15日送达",
        f"{notice.number}定的期限，2026年10月15日送达",
    ]


def test_a_limit_without_a_paper_says_on_what_it_rests(county, client_as):
    one = ledger.applied(county, ledger.item(county, due_on=county.today))

    page = client_as(ledger.section_head(county)).get(f"/items/{one.id}/verify").soup

    assert not page.select('main dl a[href^="/notices/"]')
    assert texts.rendered(one.due_basis.label) in page.select_one("main dl").text
