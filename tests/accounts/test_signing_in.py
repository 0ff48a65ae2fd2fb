"""Signing in, and what an address says to who may not use it."""

from urllib.parse import quote

import pytest

from tests import standing
from training_oversight import database
from training_oversight.accounts import guard, passwords


def with_password(county, password):
    officer = county.officer()
    with database.transaction():
        officer.password_hash = passwords.hashed(password)
    return officer


def test_an_officer_signs_in_with_name_and_password(client_as, county):
    officer = with_password(county, "correct-horse-battery")
    browser = client_as()

    answer = browser.submit(
        "/sign-in",
        username=officer.username,
        password="correct-horse-battery",
        status=302,
        follow=False,
    )

    assert answer.status_code == 302
    assert browser.get("/account").status_code == 200


def test_a_wrong_password_keeps_the_name_that_was_typed(client_as, county):
    officer = with_password(county, "correct-horse-battery")

    answer = client_as().submit("/sign-in", 422, username=officer.username, password="wrong")

    assert officer.username in answer.text
    assert answer.soup.select_one(".error-summary")


def test_signing_out_everywhere_ends_the_other_device_too(client_as, county):
    officer = county.officer()
    phone, desk = client_as(officer), client_as(officer)
    desk.post("/sign-out-everywhere", follow=False)

    answer = phone.get("/account", status=302)

    assert "/sign-in" in answer.location


@pytest.mark.parametrize(
    ("wanted", "led_to"),
    [
        ("/items?view=mine", "/items?view=mine"),
        ("https://example.org/", "/desk"),
        ("//example.org/", "/desk"),
        ("/\\example.org/", "/desk"),
        ("/\t/example.org/", "/desk"),
        ("/\t\\example.org/", "/desk"),
        ("//[", "/desk"),
        ("javascript:alert(1)", "/desk"),
        ("items", "/desk"),
        ("/desk\r\nSet-Cookie: x=y", "/desk"),
        ("/items\n", "/desk"),
        ("/items\x0b", "/desk"),
        ("/items\u2028", "/desk"),
        ("", "/desk"),
    ],
)
@pytest.mark.parametrize("way", ["sign-in", "language"])
def test_nobody_is_led_to_another_site(client_as, county, way, wanted, led_to):
    if way == "sign-in":
        officer = with_password(county, "correct-horse-battery")
        answer = client_as().submit(
            f"/sign-in?next={quote(wanted)}", status=302, follow=False,
            username=officer.username, password="correct-horse-battery",
        )  # fmt: skip
    else:
        answer = client_as(county.officer()).post(
            "/language/zh_CN", {"back": wanted}, status=302, follow=False
        )

    assert answer.location == led_to


def test_a_cookie_from_before_the_sign_in_is_worth_nothing_after_it(client_as, county):
    officer = with_password(county, "correct-horse-battery")
    browser = client_as()
    with browser.http.session_transaction() as cookies:
        cookies.update({guard.TOKEN: "chosen by somebody else", "left": "here"})

    browser.submit("/sign-in", username=officer.username, password="correct-horse-battery")

    with browser.http.session_transaction() as cookies:
        assert cookies[guard.TOKEN] != "chosen by somebody else"
        assert "left" not in cookies
    again = client_as()
    with again.http.session_transaction() as cookies:
        cookies[guard.TOKEN] = "chosen by somebody else"
    assert "/sign-in" in again.get("/account", status=302).location


def test_a_copied_cookie_ends_with_the_signing_out(client_as, county):
    browser, thief = client_as(county.officer()), client_as()
    with browser.http.session_transaction() as mine, thief.http.session_transaction() as copied:
        copied[guard.TOKEN] = mine[guard.TOKEN]
    thief.get("/account", status=200)

    browser.post("/sign-out")

    assert "/sign-in" in thief.get("/account", status=302).location


def test_a_password_costs_who_guesses_it_memory_and_time():
    # The tests' own is cheap; what an installation uses is kept from before that.
    hasher = standing.PRODUCTS_HASHER

    assert hasher.memory_cost >= 19 * 1024  # kibibytes; the least that OWASP advises
    assert hasher.time_cost >= 2
