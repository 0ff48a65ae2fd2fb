"""一机构一档: all that any area knows of one institution, on a page and on paper."""

from datetime import date

import pypdfium2
import pytest
import sqlalchemy as sa

from tests.factories import enforcement, inspections, ledger, notices, registry
from tests.factories.county import County
from training_oversight import database
from training_oversight.accounts.permissions import Role
from training_oversight.audit.models import Event
from training_oversight.registry import service
from training_oversight.registry.models import LicenceType


@pytest.fixture
def place(county):
    return registry.licensed_institution(county, name="启明星培训中心", phone="13809901234")


def page_of(place):
    return f"/institutions/{place.id}/dossier"


def happened(county, place, times):
    """So many of everything."""
    for _ in range(times):
        registry.licence(county, place, type=LicenceType.FIRE)
        inspections.visit(county, place)
        ledger.closed(county, place=place)
        notices.served(county, notices.approved(county, institution=place))


def text_of(pdf):
    document = pypdfium2.PdfDocument(pdf)
    text = "".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    return text.replace("\r\n", "").replace("\n", "")


def heads(page):
    return {section["id"]: section for section in page.soup.select("section.part")}


def test_every_part_is_there_with_its_rows(client_as, county, place):
    happened(county, place, 1)
    case = enforcement.case_by_hand(county, place)

    page = client_as(county.officer()).get(page_of(place))

    parts = heads(page)
    assert set(parts) >= {"facts", "licences", "visits", "items", "notices", "cases", "history"}
    assert case.number in parts["cases"].text
    assert "已销号" in parts["items"].text
    assert len(parts["licences"].select("tbody tr")) == 2


def test_the_number_of_queries_does_not_grow(client_as, county, place, queries_of, session):
    browser, url = client_as(county.officer()), page_of(place)

    def asked():
        session.expire_all()
        with queries_of() as sent:
            browser.get(url)
        return len(sent)

    happened(county, place, 1)
    enforcement.case_by_hand(county, place)
    asked()  # The first request of a session also notes that it lives.
    few = asked()
    happened(county, place, 4)

    assert asked() == few


def test_the_paper_says_what_the_page_says_in_order(client_as, county, place):
    happened(county, place, 1)

    answer = client_as(county.officer()).get(f"{page_of(place)}.pdf")

    text = text_of(answer.data)
    assert answer.mimetype == "application/pdf"
    words = [
        "澄江县教育局",
        "一机构一档",
        "启明星培训中心",
        "证照",
        "检查",
        "问题台账",
        "文书",
        "经过",
    ]
    places = [text.index(word) for word in words]
    assert places == sorted(places)


def test_a_name_that_no_font_has_does_not_keep_the_file_from_being_printed(client_as, county):
    place = registry.institution(county, name="星屿\U0001f3a8画\u200b室", aliases=["\U0001f3a8"])

    answer = client_as(county.officer()).get(f"{page_of(place)}.pdf")

    assert "星屿〓画室" in text_of(answer.data)


def test_that_somebody_printed_it_stays_in_the_history(client_as, county, place, session):
    officer = county.officer()
    client_as(officer).get(f"{page_of(place)}.pdf")

    event = session.scalars(sa.select(Event).where(Event.verb == "dossier.printed")).one()
    assert (event.subject_id, event.actor_id) == (place.id, officer.id)


def test_a_telephone_is_masked_on_page_and_paper(client_as, county, place):
    browser = client_as(county.officer())

    page, paper = browser.get(page_of(place)), browser.get(f"{page_of(place)}.pdf")

    assert "138****1234" in page.text
    assert "13809901234" not in page.text
    assert "13809901234" not in text_of(paper.data)


def test_a_role_sees_only_the_parts_that_it_may(client_as, county, place):
    happened(county, place, 1)

    parts = heads(client_as(county.officer(Role.HOTLINE)).get(page_of(place)))

    assert "items" in parts
    assert "notices" not in parts
    assert "visits" not in parts


def test_another_county_finds_nothing(client_as, session, place):
    stranger = client_as(County(session, code="990202", name="临江县").officer())

    stranger.get(page_of(place), status=404)
    stranger.get(f"{page_of(place)}.pdf", status=404)


def test_a_rare_name_is_printed_whole(client_as, county):
    place = registry.institution(county, name="龑祎珺书画院")

    paper = client_as(county.officer()).get(f"{page_of(place)}.pdf")

    assert "龑祎珺书画院" in text_of(paper.data)


def test_the_history_says_on_which_day_it_was_to_end_and_what_became_of_it(
    client_as, county, place
):
    officer = county.officer()
    with database.transaction() as session:
        service.announce_end(
            session, place, announced_on=county.today, ending_on=date(2027, 6, 1),
            reason="举办者决定", by=officer, today=county.today, version=None,
        )  # fmt: skip

    row = heads(client_as(officer).get(page_of(place)))["history"].select_one("tbody tr")

    assert "拟终止日期：2027年6月1日" in row.text
    assert "举办者决定" in row.text
