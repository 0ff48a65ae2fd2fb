"""Every address with a record's number in it, asked by whom the record is none of their business.

A record of every kind is made; an officer of the next county, with every role there is,
tries all of them. 404 and never 403: a foreigner does not even learn that it exists.
"""

import io

import openpyxl
import pytest
import sqlalchemy as sa

from tests.factories import (
    enforcement,
    ledger,
)
from tests.factories.addresses import (
    COLLEAGUE,
    EVERY_ROLE,
    PLACE,
    attached,
    filled,
    numbered,
    records_of,
)
from tests.factories.county import County
from training_oversight.registry.models import Institution


@pytest.fixture
def records(app, county, client_as):
    return records_of(app, county, client_as)


@pytest.fixture
def stranger(county, session):
    other = County(session, code="990202", name="临川县")
    return other.officer(*EVERY_ROLE)


def test_an_officer_of_another_county_finds_nothing(app, records, client_as, stranger):
    browser = client_as(stranger)
    token = browser.token()
    found = []

    for rule in numbered(app):
        url = filled(rule, records)
        if "GET" in rule.methods and browser.http.get(url).status_code != 404:
            found.append(("GET", url))
        if "POST" in rule.methods:
            answer = browser.http.post(url, data={"csrf_token": token})
            if answer.status_code != 404:
                found.append(("POST", url, answer.status_code))

    assert found == []


def test_a_township_officer_finds_nothing_of_another_township(app, records, client_as, county):
    elsewhere = client_as(county.officer(division=county.townships[2]))
    ours = {"officer_id", "delegation_id", "batch_id", "publication_id", "entry_id"}
    found = []

    for rule in numbered(app):
        if "GET" not in rule.methods or set(PLACE.findall(rule.rule)) & ours:
            continue
        url = filled(rule, records)
        if elsewhere.http.get(url).status_code not in (403, 404):
            found.append(url)

    assert found == []


def test_the_countys_own_officers_find_what_strangers_do_not(app, records, client_as, county):
    browser = client_as(county.officer(*EVERY_ROLE))
    lost = []

    for rule in numbered(app):
        if "GET" in rule.methods:
            url = filled(rule, records)
            answer = browser.http.get(url)
            answer.close()
            if answer.status_code == 404:
                lost.append(url)

    # A problem that is not of this visit is said elsewhere; the others are one's own alone.
    elsewhere = ("/problems/", "/saved/", "/files/pending/")
    assert [url for url in lost if not any(part in url for part in elsewhere)] == []


def test_a_liaison_officer_of_another_department_finds_no_task(app, records, client_as, county):
    browser = client_as(enforcement.liaison(county, "police"))
    own = client_as(enforcement.liaison(county, "fire"))
    pages = [filled(rule, records) for rule in numbered(app) if "/tasks/<int:task_id>" in rule.rule]

    answers = {url: browser.http.get(url).status_code for url in pages}

    assert set(answers.values()) <= {403, 404}, answers
    assert own.http.get(f"/cases/tasks/{records['task_id']}").status_code == 200
    own_file = own.http.get(f"/cases/tasks/{records['task_id']}/files/{records['file_id']}")
    assert own_file.status_code == 200
    own_file.close()


FILES = {
    "findings": "/visits/findings/{finding_id}/files/{}",
    "visits": "/visits/{visit_id}/files/{}",
    "items": "/items/{item_id}/files/{}",
    "notices": "/notices/{notice_id}/files/{}",
    "tasks": "/cases/tasks/{task_id}/files/{}",
    "refunds": "/refunds/{refund_id}/files/{}",
}


def test_a_file_is_found_under_its_own_record_only(app, records, client_as, county):
    browser = client_as(county.officer(*EVERY_ROLE))
    keys = records["attachment_id"] | {"tasks": records["file_id"]}
    found = set()

    for kind, address in FILES.items():
        for owner, key in keys.items():
            answer = browser.http.get(address.format(key, **records))
            answer.close()
            if answer.status_code == 200:
                found.add((kind, owner))

    assert found == {(kind, kind) for kind in FILES}


@pytest.mark.parametrize(
    ("name", "data", "disposition"),
    [("现场.png", None, "inline"), ("整改<报告>.pdf", b"%PDF-1.4 <script>", "attachment")],
)
def test_a_file_is_sent_as_what_it_is(app, client_as, county, name, data, disposition):
    item = ledger.item(county)
    key = attached(app, item, county.officer(), name=name, data=data)

    answer = client_as(county.officer()).get(f"/items/{item.id}/files/{key}", status=200)
    answer.close()

    assert answer.headers["Content-Disposition"].startswith(f"{disposition}; filename*=UTF-8''%")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert "no-store" in answer.headers["Cache-Control"]


LISTS = (
    "/desk", "/institutions", "/institutions?view=all", "/institutions/export", "/visits",
    "/visits?state=under_way", "/visits/new?q=星屿", "/items", "/items?view=all", "/items/print",
    "/items/register", "/notices", "/notices/new", "/cases", "/cases/tasks", "/publications",
    "/history", "/outbox", "/officers", "/account/delegate",
    "/institutions/print?view=all", "/institutions/export/file?view=all",
    "/institutions/map?view=all", "/institutions/map?near=29.5,106.5", "/institutions/map/points",
    "/institutions/map/locate", "/institutions/duplicates", "/institutions/conversions",
    "/institutions/annual-checks/2026", "/institutions/assign", "/institutions/hand-over",
    "/institutions/import", "/institutions/check", "/search?q=星屿", "/search/suggestions?q=星屿",
    "/desk/gaps", "/errands", "/saved",
)  # fmt: skip


@pytest.mark.parametrize("who", ["another county", "another township"])
def test_no_list_shows_a_stranger_anything(records, client_as, county, session, stranger, who):
    if who == "another township":
        stranger = county.officer(*EVERY_ROLE, division=county.townships[2])
    told = set() if who == "another township" else {COLLEAGUE}
    told |= {place.name for place in session.scalars(sa.select(Institution))}
    told |= {"澄教责改〔2026〕1号", "LH-2026-01", "2026-0001"}
    browser, leaked = client_as(stranger), []

    for url in LISTS:
        answer = browser.http.get(url)
        body = answer.get_data()
        assert answer.status_code in (200, 403), url
        if answer.mimetype.endswith("sheet"):
            rows = openpyxl.load_workbook(io.BytesIO(body)).active.iter_rows(values_only=True)
            body = repr(list(rows)).encode()
        leaked += [(url, name) for name in told if name in body.decode()]

    assert leaked == []


def test_the_lists_show_the_county_its_own(records, client_as, county, session):
    browser = client_as(county.officer(*EVERY_ROLE))
    place = session.get_one(Institution, records["institution_id"])
    shown = {url for url in LISTS if place.name.encode() in browser.http.get(url).data}

    assert {
        "/institutions",
        "/visits?state=under_way",
        "/items",
        "/notices",
        "/cases",
        "/items/register",
    } <= shown
