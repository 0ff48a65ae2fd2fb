"""The annual checks of a year, entered for many institutions on one page."""

from datetime import date

import pytest

from tests.factories.county import County
from tests.factories.registry import closed, institution, licence, licensed_institution
from tests.pages import filled_in
from tests.registry.test_licences import happen
from training_oversight import database
from training_oversight.errors import BadInput, NotFound, StaleForm, WrongState
from training_oversight.registry import queries, service
from training_oversight.registry.models import AnnualGrade, LicenceEventKind, LicenceType
from training_oversight.registry.service import Graded

TODAY = date(2026, 10, 15)
G = AnnualGrade


def enter(county, graded, *, year=2025, on_day=TODAY, by=None):
    by = by or county.officer()
    with database.transaction() as session:
        return service.grade_many(session, year, graded, on_day=on_day, by=by, today=TODAY)


def grades(session, record):
    session.expire_all()
    return {year: check.grade for year, check in queries.checks_by_year(record).items()}


def test_grades_of_many_are_entered_with_a_line_in_each_history(county, session):
    records = [licensed_institution(county) for _ in range(3)]

    count = enter(county, [Graded(one.id, G.PASSED) for one in records])

    assert count == 3
    assert [grades(session, one) for one in records] == [{2025: G.PASSED}] * 3
    event = queries.history(session, records[0])[0]
    assert (event.verb, event.subject_kind) == ("licence.annual_check", "licence")
    assert event.facts == {"on": "2026-10-15", "grade": "passed", "year": 2025, "until": None}


def test_a_grade_that_stands_is_not_entered_again(county, session):
    record = licensed_institution(county)
    enter(county, [Graded(record.id, G.PASSED)])
    seen = queries.checks_of(session, [record], 2025)[record.id].id

    assert enter(county, [Graded(record.id, G.PASSED, seen)]) == 0
    assert enter(county, [Graded(record.id, G.FAILED, seen)]) == 1
    assert grades(session, record) == {2025: G.FAILED}


def test_what_somebody_entered_meanwhile_refuses_the_whole_page(county, session):
    first, second = licensed_institution(county), licensed_institution(county)
    enter(county, [Graded(second.id, G.FAILED)])

    with pytest.raises(StaleForm):
        enter(county, [Graded(first.id, G.PASSED), Graded(second.id, G.PASSED, seen=0)])

    assert (grades(session, first), grades(session, second)) == ({}, {2025: G.FAILED})


def test_the_grade_goes_to_the_permit_that_runs_longest(county, session):
    record = institution(county)
    licence(county, record, valid_until=date(2027, 1, 1))
    longest = licence(county, record, valid_until=date(2029, 1, 1))
    licence(county, record, type=LicenceType.BUSINESS, valid_until=None)

    enter(county, [Graded(record.id, G.EXCELLENT)])

    session.expire_all()
    assert [one.grade for one in longest.events] == [G.EXCELLENT]


def test_without_a_permit_there_is_nothing_to_check(county):
    with pytest.raises(WrongState):
        enter(county, [Graded(institution(county).id, G.PASSED)])


def test_a_foreign_institution_is_not_found(county, session):
    foreign = licensed_institution(County(session, code="990202", name="临湖县"))

    with pytest.raises(NotFound):
        enter(county, [Graded(foreign.id, G.PASSED)])


@pytest.mark.parametrize(
    ("year", "on_day"), [(2027, TODAY), (1999, TODAY), (2025, date(2026, 10, 16))]
)
def test_years_and_days_that_cannot_be_are_refused(county, year, on_day):
    record = licensed_institution(county)

    with pytest.raises(BadInput):
        enter(county, [Graded(record.id, G.PASSED)], year=year, on_day=on_day)


# The page


def listed(page):
    return [link.text for link in page.soup.select("td a.first")]


