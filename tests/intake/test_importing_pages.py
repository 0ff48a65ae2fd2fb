"""Sending a list, looking at it, writing it, getting the rest back."""

import pytest
import sqlalchemy as sa

from tests.factories.county import County
from tests.factories.lists import (
    HEADER,
    START,
    many,
    read_in,
    sent,
    uscc,
    workbook,
)
from training_oversight.accounts.permissions import Role
from training_oversight.audit import queries as audit
from training_oversight.intake.models import ImportBatch
from training_oversight.intake.readable import KNOWN
from training_oversight.registry.models import Institution
from training_oversight.spreadsheets import read

CONFIRM, DISCARD = "form[action$=confirm]", "form[action$=discard]"


def counted(session):
    return session.scalar(sa.select(sa.func.count()).select_from(Institution))


def tabs(page):
    """How many rows of each outcome; the last tab holds all of them."""
    *outcomes, everything = (int(tag.text) for tag in page.soup.select(".tabs .count"))
    assert everything == sum(outcomes)
    return outcomes


def test_a_list_is_looked_at_first_and_then_written(client_as, county, session):
    browser = client_as(county.officer())
    rows = [*many(3, bad=1), ["晨曦画室", "文化艺术", "南塘街道", "澄江县南塘路8号", "", ""]]

    preview = read_in(browser, workbook([*HEADER, "星级"], *[[*row, "五星"] for row in rows]))

    assert counted(session) == 0
    assert tabs(preview) == [3, 0, 0, 0, 1, 0]
    assert "晨曦画室" in preview.text
    assert "星级" in preview.soup.select_one(".notice").text
    written = browser.submit(preview.request.path, form=CONFIRM)
    assert "新增3家" in written.text
    assert counted(session) == 3
    assert not written.soup.select(CONFIRM)


def test_a_changed_row_shows_old_and_new(client_as, county):
    browser = client_as(county.officer())
    preview = read_in(browser, workbook(HEADER, *many(1)))
    browser.submit(preview.request.path, form=CONFIRM)

    again = read_in(
        browser, workbook(["名称", "信用代码", "类别"], ["明德培训中心第1分部", uscc(1), "科技"])
    )

    assert tabs(again) == [0, 1, 0, 0, 0, 0]
    assert again.soup.select_one("td del").text == "体育"
    assert "科技" in again.text


@pytest.mark.parametrize("confirmed", [False, True])
def test_returned_rows_are_a_file_before_and_after(client_as, county, confirmed):
    browser = client_as(county.officer())
    preview = read_in(browser, workbook(HEADER, *many(5, bad=2)))
    if confirmed:
        browser.submit(preview.request.path, form=CONFIRM)

    answer = browser.get(f"{preview.request.path}/rejected.xlsx")

    back = read(answer.data, "back.xlsx", known=KNOWN)
    assert back.header == ["退回原因", *HEADER]
    assert [row.cells[1] for row in back.rows] == ["明德培训中心第1分部", "明德培训中心第2分部"]
    assert all("信用代码" in row.cells[0] for row in back.rows)


def test_that_somebody_fetched_the_returned_rows_stays_in_the_history(client_as, county, session):
    officer = county.officer()
    preview = read_in(client_as(officer), workbook(HEADER, *many(5, bad=2)))

    client_as(officer).get(f"{preview.request.path}/rejected.xlsx")

    last = audit.history(session, session.scalars(sa.select(ImportBatch)).one())[0]
    assert (last.verb, last.actor_id) == ("import.returned_fetched", officer.id)
    assert last.facts == {"rows": 2}


@pytest.mark.parametrize("key", ["9" * 30, "9" * 5000, "-1", "1"])
def test_rows_that_are_none_of_the_list_are_no_fault(client_as, county, key):
    browser = client_as(county.officer())
    preview = read_in(browser, workbook(HEADER, *many(2)))

    answer = browser.post(f"{preview.request.path}/rows", {"rows": key})

    assert answer.status_code in (200, 422)


def test_pressing_twice_writes_once(client_as, county, session):
    browser = client_as(county.officer())
    page = read_in(browser, workbook(HEADER, *many(2)))
    form = page.soup.select_one(CONFIRM)
    data = {field["name"]: field["value"] for field in form.select("input")}

    first = browser.post(form["action"], data=data, status=200)
    second = browser.post(form["action"], data=data, status=200)
    third = browser.post(form["action"], data=data | {"once": "another page"}, status=409)

    assert "新增2家" in first.text
    assert "没有重复" in second.text or "不会重复" in second.text or "已保存" in second.text
    assert third.soup.select_one(".error-summary")
    assert counted(session) == 2


def test_a_discarded_list_writes_nothing_and_stays_discarded(client_as, county, session):
    browser = client_as(county.officer())
    preview = read_in(browser, workbook(HEADER, *many(2)))

    browser.submit(preview.request.path, form=DISCARD)

    page = browser.get(preview.request.path)
    assert not page.soup.select(CONFIRM)
    assert counted(session) == 0


@pytest.mark.parametrize(
    ("content", "filename", "status", "sentence"),
    [
        (b"only text, no workbook", "台账.xlsx", 422, "表头"),
        (b"", "台账.xlsx", 422, "空"),
        (workbook(HEADER, *many(30))[:900], "台账.xlsx", 422, "损坏"),
        (workbook(HEADER), "台账.xlsx", 422, "没有"),
        (b"PK" + b"\0" * 61 * 1024 * 1024, "台账.xlsx", 413, "61.0"),
    ],
    ids=["text", "empty", "truncated", "no rows", "61 MB"],
)
def test_a_file_that_is_no_list_is_a_sentence_in_the_form(
    client_as, county, session, content, filename, status, sentence
):
    answer = sent(client_as(county.officer()), content, filename, status)

    assert sentence in answer.soup.select_one(".error-summary").text
    assert answer.soup.select_one("input[type=file]")
    assert session.scalars(sa.select(ImportBatch)).all() == []


def test_no_file_at_all_is_a_sentence_in_the_form(client_as, county):
    answer = client_as(county.officer()).submit(START, 422)

    assert "选择" in answer.soup.select_one(".error-summary").text


def test_an_officer_of_a_township_imports_only_there(client_as, county, session):
    officer = county.officer(division=county.townships[0])
    rows = [["甲画室", "文澜街道"], ["乙画室", "南塘街道"], ["丙画室", ""]]

    preview = read_in(client_as(officer), workbook(["名称", "乡镇街道"], *rows))

    assert tabs(preview) == [2, 0, 0, 0, 1, 0]


def test_another_countys_import_does_not_exist(client_as, county, session):
    other = County(session, code="990202", name="临川县")
    page = read_in(client_as(county.officer()), workbook(HEADER, *many(1, bad=1)))
    stranger = client_as(other.officer())

    stranger.get(page.request.path, status=404)
    stranger.get(f"{page.request.path}/rejected.xlsx", status=404)
    stranger.post(f"{page.request.path}/confirm", status=404)
    stranger.post(f"{page.request.path}/discard", status=404)

    assert counted(session) == 0


def test_who_may_not_import_is_refused(client_as, county):
    answer = client_as(county.officer(Role.OBSERVER)).get(START, status=403)

    assert answer.status_code == 403


def test_a_preview_takes_as_many_queries_for_many_rows(client_as, county, queries_of):
    browser = client_as(county.officer())
    few, lots = (read_in(browser, workbook(HEADER, *many(n))).request.path for n in (2, 60))

    asked = []
    for path in (few, lots):
        with queries_of() as statements:
            browser.get(path)
        asked.append(len(statements))

    assert asked[0] == asked[1]
