"""One file with several sheets is sent once; each sheet becomes a list of its own."""

import io
import time
from datetime import timedelta
from pathlib import Path

import openpyxl
import pytest
import sqlalchemy as sa

from tests.at_once import HELD, at_once, one_within_another
from tests.factories.county import County
from tests.factories.lists import confirmed, previewed, read_in
from training_oversight import clock, database
from training_oversight.accounts.models import Officer
from training_oversight.accounts.permissions import Role
from training_oversight.errors import BadInput
from training_oversight.files import service as files
from training_oversight.files.models import StoredFile
from training_oversight.files.storage import Stored
from training_oversight.intake import sheets, uploading
from training_oversight.intake.forgetting import KEPT, forget_undecided_lists
from training_oversight.intake.models import ImportBatch
from training_oversight.intake.workflow import ImportState

READ = "form[action$=sheet]"


def book(*names):
    made = openpyxl.Workbook()
    for number, name in enumerate(names):
        sheet = made.active if number == 0 else made.create_sheet()
        sheet.title = name
        for row in (["机构名称", "类别"], [f"{name}一号", "体育"], [f"{name}二号", "艺术"]):
            sheet.append(row)
    made.create_sheet("空表")
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


@pytest.fixture
def first(client_as, county):
    return read_in(client_as(county.officer()), book("学科类", "艺术类", "托管"), sender="文澜街道")


def lists(session):
    return session.scalars(
        sa.select(ImportBatch).order_by(ImportBatch.id).execution_options(populate_existing=True)
    ).all()


def said(page):
    """Sheet -> what is said of it."""
    return {
        row.select_one("dt").text.split()[0]: " ".join(row.select_one("dd").text.split())
        for row in page.soup.select("#sheets .side-rows > div")
    }


def test_another_sheet_is_read_without_sending_the_file_again(client_as, county, session, first):
    browser = client_as(county.officer())
    shown = said(first)

    columns = browser.submit(first.request.path, form=READ)
    read = browser.submit(columns.request.path, form="form[novalidate]")

    assert list(shown) == ["学科类", "艺术类", "托管"]
    assert "本名单" in shown["学科类"]
    assert shown["艺术类"].startswith("未读取")
    assert columns.request.path.endswith("/columns")
    one, other = lists(session)
    assert (one.sheet, other.sheet) == ("学科类", "艺术类")
    assert one.file_sha256 == other.file_sha256
    assert (other.sender, other.state) == ("文澜街道", ImportState.PREVIEWED)
    assert "预览" in said(read)["学科类"]
    assert "未读取" in said(read)["托管"]


def test_a_sheet_that_a_list_reads_already_is_opened_and_not_read_twice(
    client_as, county, session, first
):
    browser = client_as(county.officer())
    key = first.request.path.rpartition("/")[2]
    for _ in range(2):
        page = browser.post(f"{first.request.path}/sheet", data={"sheet": "艺术类"})

    assert len(lists(session)) == 2
    assert page.request.path == f"/institutions/import/{lists(session)[1].id}/columns"
    assert browser.post(f"{first.request.path}/sheet", data={"sheet": "学科类"}).request.path == (
        f"/institutions/import/{key}"
    )


def test_the_page_of_the_columns_says_that_another_list_reads_a_sheet(client_as, county, first):
    browser = client_as(county.officer())

    columns = browser.submit(first.request.path, form=READ)

    assert "另一份名单已读这张表：预览" in columns.soup.select_one("main").text


def test_a_written_list_says_which_sheets_are_left(client_as, county, session, first):
    confirmed(county, lists(session)[0])

    page = client_as(county.officer()).get(first.request.path)

    assert page.soup.select_one(".notice a[href='#sheets']")
    assert "2张" in page.soup.select_one(".notices, main").text


def test_a_sheet_that_is_not_there_is_refused(session, county, first):
    batch = lists(session)[0]

    with pytest.raises(BadInput), database.transaction() as writing:
        sheets.take(writing, batch, "没有这张", by=county.system)


