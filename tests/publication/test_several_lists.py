"""Lists of several kinds side by side: chosen by officers, found by readers, exported."""

import json

import pytest

from tests.factories import ledger
from tests.factories import publication as make
from tests.publication.test_export import exported
from tests.publication.test_public_site import links, walked

both_lists = pytest.mark.parametrize("rule", [make.RECTIFICATION, make.UNLICENSED])


@both_lists
def test_every_kind_goes_from_draft_to_the_public_through_two_people(client_as, county, rule):
    make.standing(county, rule, ledger.institution(county, "星屿画室"))
    mine, theirs = client_as(make.publisher(county)), client_as(make.approver(county))

    choice = mine.get("/publications/new")
    new = f"/publications/new/{rule.kind}"
    assert new in links(choice)
    page = mine.submit(new).request.path
    assert rule.title in mine.get(page).text
    mine.submit(f"{page}/submit")
    theirs.submit(f"{page}/approve")

    public = client_as().get(f"/public/{county.code}/{rule.kind}")
    assert public.soup.select_one("h1").text == rule.title
    assert "星屿画室" in public.text


def test_what_is_chosen_says_how_each_list_stands(client_as, county):
    make.owed(county)
    make.ordered_to_stop(county)
    standing = make.published(county)
    begun = make.draft(county, rule=make.UNLICENSED)

    page = client_as(make.publisher(county)).get("/publications/new")

    assert f"/publications/{standing.id}" in links(page)
    assert f"/publications/{begun.id}" in links(page)


def test_the_officers_page_shows_one_kind_or_all(client_as, county):
    make.owed(county)
    make.ordered_to_stop(county)
    make.published(county)
    make.draft(county, rule=make.UNLICENSED)
    browser = client_as(make.publisher(county))

    def listed(asked):
        page = browser.get(f"/publications{asked}")
        tab = page.soup.select_one(".tabs a[aria-current] .count").text
        return tab, [a.text for a in page.soup.select("td.s-title a")]

    both = [make.UNLICENSED.title, make.RECTIFICATION.title]
    assert listed("") == ("2", both)
    assert listed("?kind=unlicensed") == ("1", both[:1])
    assert listed("?kind=unlicensed&view=published") == ("0", [])
    assert listed("?kind=nonsense") == ("2", both)


def test_readers_find_every_list_of_a_county(client_as, county):
    make.owed(county)
    make.ordered_to_stop(county)
    make.published(county)
    make.published(county, rule=make.UNLICENSED)

    pages = walked(client_as())

    for kind in ("rectification", "unlicensed"):
        assert f"/public/{county.code}/{kind}" in pages
        assert f"/public/{county.code}/{kind}/batches" in pages
    assert "民办教育促进法" in pages[f"/public/{county.code}/unlicensed"]


def test_a_list_that_nobody_has_published_is_empty_and_one_that_no_area_has_is_missing(
    client_as, county
):
    empty = client_as().get(f"/public/{county.code}/unlicensed")
    client_as().get(f"/public/{county.code}/unlicensed/batches")
    for address in (f"{county.code}/nonsense", f"{county.code}/nonsense/batches", "entries/x"):
        missing = client_as().get(f"/public/{address}", status=404)
        assert missing.soup.select_one("main a[href='/public']"), address

    assert make.UNLICENSED.title in empty.text
    assert empty.soup.select(".public-none")


def test_where_no_batch_stands_the_page_says_why_and_leads_to_the_old_ones(client_as, county):
    make.owed(county, ledger.institution(county, "星屿画室"))
    old, new = make.published(county), make.published(county)
    make.withdrawn(county, new, reason="日期有误")

    page = client_as().get(f"/public/{county.code}/rectification")

    assert "日期有误" in page.soup.select_one("main").text
    assert f"/public/batches/{old.id}" in links(page)
    assert f"/public/batches/{new.id}" not in links(page)
    assert "目前没有" in client_as().get("/public").text
    assert "星屿画室" in client_as().get(f"/public/batches/{old.id}").text


def test_the_export_holds_current_earlier_and_withdrawn_batches_of_every_list(
    app, county, tmp_path
):
    make.owed(county, ledger.institution(county, "星屿画室"))
    make.ordered_to_stop(county)
    for _ in range(3):
        make.published(county)
    make.withdrawn(county, make.published(county, rule=make.UNLICENSED))

    answer = exported(app, tmp_path)

    assert json.loads(answer.stdout) == {"publications": 3, "withdrawn": 1, "files": 16}
    first = (tmp_path / "990101-rectification-2026-1.html").read_text(encoding="utf-8")
    assert "星屿画室" in first
    assert 'href="990101-rectification-2026-3.html"' in first
    batches = (tmp_path / "990101-rectification-batches.html").read_text(encoding="utf-8")
    assert 'href="990101-rectification-2026-1.html"' in batches
    gone = (tmp_path / "990101-unlicensed-2026-1.html").read_text(encoding="utf-8")
    assert 'href="990101-unlicensed.html"' in gone
    index = (tmp_path / "index.html").read_text(encoding="utf-8")
    assert 'href="990101-unlicensed.html"' in index
    assert 'href="990101-rectification-2026-3.html"' in index


def test_the_file_of_an_institution_tells_in_which_lists_it_stood(client_as, county):
    place = ledger.institution(county)
    make.ordered_to_stop(county, place)
    make.published(county, rule=make.UNLICENSED)

    page = client_as(make.approver(county)).get(f"/institutions/{place.id}/dossier")

    assert make.UNLICENSED.title in page.text
