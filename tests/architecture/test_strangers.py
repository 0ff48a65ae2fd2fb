"""Every address with a record's number in it, asked by whom the record is none of their business.

A record of every kind is made; an officer of the next county, with every role there is,
tries all of them. 404 and never 403: a foreigner does not even learn that it exists.
"""

import io
import re

import openpyxl
import pytest
import sqlalchemy as sa
from werkzeug.datastructures import FileStorage

from tests.factories import (
    enforcement,
    errands,
    inspections,
    ledger,
    notices,
    publication,
    registry,
)
from tests.factories.county import County
from tests.factories.lists import HEADER, many, read_in, workbook
from tests.factories.uploads import photo
from training_oversight import database
from training_oversight.accounts import service as accounts
from training_oversight.accounts.permissions import Role
from training_oversight.files import service as files
from training_oversight.registry.joining import service as joining
from training_oversight.registry.models import ImportRow, Institution
from training_oversight.web import marks

EVERY_ROLE = tuple(role for role in Role if role is not Role.SYSTEM)
PLACE = re.compile(r"<int:(\w+)>")
YEARS = {"year"}
COLLEAGUE = "柳长卿"


def attached(app, record, by, name="现场.png", data=None):
    data_dir = app.config["DATA_DIR"]
    upload = FileStorage(io.BytesIO(data or photo()), filename=name)
    kept = files.keep([upload], data_dir=data_dir)
    with database.transaction() as session:
        return files.attach(session, record, kept, by=by)[0].id


@pytest.fixture
def records(app, county, client_as):
    """The number of one record of each kind, by the name that addresses give it."""
    by = county.officer(*EVERY_ROLE)
    place = registry.institution(county)
    visit = inspections.visit_under_way(county, place)
    item = ledger.item(county, place)
    notice = notices.approved(county, institution=place)
    case = enforcement.convened_case(county, place)
    task = enforcement.task_of(county, case)
    publication.owed(county)
    listed = publication.draft(county)
    preview = read_in(client_as(by), workbook(HEADER, *many(2, bad=1)))
    batch = int(preview.request.path.rsplit("/", 1)[1])
    old = (io.BytesIO(workbook(HEADER, *many(2))), "旧台账.xlsx")
    checked = client_as(by).submit("/institutions/check", list=old).request.path
    colleague = county.officer()
    with database.transaction() as session:
        lent = accounts.delegate(
            session, by, taker=colleague, starts_on=county.today, ends_on=county.today,
            reason="出差",
        )  # fmt: skip
    finding = ledger.finding(county, place)
    other, double = registry.institution(county), registry.institution(county)
    with database.transaction() as session:
        merge = joining.join(session, other, double, taken=(), reason="", by=by)
        saved = accounts.save_filter(
            session, listing="institutions", name="常用", query="", shared=True, by=by
        )
    return {
        "check_id": checked.rpartition("/")[2],
        "kept_id": place.id,
        "gone_id": other.id,
        "merge_id": merge.id,
        "saved_id": saved.id,
        "institution_id": place.id,
        "venue_id": place.main_venue.id,
        "warning_id": registry.warning(county, place).id,
        "conversion_id": registry.conversion(county, place).id,
        "licence_id": registry.licence(county, place).id,
        "visit_id": visit.id,
        "finding_id": finding.id,
        "item_id": item.id,
        "notice_id": notice.id,
        "case_id": case.id,
        "entry_id": {"cases": case.entries[0].id, "publications": listed.entries[0].id},
        "task_id": task.id,
        "publication_id": listed.id,
        "officer_id": county.officer(name=COLLEAGUE).id,
        "delegation_id": lent.id,
        "errand_id": errands.with_file(app, by=by).id,
        "batch_id": batch,
        "row_id": county.session.scalar(sa.select(ImportRow.id).filter_by(batch_id=batch).limit(1)),
        "file_id": attached(app, task, by),
        "attachment_id": {
            "findings": attached(app, finding, by),
            "visits": attached(app, visit, by),
            "items": attached(app, item, by),
            "notices": attached(app, notice, by),
        },
    }


def numbered(app):
    """The addresses that name a record and are not for everybody."""
    for rule in app.url_map.iter_rules():
        public = marks.access_of(app.view_functions[rule.endpoint]) == marks.PUBLIC
        if set(PLACE.findall(rule.rule)) - YEARS and not public:
            yield rule


def filled(rule, records):
    def number(found):
        value = records[found[1]]
        if isinstance(value, dict):  # what it is tells the part of the address before it
            parts = [part for part in rule.rule[: found.start()].split("/") if part in value]
            value = value[parts[-1]]
        return str(value)

    return PLACE.sub(number, rule.rule)


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

    # A problem that is not of this visit is said elsewhere; a saved filter is one's own alone.
    assert [url for url in lost if "/problems/" not in url and "/saved/" not in url] == []


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
    "/history", "/officers", "/account/delegate",
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
