"""The columns of an old ledger: settled on the same page as those of a list, and remembered."""

import io
from datetime import timedelta

import pytest
import sqlalchemy as sa

from tests.factories.columns_page import READ, taken_for
from tests.factories.county import County
from tests.factories.lists import sent as sent_list
from tests.factories.lists import workbook
from tests.spreadsheets.test_unseen import hide
from tests.spreadsheets.workbooks import workbook as sheet_of
from training_oversight import clock, database
from training_oversight.audit import Event, queries
from training_oversight.errors import BadInput, StaleForm
from training_oversight.files.models import StoredFile
from training_oversight.intake.checking import service
from training_oversight.intake.forgetting import forget_contents
from training_oversight.intake.models import CheckKind, ImportMapping, LedgerCheck

START = "/institutions/check"
ODD = ["哪一家", "毛病", "改得怎样", "执照到期"]
ROWS = [["晨曦画室", "无证", "已整改", "2020-1-1"], ["云帆球馆", "超范围", "未改", "2039-1-1"]]
SAID = {"column-0": "name", "column-1": "problem", "column-2": "progress"}


def sent(browser, header=ODD, rows=ROWS, sender="文澜街道"):
    file = (io.BytesIO(workbook(header, *rows)), "旧台账.xlsx")
    return browser.submit(START, list=file, sender=sender)


def the_check(session):
    return session.scalars(sa.select(LedgerCheck).execution_options(populate_existing=True)).one()


def kinds(session):
    return [CheckKind(one["kind"]) for one in the_check(session).findings]


def test_a_ledger_whose_names_are_not_known_asks_how_it_is_read(inspector, session):
    page = sent(inspector)
    columns = inspector.get(f"{page.request.path}?header=1")

    assert page.request.path.endswith("/columns")
    assert taken_for(columns)["哪一家"][0] == ""
    assert not the_check(session).settled
    assert "等待核对列" in inspector.get(START).soup.select_one("tbody").text
    inspector.get(page.request.path.replace("columns", "paper.pdf"), status=404)


def test_hidden_rows_of_a_ledger_are_asked_about_and_read_if_one_says_so(inspector, session):
    header = ["机构名称", "状态", "关停日期"]
    content = sheet_of(
        header, ["晨曦画室", "正常", ""], ["云帆球馆", "停办", ""], prepare=hide([3])
    )
    page = inspector.submit(START, list=(io.BytesIO(content), "旧台账.xlsx"), sender="")

    inspector.submit(page.request.path, form=READ, hidden="y")

    assert "1行是隐藏的" in page.text
    assert kinds(session) == [CheckKind.NO_CLOSING_DAY]
    assert the_check(session).rows == 2


def test_a_mark_in_a_ledger_of_problems_names_the_institution_above(inspector, session):
    header = ["机构名称", "问题", "整改期限", "发文日期"]
    rows = [
        ["晨曦画室", "无证", "2025-1-1", "2024-12-1"],
        ["同上", "超范围", "2024-1-1", "2024-12-1"],
    ]

    sent(inspector, header, rows)

    assert [one["name"] for one in the_check(session).findings] == ["晨曦画室"]


def test_it_is_looked_through_as_one_says(inspector, session):
    page = sent(inspector)

    result = inspector.submit(f"{page.request.path}?header=1", form=READ, **SAID)

    assert result.request.path == page.request.path.removesuffix("/columns")
    assert kinds(session) == [CheckKind.EXPIRED, CheckKind.NO_CLOSING_DAY]
    assert the_check(session).rows == 2
    verbs = session.scalars(
        sa.select(Event.verb).where(Event.subject_kind == "ledger_check").order_by(Event.sequence)
    ).all()
    assert verbs == ["check.sent", "check.made"]


def test_the_next_ledger_of_the_sender_is_looked_through_at_once(inspector, session):
    page = sent(inspector)
    inspector.submit(f"{page.request.path}?header=1", form=READ, **SAID)

    again, other = sent(inspector), sent(inspector, sender="南塘街道")

    assert not again.request.path.endswith("/columns")
    assert other.request.path.endswith("/columns")


def test_what_a_ledger_calls_a_problem_is_nothing_to_a_list_and_the_name_is(inspector, session):
    page = sent(inspector)
    inspector.submit(f"{page.request.path}?header=1", form=READ, **SAID)

    columns = sent_list(inspector, workbook(ODD, *ROWS), sender="文澜街道")

    assert taken_for(columns)["哪一家"] == ("name", "同上次")
    assert taken_for(columns)["毛病"] == ("", "没有认出，不读取")
    mapping = session.scalars(sa.select(ImportMapping)).one()
    assert mapping.ledger == {"毛病": "problem", "改得怎样": "progress"}


