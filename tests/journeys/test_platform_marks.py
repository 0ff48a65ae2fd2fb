"""已录入全国平台: ticked on the list, the day entered once, each marked by itself."""

from datetime import timedelta

import pytest

from tests.factories import complaints, ledger, refunds
from tests.factories.enforcement import done
from training_oversight import clock
from training_oversight.accounts.permissions import Role
from training_oversight.audit import queries as history
from training_oversight.complaints import service as complaining
from training_oversight.errors import BadInput
from training_oversight.ledger import service as ledgering
from training_oversight.refunds import service as refunding

KINDS = {
    "complaints": (complaints.received, Role.HOTLINE, "complaint.platform"),
    "refunds": (refunds.refund, Role.HOTLINE, "refund.platform"),
    "items": (ledger.item, Role.INSPECTOR, "item.platform"),
}
kinds = pytest.mark.parametrize("kind", KINDS)


def marked(kind, county, one):
    if kind == "complaints":
        done(
            complaining.mark_platform, one, clock.today(), by=complaints.desk(county),
            today=clock.today(),
        )  # fmt: skip
        return
    service = refunding if kind == "refunds" else ledgering
    given = {"entered_on": clock.today(), "by": county.officer(), "today": clock.today()}
    done(service.mark_platform, one, **given)


@pytest.fixture
def ready(county, client_as):
    def make(kind, count=3):
        factory, role, verb = KINDS[kind]
        return [factory(county) for _ in range(count)], client_as(county.officer(role)), verb

    return make


def sent(browser, kind, keys, status=200, **day):
    """As the list sends its ticks, and then as the page sends the day."""
    page = browser.post(f"/{kind}/platform", {"id": keys}, status=200)
    form = page.soup.select_one("main form[method=post]")
    hidden = {
        one["name"]: one["value"]
        for one in form.select("input[type=hidden]")
        if one["name"] != "id" and one.has_attr("value")
    }
    ids = [one["value"] for one in form.select("input[name=id]")]
    return browser.post(f"/{kind}/platform", {**hidden, "id": ids, **day}, status=status)


def days(county, rows):
    for one in rows:
        county.session.refresh(one)
    return [one.platform_on for one in rows]


@kinds
def test_the_ticked_ones_are_marked_and_no_other(county, ready, kind):
    (*two, other), browser, verb = ready(kind)

    page = sent(browser, kind, [one.id for one in two], entered_on="今天")

    assert days(county, [*two, other]) == [county.today, county.today, None]
    assert "已将2件标注为已录入全国平台" in page.text
    assert page.request.path == f"/{kind}"
    for one in two:
        assert [e.verb for e in history.history(county.session, one)].count(verb) == 1


@kinds
def test_what_is_marked_already_stays_and_is_said(county, ready, kind):
    (first, second), browser, _verb = ready(kind, 2)
    marked(kind, county, first)
    version = first.version

    page = browser.post(f"/{kind}/platform", {"id": [first.id, second.id]}, status=200)
    assert "已标注" in page.soup.main.text
    sent(browser, kind, [first.id, second.id], entered_on="今天")

    assert days(county, [first, second]) == [county.today] * 2
    assert first.version == version


@kinds
@pytest.mark.parametrize("day", ["", "明天", "不是日期"])
def test_without_a_day_that_was_nothing_is_marked_and_the_ticks_stay(county, ready, kind, day):
    (one,), browser, _verb = ready(kind, 1)

    page = sent(browser, kind, [one.id], status=422, entered_on=day)

    assert page.soup.select_one(".field-error")
    assert [box["value"] for box in page.soup.select("input[name=id]")] == [str(one.id)]
    assert days(county, [one]) == [None]


def test_what_cannot_bear_the_day_is_named_and_holds_up_nothing(county, client_as):
    """One came only today, the other was there before."""
    yesterday = county.today - timedelta(1)
    old, new = complaints.received(county, received_on=yesterday), complaints.received(county)

    page = sent(
        client_as(complaints.desk(county)), "complaints", [old.id, new.id],
        entered_on=yesterday.isoformat(),
    )  # fmt: skip

    assert days(county, [old, new]) == [yesterday, None]
    assert "已将1件标注" in page.text
    assert f"{new.number}：" in page.text


def test_a_problem_was_not_entered_before_it_was_found(county):
    item = ledger.item(county)
    before = item.found_on - timedelta(1)

    with pytest.raises(BadInput) as refused:
        done(
            ledgering.mark_platform, item, entered_on=before, by=county.officer(),
            today=county.today,
        )  # fmt: skip

    assert set(refused.value.fields) == {"entered_on"}


@kinds
def test_a_second_press_marks_nothing_twice(county, ready, kind):
    (one,), browser, verb = ready(kind, 1)
    page = browser.post(f"/{kind}/platform", {"id": [one.id]}, status=200)
    hidden = {
        box["name"]: box.get("value", "")
        for box in page.soup.select("main form[method=post] input[type=hidden]")
    }

    for _ in range(2):
        browser.post(f"/{kind}/platform", {**hidden, "entered_on": "今天"}, status=200)

    assert [e.verb for e in history.history(county.session, one)].count(verb) == 1


@kinds
def test_another_countys_records_are_not_among_the_chosen(county, client_as, ready, kind):
    rows, _browser, _verb = ready(kind, 1)
    abroad = client_as(county.officer(KINDS[kind][1], division=county.townships[2]))

    page = abroad.post(f"/{kind}/platform", {"id": [rows[0].id], "entered_on": "今天"})

    assert "没有勾选" in page.soup.main.text
    assert days(county, rows) == [None]


@kinds
def test_the_list_offers_it_to_who_may_and_to_nobody_else(county, client_as, ready, kind):
    _rows, browser, _verb = ready(kind, 1)
    words = "标注已录入全国平台"

    assert words in browser.get(f"/{kind}").text
    assert words not in client_as(county.officer(Role.OBSERVER)).get(f"/{kind}").text


def test_one_problem_is_marked_from_its_page(county, client_as):
    item = ledger.item(county)
    browser = client_as(county.officer())
    page = browser.get(f"/items/{item.id}")
    (link,) = {a["href"] for a in page.soup.select("a") if "/items/platform" in a.get("href", "")}

    browser.submit(link, entered_on="今天")

    assert days(county, [item]) == [county.today]
    assert "/items/platform" not in browser.get(f"/items/{item.id}").soup.main.text
