"""Decisions that come too late, twice, or upon what nobody may decide."""

import pytest
import sqlalchemy as sa

from tests.factories import registry
from tests.factories.deciding import CONFIRM, DUPLICATES, LIKE, row_of, say, told
from tests.factories.lists import uscc
from training_oversight import database
from training_oversight.audit import Event
from training_oversight.intake.models import Decision, ImportRow
from training_oversight.intake.workflow import RowOutcome
from training_oversight.registry.models import Institution


@pytest.fixture
def place(county):
    return registry.institution(
        county, name="晨曦艺术培训中心", phone="13900002046", address="澄江县文澜路8号"
    )


@pytest.fixture
def browser(client_as, county):
    return client_as(county.officer())


def test_after_writing_nothing_can_be_decided(browser, county, session, place):
    page = told(browser, LIKE, ["南塘琴行", "南塘街道", "", ""])
    row, form = row_of(session), page.soup.select_one(".beside-others form")
    browser.submit(page.request.path, form=CONFIRM)

    data = {field["name"]: field["value"] for field in form.select("input")}
    answer = browser.post(form["action"], data=data, status=409)

    assert not answer.soup.select(f"#row-{row.id} form")
    assert row_of(session).decision is None


def test_who_decides_upon_an_old_page_is_told_so(client_as, county, session, place):
    mine, other = client_as(county.officer()), client_as(county.officer())
    page = told(mine, LIKE)
    say(other, other.get(f"{page.request.path}?{DUPLICATES}"), row_of(session), "另一家机构")

    answer = say(mine, page, row_of(session), "不导入这一行", status=409)

    assert "第2行" in answer.soup.select_one(".error-summary").text
    assert row_of(session).outcome is RowOutcome.NEW


def test_pressing_twice_is_no_harm(browser, county, session, place):
    page = told(browser, LIKE)

    for _ in range(2):
        say(browser, page, row_of(session), "另一家机构")

    decided = session.scalars(sa.select(Event).where(Event.verb == "import.decided")).all()
    assert [event.facts["decision"] for event in decided] == ["different"]


def test_who_confirms_upon_a_page_from_before_a_decision_is_told_so(
    browser, county, session, place
):
    page = told(browser, LIKE, ["南塘琴行", "南塘街道", "", ""])
    confirm = page.soup.select_one(CONFIRM)
    say(browser, page, row_of(session), "另一家机构")

    data = {field["name"]: field["value"] for field in confirm.select("input")}
    answer = browser.post(confirm["action"], data=data, status=409)

    summary = answer.soup.select_one(".error-summary").text
    assert "没有写入：您打开本页以后，有人判断过" in summary
    # Nothing was typed that could still be there.
    assert "您填的内容" not in summary

    assert session.scalar(sa.select(sa.func.count()).select_from(Institution)) == 1


def test_what_has_been_closed_cannot_be_changed_by_a_decision(browser, county, session, place):
    registry.closed(place, county)
    page = told(browser, LIKE)

    say(browser, page, row_of(session), "同一家机构")

    assert row_of(session).outcome is RowOutcome.REJECTED


def test_a_record_outside_the_jurisdiction_shows_no_more_than_its_name(
    client_as, county, session, place
):
    officer = client_as(county.officer(division=county.townships[1]))

    page = told(officer, ["晨曦艺术培训学校", "南塘街道", "13900002046", ""])

    section = page.soup.select_one(".beside-others")
    assert "管辖范围" in section.thead.text
    assert "文澜路8号" not in section.text
    assert "许芸" not in section.text
    buttons = [button.text.strip() for button in section.select("button")]
    assert buttons == ["另一家机构", "不导入这一行"]


@pytest.mark.parametrize("choice", ["same-999999", "same-row-9", "nonsense", "", "same-", "SAME"])
def test_a_choice_that_was_not_offered_is_refused(browser, county, session, place, choice):
    page = told(browser, LIKE)
    row = row_of(session)

    answer = browser.post(
        f"{page.request.path}/rows/{row.id}", data={"choice": choice, "seen": "undecided"}
    )

    assert answer.status_code == 422
    assert row_of(session).decision is None


def test_a_row_of_another_list_and_one_without_doubt_are_not_found(browser, county, session, place):
    page = told(browser, LIKE, ["南塘琴行", "南塘街道", "", ""])
    other = told(browser, ["北门书院", "", "", ""])
    doubtful, clear = row_of_list(session, page, 2), row_of_list(session, page, 3)
    data = {"choice": "skip", "seen": "undecided"}

    browser.post(f"{other.request.path}/rows/{doubtful.id}", data=data, status=404)
    browser.post(f"{page.request.path}/rows/{clear.id}", data=data, status=404)

    session.expire_all()
    assert (doubtful.outcome, doubtful.decision) == (RowOutcome.POSSIBLE_DUPLICATE, None)
    assert (clear.outcome, clear.decision) == (RowOutcome.NEW, None)
    # The address itself is the right one.
    browser.post(f"{page.request.path}/rows/{doubtful.id}", data=data)
    session.expire_all()
    assert (doubtful.outcome, doubtful.decision) == (RowOutcome.SKIPPED, Decision.SKIP)


def row_of_list(session, page, number):
    batch = int(page.request.path.rsplit("/", 1)[-1])
    return session.scalars(sa.select(ImportRow).filter_by(batch_id=batch, number=number)).one()


def test_a_record_with_another_code_by_now_is_not_overwritten(browser, county, session, place):
    page = told(browser, LIKE)
    say(browser, page, row_of(session), "同一家机构")
    with database.transaction():
        place.uscc = uscc(5)
        place.main_venue.address = "澄江县北街9号"

    browser.submit(page.request.path, form=CONFIRM)

    session.expire_all()
    assert row_of(session).outcome is RowOutcome.REJECTED
    assert place.main_venue.address == "澄江县北街9号"
