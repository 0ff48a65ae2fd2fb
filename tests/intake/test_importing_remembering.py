"""What is remembered of a sender's columns."""

import threading
import time

import sqlalchemy as sa

from tests import processes
from tests.factories.columns_page import stored_rows, taken_for
from tests.factories.county import County
from tests.factories.lists import read_in, sent, workbook
from training_oversight import database
from training_oversight.intake import remembering
from training_oversight.intake.models import ImportBatch, ImportMapping
from training_oversight.intake.workflow import ImportState


def test_a_correction_is_read_and_remembered_for_the_sender(client_as, county, session):
    browser = client_as(county.officer())
    content = workbook(["名头", "别名", "乙"], ["晨曦画室", "云帆球馆", "随便"])
    choice = {"column-0": "note", "column-1": "name", "column-2": ""}

    read_in(browser, content, sender="南塘街道", **choice)
    page = sent(browser, content, sender="南塘街道")
    other = sent(browser, content, sender="文澜街道")

    assert [row.values["name"] for row in stored_rows(session)] == ["云帆球馆"]
    assert taken_for(page)["别名"] == ("name", "同上次")
    assert taken_for(page)["名头"] == ("note", "同上次")
    assert taken_for(page)["乙"] == ("", "没有认出，不读取")
    assert "2列按“南塘街道”上次" in page.soup.select_one(".notice").text
    assert taken_for(other)["别名"][0] == "aliases"
    assert "南塘街道" in browser.get("/institutions/import").soup.select_one("datalist").decode()


def test_a_column_that_somebody_did_not_want_is_not_read_the_next_time(client_as, county):
    browser = client_as(county.officer())
    content = workbook(["机构名称", "备注"], ["晨曦画室", "待查"])

    read_in(browser, content, sender="南塘街道", **{"column-1": ""})
    page = sent(browser, content, sender="南塘街道")

    assert taken_for(page)["备注"] == ("", "同上次")


def test_that_one_of_two_columns_was_not_read_is_no_habit(client_as, county):
    browser = client_as(county.officer())
    both = workbook(
        ["名称", "办学地址", "经营地址"], ["晨曦画室", "澄江县东街1号", "澄江县西街2号"]
    )
    read_in(browser, both, sender="南塘街道")

    one = sent(browser, workbook(["名称", "经营地址"], ["晨曦画室", "西街"]), sender="南塘街道")

    assert taken_for(one)["经营地址"] == ("address", "列名")


def test_what_one_county_remembers_another_does_not(client_as, county, session):
    other = County(session, code="990202", name="临川县")
    content = workbook(["名称", "别名"], ["晨曦画室", "云帆"])
    read_in(client_as(county.officer()), content, sender="街道", **{"column-1": "note"})

    page = sent(client_as(other.officer()), content, sender="街道")

    assert taken_for(page)["别名"] == ("aliases", "列名")
    assert session.scalar(sa.select(sa.func.count()).select_from(ImportMapping)) == 1


def test_two_first_lists_of_one_sender_settled_at_once_are_both_remembered(own):
    """The second waits for the first, which is not finished, and adds to what it settled."""
    session = database.current_session()
    county = County(session)
    keys = [_uploaded(session, county).id for _ in range(2)]
    database.close_session()
    begun, faults = threading.Event(), []

    def settle(key, settled, first):
        try:
            assert first or begun.wait(processes.PATIENCE)
            with database.transaction() as mine:
                remembering.remember(mine, mine.get_one(ImportBatch, key), settled)
                mine.flush()
                begun.set()
                if first:
                    time.sleep(0.5)
        except Exception as fault:
            faults.append(repr(fault))
        finally:
            begun.set()
            database.close_session()

    both = [
        threading.Thread(target=settle, args=(keys[0], {"名头": "name"}, True)),
        threading.Thread(target=settle, args=(keys[1], {"乙": ""}, False)),
    ]
    for one in both:
        one.start()
    for one in both:
        one.join(processes.PATIENCE)

    session = database.current_session()
    assert faults == []
    assert [one.columns for one in session.scalars(sa.select(ImportMapping))] == [
        {"名头": "name", "乙": ""}
    ]


def _uploaded(session, county):
    with database.transaction():
        batch = ImportBatch(
            authority_id=county.authority.id,
            division_id=county.division.id,
            division_path=county.division.path,
            filename="台账.xlsx",
            sender="南塘街道",
            state=ImportState.UPLOADED,
            header=[],
            unknown_columns=[],
            uploaded_by_id=county.system.id,
            uploaded_at=database.instant(session),
        )
        session.add(batch)
    return batch
