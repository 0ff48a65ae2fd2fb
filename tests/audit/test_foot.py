"""The last seal stands where a list or a file leaves the office, and can be fetched."""

import io
import zipfile
from datetime import date

import pytest

from tests.exports.test_export_pages import download
from tests.factories import ledger, registry
from training_oversight import clock
from training_oversight.accounts.permissions import Role
from training_oversight.audit import seals
from training_oversight.audit.foot import SHOWN
from training_oversight.audit.jobs import seal_days
from training_oversight.desk.dossier.making import Maker

THE_16TH = date(2026, 10, 16)


@pytest.fixture
def sealed(session, county, at):
    """The hash of the seal of yesterday."""
    registry.institution(county)
    ledger.item(county)
    at(THE_16TH)
    seal_days(THE_16TH)
    return seals.latest(session).hash[:SHOWN]


def foot_of(answer):
    """What stands at the foot of a printed sheet."""
    with zipfile.ZipFile(io.BytesIO(answer.data)) as book:
        return book.read("xl/worksheets/sheet1.xml").decode().partition("<oddFooter>")[2]


def test_the_history_page_says_until_when_it_is_sealed_and_gives_the_file(
    session, county, client_as, sealed
):
    browser = client_as(county.officer(Role.OBSERVER))

    page = browser.get("/history")
    file = browser.get("/history/seals.jsonl")

    assert "操作记录已封存至2026年10月15日：第1号" in page.text
    assert sealed in page.text
    (kept,) = seals.read(file.text.splitlines())
    assert kept.seal == seals.latest(session)
    assert kept.records == {}
    assert 'records":' not in file.text


def test_before_the_first_seal_nothing_is_said_of_it(county, client_as):
    assert "封存" not in client_as(county.officer(Role.OBSERVER)).get("/history").text


def test_who_may_not_see_the_history_gets_no_seals(county, client_as, sealed):
    client_as(county.officer(Role.LIAISON)).get("/history/seals.jsonl", status=403)


def test_exports_and_prints_say_it_at_their_foot(county, client_as, sealed):
    browser = client_as(county.officer(Role.SECTION_HEAD))

    register = download(browser)
    items = browser.post("/items/export.xlsx", status=200)

    assert sealed in foot_of(register)
    assert sealed in foot_of(items)
    assert sealed in browser.get("/items/print").text
    assert sealed in browser.get("/institutions/print").text


def test_the_whole_file_of_an_institution_says_it_in_chinese(session, county, sealed):
    place, by = registry.institution(county), county.officer()
    maker = Maker(session, scope=by.scope, rights=(), today=clock.today())

    assert sealed in maker.paper(place.id, by=by, demo=False).sealed


def test_a_text_table_has_rows_only(county, client_as, sealed):
    answer = download(client_as(county.officer()), form="csv")

    assert sealed not in answer.text
