"""The public site: approved copies, and nothing else of a case."""

import gzip
import re

import pytest

from tests.factories import ledger
from tests.factories import publication as make
from tests.factories.county import County
from training_oversight import database
from training_oversight.publication import public_views
from training_oversight.registry.models import Premises, Venue

LIST = "/public/{code}/rectification"
SIGN_IN = re.compile(r"登录|sign.?in", re.IGNORECASE)


def list_url(county):
    return LIST.format(code=county.code)


def links(answer):
    return {a["href"] for a in answer.soup.select("a[href^='/']")}


def walked(browser, start="/public"):
    """Every public page that can be reached, with its text."""
    seen, ahead = {}, [start]
    while ahead:
        url = ahead.pop()
        if url in seen or not url.startswith("/public"):
            continue
        answer = browser.http.get(url)
        assert answer.status_code in (200, 410), url
        seen[url] = answer.get_data(as_text=answer.mimetype == "text/html")
        if answer.mimetype == "text/html":
            answer = browser.get(url, status=None)
            ahead.extend(links(answer))
    return seen


def test_a_visitor_finds_the_list_and_an_entry(client_as, county):
    place = ledger.institution(county, "星屿艺术培训中心")
    make.owed(county, place)
    make.published(county)
    browser = client_as()

    home = browser.get("/public")
    page = browser.get(list_url(county))
    entry = browser.get(page.soup.select_one(".public-list a")["href"])

    assert list_url(county) in links(home)
    assert "2026年第1批" in page.text
    assert "星屿艺术培训中心" in entry.text
    assert entry.soup.select_one("a[href='tel:0990-1234567']")


def test_no_public_page_tells_persons_telephones_or_facts(client_as, county):
    place = ledger.institution(
        county,
        "陈立群家教（书香苑3幢401室）",
        responsible_person="陈立群",
        phone="13809901234",
        organiser="王建国",
        note="内部备注不公开",
    )
    with database.transaction() as session:
        session.add(
            Venue(
                institution_id=place.id,
                address="书香苑3幢401室",
                premises=Premises.DWELLING,
                landlord="赵房东",
            )
        )
    publisher = make.publisher(county, name="周公示")
    approver = make.approver(county, name="吴审核")
    inspector = ledger.inspector(county, name="郑执法")
    make.owed(county, place, by=inspector)
    make.published(county, make.submitted(county, by=publisher), by=approver)
    make.withdrawn(county, reason="更换批次")
    make.published(county)

    pages = walked(client_as())

    text = "".join(page for page in pages.values() if isinstance(page, str))
    for secret in (
        "陈立群",
        "王建国",
        "赵房东",
        "13809901234",
        "401",
        "周公示",
        "吴审核",
        "郑执法",
        "许芸",
        "内部备注不公开",
        "器材柜",
        "安全出口被",
    ):
        assert secret not in text, secret
    assert "陈某某家教" in text
    assert len(pages) >= 6


def test_public_pages_have_no_sign_in_but_a_way_for_officers_at_the_front(client_as, county):
    make.owed(county)
    make.published(county)
    browser = client_as()

    front = browser.get("/", follow_redirects=True)
    pages = {url: page for url, page in walked(browser).items() if isinstance(page, str)}

    entrance = 'href="/sign-in"'
    assert front.soup.select_one(f"footer a[{entrance}]").text == "工作人员入口"
    pages["/public"] = pages["/public"].replace(entrance, "", 1)
    assert [url for url, page in pages.items() if SIGN_IN.search(page)] == []


def test_public_pages_have_no_script_and_no_red(client_as, county):
    make.owed(county)
    make.published(county)

    for url, page in walked(client_as()).items():
        if isinstance(page, str):
            assert "<script" not in page, url
            assert "tone-red" not in page, url


def every_public_address(publication, county):
    entry = publication.entries[0].id
    return [
        list_url(county),
        f"/public/{county.code}/rectification/batches",
        f"/public/batches/{publication.id}",
        f"/public/batches/{publication.id}/table.xlsx",
        f"/public/entries/{entry}",
    ]


def test_the_list_of_public_addresses_is_complete(app, county):
    make.owed(county)
    patterns = {
        rule.rule for rule in app.url_map.iter_rules() if rule.endpoint.startswith("public.")
    }

    assert len(patterns) == len(every_public_address(make.draft(county), county)) + 1
    assert public_views.bp.url_prefix == "/public"


