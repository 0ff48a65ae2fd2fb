"""我的办理: what I asked for, how far it is, and a way to stop it."""

from tests.factories import errands
from tests.factories.county import County
from training_oversight.database import transaction
from training_oversight.errands import claims
from training_oversight.errands.kinds import ErrandResult
from training_oversight.errands.workflow import ErrandState
from training_oversight.scheduling import claims as scheduler
from training_oversight.texts import Text


def under_way(county, by, done=2140, total=3000):
    errand = errands.asked(errands.kind(), by=by)
    with transaction() as session:
        claims.claim(session, worker="here")
    with transaction() as session:
        claims.heard(session, errand.id, worker="here", done=done, total=total)
    county.session.expire_all()
    return errand


def test_the_page_says_how_far_it_is_and_that_one_may_leave(county, client_as):
    by = county.officer()
    errand = under_way(county, by)

    page = client_as(by).get(f"/errands/{errand.id}")

    assert "已完成2,140项，共3,000项。可以离开本页。" in page.soup.select_one(".errand").text
    bar = page.soup.select_one("progress")
    assert (bar["max"], bar["value"]) == ("3000", "2140")


def test_the_page_renews_itself_only_while_something_happens(app, county, client_as):
    by = county.officer()
    errand = errands.asked(errands.kind(), by=by)
    browser = client_as(by)

    before = browser.get(f"/errands/{errand.id}")
    errands.run_all(app)
    after = browser.get(f"/errands/{errand.id}")

    assert before.soup.select_one("noscript meta[http-equiv=refresh]")
    assert before.soup.select_one("[data-refresh]")["data-refresh"] == "2"
    assert not after.soup.select_one("meta[http-equiv=refresh]")
    assert after.soup.select_one("[data-refresh]")["data-refresh"] == ""
    assert not after.soup.select_one("main form")


def test_what_came_of_it_and_where_to_look(app, county, client_as):
    by = county.officer()
    kind = errands.kind(lambda _work: ErrandResult(Text("Done"), address="/institutions?view=all"))
    errand = errands.asked(kind, by=by)
    errands.run_all(app)

    page = client_as(by).get(f"/errands/{errand.id}")

    assert page.soup.select_one(".errand a")["href"] == "/institutions?view=all"
    assert not page.soup.select_one("progress")


def test_stopping_is_one_press_and_says_what_stays(session, county, client_as):
    by = county.officer()
    errand = errands.asked(errands.kind(), by=by)

    page = client_as(by).submit(f"/errands/{errand.id}")

    assert errands.as_it_is(session, errand).state is ErrandState.CANCELLED
    assert "已停止。已完成的部分保留" in page.soup.select_one(".errand").text


def test_one_under_way_is_shown_as_being_stopped(session, county, client_as):
    by = county.officer()
    errand = under_way(county, by)

    page = client_as(by).submit(f"/errands/{errand.id}")

    assert errands.as_it_is(session, errand).stop_wanted
    assert "正在停止" in page.soup.select_one(".errand").text
    assert not page.soup.select_one("main form")


def test_one_that_has_ended_meanwhile_is_not_stopped(app, session, county, client_as):
    by = county.officer()
    errand = errands.asked(errands.kind(), by=by)
    browser = client_as(by)
    errands.run_all(app)

    page = browser.post(f"/errands/{errand.id}/stop", status=409)

    assert errands.as_it_is(session, errand).state is ErrandState.DONE
    assert "已经结束" in page.soup.select_one(".error-summary").text


def test_another_countys_errand_is_not_stopped(session, county, client_as):
    errand = errands.asked(errands.kind(), by=county.officer())
    stranger = County(session, code="990102", name="临溪县").officer()

    client_as(stranger).post(f"/errands/{errand.id}/stop", status=404)

    assert errands.as_it_is(session, errand).state is ErrandState.WAITING


def test_while_the_scheduler_is_silent_the_pages_say_that_the_work_waits(county, client_as):
    by = county.officer()
    errand = errands.asked(errands.kind(), by=by)
    browser = client_as(by)
    said = []
    for beats in (False, True):
        if beats:
            with transaction() as session:
                scheduler.beat(session)
        for url in ("/errands", f"/errands/{errand.id}"):
            said.append("后台服务没有运行" in browser.get(url).soup.select_one("main").text)

    assert said == [True, True, False, False]


def test_the_list_shows_my_own_newest_first(county, client_as):
    mine, other = county.officer(), county.officer()
    keys = [errands.asked(errands.kind(), by=mine).id for _ in range(2)]
    errands.asked(errands.kind(), by=other)

    page = client_as(mine).get("/errands")

    links = [link["href"] for link in page.soup.select("td a.first")]
    assert links == [f"/errands/{key}" for key in reversed(keys)]


def test_a_long_list_has_pages_and_costs_the_same(county, client_as, queries_of):
    by, kind = county.officer(), errands.kind()
    browser = client_as(by)
    errands.asked(kind, by=by)
    with queries_of() as few:
        browser.get("/errands")
    for _ in range(54):
        errands.asked(kind, by=by)

    with queries_of() as many:
        page = browser.get("/errands")
    second = browser.get(page.soup.select_one("a[rel=next]")["href"])

    assert len(many) == len(few)
    assert len(second.soup.select("td a.first")) == 5


def test_every_officer_finds_them_in_the_own_menu(county, client_as):
    page = client_as(county.officer()).get("/desk")

    assert page.soup.select_one('.topbar-me a[href="/errands"]').text == "我的办理"