def test_the_page_lists_the_live_institutions_with_a_permit(county, session, inspector):
    record = licensed_institution(county)
    institution(county)
    closed(licensed_institution(county), county)
    licensed_institution(County(session, code="990202", name="临湖县"))

    assert listed(inspector.get("/institutions/annual-checks/2025")) == [record.name]


def test_grades_are_chosen_row_by_row_and_saved_together(county, session, inspector):
    first, second, third = (licensed_institution(county) for _ in range(3))
    url = "/institutions/annual-checks/2025"

    page = inspector.submit(
        url, on_day="2026-9-30", **{f"grade-{first.id}": "passed", f"grade-{second.id}": "failed"}
    )

    assert "登记了2家的年检等次" in page.text
    assert grades(session, first) == {2025: G.PASSED}
    assert grades(session, second) == {2025: G.FAILED}
    assert grades(session, third) == {}
    assert "已登记2家，共3家" in page.text
    assert listed(inspector.get(url + "?open=1")) == [third.name]


def test_pressed_twice_they_are_entered_once(county, session, inspector):
    record, url = licensed_institution(county), "/institutions/annual-checks/2025"
    data = filled_in(inspector.get(url).soup.select_one("main form[method=post]"))

    for _ in range(2):
        inspector.post(
            url, data=data | {"on_day": "今天", f"grade-{record.id}": "passed"}, status=200
        )

    session.expire_all()
    assert len(record.licences[0].events) == 1


def test_a_refused_page_keeps_what_was_chosen(county, session, inspector):
    record, url = licensed_institution(county), "/institutions/annual-checks/2025"
    data = filled_in(inspector.get(url).soup.select_one("main form[method=post]"))
    enter(county, [Graded(record.id, G.FAILED)])

    page = inspector.post(
        url, data=data | {"on_day": "今天", f"grade-{record.id}": "excellent"}, status=409
    )

    assert record.name in page.soup.select_one(".error-summary").text
    chosen = page.soup.select_one(f'select[name="grade-{record.id}"] option[selected]')
    assert chosen["value"] == "excellent"
    assert "不合格" in page.soup.select_one("tbody").text


def test_an_impossible_day_comes_back_with_its_sentence(county, inspector):
    record = licensed_institution(county)

    page = inspector.submit(
        "/institutions/annual-checks/2025", 422,
        on_day="2026-10-16", **{f"grade-{record.id}": "passed"},
    )  # fmt: skip

    assert page.soup.select_one('.error-summary a[href="#on_day"]')


@pytest.mark.parametrize("year", [1999, 2027, 99999999])
def test_a_year_that_was_not_checked_has_no_page(inspector, year):
    inspector.get(f"/institutions/annual-checks/{year}", 404)


def test_what_is_checked_now_is_the_year_before(inspector):
    answer = inspector.get("/institutions/annual-checks", follow_redirects=True)

    assert answer.request.path == "/institutions/annual-checks/2025"


def test_a_long_list_is_turned_page_by_page(county, inspector):
    for _ in range(52):
        licensed_institution(county)

    page = inspector.get("/institutions/annual-checks/2025")
    rest = inspector.get(page.soup.select_one("a[rel=next]")["href"])

    assert (len(listed(page)), len(listed(rest))) == (50, 2)


def test_the_page_takes_the_same_statements_however_long(county, inspector, queries_of):
    def sent():
        inspector.get("/institutions/annual-checks/2025")
        with queries_of() as found:
            inspector.get("/institutions/annual-checks/2025")
        return len(found)

    happen(
        county, licensed_institution(county).licences[0], LicenceEventKind.ANNUAL_CHECK,
        year=2025, grade=G.PASSED, by=county.system,
    )  # fmt: skip
    few = sent()
    for _ in range(8):
        licensed_institution(county)

    assert sent() == few


def test_the_register_leads_to_the_annual_checks(inspector):
    page = inspector.get("/institutions")

    assert page.soup.select('a[href="/institutions/annual-checks"]')