@pytest.mark.parametrize("step", [make.draft, make.submitted])
def test_drafts_and_lists_under_review_are_not_public(client_as, county, step):
    make.owed(county, ledger.institution(county, "还没公布的培训班"))
    one, browser = step(county), client_as()

    for url in ["/public", *every_public_address(one, county)]:
        answer = browser.get(url, status=None)

        assert answer.status_code in (200, 404), url
        assert "还没公布的培训班" not in answer.get_data(as_text=True), url
        if f"/{one.id}" in url or "entries" in url:
            assert answer.status_code == 404, url


def test_a_discarded_draft_is_not_public(client_as, county):
    from training_oversight.publication import service

    make.owed(county)
    by = make.publisher(county)
    one = make.draft(county, by=by)
    ledger.done(service.discard, one, by=by, today=county.today, version=None)

    client_as().get(f"/public/batches/{one.id}", status=404)


def test_an_entry_that_was_removed_is_not_public(client_as, county):
    from training_oversight.publication import service

    make.owed(county)
    make.owed(county)
    by = make.publisher(county)
    one = make.draft(county, by=by)
    gone = one.entries[0]
    ledger.done(service.remove, gone, reason="正在核实", by=by, today=county.today)
    make.published(county, make.submitted(county, one, by=by))
    browser = client_as()

    browser.get(f"/public/entries/{gone.id}", status=404)
    assert str(gone.cells[0]) not in browser.get(list_url(county)).text


def test_a_withdrawn_batch_is_gone_at_once_and_says_why(client_as, county):
    place = ledger.institution(county, "不该公布的培训班")
    make.owed(county, place)
    one = make.published(county)
    browser = client_as()
    browser.get(f"/public/batches/{one.id}")

    make.withdrawn(county, one, reason="名单有误，正在核实")

    for url in every_public_address(one, county)[2:]:
        answer = browser.get(url, status=410)
        assert "不该公布的培训班" not in answer.text
        assert "名单有误，正在核实" in answer.text
        assert "2026年10月15日" in answer.text
    assert "不该公布的培训班" not in browser.get(list_url(county)).text


def test_an_old_batch_stays_readable_and_leads_to_the_present_one(client_as, county):
    make.owed(county)
    old, _new = make.published(county), make.published(county)

    page = client_as().get(f"/public/batches/{old.id}")

    assert page.soup.select_one(f".public-note a[href='{list_url(county)}']")
    assert page.soup.select(".public-list tbody tr")


def test_a_fact_that_changes_afterwards_does_not_change_what_was_published(client_as, county):
    item = make.owed(county, ledger.institution(county, "星屿艺术培训中心"))
    make.published(county)
    browser = client_as()
    before = browser.get(list_url(county)).text

    ledger.closed(county, ledger.verified(county, ledger.applied(county, item)))
    with database.transaction():
        item.institution.name = "改了名字的培训中心"

    assert browser.get(list_url(county)).text == before


def test_another_county_has_its_own_list(client_as, county, session):
    other = County(session, code="990202", name="云岭县")
    make.owed(county, ledger.institution(county, "澄江的培训班"))
    make.owed(other, ledger.institution(other, "云岭的培训班"))
    make.published(county)
    make.published(other)

    page = client_as().get(list_url(other))

    assert "云岭的培训班" in page.text
    assert "澄江的培训班" not in page.text
    client_as().get("/public/000000/rectification", status=404)


def test_corrections_stand_in_the_footer(client_as, county):
    make.owed(county)
    one = make.submitted(county, make.draft(county, correction="第1条完成日期由9月11日改为9月10日"))
    make.published(county, one)

    foot = client_as().get(list_url(county)).soup.select_one(".public-foot").text

    assert "第1条完成日期由9月11日改为9月10日" in foot


def test_a_public_page_with_its_styles_is_light(client_as, county, app):
    for _ in range(50):
        make.owed(county)
    make.published(county)

    page = client_as().get(list_url(county))

    browser = app.test_client()
    styles = [link["href"] for link in page.soup.select("link[rel=stylesheet]")]
    sent = [page.get_data(), *(browser.get(address).get_data() for address in styles)]
    assert styles
    assert sum(len(gzip.compress(content)) for content in sent) < 60 * 1024
