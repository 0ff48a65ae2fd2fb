"""Rows of one credit code and several addresses: venues of one institution, or as somebody says."""

import pytest

from tests.factories import registry
from tests.factories.lists import judged, one, read_in, sent, uscc, workbook
from training_oversight.intake.workflow import RowOutcome
from training_oversight.registry.models import Institution

NEW, UNCHANGED, CHANGED = RowOutcome.NEW, RowOutcome.UNCHANGED, RowOutcome.CHANGED
HEADER = ["机构名称", "统一社会信用代码", "地址", "联系电话", "学员人数"]
ROWS = [
    ["霁甲艺术有限公司（东街校区）", uscc(1), "文澜街道东街1号", "19909990001", "40"],
    ["霁甲艺术有限公司（石桥校区）", uscc(1), "石桥镇石桥街3号", "19909990002", "25"],
    ["霁甲艺术有限公司（柳渡校区）", uscc(1), "柳渡镇柳渡街3号", "", ""],
]
CONFIRM = "form[action$=confirm]"


@pytest.fixture
def browser(client_as, county):
    return client_as(county.officer())


def take(browser, *rows, **more):
    preview = read_in(browser, workbook(HEADER, *rows), **more)
    browser.submit(preview.request.path, form=CONFIRM)
    return preview


def names(session):
    session.expire_all()
    return sorted(one.name for one in session.query(Institution))


def test_the_rows_are_venues_of_one_institution_and_nothing_is_lost(browser, county, session):
    take(browser, *ROWS)

    assert names(session) == [ROWS[0][0]]
    found = one(session, name=ROWS[0][0])
    assert [(venue.main, venue.address) for venue in found.venues] == [
        (True, "文澜街道东街1号"),
        (False, "石桥镇石桥街3号"),
        (False, "柳渡镇柳渡街3号"),
    ]
    assert found.aliases == [ROWS[1][0], ROWS[2][0]]
    assert found.phone == "19909990001、19909990002"
    assert found.note == f"{ROWS[1][0]}（石桥镇石桥街3号）：学员人数25"


def test_the_same_list_again_changes_nothing(browser, county, session):
    take(browser, *ROWS)

    rows = judged(session, county, HEADER, *ROWS)

    assert [row.outcome for row in rows] == [UNCHANGED] * 3


def test_of_each_row_it_is_said_where_it_went(session, county):
    rows = judged(session, county, HEADER, *ROWS)

    assert [row.outcome for row in rows] == [NEW, UNCHANGED, UNCHANGED]
    assert "第2行的另一处办学场所" in str(rows[1].warnings[-1])


def test_by_a_choice_they_are_institutions_of_their_own(browser, county, session):
    take(browser, *ROWS, sender="石桥镇", apart="y")

    assert names(session) == sorted(row[0] for row in ROWS)
    assert one(session, name=ROWS[0][0]).uscc == uscc(1)
    other = one(session, name=ROWS[1][0])
    assert other.uscc is None
    assert other.note == f"统一社会信用代码与“{ROWS[0][0]}”相同：{uscc(1)}"


def test_the_choice_is_remembered_for_the_sender(browser, county, session):
    take(browser, *ROWS, sender="石桥镇", apart="y")

    page = sent(browser, workbook(HEADER, *ROWS), sender="石桥镇")

    assert page.soup.select_one("input[name=apart]").has_attr("checked")


def test_a_campus_alone_is_a_venue_of_the_record_with_its_code(browser, county, session):
    registry.institution(
        county,
        name="霁甲艺术有限公司",
        uscc=uscc(1),
        address="文澜街道东街1号",
        phone="19909990001",
    )

    take(browser, ROWS[1])

    assert names(session) == ["霁甲艺术有限公司"]
    found = one(session, name="霁甲艺术有限公司")
    assert [venue.address for venue in found.venues] == ["文澜街道东街1号", "石桥镇石桥街3号"]
    assert found.aliases == [ROWS[1][0]]


def test_a_move_of_the_only_place_is_still_a_move(session, county):
    registry.institution(county, name="霁甲艺术有限公司", uscc=uscc(1), address="文澜街道东街1号")

    row = judged(session, county, HEADER, ["霁甲艺术有限公司", uscc(1), "石桥镇石桥街3号", "", ""])[
        0
    ]

    assert row.outcome is CHANGED
    assert row.changes["address"] == ["文澜街道东街1号", "石桥镇石桥街3号"]


def test_a_code_alone_makes_no_campus(session, county):
    other = ["乐方托管服务部", uscc(1), "石桥镇石桥街9号", "19909990009", ""]

    rows = judged(session, county, HEADER, ROWS[0], other)

    assert [row.outcome for row in rows] == [NEW, RowOutcome.POSSIBLE_DUPLICATE]


def test_a_row_whose_first_is_returned_comes_back_with_it(session, county):
    doubt = registry.institution(county, name="霁甲艺术", phone="19909990001", address="别处1号")
    assert doubt.uscc is None
    first = [ROWS[0][0], uscc(1), "文澜街道东街1号", "19909990001", ""]

    rows = judged(session, county, HEADER, first, ROWS[1])

    assert [row.outcome for row in rows] == [RowOutcome.POSSIBLE_DUPLICATE, RowOutcome.REJECTED]
    assert "第2行的另一处办学场所" in str(rows[1].reasons[0])
