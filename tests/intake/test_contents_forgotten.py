"""What senders wrote in finished lists and checked ledgers is deleted after the county's days."""

import io
from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from tests.factories import errands
from tests.factories.lists import (
    HEADER,
    ground_of,
    imported,
    many,
    one,
    previewed,
    read_in,
    uscc,
    workbook,
)
from tests.factories.taking_back import undone
from training_oversight import clock, database
from training_oversight.accounts.permissions import Role
from training_oversight.audit.queries import history, verify
from training_oversight.catalogue import queries as catalogue
from training_oversight.catalogue import service as settings
from training_oversight.catalogue.models import Limit
from training_oversight.errands.workflow import ErrandState
from training_oversight.errors import Gone
from training_oversight.files.models import StoredFile
from training_oversight.intake import confirming, contents, retention, running, undoing
from training_oversight.intake.forgetting import forget_contents
from training_oversight.intake.models import ImportBatch, ImportRow, LedgerCheck
from training_oversight.intake.workflow import ImportState, RowOutcome
from training_oversight.law import Unit
from training_oversight.registry.models import Institution

# 180 days after 15 October 2026, and 30 days after it, both working days.
LAST, LAST_OF_CHECK = date(2027, 4, 13), date(2026, 11, 16)
ONE_DAY = timedelta(days=1)
BAD = [*many(3, bad=1), ["", "合计", "", "", "", ""]]


@pytest.fixture
def written(session, county):
    _, batch = imported(session, county, workbook(HEADER, *BAD), "南塘.xlsx")
    with database.transaction():
        batch.sender = "南塘街道"
    return batch


@pytest.fixture
def browser(client_as, county):
    """One that was just signed in: months pass between two looks at a page."""
    officer = county.officer()
    return lambda: client_as(officer)


def chosen_days(session, county, code, length):
    """What the county sets instead of the shipped number."""
    present = catalogue.limit(session, code, authority_id=county.authority.id, today=county.today)
    officer = county.officer(Role.ADMINISTRATOR)
    with database.transaction():
        settings.change(
            session,
            present,
            model=Limit,
            values={
                "code": code, "name": "保存期限", "name_en": "", "length": length,
                "unit": Unit.CALENDAR_DAYS, "source": "局务会", "position": 0,
            },
            by=officer,
            today=county.today,
            seen=present.id,
        )  # fmt: skip


def test_the_last_day_and_the_day_after_and_once_more(session, county, written, at):
    at(LAST)
    early = forget_contents(LAST)
    at(LAST + ONE_DAY)
    late = forget_contents(LAST + ONE_DAY)
    again = forget_contents(LAST + ONE_DAY)

    assert (early.done, late.done, again.done) == (0, 1, 0)
    assert (early.failed, late.failed, again.failed) == (0, 0, 0)
    assert session.scalars(sa.select(ImportRow)).all() == []
    assert written.contents_gone_on == LAST + ONE_DAY
    assert (written.header, written.left_out, written.tallies) == ([], [], {})
    assert contents.counts(session, written)[RowOutcome.NEW] == 2
    assert contents.counts(session, written)[RowOutcome.REJECTED] == 1
    assert (written.state, written.sender) == (ImportState.CONFIRMED, "南塘街道")
    [event] = [e for e in history(session, written) if e.verb == "import.contents_deleted"]
    assert (event.facts, event.actor_id) == ({"rows": 3}, county.system.id)
    assert verify(session).broken == []
    # What it brought stays on the register.
    assert len(session.scalars(sa.select(Institution)).all()) == 2


def test_the_file_goes_with_the_rows(client_as, county, session, at):
    page = read_in(client_as(county.officer()), workbook(HEADER, *many(2)))
    client_as(county.officer()).submit(page.request.path, form="form[action$=confirm]")
    assert session.scalars(sa.select(StoredFile)).all() != []

    at(LAST + ONE_DAY)
    forget_contents(LAST + ONE_DAY)

    assert session.scalars(sa.select(ImportBatch.file_sha256)).one() is None
    assert session.scalars(sa.select(StoredFile)).all() == []


def test_the_days_count_from_taking_back(session, county, written, at):
    at(county.today + 100 * ONE_DAY)
    undone(county, written)

    assert forget_contents(LAST + ONE_DAY).done == 0
    assert forget_contents(LAST + 110 * ONE_DAY).done == 1


def test_the_county_sets_the_days(session, county, written):
    chosen_days(session, county, retention.LISTS, 10)

    assert forget_contents(county.today + 11 * ONE_DAY).done == 0
    # The tenth day is a Sunday.
    assert forget_contents(county.today + 12 * ONE_DAY).done == 1


def test_what_nobody_decided_on_is_left_alone(session, county):
    previewed(session, county, workbook(HEADER, *many(2)))

    assert forget_contents(LAST + 30 * ONE_DAY).done == 0


def test_a_list_that_was_left_half_written_is_forgotten_and_not_written_on(
    session, county, browser, at
):
    batch = previewed(session, county, workbook(HEADER, *many(600)))
    address = f"/institutions/import/{batch.id}"
    with database.transaction():
        confirming.begin(session, batch, by=county.system)
    ground = ground_of(session, county)
    with database.transaction():
        confirming.write_some(session, batch, ground, by=county.system)
    before = browser().get(address).soup

    at(LAST)
    early = forget_contents(LAST)
    at(LAST + ONE_DAY)
    late = forget_contents(LAST + ONE_DAY)
    after = browser().get(address).soup

    assert (early.done, late.done) == (0, 1)
    assert "保存到2027年4月13日，之后删除，并且不能再撤回" in before.select_one("main").parent.text
    assert "没有写完：写入500行" in after.select_one("main").text
    assert not after.select(f'form[action^="{address}"], a[href^="{address}/"]')
    with pytest.raises(Gone):
        running.write_list(batch.id, by=county.system, today=county.today)
    with pytest.raises(Gone):
        undone(county, batch)
    assert len(session.scalars(sa.select(Institution)).all()) == 500


