"""Administrators add and change officers; a password is shown once and never kept."""

from datetime import date

import pytest

from tests.accounts.test_signing_in import with_password
from tests.factories.county import County
from training_oversight import clock, database
from training_oversight.accounts import passwords, queries, service
from training_oversight.accounts.permissions import Role
from training_oversight.audit import queries as history


@pytest.fixture
def administrator(county):
    return county.officer(Role.ADMINISTRATOR, name="罗志远")


@pytest.fixture
def browser(client_as, administrator):
    return client_as(administrator)


def added(browser, county, status=200, **answers):
    given = {
        "username": "zhou.min",
        "name": "周敏",
        "department_id": str(county.departments["education"].id),
        "division_id": str(county.division.id),
        "roles": ["inspector", "section_head"],
        "certificate_number": "ZF990101001",
    }
    return browser.submit("/officers/add", status, **(given | answers))


def confirmed(client_as, county, officer):
    """The second person says yes."""
    head = county.officer(Role.SECTION_HEAD)
    client_as(head).submit(f"/officers/{officer.id}/rights")


def test_a_new_officer_signs_in_with_the_password_shown_once(browser, client_as, session, county):
    page = added(browser, county)
    confirmed(client_as, county, queries.by_username(session, "zhou.min"))

    password = page.soup.select_one("#password").text
    officer = queries.by_username(session, "zhou.min")
    visitor = client_as()
    answer = visitor.submit(
        "/sign-in", username="zhou.min", password=password, status=302, follow=False
    )
    assert answer.status_code == 302
    assert officer.roles == {Role.INSPECTOR, Role.SECTION_HEAD}
    assert password not in browser.get(f"/officers/{officer.id}").text
    assert visitor.get("/desk", status=302).location.endswith("/account/password")


def test_neither_password_nor_hash_is_in_the_history(browser, session, county):
    page = added(browser, county)

    officer = queries.by_username(session, "zhou.min")
    *_, event = history.history(session, officer)
    kept = f"{event.changes} {event.facts} {event.note}"
    assert page.soup.select_one("#password").text not in kept
    assert officer.password_hash not in kept
    assert event.changes["password_hash"] == ["*", "*"]


def test_a_user_name_in_use_keeps_what_was_typed(browser, county, administrator):
    page = added(browser, county, 422, username=administrator.username)

    assert "周敏" in page.text


@pytest.mark.parametrize(
    ("answers", "sentence"),
    [
        ({"username": "周敏"}, "小写字母"),
        ({"roles": []}, "请至少选一个角色"),
        ({"borrowed_from": "文澜街道"}, "请填写借调的最后一天"),
        ({"borrowed_until": "2026-12-31"}, "请填写借出单位"),
    ],
)
def test_what_is_wrong_is_said_beside_the_field(browser, county, session, answers, sentence):
    page = added(browser, county, 422, **answers)

    assert sentence in page.soup.select_one(".error-summary").text
    assert queries.by_username(session, "zhou.min") is None


def test_the_list_says_who_is_lent_and_gone(browser, county):
    lent, gone = county.officer(name="乙"), county.officer(name="丙")
    with database.transaction():
        lent.borrowed_from, lent.borrowed_until = "文澜街道", date(2026, 12, 31)
        gone.ended_on = date(2026, 9, 1)

    page = browser.get("/officers")

    assert "借调至2026年12月31日" in page.text
    assert "2026年9月1日离岗" in page.text


def test_the_list_sends_the_same_number_of_queries_for_many(browser, county, queries_of):
    with queries_of() as few:
        browser.get("/officers")
    for _ in range(8):
        county.officer()

    with queries_of() as many:
        browser.get("/officers")

    assert len(many) == len(few)


def test_changing_roles_is_in_the_history_and_bumps_the_version(
    browser, client_as, session, county
):
    officer = county.officer()
    version = officer.version

    browser.submit(f"/officers/{officer.id}", roles=["inspector", "publisher"])
    confirmed(client_as, county, officer)

    session.refresh(officer)
    event = history.history(session, officer)[0]
    assert officer.roles == {Role.INSPECTOR, Role.PUBLISHER}
    assert event.facts["roles"] == ["inspector", "publisher"]
    assert officer.version > version


