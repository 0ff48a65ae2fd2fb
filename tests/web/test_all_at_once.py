"""Whatever is wrong in a form is said at once, in the order of the page, and nothing is kept."""

from datetime import date

import flask
import pytest
import sqlalchemy as sa

from tests.pages import error_links
from training_oversight.accounts.models import Delegation
from training_oversight.accounts.permissions import Role
from training_oversight.errors import BadInput, Checks
from training_oversight.registry.models import Institution
from training_oversight.texts import Text
from training_oversight.web.forms import OversightForm
from training_oversight.web.steps import Done, answered

WRONG = Text("Wrong")


def test_what_the_service_would_refuse_is_said_with_what_the_form_refuses(county, client_as):
    page = client_as(county.officer()).submit(
        "/institutions/new", 422, name="", uscc="911101080000000000"
    )

    assert error_links(page) == ["#name", "#uscc", "#division_id"]


def test_nothing_is_kept_of_a_form_that_was_only_tried(county, client_as, session):
    client_as(county.officer()).submit("/institutions/new", 422, name="星屿", pupils="很多")
    client_as(county.officer(Role.SECTION_HEAD)).submit(
        "/account/delegate",
        422,
        taker_id=str(county.officer().id),
        starts_on="2026-10-16",
        ends_on="2026-10-18",
        reason="",
    )

    assert session.scalars(sa.select(Institution)).all() == []
    assert session.scalars(sa.select(Delegation)).all() == []


def test_a_step_that_was_only_tried_says_nothing(app, county):
    sent = {"once": "x" * 20}
    with app.test_request_context(method="POST", data=sent):
        form = OversightForm(meta={"csrf": False})
        form.accepted = lambda: False

        def act(_session):
            form.say(WRONG)
            return Done("/")

        answered(form, act, lambda: "<main></main>")

        assert flask.get_flashed_messages() == []


def test_two_checks_of_one_service_are_said_together(county, client_as):
    head, gone = county.officer(Role.SECTION_HEAD), county.officer()
    page = client_as(head).get("/account/delegate")
    assert page.soup.select_one(f"#taker_id option[value='{gone.id}']")

    page = client_as(head).submit(
        "/account/delegate", 422, starts_on="2026-10-18", ends_on="2026-10-16", reason=""
    )

    assert error_links(page) == ["#taker_id", "#reason"]


def test_a_new_password_is_told_everything_at_once(county, client_as):
    page = client_as(county.officer()).submit("/account/password", 422, present="", password="a")

    assert error_links(page) == ["#present", "#again"]


@pytest.mark.parametrize(
    ("raised", "fields"),
    [
        ([], None),
        ([BadInput(WRONG, {"a": WRONG})], {"a"}),
        ([BadInput(WRONG, {"b": WRONG}), BadInput(WRONG, {"a": WRONG})], {"a", "b"}),
        # What names no field is said alone: the rest may follow from it.
        ([BadInput(WRONG, {"b": WRONG}), BadInput(WRONG)], set()),
    ],
)
def test_checks_raise_what_each_of_them_found(raised, fields):
    checks = Checks()
    for error in raised:
        with checks.each():
            raise error

    if fields is None:
        checks.settle()
        return
    with pytest.raises(BadInput) as refused:
        checks.settle()
    assert set(refused.value.fields) == fields


def test_a_wrong_password_says_only_that(county, client_as):
    page = client_as().submit("/sign-in", 422, username="zhou.min", password="wrong")

    summary = page.soup.select_one(".error-summary").get_text(" ", strip=True)
    assert summary == "没有登录。 用户名和密码不匹配。请再试一次，或者请管理员重设密码。"


def test_a_wrong_password_says_so_also_where_a_sign_in_had_ended(county, client_as):
    browser = client_as()
    page = browser.post("/account/choices", {"language": "en"})
    form = page.soup.select_one("main form")
    fields = {one["name"]: one.get("value", "") for one in form.select("input[name]")}

    answer = browser.post(form["action"], fields | {"username": "zhou.min", "password": "wrong"})

    assert "还没有保存" in page.soup.select_one(".error-summary").text
    assert "还没有保存" not in answer.soup.select_one(".error-summary").text
    assert "用户名和密码不匹配" in answer.soup.select_one(".error-summary").text


@pytest.mark.parametrize("address", ["/nowhere", "/institutions/999999"])
def test_a_page_that_is_not_there_has_one_search_form(county, client_as, address):
    page = client_as(county.officer()).get(address, status=404)

    assert len(page.soup.select("form[role=search]")) == 1
    assert "页面顶部的查询框" in page.text


def test_days_of_a_loan_are_checked_together_with_who_takes_it(county, client_as):
    head, taker = county.officer(Role.SECTION_HEAD), county.officer()

    page = client_as(head).submit(
        "/account/delegate",
        422,
        taker_id=str(taker.id),
        starts_on="2026-10-18",
        ends_on=date(2026, 10, 16).isoformat(),
        reason="",
    )

    assert error_links(page) == ["#ends_on", "#reason"]
