"""The rule of thumb by papers held, line by line, and what of it stands on the page."""

from datetime import date

import pytest

from tests.factories import ledger
from tests.factories.registry import confirmed, credit_code, institution, licence
from tests.registry.test_licences import happen
from training_oversight.registry import suggestion
from training_oversight.registry.models import AnnualGrade, LicenceEventKind, LicenceType
from training_oversight.registry.suggestion import Facts, Problems

STOP, APPLY = "停止培训、妥善安置学生", "有照无证：不得面向中小学生培训"
FIND_OUT = "许可证未登记：先查清有没有"
RECTIFY, HAZARD = "责令限期整改", "有严重安全隐患"
NO_ENROLMENT, MADE_UP, WHERE = "不得招生", "督促补检", "核实在哪里登记"
NOTHING = "没有未销号问题"
OPEN, GRAVE = Problems(open=2, overdue=1), Problems(open=1, hazards=["安全出口被堵"])

# permit, registration, problems, last grade -> what is suggested, in this order
TABLE = [
    (False, False, Problems(), None, [STOP]),
    (False, False, OPEN, None, [STOP]),
    (False, False, GRAVE, None, [HAZARD, STOP]),
    (False, True, Problems(), None, [APPLY]),
    (False, True, OPEN, None, [APPLY]),
    (False, True, GRAVE, None, [HAZARD, APPLY]),
    (True, True, Problems(), None, [NOTHING]),
    (True, True, OPEN, None, [RECTIFY]),
    (True, True, GRAVE, None, [HAZARD, RECTIFY]),
    (True, True, Problems(), AnnualGrade.FAILED, [NO_ENROLMENT]),
    (True, True, OPEN, AnnualGrade.FAILED, [RECTIFY, NO_ENROLMENT]),
    (True, True, Problems(), AnnualGrade.ABSENT, [MADE_UP]),
    (True, True, Problems(), AnnualGrade.PASSED, [NOTHING]),
    (True, False, Problems(), None, [WHERE]),
    (True, False, OPEN, None, [RECTIFY, WHERE]),
    # Without a permit there is nothing that an annual check could be passed for.
    (False, True, Problems(), AnnualGrade.FAILED, [APPLY]),
]


@pytest.mark.parametrize(("permit", "registered", "problems", "grade", "expected"), TABLE)
def test_what_is_suggested_follows_the_papers_and_the_problems(
    permit, registered, problems, grade, expected
):
    facts = Facts(permit, registered, problems, grade, without_permit=not permit)
    said = [str(line) for line in suggestion.advice(facts)]

    assert len(said) == len(expected)
    assert all(words in line for words, line in zip(expected, said, strict=True))


def test_the_reasons_name_what_it_rests_on():
    facts = Facts(True, False, GRAVE, AnnualGrade.FAILED)

    said = "；".join(str(line) for line in suggestion.reasons(facts))

    assert said == (
        "许可证今天有效；未登记营业执照或法人登记证；未销号问题1项；"
        "严重安全隐患：安全出口被堵；最近一次年检不合格"
    )


def suggested(browser, record):
    return browser.get(f"/institutions/{record.id}").soup.select_one("#suggestion").text


def test_what_no_list_says_is_asked_and_not_answered():
    """No number in a list is no statement: nothing is advised before it is known."""
    facts = Facts(permit=False, registered=False)

    [advice] = suggestion.advice(facts)

    assert FIND_OUT in str(advice)


def test_once_an_officer_has_confirmed_it_the_advice_follows(county, inspector):
    record = institution(county)

    confirmed(county, record)

    assert STOP in suggested(inspector, record)


@pytest.mark.parametrize(
    ("papers", "expected"),
    [
        ([], FIND_OUT),
        ([LicenceType.BUSINESS], FIND_OUT),
        ([LicenceType.NON_ENTERPRISE], FIND_OUT),
        ([LicenceType.SCHOOL], WHERE),
        ([LicenceType.TRAINING, LicenceType.BUSINESS], NOTHING),
    ],
)
def test_the_page_suggests_by_the_papers_on_file(county, inspector, papers, expected):
    record = institution(county)
    for one in papers:
        licence(county, record, type=one)

    assert expected in suggested(inspector, record)


def test_a_credit_code_speaks_for_a_registration_while_no_paper_speaks_otherwise(county, inspector):
    record = institution(county, uscc=credit_code(7))
    confirmed(county, record)
    assert APPLY in suggested(inspector, record)

    happen(county, licence(county, record, type=LicenceType.BUSINESS), LicenceEventKind.REVOKED)

    assert STOP in suggested(inspector, record)


def test_a_suspended_permit_is_no_permit(county, inspector):
    record = institution(county)
    happen(county, licence(county, record), LicenceEventKind.SUSPENDED)

    assert STOP in suggested(inspector, record)


def test_a_grave_safety_problem_on_the_ledger_is_said_first_and_by_name(county, inspector):
    record = institution(county)
    licence(county, record)
    ledger.item(county, record)

    said = suggested(inspector, record)

    assert said.index(HAZARD) < said.index(RECTIFY)
    assert "严重安全隐患：安全出口被器材柜堵塞" in said


@pytest.mark.parametrize("type", ["fees", "unlicensed", "premises"])
def test_other_problems_are_no_safety_hazard(county, inspector, type):
    record = institution(county)
    licence(county, record)
    ledger.item(county, record, type=type)

    assert HAZARD not in suggested(inspector, record)


def test_a_problem_that_is_written_off_is_no_reason_any_more(county, inspector):
    record = institution(county)
    licence(county, record)
    ledger.closed(county, ledger.verified(county, ledger.applied(county, place=record)))

    assert HAZARD not in suggested(inspector, record)


def test_the_suggestion_changes_nothing(county, inspector):
    record = institution(county)
    ledger.item(county, record)
    version = record.version

    suggested(inspector, record)

    county.session.refresh(record)
    assert (record.version, record.state) == (version, "operating")


def test_of_the_annual_checks_the_last_year_counts(county, inspector):
    record = institution(county)
    paper = licence(county, record)
    for year, grade in ((2024, AnnualGrade.FAILED), (2025, AnnualGrade.PASSED)):
        happen(county, paper, LicenceEventKind.ANNUAL_CHECK, year=year, grade=grade)

    assert NO_ENROLMENT not in suggested(inspector, record)

    happen(
        county, paper, LicenceEventKind.ANNUAL_CHECK, year=2025, grade=AnnualGrade.FAILED,
        on_day=date(2026, 10, 1),
    )  # fmt: skip
    page = inspector.get(f"/institutions/{record.id}")
    assert NO_ENROLMENT in page.soup.select_one("#suggestion").text
    assert "2025年年检不合格" in page.soup.select_one(".head").text
