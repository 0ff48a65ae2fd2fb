"""One equal number makes nobody the same: something else must be alike, or a person says so."""

import pytest

from tests.factories import registry
from tests.factories.deciding import CONFIRM, DUPLICATES, row_of, say
from tests.factories.lists import imported, judged, one, read_in, uscc, workbook
from training_oversight.intake.workflow import RowOutcome
from training_oversight.registry.models import Institution

DOUBT = RowOutcome.POSSIBLE_DUPLICATE
LICENCE = "199010179900007"
HEADER = ["机构名称", "地址", "联系电话", "负责人", "办学许可证号", "统一社会信用代码"]
FIRST = ["霁甲艺术培训中心", "文澜街道东街1号", "19909990001", "王明", LICENCE, uscc(1)]
OTHER = ["乐方托管服务部", "石桥镇石桥街9号", "19909990002", "李雪", LICENCE, ""]


def with_(row, **cells):
    places = {"name": 0, "address": 1, "phone": 2, "person": 3, "licence": 4, "uscc": 5}
    return [
        cells.get(name, row[place]) for name, place in sorted(places.items(), key=lambda it: it[1])
    ]


OTHER_OF_ITS_CODE = with_(OTHER, licence="", uscc=uscc(1))


@pytest.fixture
def first(session, county):
    name, address, phone, person, number, code = FIRST
    place = registry.institution(
        county, name=name, address=address, phone=phone, responsible_person=person, uscc=code
    )
    registry.licence(county, place, number=number)
    return place


@pytest.mark.parametrize("row", [OTHER, OTHER_OF_ITS_CODE])
def test_a_number_alone_is_a_possible_duplicate_and_never_an_update(session, county, first, row):
    found = judged(session, county, HEADER, row)[0]

    assert (found.outcome, found.changes) == (DOUBT, {})
    assert [one.institution_id for one in found.candidates] == [first.id]
    assert "名称、地址、电话和人员都不同" in str(found.candidates[0].why[0])


@pytest.mark.parametrize(
    "alike",
    [
        {"name": "霁甲美育中心"},
        {"name": "澄江县霁甲艺术培训中心有限公司"},
        {"phone": "0990-1234567、19909990001"},
        {"person": "王　明"},
        {"address": "澄江县文澜街道东街1号2楼"},
        {"uscc": uscc(1)},
    ],
)
def test_a_number_with_anything_else_alike_is_the_same_institution(session, county, first, alike):
    found = judged(session, county, HEADER, with_(OTHER, **alike))[0]

    assert found.outcome is RowOutcome.CHANGED
    assert found.institution_id == first.id


def test_names_that_begin_with_the_same_township_are_not_alike(session, county):
    imported(session, county, workbook(HEADER, with_(FIRST, name="文澜小太阳托管")))

    found = judged(session, county, HEADER, with_(OTHER, name="文澜大拇指托管"))[0]

    assert found.outcome is DOUBT


def test_rows_of_one_list_with_a_dragged_number_are_decided_one_by_one(session, county):
    rows = judged(session, county, HEADER, with_(FIRST, uscc=""), OTHER)

    assert [row.outcome for row in rows] == [RowOutcome.NEW, DOUBT]
    assert [one.row for one in rows[1].candidates] == [2]
    assert "第2行" in str(rows[1].candidates[0].why[0])


@pytest.fixture
def browser(client_as, county):
    return client_as(county.officer())


def page_of(browser, *rows):
    preview = read_in(browser, workbook(HEADER, *rows))
    return browser.get(f"{preview.request.path}?{DUPLICATES}")


def names(session):
    return sorted(one.name for one in session.query(Institution))


def test_another_institution_keeps_the_licence_number_of_its_row(browser, session, first):
    page = page_of(browser, OTHER)

    page = say(browser, page, row_of(session), "另一家机构")
    browser.submit(page.request.path, form=CONFIRM)

    assert names(session) == sorted([OTHER[0], FIRST[0]])
    assert [paper.number for paper in one(session, name=OTHER[0]).licences] == [LICENCE]


def test_another_institution_of_the_same_credit_code_names_it_in_its_note(browser, session, first):
    page = page_of(browser, OTHER_OF_ITS_CODE)

    page = say(browser, page, row_of(session), "另一家机构")
    assert "信用代码记在霁甲艺术培训中心名下" in page.text
    browser.submit(page.request.path, form=CONFIRM)

    found = one(session, name=OTHER[0])
    assert found.uscc is None
    assert found.note == f"统一社会信用代码与“霁甲艺术培训中心”相同：{uscc(1)}"
    assert one(session, name=FIRST[0]).uscc == uscc(1)


def test_the_same_for_a_row_above(browser, session, county):
    page = page_of(browser, with_(FIRST, licence=""), OTHER_OF_ITS_CODE)

    page = say(browser, page, row_of(session, 3), "另一家机构")
    browser.submit(page.request.path, form=CONFIRM)

    assert one(session, name=FIRST[0]).uscc == uscc(1)
    assert "霁甲艺术培训中心" in one(session, name=OTHER[0]).note


def test_a_decision_taken_back_leaves_the_code_with_its_row(browser, session, first):
    page = page_of(browser, OTHER_OF_ITS_CODE)
    page = say(browser, page, row_of(session), "另一家机构")

    say(browser, page, row_of(session), "收回判断")

    row = row_of(session)
    assert row.outcome is DOUBT
    assert row.values["uscc"] == uscc(1)
    assert not [one for one in row.warnings if "信用代码记在" in str(one)]


def test_the_same_institution_after_all_is_changed(browser, session, first):
    page = page_of(browser, OTHER)

    page = say(browser, page, row_of(session), "同一家机构")
    browser.submit(page.request.path, form=CONFIRM)

    assert names(session) == [OTHER[0]]
