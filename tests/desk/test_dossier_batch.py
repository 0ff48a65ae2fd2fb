"""打印全档: the whole files of several institutions in one act, for who may take them out."""

import io
import zipfile

import pypdfium2
import pytest
import sqlalchemy as sa

from tests.factories import errands, inspections, registry
from tests.factories.county import County
from tests.pages import filled_in
from training_oversight import database
from training_oversight.accounts import service as accounts
from training_oversight.accounts.permissions import Role
from training_oversight.audit.models import Event
from training_oversight.desk.dossier import batch
from training_oversight.errands import presenting
from training_oversight.errands.models import Errand
from training_oversight.errands.workflow import ErrandState
from training_oversight.registry.models import Institution

PAGE = "/institutions/dossiers"


@pytest.fixture
def places(county):
    return [registry.institution(county, name=name) for name in ("乙画室", "甲画室")]


def choose(browser, places, **options):
    """Send the list's own form: the boxes, and nothing of this page."""
    return browser.post(PAGE, data={"id": [one.id for one in places]}, **options)


def confirm(browser, places, **options):
    """Press the button of the page, as a browser would."""
    form = choose(browser, places).soup.select_one("main form")
    return browser.post(PAGE, data=filled_in(form), **options)


def printed(app, session, browser, places):
    """The errand that came of it, carried out."""
    confirm(browser, places, status=200)
    errands.run_all(app)
    return errands.as_it_is(session, session.scalars(sa.select(Errand)).one())


def fetched(browser, errand, status=200):
    return browser.get(f"/errands/{errand.id}/file", status=status, buffered=True)


def papers(answer):
    """Name in the archive -> the text of its paper."""
    with zipfile.ZipFile(io.BytesIO(answer.data)) as archive:
        return {name: text_of(archive.read(name)) for name in archive.namelist()}


def text_of(pdf):
    document = pypdfium2.PdfDocument(pdf)
    text = "".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    return text.replace("\r\n", "").replace("\n", "")


def prints_of(session, place):
    return session.scalars(
        sa.select(Event).where(
            Event.verb == "dossier.printed",
            Event.subject_kind == "institution",
            Event.subject_id == place.id,
        )
    ).all()


def test_the_list_offers_it_and_the_page_says_what_will_be_printed(client_as, county, places):
    browser = client_as(county.officer())

    offered = browser.get("/institutions").soup.select_one(f"button[formaction='{PAGE}']")
    page = choose(browser, places, status=200)

    assert offered.text == "打印全档"
    assert page.soup.h1.text.strip() == "打印2家机构的全档"
    assert page.text.index("甲画室") < page.text.index("乙画室")


def test_one_paper_for_each_in_the_lists_order(app, session, client_as, county, places):
    browser = client_as(county.officer())

    errand = printed(app, session, browser, places)
    made = papers(fetched(browser, errand))

    assert str(presenting.sentence(errand)) == "已印2家机构的全档。"
    assert errand.file_name == "一机构一档 2家 2026年10月15日.zip"
    assert list(made) == ["001 甲画室.pdf", "002 乙画室.pdf"]
    assert "甲画室" in made["001 甲画室.pdf"]


def test_each_institutions_history_says_who_printed_it(app, session, client_as, county, places):
    officer, left_out = county.officer(), registry.institution(county)

    printed(app, session, client_as(officer), places)

    assert [prints_of(session, one)[0].actor_id for one in places] == [officer.id] * 2
    assert not prints_of(session, left_out)


def test_nothing_is_printed_before_it_is_confirmed(app, session, client_as, county, places):
    choose(client_as(county.officer()), places)

    assert errands.run_all(app) == 0
    assert not prints_of(session, places[0])


