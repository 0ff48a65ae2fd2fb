"""Signing in, and what an address says to who may not use it."""

from training_oversight import database
from training_oversight.accounts import passwords


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


def test_five_wrong_passwords_lock_the_name_even_for_the_right_one(client_as, county):
    officer = with_password(county, "correct-horse-battery")
    browser = client_as()
    for _ in range(5):
        browser.submit("/sign-in", 422, username=officer.username, password="wrong")

    answer = browser.submit(
        "/sign-in", username=officer.username, password="correct-horse-battery", status=422
    )

    assert officer.locked_until is not None
    assert answer.status_code == 422


def test_signing_out_everywhere_ends_the_other_device_too(client_as, county):
    officer = county.officer()
    phone, desk = client_as(officer), client_as(officer)
    desk.post("/sign-out-everywhere", follow=False)

    answer = phone.get("/account", status=302)

    assert "/sign-in" in answer.location
