"""A sign-in that ends while somebody types costs a password, not the text."""

import json

import pytest
from bs4 import BeautifulSoup

from tests.factories.registry import institution
from tests.pages import filled_in
from training_oversight import database
from training_oversight.accounts import passwords, service

SECRET = "correct-horse-battery"


def sent_after_the_end(client_as, county, session):
    """An edit that is sent when the sign-in is over; the browser, the officer, the answer."""
    officer, place = county.officer(), institution(county)
    with database.transaction():
        officer.password_hash = passwords.hashed(SECRET)
    browser, address = client_as(officer), f"/institutions/{place.id}/edit"
    form = browser.get(address).soup.select_one("main form[method=post]")
    data = filled_in(form) | {"note": "周五回访"}
    with database.transaction() as writing:
        service.sign_out_everywhere(writing, officer, by=officer)
    return browser, officer, place, browser.http.post(address, data=data)


def test_typed_text_goes_through_signing_in_and_is_saved(client_as, county, session):
    browser, officer, place, answer = sent_after_the_end(client_as, county, session)
    assert answer.status_code == 401
    page = BeautifulSoup(answer.text, "html.parser")
    sign_in = page.select_one("main form[method=post]")
    assert SECRET not in answer.text

    signed_in = browser.post(
        sign_in["action"],
        filled_in(sign_in) | {"username": officer.username, "password": SECRET},
        status=200,
    )
    resume = signed_in.soup.select_one("main form[method=post]")
    browser.post(resume["action"], filled_in(resume), status=200)

    session.refresh(place)
    assert place.note == "周五回访"


def test_a_wrong_password_does_not_lose_it_either(client_as, county, session):
    browser, officer, _, answer = sent_after_the_end(client_as, county, session)
    sign_in = BeautifulSoup(answer.text, "html.parser").select_one("main form[method=post]")

    refused = browser.post(
        sign_in["action"],
        filled_in(sign_in) | {"username": officer.username, "password": "wrong"},
        status=422,
    )

    again = filled_in(refused.soup.select_one("main form[method=post]"))
    assert ["note", "周五回访"] in json.loads(again["kept"])


@pytest.mark.parametrize("kept", ["[" * 100_000, '[["note", "\\ud800"]]', '[["note"]]', "{}", "1"])
def test_what_was_kept_may_have_been_tampered_with(client_as, county, kept):
    officer = county.officer()
    with database.transaction():
        officer.password_hash = passwords.hashed(SECRET)

    answer = client_as().submit(
        "/sign-in?next=/account", status=None, follow=False,
        username=officer.username, password=SECRET, kept=kept,
    )  # fmt: skip

    assert answer.status_code in (200, 302)


def test_nothing_is_sent_to_an_address_elsewhere(client_as, county):
    officer = county.officer()
    with database.transaction():
        officer.password_hash = passwords.hashed(SECRET)
    browser = client_as()

    answer = browser.submit(
        "/sign-in?next=https://elsewhere.example/",
        status=302,
        follow=False,
        username=officer.username,
        password=SECRET,
        kept='[["note", "x"]]',
    )

    assert answer.location == "/desk"
