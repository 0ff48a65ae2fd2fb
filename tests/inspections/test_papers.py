"""The four papers of an inspection, filled in and blank."""

import pypdfium2
import pytest

from tests.factories.inspections import checklist, finding, visit
from training_oversight.accounts.permissions import Role
from training_oversight.inspections.printed import VisitPaper

TITLES = {
    VisitPaper.APPROVAL: "检查审批表",
    VisitPaper.NOTICE: "检查通知书",
    VisitPaper.MINUTES: "现场检查笔录",
    VisitPaper.RESULT: "检查结果告知书",
}


def words(browser, address):
    answer = browser.get(address)
    assert answer.mimetype == "application/pdf"
    pages = pypdfium2.PdfDocument(answer.data)
    text = "".join(page.get_textpage().get_text_range() for page in pages)
    return text.replace("\r\n", "").replace("\n", "")


@pytest.fixture
def done(county):
    one = visit(county, checklist=checklist(county), purpose="收费专项核查",
                representative="陈某", unanswered_reason="只看收费")  # fmt: skip
    finding(county, one)
    return one


@pytest.mark.parametrize("paper", VisitPaper)
def test_each_paper_is_printed_as_recorded_and_blank(head, done, paper):
    filled = words(head, f"/visits/{done.id}/{paper}.pdf")
    blank = words(head, f"/visits/{done.id}/{paper}.pdf?blank=1")

    assert TITLES[paper] in filled
    assert TITLES[paper] in blank
    assert done.institution.name in blank
    assert done.officers[0].name in filled
    assert done.officers[0].name not in blank
    assert "陈某" not in blank


def test_the_result_says_what_was_found_and_concludes_nothing(head, done, county):
    clean = visit(county)

    assert "半年卡" in words(head, f"/visits/{done.id}/result.pdf")
    assert "半年卡" not in words(head, f"/visits/{done.id}/result.pdf?blank=1")
    assert "没有记录问题" in words(head, f"/visits/{clean.id}/result.pdf")
    assert "没有记录问题" not in words(head, f"/visits/{clean.id}/result.pdf?blank=1")


def test_the_record_leads_to_all_of_them(head, done):
    page = head.get(f"/visits/{done.id}")

    links = {a["href"] for a in page.soup.select("a[href*='.pdf']")}
    for paper in VisitPaper:
        assert {f"/visits/{done.id}/{paper}.pdf", f"/visits/{done.id}/{paper}.pdf?blank=1"} <= links


def test_there_is_no_other_paper_and_none_for_others(head, client_as, county, done):
    head.get(f"/visits/{done.id}/verdict.pdf", status=404)
    client_as(county.officer(Role.HOTLINE)).get(f"/visits/{done.id}/notice.pdf", status=403)
