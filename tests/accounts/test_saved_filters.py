"""Filters kept under a name: by an officer, of any list, for colleagues too."""

import pytest

from tests.factories import ledger
from tests.factories.county import County
from tests.factories.registry import institution, listed, names
from tests.pages import filled_in
from training_oversight import database
from training_oversight.accounts import saved_queries, service
from training_oversight.accounts.models import SavedFilter
from training_oversight.accounts.permissions import Role
from training_oversight.audit import queries as history
from training_oversight.errors import BadInput, NotPermitted, StaleForm

LISTS = {"institutions": "/institutions", "items": "/items"}


def save(county, officer, name="缺证", query="licensed=no&view=live", **values):
    given = {"listing": "institutions", "shared": False} | values
    with database.transaction() as session:
        return service.save_filter(session, name=name, query=query, by=officer, **given)


def menu(page):
    return {link.text.strip(): link["href"] for link in page.soup.select(".menu-more ul a")}


@pytest.mark.parametrize("listing", LISTS)
def test_a_filter_is_saved_from_the_list_and_stands_over_it(county, client_as, listing):
    ledger.item(county)
    browser = client_as(county.officer(Role.INSPECTOR))
    page = browser.get(f"{LISTS[listing]}?kind=arts&at=old&nonsense=1&all=1")
    link = next(a["href"] for a in page.soup.select(".filters a") if a.text == "保存这个筛选")

    saved = browser.submit(link, name="文化艺术类")

    assert "已保存为“文化艺术类”。" in saved.text
    address = menu(saved)["文化艺术类"]
    assert address.startswith(f"{LISTS[listing]}?kind=arts&view=")
    assert not {"at=", "nonsense", "all="} & set(address.split("&"))
    assert saved.soup.select_one(".menu-more a[aria-current]").text == "文化艺术类"
    assert "常用筛选：文化艺术类" in browser.get(address).text
    assert "常用筛选：" not in browser.get(LISTS[listing]).text


def test_each_list_has_its_own_and_nobody_sees_a_colleagues(county, client_as):
    officer = county.officer(Role.INSPECTOR)
    save(county, officer)

    assert "缺证" in menu(client_as(officer).get("/institutions"))
    assert "缺证" not in menu(client_as(officer).get("/items"))
    assert "缺证" not in menu(client_as(county.officer()).get("/institutions"))


def test_a_shared_filter_opens_the_same_rows_for_a_colleague(county, client_as):
    officer, colleague = county.officer(Role.INSPECTOR), county.officer(Role.INSPECTOR)
    institution(county, name="我的", officer_in_charge_id=officer.id)
    institution(county, name="同事的", officer_in_charge_id=colleague.id)
    client_as(officer).submit(
        "/saved/institutions/new?view=mine&kind=arts", name="我管的艺术类", shared="y"
    )

    page = client_as(colleague).get("/institutions")
    shared = next(href for words, href in menu(page).items() if words.startswith("我管的艺术类"))

    assert "view=mine" not in shared
    assert names(client_as(colleague).get(shared)) == ["我的"]
    assert names(client_as(officer).get(shared)) == ["我的"]


def test_nothing_is_shared_with_another_county_nor_by_who_has_left(county, session, client_as):
    other = County(session, code="990202", name="临湖县")
    save(county, other.officer(), name="临湖的", shared=True)
    gone = county.officer()
    save(county, gone, name="走了的", shared=True)
    with database.transaction():
        service.end_service(session, gone, today=county.today, by=county.system, note="调离")
    save(county, county.officer(name="陈立群"), name="同事的", shared=True)

    offered = menu(client_as(county.officer()).get("/institutions"))

    saved = ("临湖的", "走了的", "同事的")
    assert [words for words in offered if words.startswith(saved)] == ["同事的陈立群"]


def test_a_link_shows_each_officer_their_own_county(county, session, client_as):
    other = County(session, code="990202", name="临湖县")
    institution(county, name="星屿")
    institution(other, name="临湖琴行")
    query = {"licensed": "no", "view": "live"}

    assert listed(client_as(county.officer()), **query) == ["星屿"]
    assert listed(client_as(other.officer()), **query) == ["临湖琴行"]


def test_two_of_one_name_are_refused_with_the_name(county, client_as):
    officer = county.officer(Role.INSPECTOR)
    save(county, officer)

    page = client_as(officer).submit("/saved/institutions/new?kind=arts", status=422, name=" 缺证 ")

    assert "您已有一个叫“缺证”的筛选" in page.text
    assert page.soup.select_one("input[name=query]")["value"] == "kind=arts"


