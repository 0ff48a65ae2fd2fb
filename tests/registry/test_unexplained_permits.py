"""A permit of a subject institution since 2022 needs a reason, also if the kind came later."""

from datetime import date

import pytest

from tests.factories.registry import institution, licence
from tests.registry.test_licences import happen
from training_oversight import database
from training_oversight.registry import queries
from training_oversight.registry.models import Institution, LicenceEventKind, LicenceType

LATE = date(2024, 5, 1)


def of_kind(record, code):
    with database.transaction() as session:
        session.get_one(Institution, record.id).kind_code = code
    return record


@pytest.mark.parametrize(
    ("kind", "permit", "expected"),
    [
        ("subject", {"issued_on": LATE}, True),
        ("subject", {"issued_on": None}, True),
        ("subject", {"issued_on": date(2021, 12, 31)}, False),
        ("subject", {"issued_on": date(2022, 1, 1)}, True),
        ("subject", {"issued_on": LATE, "exception_reason": "市局批复"}, False),
        ("subject", {"issued_on": LATE, "type": LicenceType.FOOD}, False),
        ("arts", {"issued_on": LATE}, False),
        (None, {"issued_on": LATE}, False),
    ],
)
def test_records_and_rows_agree_on_what_lacks_its_reason(county, session, kind, permit, expected):
    record = institution(county, kind_code="arts")
    paper = licence(county, record, **permit)
    of_kind(record, kind)

    found = session.query(Institution).where(queries.unexplained()).all()

    assert queries.is_unexplained(paper, record.kind_code) is expected
    assert found == ([record] if expected else [])


def test_an_ended_permit_needs_none_any_more(county, session):
    record = institution(county, kind_code="arts")
    paper = licence(county, record, issued_on=LATE)
    of_kind(record, "subject")
    happen(county, paper, LicenceEventKind.CANCELLED, by=county.system)

    assert not queries.is_unexplained(paper, record.kind_code)
    assert session.query(Institution).where(queries.unexplained()).all() == []


def test_a_kind_that_is_changed_later_marks_the_permit_and_leads_to_where_it_is_explained(
    county, client_as
):
    record = institution(county, kind_code="arts")
    licence(county, record, issued_on=LATE)
    browser = client_as(county.officer())

    page = browser.submit(f"/institutions/{record.id}/edit", kind_code="subject")

    assert "没有说明由来" in page.soup.select_one("#papers").text
    gap = next(row for row in page.soup.select(".side-rows div") if "没有说明由来" in row.text)
    link = gap.a["href"].split("#")[0]
    page = browser.submit(link, exception_reason="市局批复〔2024〕3号")
    assert "例外" in page.soup.select_one("#papers").text
    assert "没有说明由来" not in page.text
