"""Possible duplicates: the same, another, not imported; until confirmation it can be changed."""

import pytest
import sqlalchemy as sa

from tests.factories import registry
from tests.factories.deciding import CONFIRM, LIKE, row_of, say, told
from tests.factories.lists import one
from training_oversight.intake.models import Decision
from training_oversight.intake.readable import KNOWN
from training_oversight.intake.workflow import RowOutcome
from training_oversight.registry.models import Institution
from training_oversight.spreadsheets import read


@pytest.fixture
def place(county):
    return registry.institution(
        county, name="晨曦艺术培训中心", phone="13900002046", address="澄江县文澜路8号"
    )


@pytest.fixture
def browser(client_as, county):
    return client_as(county.officer())


def test_a_row_stands_beside_the_record_with_what_differs(browser, county, place):
    page = told(browser, LIKE)

    section = page.soup.select_one(".beside-others")
    assert "名称相近、电话相同" in " ".join(section.thead.text.split())
    assert [cell.text for cell in section.select("td.differs")] == [
        "晨曦艺术培训中心（不一致）",
        "澄江县文澜路8号（不一致）",
    ]
    assert section.select_one(f'a[href="/institutions/{place.id}"]')


def test_the_same_institution_shows_what_would_change(browser, county, session, place):
    page = told(browser, LIKE)

    page = say(browser, page, row_of(session), "同一家机构")

    row = row_of(session)
    assert (row.outcome, row.decision, row.chosen_id) == (
        RowOutcome.CHANGED,
        Decision.SAME,
        place.id,
    )
    assert row.changes["address"] == ["澄江县文澜路8号", "澄江县东街1号"]
    assert "澄江县东街1号" in page.soup.select_one(".what-changes").text
    browser.submit(page.request.path, form=CONFIRM)
    assert [one.name for one in session.scalars(sa.select(Institution))] == ["晨曦艺术培训学校"]


def test_another_institution_is_written_as_a_new_one(browser, county, session, place):
    page = told(browser, LIKE)

    page = say(browser, page, row_of(session), "另一家机构")
    browser.submit(page.request.path, form=CONFIRM)

    assert session.scalar(sa.select(sa.func.count()).select_from(Institution)) == 2
    assert one(session, name="晨曦艺术培训学校").main_venue.address == "澄江县东街1号"


def test_another_institution_of_the_very_same_name_is_written_too(browser, county, session):
    for town in county.townships[:2]:
        registry.institution(county, name="小太阳托管", division=town, phone=None, address="")
    page = told(browser, ["小太阳托管", "", "", ""])

    page = say(browser, page, row_of(session), "另一家机构")
    browser.submit(page.request.path, form=CONFIRM)

    assert session.scalar(sa.select(sa.func.count()).select_from(Institution)) == 3


def test_a_row_left_out_is_neither_written_nor_returned(browser, county, session, place):
    page = told(browser, LIKE, ["南塘琴行", "南塘街道", "", ""])

    page = say(browser, page, row_of(session), "不导入这一行")
    written = browser.submit(page.request.path, form=CONFIRM)

    assert row_of(session).outcome is RowOutcome.SKIPPED
    assert session.scalar(sa.select(sa.func.count()).select_from(Institution)) == 2
    assert not [a for a in written.soup.select("a") if "rejected.xlsx" in a.get("href", "")]


def test_what_nobody_decided_is_not_written_and_comes_back_with_that_reason(
    browser, county, session, place
):
    page = told(browser, LIKE, ["南塘琴行", "南塘街道", "", ""])
    assert "1行疑似重复没有判断" in page.soup.select_one("#confirm").text

    browser.submit(page.request.path, form=CONFIRM)
    back = read(browser.get(f"{page.request.path}/rejected.xlsx").data, "a.xlsx", known=KNOWN)

    assert session.scalar(sa.select(sa.func.count()).select_from(Institution)) == 2
    assert [row.cells[1:] for row in back.rows] == [LIKE]
    assert "晨曦艺术培训中心" in back.rows[0].cells[0]