def test_known_names_need_no_page_but_lead_to_it(inspector, session):
    header = ["机构名称", "信用代码", "别的列", "联系电话"]
    result = sent(inspector, header, [["晨曦画室", "1", "甲", "0990-1234567"]])
    link = result.soup.select_one("a[href$='/columns']")

    columns = inspector.get(link["href"])
    better = inspector.submit(link["href"], form=READ, **{"column-1": ""})

    assert the_check(session).id == int(result.request.path.rpartition("/")[2])
    assert "别的列" in result.soup.select_one(".notice").text
    assert "联系电话" not in result.soup.select_one(".notice").text
    assert taken_for(columns)["联系电话"] == ("", "认得，体检不用")
    assert better.request.path == result.request.path
    assert kinds(session) == []


def test_one_column_cannot_be_two_things_and_none_the_name(inspector, session):
    page = sent(inspector)

    for said in ({"column-0": "problem", "column-1": "problem"}, {"column-0": ""}):
        inspector.submit(f"{page.request.path}?header=1", 422, form=READ, **said)

    assert not the_check(session).settled


def test_who_looks_at_an_older_state_is_told(inspector, session, county):
    sent(inspector, ["机构名称"], [["晨曦画室"]])
    check = the_check(session)

    with pytest.raises(StaleForm), database.transaction() as writing:
        service.forget_file(writing, check, by=county.system, version=check.version - 1)

    page = inspector.post(f"{START}/{check.id}/forget", data={"version": check.version - 1})
    assert "没有保存：您打开之后" in page.soup.select_one(".notice").text
    assert the_check(session).file_sha256 is not None


def test_another_county_neither_reads_nor_deletes_it(inspector, session, client_as):
    page = sent(inspector)
    stranger = client_as(County(session, code="990202", name="临江县").officer())

    stranger.get(page.request.path, status=404)
    stranger.post(page.request.path, status=404)
    stranger.post(page.request.path.replace("columns", "forget"), status=404)

    assert the_check(session).file_sha256 is not None


def test_the_file_is_deleted_when_one_wants_and_what_was_found_stays(inspector, session):
    result = sent(inspector, ["机构名称", "有效期至"], [["晨曦画室", "2020-1-1"]])
    sha256 = the_check(session).file_sha256

    path = f"{result.request.path}/columns"
    inspector.submit(path, form="form[action$=forget]")
    shown = inspector.get(result.request.path)

    assert the_check(session).file_sha256 is None
    assert session.get(StoredFile, sha256) is None
    assert "晨曦画室" in shown.soup.select_one("tbody").text
    assert not shown.soup.select("a[href$='/columns']")
    assert inspector.get(path, follow_redirects=True).request.path == result.request.path


def test_the_file_goes_with_what_was_found_and_so_does_one_never_looked_through(inspector, session):
    sent(inspector)

    early = forget_contents(clock.today())
    late = forget_contents(clock.today() + timedelta(days=60))

    assert (early.done, late.done) == (0, 1)
    check = the_check(session)
    assert (check.file_sha256, check.header, check.contents_gone_on) == (None, [], clock.today())
    assert "没有体检" in inspector.get(START).soup.select_one("tbody").text


def test_once_the_file_is_deleted_it_is_neither_read_nor_deleted_again(inspector, session, county):
    sent(inspector, ["机构名称"], [["晨曦画室"]])
    check = the_check(session)
    for _time in range(2):
        with database.transaction() as writing:
            service.forget_file(writing, check, by=county.system, version=None)

    with (
        pytest.raises(BadInput, match="这份名单的文件已不再保存"),
        database.transaction() as writing,
    ):
        service.settle(writing, check, None, [], by=county.system, version=None)

    said = [event.verb for event in queries.history(session, check)]
    assert said.count("check.file_deleted") == 1
    assert said.count("check.made") == 1


def test_what_was_found_goes_in_time_though_the_file_went_before(inspector, session, county):
    sent(inspector, ["机构名称"], [["晨曦画室"]])
    with database.transaction() as writing:
        service.forget_file(writing, the_check(session), by=county.system, version=None)

    late = forget_contents(clock.today() + timedelta(days=60))

    assert (late.done, late.failed) == (1, 0)
    assert the_check(session).contents_gone_on == clock.today()
    assert queries.history(session, the_check(session))[0].verb == "check.contents_deleted"
