"""A notice as it is read: printed, listed, and waiting for each officer."""

import io
import re

import pypdfium2
import pytest

from tests.factories import notices, registry
from tests.factories.notices import page_of
from tests.factories.papers import word_file
from tests.pages import links
from training_oversight.accounts.permissions import Role
from training_oversight.notices import queries

RARE = "㛃龑祎珺堃"


def text_of(pdf):
    pages = pypdfium2.PdfDocument(io.BytesIO(pdf))
    return re.sub(r"\s", "", "".join(p.get_textpage().get_text_range() for p in pages))


def test_the_pdf_says_what_was_typed_rare_names_included(client_as, county):
    place = registry.institution(county, name=f"{RARE}艺术培训学校", responsible_person=RARE)
    notice = notices.draft(county, institution=place)
    browser = client_as(notice.drafted_by)

    before = text_of(browser.get(page_of(notice, "/notice.pdf")).data)
    notices.approved(county, notices.submitted(county, notice))
    after = text_of(browser.get(page_of(notice, "/notice.pdf")).data)

    assert "拟稿" in before
    for words in (f"{RARE}艺术培训学校", "澄教责改〔2026〕1号", "搬离器材柜", "15个工作日内"):
        assert words in after
    assert RARE in after


def test_who_may_see_the_paper_may_have_it_as_a_word_file(client_as, county):
    notice = notices.approved(county)
    browser = client_as(county.officer(Role.OBSERVER))

    page = browser.get(page_of(notice))
    answer = browser.get(page_of(notice, "/notice.docx"))

    assert {page_of(notice, "/notice.docx"), page_of(notice, "/receipt.docx")} <= set(links(page))
    assert "attachment" in answer.headers["Content-Disposition"]
    document = word_file(answer.data)
    assert notice.number in [one.text for one in document.paragraphs]
    assert browser.get(page_of(notice, "/receipt.docx")).data.startswith(b"PK")


def test_a_draft_marks_what_no_font_has_and_says_that_it_is_one(client_as, county):
    notice = notices.draft(county)
    notices.rewritten(county, notice, recipient_name="李\ue000棋院")
    browser = client_as(notice.drafted_by)

    pdf = text_of(browser.get(page_of(notice, "/notice.pdf")).data)
    document = word_file(browser.get(page_of(notice, "/notice.docx")).data)

    assert "李〓棋院" in pdf
    assert "当事人：李〓棋院" in [one.text for one in document.paragraphs]
    assert document.sections[0].header.paragraphs[0].text.startswith("拟稿")


def test_the_pdf_stays_after_the_institution_is_renamed(client_as, county):
    from training_oversight import database

    place = registry.institution(county, name="明径艺术培训学校")
    notice = notices.approved(county, institution=place)
    browser = client_as(notice.drafted_by)
    before = browser.get(page_of(notice, "/notice.pdf")).data
    with database.transaction():
        place.name = "换名培训中心"

    after = browser.get(page_of(notice, "/notice.pdf")).data

    assert after == before


def test_the_proof_of_service_prints_blank_and_filled_in(client_as, county):
    notice = notices.approved(county)
    browser = client_as(county.officer())

    blank = text_of(browser.get(page_of(notice, "/receipt.pdf")).data)
    notices.served(county, notice)
    filled = text_of(browser.get(page_of(notice, "/receipt.pdf")).data)

    assert "许芸" not in blank
    assert "☑直接送达" in filled
    assert "许芸" in filled


def test_a_foreign_county_has_no_such_notice(client_as, county):
    notice = notices.approved(county)
    elsewhere = client_as(county.officer(division=county.townships[2]))

    for step in ("", "/edit", "/approve", "/serve", "/withdraw", "/notice.pdf", "/receipt.docx"):
        answer = elsewhere.get(page_of(notice, step), None)

        assert answer.status_code in (403, 404), step


def test_a_reader_sees_notices_and_no_buttons(client_as, county):
    notice = notices.approved(county)

    page = client_as(county.officer(Role.OBSERVER)).get(page_of(notice))

    assert not page.soup.select(".moves .button")
    assert not [url for url in links(page) if url.endswith(("/serve", "/failed", "/withdraw"))]


