"""发件箱: the list, one message, and what is done with it."""

import pytest

from tests.factories import correspondence
from tests.pages import filled_in
from training_oversight import database
from training_oversight.accounts.permissions import Role
from training_oversight.correspondence.workflow import MessageState

S = MessageState


def test_the_list_begins_with_what_waits_to_be_released(client_as, county):
    message = correspondence.waiting(county)

    page = client_as(correspondence.releaser(county)).get("/outbox")

    current = page.soup.select_one(".tabs [aria-current=page]").get_text(" ", strip=True)
    assert current == "待放行 2"
    assert message.department_name in page.text
    assert "放行消息" in page.text
    assert page.soup.select_one("nav a[href='/outbox']")


def test_who_may_not_release_reads_it_and_is_offered_nothing(client_as, county):
    message = correspondence.waiting(county)
    browser = client_as(county.officer(Role.OBSERVER))

    listed, page = browser.get("/outbox"), browser.get(f"/outbox/{message.id}")

    assert not listed.soup.select(".me")
    assert not page.soup.select(f"a[href='/outbox/{message.id}/release']")
    browser.get(f"/outbox/{message.id}/release", 403)


@pytest.mark.parametrize("role", [Role.LIAISON, Role.HOTLINE, Role.ADMINISTRATOR])
def test_the_outbox_is_the_offices_own(client_as, county, role):
    message = correspondence.waiting(county)
    browser = client_as(county.officer(role))

    browser.get("/outbox", 403)
    browser.get(f"/outbox/{message.id}", 403)


def test_the_list_is_filtered_by_kind_and_state(client_as, county):
    ready = correspondence.ready(county)
    browser = client_as(county.officer())

    of_kind = browser.get("/outbox?kind=task.returned")
    empty = browser.get("/outbox?kind=task.returned&state=message_waiting")
    odd = browser.get("/outbox?kind=nonsense&state=nonsense&at=nonsense")

    assert f"/outbox/{ready.id}" in of_kind.text
    assert of_kind.soup.select_one(".tabs [aria-current=page]").get_text().startswith("内部消息")
    assert "没有这类消息" in empty.text
    assert odd.soup.select_one(".tabs [aria-current=page]").get_text().startswith("待放行")


def test_from_release_to_passing_on(client_as, county, session):
    message = correspondence.waiting(county)
    browser = client_as(correspondence.releaser(county))

    released = browser.submit(f"/outbox/{message.id}/release")
    handed = browser.submit(
        f"/outbox/{message.id}/hand-over",
        handed_over_on=county.today.isoformat(),
        how="电话告知卢岩",
    )

    session.refresh(message)
    assert "未发送" in released.text
    assert "已由渠道发送" not in released.text
    assert "电话告知卢岩" in handed.text
    assert message.state is S.HANDED_OVER


def test_a_release_pressed_twice_is_done_once_and_says_the_same(client_as, county, session):
    message = correspondence.waiting(county)
    browser = client_as(correspondence.releaser(county))
    url = f"/outbox/{message.id}/release"
    form = filled_in(browser.get(url).soup.select_one("main form[method=post]"))

    first = browser.post(url, form)
    second = browser.post(url, form)

    assert "未发送" in first.text
    assert "未发送" in second.text
    assert "没有重复" in second.text
    session.refresh(message)
    assert message.state is S.RELEASED


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({"how": "", "handed_over_on": ""}, "请填写用什么方式转达"),
        ({"how": "电话", "handed_over_on": "2020-01-01"}, "不能早于放行日期"),
        ({"how": "电话", "handed_over_on": "2099-01-01"}, "不能晚于今天"),
    ],
)
def test_what_is_wrong_about_the_passing_on_is_said_beside_it(client_as, county, typed, wrong):
    message = correspondence.released(county)

    page = client_as(correspondence.releaser(county)).submit(
        f"/outbox/{message.id}/hand-over", status=422, **typed
    )

    assert wrong in page.text


def test_a_message_is_dropped_with_a_reason(client_as, county, session):
    message = correspondence.waiting(county)
    browser = client_as(correspondence.releaser(county))

    browser.submit(f"/outbox/{message.id}/drop", status=422, reason="")
    page = browser.submit(f"/outbox/{message.id}/drop", reason="当面已说清")

    session.refresh(message)
    assert message.state is S.DROPPED
    assert "当面已说清" in page.text


def test_what_is_not_wanted_any_more_offers_no_release_and_says_why(client_as, county):
    message = correspondence.unwanted(county)
    browser = client_as(correspondence.releaser(county))

    page = browser.get(f"/outbox/{message.id}")
    refused = browser.submit(f"/outbox/{message.id}/release", status=409)

    assert not page.soup.select(f"a[href='/outbox/{message.id}/release']")
    assert "相关事项已有变化" in page.text
    assert "相关事项已有变化" in refused.text


def test_a_message_of_a_kind_that_is_gone_stays_readable(client_as, county):
    message = correspondence.waiting(county)
    with database.transaction():
        message.kind = "gone.by"
    browser = client_as(correspondence.releaser(county))

    listed, page = browser.get("/outbox"), browser.get(f"/outbox/{message.id}")

    assert "未知消息（gone.by）" in listed.text
    assert "未知消息（gone.by）" in page.text
    assert not page.soup.select(".next-step a")


def test_a_sent_message_shows_when_and_what_the_channel_said(client_as, county):
    message = correspondence.sent(county)

    page = client_as(county.officer()).get(f"/outbox/{message.id}")

    assert "已由渠道发送" in page.text
    assert "渠道回执" in page.text