def test_the_second_of_two_open_forms_is_refused(browser, session, county):
    officer = county.officer()
    page = browser.get(f"/officers/{officer.id}")
    stale = page.soup.select_one("#officer-form input[name=version]")["value"]
    browser.submit(f"/officers/{officer.id}", form="#officer-form", name="陈立群")

    browser.submit(f"/officers/{officer.id}", 409, form="#officer-form", name="陈群", version=stale)

    session.refresh(officer)
    assert officer.name == "陈立群"


def test_a_role_is_taken_away(browser, session, county):
    officer = county.officer(Role.INSPECTOR, Role.PUBLISHER)

    browser.submit(f"/officers/{officer.id}", roles=["publisher"])

    session.refresh(officer)
    assert officer.roles == {Role.PUBLISHER}


def test_nobody_takes_the_administrators_role_from_themselves(browser, administrator):
    page = browser.submit(
        f"/officers/{administrator.id}", 422, form="#officer-form", roles=["inspector"]
    )

    assert "不能取消自己的系统管理员角色" in page.text


def test_a_reset_password_works_once_and_ends_all_sessions(browser, client_as, session, county):
    officer = with_password(county, "correct-horse-battery")
    before = client_as(officer)

    page = browser.submit(f"/officers/{officer.id}/reset-password")

    session.refresh(officer)
    assert passwords.matches(page.soup.select_one("#password").text, officer.password_hash)
    assert officer.must_change_password
    assert before.get("/account", status=302)


def test_an_officer_who_left_can_no_longer_sign_in(browser, client_as, session, county):
    officer = with_password(county, "correct-horse-battery")
    present = client_as(officer)

    browser.submit(f"/officers/{officer.id}/end", reason="调离")

    assert present.get("/account", status=302)
    assert client_as().submit(
        "/sign-in", 422, username=officer.username, password="correct-horse-battery"
    )
    assert history.history(session, officer)[1].note == "调离"


def test_an_officer_who_came_back_signs_in_again(browser, client_as, session, county):
    officer = county.officer()
    browser.submit(f"/officers/{officer.id}/end", reason="调离")

    browser.post(f"/officers/{officer.id}/resume")
    confirmed(client_as, county, officer)

    session.refresh(officer)
    assert officer.works_on(county.today)


def test_nobody_ends_their_own_service(browser, administrator, session):
    browser.submit(f"/officers/{administrator.id}/end", 403, reason="调离")

    session.refresh(administrator)
    assert administrator.ended_on is None


def test_the_officers_history_says_on_what_and_from_where_they_signed_in(browser, county):
    officer = county.officer()
    with database.transaction() as session:
        service.sign_in(
            session, officer, device="Chrome Windows", address="10.3.2.1", today=clock.today()
        )
        service.note_wrong_passwords(session, officer, address="10.9.9.9", by=county.system)

    page = browser.get(f"/officers/{officer.id}")

    assert "Chrome·Windows，来自10.3.2.1" in page.text
    assert "来自10.9.9.9" in page.text


def test_another_countys_officers_are_not_there(browser, session):
    foreign = County(session, code="990102", name="临溪县").officer(name="外县人")

    page = browser.get("/officers")

    assert "外县人" not in page.text
    for address in ("", "/reset-password", "/end"):
        assert browser.get(f"/officers/{foreign.id}{address}", status=404)


def test_the_systems_own_officer_has_no_page(browser, county):
    assert browser.get(f"/officers/{county.system.id}", status=404)


def test_an_officer_cannot_be_put_into_another_county(browser, session, county):
    other = County(session, code="990102", name="临溪县")
    officer = county.officer()

    browser.submit(
        f"/officers/{officer.id}", 422, form="#officer-form", division_id=str(other.division.id)
    )

    session.refresh(officer)
    assert officer.division_path == county.division.path


def test_an_inspector_has_no_officers_page(client_as, county):
    assert client_as(county.officer()).get("/officers", status=403)