@pytest.mark.parametrize("made", ["draft", "submitted", "approved", "served"])
@pytest.mark.parametrize("role", [Role.INSPECTOR, Role.SECTION_HEAD, Role.LEADER, Role.PUBLISHER])
def test_every_button_of_the_record_opens(client_as, county, made, role):
    notice = getattr(notices, made)(county)
    browser = client_as(county.officer(role))

    for button in browser.get(page_of(notice)).soup.select(".moves a.button"):
        assert browser.get(button["href"], 200)


def test_the_list_filters_and_counts(client_as, county):
    notices.approved(county, type="stop")
    notices.draft(county)
    browser = client_as(county.officer())

    everything = browser.get("/notices")
    stops = browser.get("/notices?type=stop")
    found = browser.get("/notices?q=停办〔2026〕1号")
    nothing = browser.get("/notices?view=ended")

    assert len(everything.soup.select("tbody tr")) == 2
    assert len(stops.soup.select("tbody tr")) == 1
    assert len(found.soup.select("tbody tr")) == 1
    assert nothing.soup.select_one(".empty")


def test_the_list_sends_the_same_number_of_queries_for_many(client_as, county, queries_of):
    notices.served(county)
    browser = client_as(county.officer())
    with queries_of() as few:
        browser.get("/notices")
    for _ in range(4):
        notices.served(county)
    notices.approved(county)

    with queries_of() as many:
        browser.get("/notices")

    assert len(many) == len(few)


def test_the_record_sends_the_same_number_of_queries_for_many_items(client_as, county, queries_of):
    one, many = notices.served(county), notices.served(county, count=4)
    browser = client_as(county.officer())
    browser.get(page_of(one))
    with queries_of() as few:
        browser.get(page_of(one))

    with queries_of() as more:
        browser.get(page_of(many))

    assert len(more) == len(few)


def test_what_waits_is_each_officers_own(county):
    head = county.officer(Role.SECTION_HEAD)
    mine, other = county.officer(), county.officer()
    to_approve = notices.submitted(county, by=mine)
    to_serve = notices.approved(county, by=mine, head=head)
    session = county.session

    found = [
        session.scalars(queries.listed(one.scope).where(queries.waiting_for(one))).all()
        for one in (head, mine, other)
    ]

    assert found == [[to_approve], [to_serve], []]


def test_an_item_on_its_way_says_whose_step_is_next(app, county):
    from training_oversight.web.contributions import contributions

    head = county.officer(Role.SECTION_HEAD)
    notice = notices.submitted(county)
    key = notice.entries[0].item_id

    with app.test_request_context():
        found = contributions(app).steps_of("items", county.session, head, [key], county.today)
        theirs = contributions(app).steps_of(
            "items", county.session, notice.drafted_by, [key], county.today
        )

    assert str(found[key].label) == "审批签发"
    assert found[key].url.endswith(f"/notices/{notice.id}/approve")
    assert not theirs[key].mine
    assert theirs[key].url is None


def test_the_ledger_lists_an_item_whose_notice_is_approved_or_announced(client_as, county):
    officer = county.officer()
    approved = notices.approved(county, by=officer)
    announced = notices.approved(county, by=officer)
    notices.announced(county, announced, by=officer)
    names = [one.institution.name for one in (approved, announced)]
    browser = client_as(officer)
    # The list reads them itself, as a request does.
    for one in (approved, announced):
        county.session.expunge(one)

    page = browser.get("/items?view=all").text

    assert all(name in page for name in names)
    assert "公告" in page


def test_drafts_have_a_tab(county, client_as):
    draft = notices.draft(county)
    notices.approved(county)

    page = client_as(county.officer()).get("/notices?view=drafts")

    links = [one["href"] for one in page.soup.select("tbody a[href^='/notices/']")]
    assert set(links) <= {f"/notices/{draft.id}", f"/notices/{draft.id}/edit"}
    assert links
