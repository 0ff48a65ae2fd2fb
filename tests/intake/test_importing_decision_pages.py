"""Pages of a list that was decided on: going on, taking back, and how far that is."""

from dataclasses import replace

import pytest
import sqlalchemy as sa

from tests.factories import errands
from tests.factories.county import County
from tests.factories.lists import HEADER, imported, many, one, previewed, uscc, workbook
from training_oversight import database
from training_oversight.accounts.permissions import Role
from training_oversight.errands.models import Errand
from training_oversight.errands.workflow import ErrandState
from training_oversight.intake import confirming, long_work, running, undoing
from training_oversight.intake.workflow import ImportState
from training_oversight.registry import service
from training_oversight.registry.models import Institution
from training_oversight.registry.service import values_of

RESUME, UNDO = "form[action$=resume]", "main form[method=post]"
LONG = 11


@pytest.fixture
def long_from_eleven(monkeypatch):
    monkeypatch.setattr(long_work, "AT_ONCE", LONG - 1)


class PowerCut(Exception):
    pass


def cut_off(run, batch, county, rows):
    """Work on a list until so many rows are done."""

    def told(done, _left):
        if done == rows:
            raise PowerCut

    with pytest.raises(PowerCut):
        run(batch.id, by=county.system, today=county.today, told=told)


def address(batch):
    return f"/institutions/import/{batch.id}"


def count(session):
    return session.scalar(sa.select(sa.func.count()).select_from(Institution))


@pytest.mark.usefixtures("short_parts")
def test_a_list_whose_writing_was_cut_off_says_so_and_goes_on(inspector, session, county):
    batch = previewed(session, county, workbook(HEADER, *many(14)))
    with database.transaction():
        confirming.begin(session, batch, by=county.system)
    cut_off(running.write_list, batch, county, confirming.AT_ONCE)

    page = inspector.get(address(batch))
    assert "已写入10行，还有4行没有写入" in page.soup.select_one(".notice").text
    after = inspector.submit(address(batch), form=RESUME)

    assert "新增14家" in after.text
    assert not after.soup.select(RESUME)
    assert count(session) == 14


@pytest.mark.usefixtures("long_from_eleven")
def test_a_long_list_is_written_by_an_errand(app, inspector, session, county):
    batch = previewed(session, county, workbook(HEADER, *many(LONG)))

    page = inspector.submit(address(batch), form="form#confirm")

    assert "正在排队" in page.soup.select_one(".notice").text
    assert page.soup.select_one("[data-refresh='2']")
    assert page.soup.select_one(".notice a")["href"].startswith("/errands/")
    assert not page.soup.select(RESUME)
    inspector.post(f"{address(batch)}/resume", data={}, status=409)
    assert count(session) == 0

    errands.run_all(app)

    done = inspector.get(address(batch))
    assert f"新增{LONG}家" in done.soup.select_one(".notice").text
    assert done.soup.select_one("[data-refresh='']")
    assert count(session) == LONG
    errand = session.scalars(sa.select(Errand)).one()
    assert (errand.state, errand.done, errand.total) == (ErrandState.DONE, LONG, LONG)
    assert errand.address == address(batch)


@pytest.mark.usefixtures("long_from_eleven")
def test_a_long_list_is_taken_back_by_an_errand_unless_it_was_touched(
    app, inspector, session, county
):
    _, batch = imported(session, county, workbook(HEADER, *many(LONG)))
    place = one(session, uscc=uscc(LONG))
    touch(session, county, place, "0990-7654321")

    inspector.submit(f"{address(batch)}/undo", form=UNDO)
    errands.run_all(app)
    refused = inspector.get(address(batch))
    assert place.name in refused.soup.select_one(".notice.tone-red").text
    assert session.get_one(type(batch), batch.id, populate_existing=True).state is (
        ImportState.CONFIRMED
    )


def touch(session, county, place, phone):
    with database.transaction():
        service.edit(
            session,
            place,
            values=replace(values_of(place), phone=phone),
            by=county.system,
            today=county.today,
            version=None,
        )


def test_taking_back_says_first_what_will_happen(inspector, session, county):
    imported(session, county, workbook(HEADER, *many(2)))
    rows = [[*row[:3], "新街", *row[4:]] for row in many(5)]
    _, batch = imported(session, county, workbook(HEADER, *rows))

    link = inspector.get(address(batch)).soup.find("a", string="撤回导入")
    page = inspector.get(link["href"])
    assert "新增的3家" in page.text
    assert "变更的2家" in page.text
    after = inspector.submit(link["href"], form=UNDO)

    assert "撤下3家，恢复原内容2家" in after.text
    assert batch.state is ImportState.UNDONE
    assert not after.soup.find("a", string="撤回导入")
    listed = inspector.get("/institutions")
    assert len(listed.soup.select("td a.first")) == 2


def test_what_was_touched_since_is_listed_and_nothing_is_taken_back(inspector, session, county):
    _, batch = imported(session, county, workbook(HEADER, *many(3)))
    place = one(session, uscc=uscc(2))
    page = inspector.get(f"{address(batch)}/undo")
    assert "新增的3家从台账撤下" in page.text
    assert "恢复导入前" not in page.text
    form = page.soup.select_one(UNDO)
    sent = {field["name"]: field["value"] for field in form.select("input")}
    touch(session, county, place, "0990-7654321")

    late = inspector.post(f"{address(batch)}/undo", data=sent, status=409)
    again = inspector.get(f"{address(batch)}/undo")

    for answer in (late, again):
        assert [a.text for a in answer.soup.select("main td a")] == [place.name]
        assert "导入后改过" in answer.text
        assert not answer.soup.select(UNDO)
    assert batch.state is ImportState.CONFIRMED


@pytest.mark.usefixtures("short_parts")
def test_taking_back_that_was_cut_off_goes_on(inspector, session, county):
    _, batch = imported(session, county, workbook(HEADER, *many(14)))
    cut_off(running.undo_list, batch, county, undoing.AT_ONCE)

    page = inspector.get(address(batch))
    assert "还有4行在台账里" in page.text
    after = inspector.submit(address(batch), form=RESUME)

    assert "撤下14家" in after.text
    assert batch.state is ImportState.UNDONE


def test_a_list_that_is_done_with_is_not_gone_on_with(inspector, session, county):
    _, batch = imported(session, county, workbook(HEADER, *many(1)))

    answer = inspector.post(f"{address(batch)}/resume", data={}, status=409)

    assert answer.soup.select_one(".error-summary")
    assert batch.state is ImportState.CONFIRMED


def test_another_countys_list_is_taken_back_by_nobody_here(client_as, session, county):
    other = County(session, code="990202", name="临川县")
    _, batch = imported(session, county, workbook(HEADER, *many(1)))
    stranger = client_as(other.officer())

    stranger.get(f"{address(batch)}/undo", status=404)
    stranger.post(f"{address(batch)}/undo", status=404)
    stranger.post(f"{address(batch)}/resume", status=404)
    client_as(county.officer(Role.OBSERVER)).post(f"{address(batch)}/undo", status=403)

    assert batch.state is ImportState.CONFIRMED


def test_the_page_of_a_record_that_was_taken_off_offers_no_reopening(client_as, session, county):
    _, batch = imported(session, county, workbook(HEADER, *many(1)))
    place = one(session)
    running.undo_list(batch.id, by=county.system, today=county.today)

    page = client_as(county.officer(Role.SECTION_HEAD)).get(f"/institutions/{place.id}")

    assert "登记有误" in page.text
    assert not page.soup.select("a[href$=reopen]")