def test_the_days_of_a_list_half_taken_back_count_from_then(session, county, written, at):
    at(county.today + 100 * ONE_DAY)
    with database.transaction():
        undoing.begin(session, written, by=county.system)

    assert forget_contents(LAST + ONE_DAY).done == 0
    assert forget_contents(LAST + 110 * ONE_DAY).done == 1
    with pytest.raises(Gone):
        undone(county, written)


def test_a_list_that_an_errand_is_about_to_take_back_is_left_alone(session, county, written):
    errand = errands.asked(errands.kind(), by=county.officer())
    with database.transaction():
        written.errand_id = errand.id

    assert forget_contents(LAST + ONE_DAY).done == 0
    with database.transaction():
        errand.state = ErrandState.DONE
    assert forget_contents(LAST + ONE_DAY).done == 1


def test_nothing_can_be_taken_back_any_more(session, county, written, at):
    at(LAST + ONE_DAY)
    forget_contents(LAST + ONE_DAY)

    with pytest.raises(Gone, match="2027年4月14日"):
        undone(county, written)

    assert written.state is ImportState.CONFIRMED
    assert one(session, uscc=uscc(2)).withdrawn is False


def test_an_earlier_list_stays_able_to_come_back_before_its_own_day(session, county, at):
    """A list taken back is forgotten no earlier than one that was written before it."""
    _, first = imported(session, county, workbook(HEADER, *many(1)), "甲.xlsx")
    row = [*many(1)[0][:3], "新街", *many(1)[0][4:]]
    _, second = imported(session, county, workbook(HEADER, row), "乙.xlsx")
    undone(county, second)

    at(LAST)
    forget_contents(LAST)

    assert running.in_the_way(session, first) == []
    assert undone(county, first)["new"] == 1


def test_the_page_says_until_when_and_then_that_it_is_gone(session, county, written, browser, at):
    address = f"/institutions/import/{written.id}"
    before = browser().get(address).soup

    at(LAST + ONE_DAY)
    forget_contents(LAST + ONE_DAY)
    after = browser().get(address).soup

    assert "保存到2027年4月13日，之后删除，并且不能再撤回" in before.select_one("main").parent.text
    words = " ".join(after.select_one("main").text.split())
    assert "报送人填写的内容已于2027年4月14日删除" in words
    assert "不能再撤回" in words
    assert "南塘街道" in words
    assert not after.select('main a[href*="outcome"]')
    assert not after.select(f'a[href^="{address}/"]')
    split = {row.th.text.strip(): row.td.text.strip() for row in after.select(".split-rows tr")}
    assert (split["新增"], split["退回"]) == ("2", "1")


@pytest.mark.parametrize("page", ["rejected.xlsx", "undo"])
def test_what_is_gone_answers_with_a_sentence(written, county, browser, at, page):
    at(LAST + ONE_DAY)
    forget_contents(LAST + ONE_DAY)

    answer = browser().get(f"/institutions/import/{written.id}/{page}", status=410)

    assert "已按县局设定于2027年4月14日删除" in answer.soup.select_one("main").text


def checked(head):
    header = ["机构名称", "信用代码", "联系电话"]
    wrong = uscc(1)[:-1] + ("0" if uscc(1)[-1] != "0" else "1")
    rows = [["晨曦画室", wrong, "13900002046"], ["南塘琴行", uscc(2), ""]]
    sheet = (io.BytesIO(workbook(header, *rows)), "旧台账.xlsx")
    return head.submit("/institutions/check", list=sheet).request.path


def test_findings_of_a_ledger_are_deleted_and_their_number_stays(session, browser, at):
    address = checked(browser())
    before = browser().get(address).soup

    at(LAST_OF_CHECK)
    early = forget_contents(LAST_OF_CHECK)
    at(LAST_OF_CHECK + ONE_DAY)
    late = forget_contents(LAST_OF_CHECK + ONE_DAY)
    again = forget_contents(LAST_OF_CHECK + ONE_DAY)
    after = browser().get(address).soup
    start = browser().get("/institutions/check").soup

    assert (early.done, late.done, again.done) == (0, 1, 0)
    assert "体检内容保存到2026年11月16日" in before.select_one("main").parent.text
    check = session.scalars(sa.select(LedgerCheck)).one()
    assert (check.findings, check.summary["rows"]) == ([], 1)
    words = " ".join(after.select_one("main").text.split())
    assert "报送人填写的内容已于2026年11月17日删除" in words
    assert "晨曦画室" not in words
    assert after.select_one("main dl.facts dd").text.strip() == "1"
    assert start.select("table.plain td.right")[0].text.strip() == "1"
    assert history(session, check)[0].verb == "check.contents_deleted"
    for page in ("paper.pdf", "findings.xlsx"):
        answer = browser().get(f"{address}/{page}", status=410)
        assert "已按县局设定于2026年11月17日删除" in answer.soup.select_one("main").text


def test_the_settings_say_that_it_is_the_countys_choice(client_as, county):
    page = client_as(county.officer("administrator")).get("/settings/limits")

    assert "由县局自行确定，不引用法律条文" in page.soup.select_one("main").text
    assert clock.today() == county.today