def test_a_saved_filter_is_renamed_shared_and_let_go(county, client_as, session):
    officer = county.officer(Role.INSPECTOR)
    saved = save(county, officer)
    browser = client_as(officer)

    browser.submit(f"/saved/{saved.id}", name="没有许可", shared="y")
    page = browser.get("/saved")
    row = page.soup.select_one("tbody tr").text

    assert "没有许可" in row
    assert "同事也可用" in row
    answer = browser.submit("/saved", form="tbody form")
    assert "“没有许可”不再保留" in answer.text
    assert "还没有保存过筛选" in answer.text
    assert session.get(SavedFilter, saved.id) is None
    verbs = [event.verb for event in history.history(session, saved)]
    assert verbs == ["filter.removed", "filter.changed", "filter.saved"]


def test_a_colleagues_filter_is_not_there_to_be_changed(county, client_as, session):
    saved = save(county, county.officer(), shared=True)
    browser = client_as(county.officer())

    browser.get(f"/saved/{saved.id}", status=404)
    browser.post(f"/saved/{saved.id}/remove", status=404)

    assert session.get(SavedFilter, saved.id)
    with pytest.raises(NotPermitted), database.transaction():
        service.remove_saved(session, saved, by=county.system)


def test_an_older_page_does_not_overwrite_a_newer_name(county, session):
    officer = county.officer()
    saved = save(county, officer)
    given = {"query": saved.query, "shared": False, "by": officer}
    with database.transaction():
        service.change_saved(session, saved, name="新名", version=1, **given)

    with pytest.raises(StaleForm), database.transaction():
        service.change_saved(session, saved, name="旧名", version=1, **given)


def test_what_was_changed_on_another_page_is_told_and_the_next_press_saves(county, client_as):
    officer = county.officer()
    saved = save(county, officer)
    browser, url = client_as(officer), f"/saved/{saved.id}"
    stale = filled_in(browser.get(url).soup.select_one("main form[method=post]"))
    browser.submit(url, name="新名")

    page = browser.post(url, data=stale | {"name": "旧名"}, status=409)
    browser.post(url, data=filled_in(page.soup.select_one("main form[method=post]")))

    assert "（缺证 → 新名）" in page.soup.select_one(".error-summary").text
    assert saved.name == "旧名"


def test_a_filter_of_a_list_that_the_officer_may_not_open_is_not_there(county, client_as):
    """The hotline desk has no export of visits, the liaison officer no register."""
    browser = client_as(county.officer(Role.LIAISON))

    browser.get("/saved/institutions/new", status=404)
    browser.get("/saved/nothing/new", status=404)
    browser.post("/saved/institutions/columns", {"cols": "name"}, status=404)


def test_the_default_columns_are_no_filter_to_look_after(county, session, client_as):
    officer = county.officer()
    with database.transaction():
        service.keep_columns(session, listing="institutions", query="cols=name", by=officer)
        service.keep_columns(session, listing="institutions", query="cols=uscc", by=officer)

    found = saved_queries.of_listing(session, officer, "institutions", today=county.today)

    assert [(one.name, one.query) for one in found] == [("", "cols=uscc")]
    assert "还没有保存过筛选" in client_as(officer).get("/saved").text
    client_as(officer).get(f"/saved/{found[0].id}", status=404)


def test_the_menu_costs_one_query_however_many_are_saved(county, client_as, queries_of, session):
    officer = county.officer()
    browser = client_as(officer)

    def sent():
        session.expunge_all()
        with queries_of() as statements:
            browser.get("/institutions")
        return len(statements)

    before = sent()
    for number in range(8):
        save(county, officer if number % 2 else county.officer(), f"筛选{number}", shared=True)

    assert sent() == before


def test_a_name_of_spaces_is_none(county, client_as):
    page = client_as(county.officer()).submit(
        "/saved/institutions/new?kind=arts", status=422, name="   "
    )

    assert "请给这个筛选起个名字" in page.text


def test_a_taken_name_is_refused_by_the_service_too(county):
    officer = county.officer()
    save(county, officer)

    with pytest.raises(BadInput):
        save(county, officer)


@pytest.mark.parametrize(
    "query",
    ["q=a%00b&kind=arts", "&".join(f"kind={n}" for n in range(500)), "kind=arts&q=\xff\xfe"],
)
def test_an_address_that_no_list_wrote_is_no_fault(county, client_as, query):
    browser = client_as(county.officer())

    saved = browser.submit("/saved/institutions/new", name="筛选", query=query)
    browser.get("/saved/institutions/new", environ_overrides={"QUERY_STRING": query})

    assert "已保存为“筛选”。" in saved.text


def test_a_telephone_that_was_looked_for_stays_out_of_the_history(county, session):
    officer = county.officer()
    saved = save(county, officer, query="q=13809901234")
    with database.transaction() as writing:
        service.change_saved(
            writing, saved, name="缺证", query="q=13809905678", shared=False, by=officer
        )

    told = "".join(f"{event.changes}{event.facts}" for event in history.history(session, saved))
    assert "query" in told
    assert "1380990" not in told
