"""An officer's own account: devices, password, lending roles, language."""

from datetime import date, timedelta

import pytest

from tests.accounts.test_signing_in import with_password
from tests.factories.registry import institution
from training_oversight import clock, database
from training_oversight.accounts import devices, lent_queries, passwords, queries, service
from training_oversight.accounts.models import Delegation
from training_oversight.accounts.permissions import Permission, Role
from training_oversight.audit import queries as history
from training_oversight.texts import Language

EDGE = "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0"
WECHAT = "Mozilla/5.0 (Linux; Android 14) Chrome/138.0 Mobile Safari/537.36 MicroMessenger/8.0"
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1"


@pytest.mark.parametrize(
    ("device", "words"),
    [
        (EDGE, "Edge·Windows"),
        (WECHAT, "WeChat·Android"),
        (IPHONE, "Safari·iPhone"),
        ("", "无法识别的设备"),
    ],
)
def test_a_device_is_named_in_a_few_words(device, words):
    assert str(devices.words(device)) == words


def test_the_account_page_lists_devices_and_signs_the_others_out(client_as, county):
    officer = county.officer()
    desk, phone = client_as(officer), client_as(officer)

    page = desk.get("/account")
    desk.post("/account/sign-out-others")

    assert "退出其他设备" in page.text
    assert page.text.count("本设备") == 1
    assert desk.get("/account")
    assert phone.get("/account", status=302)


def test_a_session_lasts_twelve_hours(client_as, county, at):
    browser = client_as(county.officer())

    for _ in range(12):
        at(clock.now() + timedelta(minutes=59))
        browser.get("/account", 200)
    at(clock.now() + timedelta(minutes=12))

    assert browser.get("/account", status=302)


def test_the_system_cannot_sign_in(client_as, county, session):
    with database.transaction():
        county.system.password_hash = passwords.hashed("correct-horse-battery")

    client_as().submit("/sign-in", 422, username="system", password="correct-horse-battery")

    with database.transaction():
        token = service.sign_in(session, county.system, device="test", today=county.today)
    assert token is None


def test_a_changed_password_signs_in_and_the_old_one_does_not(client_as, county, session):
    officer = with_password(county, "correct-horse-battery")

    client_as(officer).submit(
        "/account/password",
        present="correct-horse-battery",
        password="staple-under-the-lamp",
        again="staple-under-the-lamp",
    )

    session.refresh(officer)
    assert passwords.matches("staple-under-the-lamp", officer.password_hash)
    assert not passwords.matches("correct-horse-battery", officer.password_hash)


@pytest.mark.parametrize(
    ("present", "new", "again"),
    [
        ("wrong", "staple-under-the-lamp", "staple-under-the-lamp"),
        ("correct-horse-battery", "staple-under-the-lamp", "staple-over-the-lamp"),
        ("correct-horse-battery", "short", "short"),
        ("correct-horse-battery", "", ""),
    ],
)
def test_a_password_that_cannot_be_taken_is_said_so(
    client_as, county, session, present, new, again
):
    officer = with_password(county, "correct-horse-battery")

    page = client_as(officer).submit(
        "/account/password", 422, present=present, password=new, again=again
    )

    assert page.soup.select_one(".error-summary")
    session.refresh(officer)
    assert passwords.matches("correct-horse-battery", officer.password_hash)


def test_a_password_that_was_handed_over_must_be_changed_first(client_as, county):
    officer = with_password(county, "correct-horse-battery")
    with database.transaction():
        officer.must_change_password = True
    browser = client_as(officer)

    assert browser.get("/account", status=302).location.endswith("/account/password")
    assert "请先改成自己的密码" in browser.get("/account/password").text


def lent(client_as, giver, taker, first, last):
    return client_as(giver).submit(
        "/account/delegate",
        taker_id=str(taker.id),
        starts_on=first,
        ends_on=last,
        reason="休假",
    )


def test_lent_roles_hold_for_their_days_only(client_as, county, session):
    head, inspector = county.officer(Role.SECTION_HEAD), county.officer()

    lent(client_as, head, inspector, "2026-10-16", "2026-10-18")

    may = {}
    for day in (15, 16, 18, 19):
        acting = queries.acting(session, inspector.id, today=date(2026, 10, day))
        may[day] = acting.may(Permission.APPROVE_NOTICE)
    assert may == {15: False, 16: True, 18: True, 19: False}