def test_pressed_twice_it_is_printed_once(app, session, client_as, county, places):
    browser = client_as(county.officer())
    sent = filled_in(choose(browser, places).soup.select_one("main form"))

    browser.post(PAGE, data=sent, status=200)
    again = browser.post(PAGE, data=sent, status=200)

    assert session.scalar(sa.select(sa.func.count()).select_from(Errand)) == 1
    assert "/errands/" in again.request.path


def test_too_many_are_refused_with_what_to_do(monkeypatch, session, client_as, county, places):
    monkeypatch.setattr(batch, "MOST", 1)

    page = choose(client_as(county.officer()), places, status=422)

    assert "一次最多打印1家的全档，选了2家" in page.text
    assert not page.soup.select("main form")


def test_parts_that_the_officer_may_not_see_are_not_in_it(app, session, client_as, county, places):
    inspections.visit(county, places[0])
    # A leader sees everything; a role that may export but sees no visits is made here.
    batch_params = batch.params(county.officer(Role.HOTLINE), [places[0].id])
    leader = county.officer(Role.LEADER)
    errands.asked(batch.DOSSIERS, by=leader, **batch_params)
    errands.run_all(app)
    errand = session.scalars(sa.select(Errand)).one()

    (text,) = papers(fetched(client_as(leader), errand)).values()

    assert "问题台账" in text
    assert "文书" not in text


def test_who_lost_a_right_meanwhile_does_not_get_it_printed(
    app, session, client_as, county, places
):
    officer = county.officer(Role.LEADER)
    confirm(client_as(officer), places)
    with database.transaction() as writing:
        accounts.change(writing, officer, roles=[Role.HOTLINE], by=county.system)
    errands.run_all(app)

    errand = session.scalars(sa.select(Errand)).one()

    assert errand.state is ErrandState.FAILED
    assert not prints_of(session, places[0])


def test_who_lost_a_right_afterwards_does_not_fetch_it(app, session, client_as, county, places):
    officer = county.officer(Role.LEADER)
    browser = client_as(officer)
    errand = printed(app, session, browser, places)
    with database.transaction() as writing:
        accounts.change(writing, officer, roles=[Role.HOTLINE], by=county.system)

    fetched(browser, errand, status=403)


@pytest.mark.parametrize("role", [Role.HOTLINE, Role.OBSERVER, Role.PUBLISHER])
def test_who_may_not_export_is_not_offered_it(client_as, county, places, role):
    browser = client_as(county.officer(role))

    assert "打印全档" not in browser.get("/institutions").text
    choose(browser, places, status=403)


def test_another_countys_institutions_are_left_out(app, session, client_as, county, places):
    stranger = client_as(County(session, code="990202", name="临江县").officer())

    page = choose(stranger, places, status=200)

    assert "甲画室" not in page.text
    assert "没有选中机构" in page.text


def test_one_that_moved_away_meanwhile_is_left_out_and_said(
    app, session, client_as, county, places
):
    browser = client_as(county.officer())
    confirm(browser, places)
    with database.transaction() as writing:
        moved = writing.merge(places[0])
        moved.withdrawn = True
    errands.run_all(app)

    errand = session.scalars(sa.select(Errand)).one()

    assert list(papers(fetched(browser, errand))) == ["001 甲画室.pdf"]
    assert "另有1家" in str(presenting.sentence(errand))


def test_a_name_that_no_font_has_is_printed_with_a_mark(app, session, client_as, county, places):
    registry.institution(county, name="\U0001f600画室")
    everything = session.scalars(sa.select(Institution)).all()
    browser = client_as(county.officer())

    errand = printed(app, session, browser, everything)

    assert len(papers(fetched(browser, errand))) == len(everything)


def test_names_are_fit_for_a_folder_and_never_alike(app, session, client_as, county):
    same = [registry.institution(county, name="甲/乙：画室?") for _ in range(2)]
    browser = client_as(county.officer())

    made = papers(fetched(browser, printed(app, session, browser, same)))

    assert list(made) == ["001 甲_乙：画室_.pdf", "002 甲_乙：画室_.pdf"]
