"""The sheet that hangs on the door: what is scanned and what is typed lead to the same form."""

import pytest

from tests.factories import refunds
from training_oversight.accounts.permissions import Role
from training_oversight.refunds import codes
from training_oversight.refunds.models import Refund


@pytest.fixture
def event(county):
    return refunds.event(county)


def test_the_event_leads_to_its_sheet_and_the_sheet_says_address_and_code(client_as, county, event):
    desk = client_as(county.officer(Role.HOTLINE))
    page = desk.get(f"/refunds/events/{event.id}")
    (link,) = [a["href"] for a in page.soup.select("a") if a.text == "家长登记张贴单"]

    sheet = desk.get(link)

    assert sheet.soup.select_one("svg.qr path")
    assert [one.text for one in sheet.soup.select(".sheet-words dd")] == [
        "http://localhost/f",
        codes.shown(event.code),
    ]


@pytest.mark.parametrize("written", [str, str.lower, codes.shown])
def test_the_short_address_with_the_code_opens_the_form_of_the_event(client_as, event, written):
    page = client_as().get(f"/f/{written(event.code)}", follow_redirects=True)

    assert event.institution.name in page.text
    assert page.soup.select_one("[name=phone]")


def test_the_address_alone_asks_for_the_code(client_as, event):
    page = client_as().get("/f", follow_redirects=True)

    assert page.soup.select_one("[name=code]")
    assert event.institution.name not in page.text


@pytest.mark.parametrize("code", ["AAAA-AAAA", "x" * 300, "%20", "../admin"])
def test_a_wrong_code_is_asked_for_again_and_tells_nothing(client_as, event, code):
    page = client_as().http.get(f"/f/{code}", follow_redirects=True)

    assert page.status_code in (200, 404)
    assert event.institution.name not in page.text


def test_an_event_that_has_ended_has_no_sheet(client_as, county):
    event = refunds.ended(county)
    desk = client_as(county.officer(Role.HOTLINE))

    assert "家长登记张贴单" not in desk.get(f"/refunds/events/{event.id}").text
    assert desk.http.get(f"/refunds/events/{event.id}/sheet").status_code == 409


def test_who_only_reads_figures_is_not_given_the_code(client_as, county, event):
    reader = client_as(county.officer(Role.OBSERVER))

    assert reader.http.get(f"/refunds/events/{event.id}/sheet").status_code == 403
    assert codes.shown(event.code) not in reader.get(f"/refunds/events/{event.id}").text


def test_a_family_signs_up_from_what_was_typed(client_as, county, session, event):
    form = client_as().get(f"/f/{event.code}", follow_redirects=True)

    client_as().submit(
        f"{form.request.path}?code={event.code}", phone="19900007766", parent="霍思远", pupil="",
        course="美术", contract="1000", bought="10", given="0", used="2",
    )  # fmt: skip

    assert session.query(Refund).filter_by(event_id=event.id).count() == 1