def test_nobody_else_reads_a_sheet_of_it(client_as, county, session, first):
    stranger = client_as(County(session, code="990202", name="临江县").officer())
    observer = client_as(county.officer(Role.OBSERVER))

    stranger.post(f"{first.request.path}/sheet", data={"sheet": "托管"}, status=404)
    observer.post(f"{first.request.path}/sheet", data={"sheet": "托管"}, status=403)

    assert len(lists(session)) == 1


def test_a_township_does_not_hear_of_the_countys_lists(client_as, county, session, first):
    town = county.officer(division=county.townships[0])

    client_as(town).get(first.request.path, status=404)

    assert sheets.readers(session, lists(session)[0], scope=town.scope) == {}


def test_a_file_goes_with_the_last_of_its_lists(session, county, first):
    with database.transaction() as writing:
        other = sheets.take(writing, lists(writing)[0], "托管", by=county.system)
    sha256 = other.file_sha256

    for batch, stays in ((lists(session)[0], True), (other, False)):
        with database.transaction() as writing:
            uploading.discard(writing, batch, by=county.system, version=None)
        assert (session.get(StoredFile, sha256) is not None) is stays


@pytest.mark.parametrize(("is_written", "left"), [(False, 0), (True, 1)])
def test_reading_another_sheet_does_not_keep_an_undecided_file_longer(
    session, county, first, is_written, left
):
    """Of a file of which something was written, the new list has its own thirty days."""
    if is_written:
        confirmed(county, lists(session)[0])
    with database.transaction() as writing:
        lists(writing)[0].uploaded_at -= KEPT
        sheets.take(writing, lists(writing)[0], "托管", by=county.system)

    forget_undecided_lists(clock.today() + timedelta(days=1))

    waiting = [one for one in lists(session) if one.state is ImportState.UPLOADED]
    assert len(waiting) == left


@pytest.fixture
def two_of_one_file(own):
    """The keys of two lists that read sheets of one file, and of who asks for a third."""
    session = database.current_session()
    county = County(session)
    one = previewed(session, county, book("学科类", "艺术类", "托管"))
    with database.transaction() as writing:
        stored = Stored("0" * 64, 1, Path("nowhere"))
        files.name(writing, stored, "list.xlsx")
        one.file_sha256, one.sheets = stored.sha256, [["学科类", 3], ["艺术类", 3], ["托管", 3]]
    with database.transaction() as writing:
        other = sheets.take(writing, one, "艺术类", by=county.system)
    keys, by_id = (one.id, other.id), county.system.id
    database.close_session()
    return keys, by_id


def take(session, key, by):
    sheets.take(session, session.get_one(ImportBatch, key), "托管", by=by)


def test_a_sheet_taken_on_the_pages_of_two_lists_at_once_is_one_list(two_of_one_file):
    keys, by_id = two_of_one_file

    def take_too(_session):
        with database.transaction() as session:
            take(session, keys[1], session.get_one(Officer, by_id))

    answers = one_within_another(
        lambda session: take(session, keys[0], session.get_one(Officer, by_id)), take_too
    )

    assert answers == [None, None]
    found = [batch.sheet for batch in lists(database.current_session())]
    assert sorted(found) == ["学科类", "托管", "艺术类"]


def test_who_takes_it_at_the_same_moment_does_not_wait_for_the_other_in_turn(
    two_of_one_file, monkeypatch
):
    """Neither holds the list of its own page while it waits for the other's."""
    keys, by_id = two_of_one_file
    which, lock = iter(keys), database.locked

    def slowly(session, record):
        lock(session, record)
        time.sleep(HELD)

    monkeypatch.setattr(database, "locked", slowly)

    answers = at_once(lambda session, by: take(session, next(which), by), [by_id, by_id])

    assert answers == [None, None]
    assert len(lists(database.current_session())) == 3
