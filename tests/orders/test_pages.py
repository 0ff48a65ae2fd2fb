"""The pages by which the desk takes a list of the 12345 centre in."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from tests.factories.complaints import desk
from tests.factories.county import County
from tests.factories.orders import HEADER, file, row
from training_oversight import clock, database
from training_oversight.accounts.permissions import Role
from training_oversight.complaints.models import Complaint
from training_oversight.errors import Blocked, StaleForm
from training_oversight.files import storage
from training_oversight.files.models import StoredFile
from training_oversight.orders import running, service, views
from training_oversight.orders.jobs import KEPT, discard_waiting_lists
from training_oversight.orders.models import OrderList
from training_oversight.vault import keys

START = "/complaints/import"


@pytest.fixture
def browser(client_as, county):
    return client_as(desk(county))


def sent(browser, *rows, status=200, **more):
    return browser.submit(START, status, list=file(*rows, **more))


def of(session):
    return session.scalars(sa.select(OrderList).order_by(OrderList.id.desc())).first()


def counted(session):
    return session.scalar(sa.select(sa.func.count()).select_from(Complaint))


def press(page, verb):
    return f"form[action='{page.request.path}/{verb}']"


def confirm(browser, page, status=200):
    return browser.submit(page.request.path, status, form=press(page, "confirm"))


def said(browser, page, status=200, **columns):
    """Say what the columns hold."""
    return browser.submit(f"{page.request.path}/columns", status, **columns)


def table(page):
    return [[cell.text.strip() for cell in line.select("td")] for line in page.soup.select("tr")]


def test_the_list_of_complaints_leads_to_the_import_for_the_desk_alone(client_as, county, browser):
    assert START in browser.get("/complaints").text
    assert START not in client_as(county.officer()).get("/complaints").text


def test_a_list_is_looked_at_confirmed_and_done(session, browser):
    rows = (
        [*row("DH1"), "五星"],
        [*row("DH2"), ""],
        [*row(""), ""],
        [*row("DH4", 工单类型="其他"), ""],
    )

    page = sent(browser, *rows, header=[*HEADER, "星级"])
    before = counted(session)
    done = confirm(browser, page)

    assert before == 0
    assert ["新工单", "1"] in table(page)
    assert ["并入办理中的工单", "2"] in table(page)
    assert ["4", "无", "工单没有编号。"] in table(page)
    assert "星级" in page.soup.select_one(".notice").text
    assert "其他" in page.text
    assert counted(session) == 3
    assert done.request.path == page.request.path
    assert ["合计", "4"] in table(done)
    assert ["4", "无", "工单没有编号。"] in table(done)
    assert "工单.xlsx" in browser.get(START).text


def test_who_called_is_on_no_page_and_the_file_is_sealed_and_goes(app, session, browser):
    page = sent(browser, row("DH1", 工单内容="请打13900000009。"))
    sha256 = of(session).file_sha256
    kept = storage.path_of(app.config["DATA_DIR"], sha256).read_bytes()
    done = confirm(browser, page)

    for secret in ("梁晚舟", "13900000001", "13900000009"):
        assert secret not in page.text + done.text
    assert not kept.startswith(b"PK")
    assert of(session).file_sha256 is None
    assert session.get(StoredFile, sha256) is None


def test_columns_that_are_called_otherwise_are_said_by_hand(session, browser):
    header = ["流水", "群众说法", *HEADER[1:5]]
    page = sent(browser, ["LS1", "不退费", "2026-03-05", "", "", ""], header=header)

    read = said(browser, page, **{"column-0": "number", "column-1": "words"})
    confirm(browser, read)

    assert "没有找到“工单编号、工单内容”列" in page.text
    assert page.soup.select_one(press(page, "confirm")) is None
    assert session.scalars(sa.select(Complaint.outside_number)).all() == ["LS1"]


def test_two_columns_read_as_one_are_refused_with_what_was_chosen(browser):
    page = sent(browser, row("DH1"))

    refused = said(browser, page, **{"column-4": "words", "column-5": "words"})

    assert "有两列都读作“工单内容”" in refused.text
    form = browser.get(f"{page.request.path}/columns")
    assert form.soup.select_one("[name=column-4] [selected]")["value"] == "words"
    assert refused.soup.select_one(press(page, "confirm")) is None


def test_a_list_whose_header_is_not_found_is_read_from_the_row_that_is_said(session, browser):
    page = sent(browser, ["LS1", "不退费"], header=["甲", "乙"])
    named = said(browser, page, header_row="1")

    read = said(browser, named, **{"column-0": "number", "column-1": "words"})
    confirm(browser, read)

    assert "没有找到表头" in page.text
    assert counted(session) == 1


def test_a_row_that_is_no_header_is_said_to_be_none(browser):
    page = sent(browser, row("DH1"))

    wrong = said(browser, page, 422, header_row="x")

    assert wrong.soup.select_one(".error-summary")


def test_what_is_no_table_is_refused_with_a_sentence(session, browser):
    browser.submit(START, 422, list=(file(row("DH1"))[0].__class__(b"%PDF-1.7"), "工单.pdf"))
    browser.submit(START, 422)

    assert of(session) is None


def test_too_long_a_list_is_for_the_command(session, browser, monkeypatch):
    monkeypatch.setattr(views.lists, "MOST_ROWS", 1)

    sent(browser, row("DH1"), row("DH2"), status=413)

    assert of(session) is None


def test_a_discarded_list_leaves_neither_orders_nor_file(session, browser):
    page = sent(browser, row("DH1"))

    after = browser.submit(page.request.path, form=press(page, "discard"))

    assert "名单已作废" in after.text
    assert counted(session) == 0
    assert of(session).file_sha256 is None
    assert browser.get(page.request.path, status=302).location == START


def test_what_was_cut_off_goes_on_where_it_was(session, county, browser, monkeypatch):
    page = sent(browser, row("DH1"), row("DH2", 被反映单位="晨曦书画社"))
    monkeypatch.setattr(running, "AT_ONCE", 1)
    write, calls = service.take_over, []

    def cut_off(*given, **named):
        calls.append(1)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return write(*given, **named)

    monkeypatch.setattr(service, "take_over", cut_off)
    with pytest.raises(KeyboardInterrupt):
        confirm(browser, page)
    halfway = browser.get(page.request.path)
    written = counted(session)
    done = confirm(browser, halfway)

    assert written == 1
    assert "上次导入中断" in halfway.text
    assert "导入中断，可继续" in browser.get(START).text or counted(session) == 2
    assert ["新工单", "1"] in table(done)
    assert ["已有工单，无变化", "1"] in table(done)


def test_a_list_that_is_over_is_neither_read_nor_confirmed_again(browser):
    page = sent(browser, row("DH1"))
    done = confirm(browser, page)

    for verb in ("confirm", "columns"):
        again = browser.post(f"{done.request.path}/{verb}", {"version": "5"}, 409)
        assert "已经导入或作废" in again.text


def test_a_file_whose_key_is_gone_can_only_be_discarded(app, session, county, browser):
    page = sent(browser, row("DH1"))
    held = keys.current()
    keys.use(keys.Keyring([("other", b"k" * 32)]))
    try:
        shown = browser.get(page.request.path)
        browser.submit(page.request.path, form=press(shown, "discard"))
    finally:
        keys.use(held)

    assert "文件已无法打开" in shown.text
    assert of(session).file_sha256 is None


def test_a_page_that_was_opened_before_the_columns_changed_confirms_nothing(
    session, county, browser
):
    sent(browser, row("DH1"))
    listed, clerk = of(session), desk(county)
    with database.transaction() as writing:
        given = {"header_row": None, "said": {6: ""}, "by": clerk, "version": None}
        service.settle(writing, listed, **given)

    with pytest.raises(StaleForm), database.transaction() as writing:
        service.begin(writing, listed, by=clerk, version=listed.version - 1)


def test_the_columns_of_a_list_that_has_begun_stay(session, county, browser):
    sent(browser, row("DH1"))
    listed, clerk = of(session), desk(county)
    with database.transaction() as writing:
        service.begin(writing, listed, by=clerk, version=None)

    with pytest.raises(Blocked), database.transaction() as writing:
        service.settle(writing, listed, header_row=None, said={}, by=clerk, version=None)


def test_a_list_is_finished_once(session, county, browser):
    page = sent(browser, row("DH1"))
    confirm(browser, page)
    listed, clerk = of(session), desk(county)
    finished = listed.finished_at

    with database.transaction() as writing:
        service.finish(writing, listed, running.Tally(), by=clerk)

    assert listed.finished_at == finished
    assert listed.rows == 1


def test_nobody_but_the_desk_opens_the_import(client_as, county):
    for role in (Role.INSPECTOR, Role.SECTION_HEAD, Role.LIAISON, Role.LEADER):
        client_as(county.officer(role)).get(START, status=403)


def test_the_desk_of_another_county_finds_no_list(client_as, county, browser):
    page = sent(browser, row("DH1"))
    other = County(county.session, "990202", "临川县")

    client_as(other.officer(Role.HOTLINE)).get(page.request.path, status=404)


def test_a_list_that_nobody_confirms_is_discarded_after_a_week(session, browser):
    sent(browser, row("DH1"))
    day = clock.today() + KEPT

    early = discard_waiting_lists(day)
    late = discard_waiting_lists(day + timedelta(1))
    again = discard_waiting_lists(day + timedelta(1))

    assert (early.done, late.done, again.done) == (0, 1, 0)
    assert of(session).file_sha256 is None
