"""A form that somebody else has overtaken says who did what, and when; then it can be saved."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.factories import ledger, notices, registry
from tests.factories.columns_page import READ
from tests.factories.lists import sent, workbook
from tests.pages import filled_in
from training_oversight import clock, database
from training_oversight.accounts.permissions import Role

NEARLY_MIDNIGHT = datetime(2026, 10, 15, 15, 50, tzinfo=UTC)


@pytest.fixture
def later(at):
    """Some minutes pass."""

    def pass_by(minutes=5):
        at(clock.now() + timedelta(minutes=minutes))

    return pass_by


def opened(browser, url):
    return filled_in(browser.get(url).soup.select_one("main form[method=post]"))


def refusal(page):
    return [
        " ".join(one.text.split()) for one in page.soup.select(".error-title, .error-summary li")
    ]


def officer(county, name, role=Role.INSPECTOR):
    found = county.officer(role)
    with database.transaction():
        found.name = name
    return found


def test_who_when_and_which_fields_are_told_and_the_next_press_saves(
    client_as, county, session, later
):
    item = ledger.item(county)
    url = f"/items/{item.id}/edit"
    early, late = (client_as(officer(county, name)) for name in ("陈立群", "何欣然"))
    stale = opened(late, url) | {"responsible_person": "许芸"}
    later()
    early.submit(url, measure="拆除隔断", responsible_party="")
    later()

    page = late.post(url, stale, status=409)

    who, what = refusal(page)
    assert "没有保存：您打开之后，陈立群在09:05改过这条记录" in who
    assert "整改要求（" in what
    assert " → 拆除隔断）" in what
    form = filled_in(page.soup.select_one("main form[method=post]"))
    assert form["responsible_person"] == "许芸"
    late.post(url, form, status=200)
    session.expire_all()
    assert item.responsible_person == "许芸"


def test_masked_data_stay_masked_and_a_change_of_the_venue_is_told(client_as, county, later):
    place = registry.institution(county, name="星屿艺术", address="文澜路1号")
    url = f"/institutions/{place.id}/edit"
    early, late = (client_as(officer(county, name)) for name in ("陈立群", "何欣然"))
    stale = opened(late, url)
    later()
    early.submit(url, phone="13900002046", address="南塘街3号")

    said = refusal(late.post(url, stale, status=409))

    assert "电话有改动" in " ".join(said)
    assert "办学地址（文澜路1号 → 南塘街3号）" in " ".join(said)
    assert "1390000" not in " ".join(said)


def test_what_was_not_touched_stays_as_the_other_left_it(client_as, county, session, later):
    place = registry.institution(county, name="星屿艺术", address="文澜路1号", pupils=30)
    url = f"/institutions/{place.id}/edit"
    early, late = (client_as(officer(county, name)) for name in ("陈立群", "何欣然"))
    stale = opened(late, url) | {"organiser": "许芸", "principal": "孔珺"}
    later()
    early.submit(
        url, note="先看楼梯", principal="华知微", address="南塘街3号",
        pupils="45", stages=["preschool"], lease_until="2027-08-31",
    )  # fmt: skip
    later()

    page = late.post(url, stale, status=409)

    rows = page.soup.select("main section table tbody tr")
    assert [[one.get_text(strip=True) for one in row("td")] for row in rows] == [
        ["空", "许芸"],
        ["华知微", "孔珺"],
    ]
    late.post(url, filled_in(page.soup.select_one("main form[method=post]")), status=200)
    session.expire_all()
    assert (place.organiser, place.principal) == ("许芸", "孔珺")
    assert (place.note, place.pupils, place.stages) == ("先看楼梯", 45, ["preschool"])
    [venue] = place.venues
    assert venue.address == "南塘街3号"
    assert str(venue.lease_until) == "2027-08-31"


def test_every_change_since_the_form_was_opened_is_told_and_none_before(client_as, county, later):
    place = registry.institution(county, name="星屿艺术")
    url = f"/institutions/{place.id}/edit"
    browsers = [client_as(officer(county, name)) for name in ("陈立群", "何欣然", "唐若溪")]
    browsers[0].submit(url, organiser="甲公司")
    later()
    stale = opened(browsers[2], url)
    later()
    browsers[0].submit(url, organiser="乙公司")
    later()
    browsers[1].submit(url, principal="许芸")

    first, *each = refusal(browsers[2].post(url, stale, status=409))

    assert "何欣然在09:15改过" in first
    assert [line.split()[1].split("：")[0] for line in each] == ["何欣然", "陈立群"]
    assert each[1].startswith("09:10 陈立群")
    assert "甲公司 → 乙公司" in each[1]


@pytest.mark.parametrize("opened_at", ["", "soon", "2026-10-15T09:00:00", None])
def test_a_form_that_does_not_say_since_when_is_told_of_the_latest_change(
    client_as, county, opened_at
):
    notice = notices.draft(county)
    url = f"/notices/{notice.id}/edit"
    early, late = (client_as(officer(county, name)) for name in ("陈立群", "何欣然"))
    stale = opened(late, url) | {"opened": opened_at}
    early.submit(url, facts="楼梯口堆放课桌。", draft="1")

    page = late.post(url, {k: v for k, v in stale.items() if v is not None}, status=409)

    who, what = refusal(page)
    assert "陈立群" in who
    assert "课桌" in what


def test_a_record_of_which_history_knows_nothing_is_refused_as_before(client_as, county):
    place = registry.institution(county, name="星屿艺术")
    url = f"/institutions/{place.id}/edit"
    browser = client_as(county.officer())
    stale = opened(browser, url)
    with database.transaction() as session:
        place.note = "改过"
        session.flush()

    said = refusal(browser.post(url, stale, status=409))

    assert "改过这条记录" in said[0]


def test_a_setting_says_who_gave_it_another_version(client_as, county):
    head = officer(county, "罗志远", Role.ADMINISTRATOR)
    url = "/settings/limits/entry/verify"
    slow, quick = client_as(head), client_as(head)
    stale = opened(slow, url) | {"length": "3"}
    quick.submit(url, length="5")

    page = slow.post(url, stale, status=409)
    again = filled_in(page.soup.select_one("main form[method=post]"))

    assert "罗志远" in refusal(page)[0]
    slow.post(url, again, status=200)


def test_who_was_faster_is_told_also_where_the_page_has_words_of_its_own(client_as, county, later):
    early, late = (client_as(officer(county, name)) for name in ("陈立群", "何欣然"))
    url = sent(early, workbook(["机构名称"], ["晨曦画室"])).request.path
    stale = filled_in(late.get(url).soup.select_one(READ))
    later()
    early.submit(url, form=READ)

    who, *_ = refusal(late.post(url, stale, status=409))

    assert "没有保存：您打开之后，陈立群在09:05改过这条记录" in who


def test_the_time_is_said_on_the_same_day_and_the_date_on_another(client_as, county, at):
    item = ledger.item(county)
    url = f"/items/{item.id}/edit"
    at(NEARLY_MIDNIGHT)
    late = client_as(county.officer())
    stale = opened(late, url)
    client_as(officer(county, "陈立群")).submit(url, measure="拆除隔断")
    at(NEARLY_MIDNIGHT + timedelta(minutes=20))

    said = refusal(late.post(url, stale, status=409))

    assert "陈立群在2026年10月15日 23:50改过" in said[0]