@pytest.mark.parametrize("first", ["同一家机构", "另一家机构", "不导入这一行"])
@pytest.mark.parametrize("then", ["收回判断", "同一家机构", "另一家机构", "不导入这一行"])
def test_a_decision_can_be_changed_until_the_list_is_written(
    browser, county, session, place, first, then
):
    page = told(browser, LIKE)
    page = say(browser, page, row_of(session), first)

    if then != first:
        say(browser, page, row_of(session), then)

    row = row_of(session)
    assert (
        row.outcome
        is {
            "收回判断": RowOutcome.POSSIBLE_DUPLICATE,
            "同一家机构": RowOutcome.CHANGED,
            "另一家机构": RowOutcome.NEW,
            "不导入这一行": RowOutcome.SKIPPED,
        }[then]
    )
    if then == "收回判断":
        assert (row.decision, row.chosen_id, row.decided_by_id, row.changes) == (
            None, None, None, {},
        )  # fmt: skip
        assert (row.institution_id, row.reasons, row.warnings) == (None, [], [])


def test_all_on_a_page_can_be_other_institutions(browser, county, session, place):
    page = told(
        browser, LIKE, ["晨曦美术中心", "", "13900002046", ""], [LIKE[0], "南塘街道", "", ""]
    )
    say(browser, page, row_of(session, 3), "不导入这一行")

    browser.submit(page.request.url, form="#all-different")

    outcomes = [row_of(session, number).outcome for number in (2, 3, 4)]
    assert outcomes == [RowOutcome.NEW, RowOutcome.SKIPPED, RowOutcome.NEW]


def test_the_same_as_a_row_above_needs_that_they_say_the_same(browser, county, session):
    page = told(
        browser,
        ["晨曦画室", "文澜街道", "13900002046", "澄江县东街1号"],
        ["晨曦美术", "", "13900002046", ""],
        ["晨曦画室", "南塘街道", "13900002046", ""],
    )

    page = say(browser, page, row_of(session, 3), "同一家机构")

    row = row_of(session, 3)
    assert row.outcome is RowOutcome.REJECTED
    assert "第2行" in page.soup.select_one(f"#row-{row.id}").text
    assert row.chosen_id is None
    chosen = [one["row"] for one in row.candidates if one.get("chosen")]
    assert chosen == [2]


def test_two_rows_said_to_be_one_record_must_agree(browser, county, session, place):
    page = told(browser, LIKE, ["晨曦艺术学校", "文澜街道", "13900002046", "澄江县北街9号"])

    page = say(browser, page, row_of(session, 2), "同一家机构")
    say(browser, page, row_of(session, 3), "同一家机构")

    assert row_of(session, 2).outcome is RowOutcome.CHANGED
    assert row_of(session, 3).outcome is RowOutcome.REJECTED
    assert "the same record as row %(number)s" in row_of(session, 3).reasons[0][0]


def test_many_doubts_take_as_many_queries_as_few(browser, county, session, place, queries_of):
    counted = []
    for count in (2, 15):
        rows = [[f"晨曦画室{n}", "", "13900002046", ""] for n in range(count)]
        path = told(browser, *rows).request.url
        session.expire_all()
        with queries_of() as sent:
            browser.get(path)
        counted.append(len(sent))

    assert counted[0] == counted[1]


def test_the_sentence_after_writing_accounts_for_every_row(browser, session, place):
    page = told(browser, LIKE, [LIKE[0], "南塘街道", "", ""], ["南塘琴行", "南塘街道", "", ""])
    before = page.soup.select_one(".live-actions").text
    say(browser, page, row_of(session, 2), "不导入这一行")

    page = browser.submit(page.request.path, form=CONFIRM)

    assert "下载退回和未判断的行（2）" in before
    sentence = page.soup.select_one(".notice").text
    assert "新增1家，变更0家；无变化0行，退回0行，不导入1行，没有判断1行" in sentence