def test_history_names_who_really_acted(client_as, county, session):
    inspector, record = county.officer(name="罗志远"), institution(county)
    taker = county.officer(Role.HOTLINE, name="陈立群")
    lent(client_as, inspector, taker, "2026-10-15", "2026-10-15")

    client_as(taker).submit(f"/institutions/{record.id}/edit", pupils="3")

    event = history.history(session, record)[0]
    assert (event.actor_id, event.actor_name) == (taker.id, "陈立群")


def test_lent_roles_are_taken_back(client_as, county, session):
    head, inspector = county.officer(Role.SECTION_HEAD), county.officer()
    lent(client_as, head, inspector, "2026-10-15", "2026-10-18")
    [delegation] = lent_queries.delegations_of(session, head.id, today=county.today)
    browser = client_as(head)

    page = browser.post(f"/account/delegations/{delegation.id}/take-back")

    acting = queries.acting(session, inspector.id, today=county.today)
    assert "已收回" in page.text
    assert not acting.may(Permission.APPROVE_NOTICE)


def test_roles_are_given_back_by_who_holds_them(client_as, county, session):
    head, inspector = county.officer(Role.SECTION_HEAD), county.officer()
    lent(client_as, head, inspector, "2026-10-15", "2026-10-18")
    [delegation] = lent_queries.delegations_of(session, head.id, today=county.today)
    browser = client_as(inspector)

    offered = browser.get("/account").soup.select(f"form[action$='/{delegation.id}/take-back']")
    page = browser.post(f"/account/delegations/{delegation.id}/take-back")

    assert [form.get_text(strip=True) for form in offered] == ["交还"]
    assert "已交还" in page.text
    assert not queries.acting(session, inspector.id, today=county.today).loans


def test_a_colleague_cannot_take_back_what_two_others_lent(client_as, county, session):
    head, inspector = county.officer(Role.SECTION_HEAD), county.officer()
    lent(client_as, head, inspector, "2026-10-15", "2026-10-18")
    [delegation] = lent_queries.delegations_of(session, head.id, today=county.today)

    browser = client_as(county.officer())
    browser.post(f"/account/delegations/{delegation.id}/take-back", status=403)

    assert session.get_one(Delegation, delegation.id).revoked_at is None


def test_the_last_day_is_not_before_the_first(client_as, county):
    head, inspector = county.officer(Role.SECTION_HEAD), county.officer()

    page = client_as(head).submit(
        "/account/delegate", 422,
        taker_id=str(inspector.id), starts_on="2026-10-18", ends_on="2026-10-16", reason="休假",
    )  # fmt: skip

    assert page.soup.select_one(".error-summary")


def test_a_borrowed_officer_works_through_the_last_day(client_as, county, at):
    officer = county.officer()
    with database.transaction():
        officer.borrowed_from, officer.borrowed_until = "文澜街道", date(2026, 10, 16)

    at(date(2026, 10, 16))
    last_day = client_as(officer).get("/account")
    at(date(2026, 10, 17))
    with database.transaction() as session:
        token = service.sign_in(session, officer, device="", today=clock.today())

    assert last_day.status_code == 200
    assert token is None


def test_the_language_is_switched_and_remembered(client_as, county, session):
    officer = county.officer()

    page = client_as(officer).post("/language/en", data={"back": "/account"})

    session.refresh(officer)
    assert officer.language is Language.ENGLISH
    assert "My account" in page.text
    assert "My account" in client_as(officer).get("/account").text


def test_a_language_that_is_not_spoken_is_not_found(client_as, county):
    assert client_as(county.officer()).post("/language/fr", status=404)


def test_a_visitors_language_is_kept_in_a_cookie(client_as):
    browser = client_as()
    browser.http.post("/language/en", data={"csrf_token": token_of(browser)})

    assert browser.get("/sign-in").soup.html["lang"] == "en"


def token_of(browser):
    return browser.get("/sign-in").soup.select_one("input[name=csrf_token]")["value"]


def test_shortcuts_are_switched_off(client_as, county):
    browser = client_as(county.officer())

    page = browser.submit("/account", form=".interface-form", shortcuts_off="y")

    assert "KeyJ" in page.soup.body["data-keys-off"]


def test_the_sign_in_page_lists_the_demo_sign_ins(app, client_as):
    username, name, role, _county = app.config["DEMO_SIGN_INS"][0]

    page = client_as().get("/sign-in")

    assert all(word in page.text for word in (username, name, str(role.label)))
    assert app.config["DEMO_PASSWORD"] in page.text
