"""Who sees the pages of visits, and what their list shows."""

from tests.factories import inspections as made
from tests.factories.county import County
from tests.factories.uploads import photo, upload
from training_oversight.accounts.permissions import Role


def pages(visit, finding):
    return [
        f"/visits/{visit.id}",
        f"/visits/{visit.id}/minutes.pdf",
        f"/visits/findings/{finding.id}",
    ]


def forms(visit, finding):
    place = visit.institution_id
    return [
        f"/visits/new?institution={place}",
        f"/visits/new/entered?institution={place}",
        f"/visits/new/planned?institution={place}",
        f"/visits/{visit.id}/photos",
        f"/visits/{visit.id}/correct",
        f"/visits/{visit.id}/problems/new",
        f"/visits/findings/{finding.id}/fix",
        f"/visits/findings/new?institution={place}",
    ]


def test_an_observer_reads_and_changes_nothing(county, client_as):
    visit = made.visit(county, representative="许芸")
    finding = made.finding(county, visit)
    browser = client_as(county.officer(Role.OBSERVER))

    record = browser.get(f"/visits/{visit.id}")
    for url in pages(visit, finding):
        browser.get(url)
    for url in forms(visit, finding):
        browser.get(url, status=403)

    assert "许芸" not in record.text
    assert not record.soup.select(".moves a, .moves button, .head-actions a[href*=correct]")


def test_the_hotline_desk_sees_no_visit(county, client_as):
    visit = made.visit(county)
    browser = client_as(county.officer(Role.HOTLINE))

    refused = [browser.get(url, status=403) for url in ("/visits", f"/visits/{visit.id}")]

    assert len(refused) == 2


def test_another_county_finds_nothing_here(county, client_as, session):
    visit = made.visit(county)
    finding = made.finding(county, visit)
    browser = client_as(County(session, code="990102", name="南塘县").officer())

    for url in [*pages(visit, finding), *forms(visit, finding)]:
        browser.get(url, status=404)

    assert visit.institution.name not in browser.get("/visits?state=done").text


def test_a_photo_is_sent_only_under_its_own_visit(county, client_as):
    visit, other = made.visit(county), made.visit(county)
    browser = client_as(county.officer())
    browser.submit(f"/visits/{visit.id}/photos", photos=upload(photo()))
    address = browser.get(f"/visits/{visit.id}").soup.select_one(".shots img")["src"]

    sent = browser.get(address)
    sent.close()
    browser.get(address.replace(f"/visits/{visit.id}/", f"/visits/{other.id}/"), status=404)

    assert sent.mimetype == "image/png"


def test_the_list_shows_each_state_under_its_tab(county, client_as):
    done, planned = made.visit(county), made.planned_visit(county)
    browser = client_as(county.officer())

    waiting = browser.get("/visits").soup.select_one("table").text
    over = browser.get("/visits?state=done").soup.select_one("table").text

    assert planned.institution.name in waiting
    assert planned.institution.name not in over
    assert done.institution.name in over


def test_the_list_narrows_by_kind_officer_township_and_place(county, client_as):
    visit = made.visit(county)
    browser = client_as(county.officer())
    found, lost = f"officer={visit.officers[0].id}", f"officer={county.officer().id}"

    for query in [found, "kind=routine", f"institution={visit.institution_id}"]:
        assert visit.institution.name in browser.get(f"/visits?state=done&{query}").text
    for query in [lost, "kind=joint", f"township={county.townships[2].code}"]:
        page = browser.get(f"/visits?state=done&{query}")
        assert "没有符合筛选条件的检查" in page.text


def test_the_list_makes_as_many_queries_for_five_visits_as_for_one(county, client_as, queries_of):
    browser = client_as(county.officer())
    made.visit(county)
    with queries_of() as for_one:
        browser.get("/visits?state=done")
    for _ in range(4):
        made.visit(county)

    with queries_of() as for_five:
        browser.get("/visits?state=done")

    assert len(for_five) == len(for_one)
