"""Large exports: asked for on the page, written as an errand, fetched by who may have them."""

import pytest
import sqlalchemy as sa

from tests.exports.test_export_pages import EXPORT, FORM, exported, table
from tests.factories import errands, exports, registry
from training_oversight import database
from training_oversight.accounts import service as accounts
from training_oversight.accounts.permissions import Role
from training_oversight.errands import presenting
from training_oversight.errands.models import Errand
from training_oversight.errands.workflow import ErrandState
from training_oversight.exports.errand import MOST_AT_ONCE


@pytest.fixture
def large(county):
    exports.crowd(county, MOST_AT_ONCE + 1)
    registry.institution(county, name="乙画室", division=county.townships[1], phone="13809900001")


def asked(browser, session, page=EXPORT, **answers):
    """Ask for a large file; the errand's page and the errand."""
    answer = browser.submit(page, form=FORM, **answers)
    return answer, session.scalars(sa.select(Errand).order_by(Errand.id.desc())).first()


def test_a_large_file_is_written_in_the_background_and_fetched(
    app, session, county, client_as, large
):
    browser = client_as(county.officer())

    page, errand = asked(browser, session, fields=["phone"])
    errands.run_all(app)
    errand = errands.as_it_is(session, errand)
    rows = table(browser.get(f"/errands/{errand.id}/file", buffered=True))

    assert page.request.path == f"/errands/{errand.id}"
    assert errand.state is ErrandState.DONE
    assert (errand.done, errand.total) == (MOST_AT_ONCE + 2,) * 2
    assert len(rows) == MOST_AT_ONCE + 3
    assert [row[0] for row in rows[1:3]] == ["星屿第0分部", "星屿第1分部"]
    assert rows[-1] == ["乙画室", "13809900001", "正常"]
    assert exported(session)[0].facts["rows"] == MOST_AT_ONCE + 2
    assert str(presenting.sentence(errand)) == "台账已生成，共2,002家机构。"
    assert errand.file_name == "机构台账2026年10月15日.xlsx"


def test_in_the_background_the_lists_filters_hold_too(app, session, county, client_as, large):
    browser = client_as(county.officer())
    town = county.townships[0].id

    _, errand = asked(browser, session, f"{EXPORT}?township={town}&q=星屿", layout="platform")
    errands.run_all(app)

    assert errands.as_it_is(session, errand).total == MOST_AT_ONCE + 1
    assert exported(session)[0].facts["filter"] == "视图：全部；乡镇街道：文澜街道；查询：星屿"


def test_who_lost_the_right_to_telephones_gets_no_file_with_them(
    app, session, county, client_as, large
):
    officer = county.officer()
    _, errand = asked(client_as(officer), session, fields=["phone"])
    with database.transaction() as writing:
        accounts.change(writing, officer, roles=[Role.LEADER], by=county.system)

    errands.run_all(app)

    assert errands.as_it_is(session, errand).state is ErrandState.FAILED
    assert exported(session) == []


def test_a_leader_fetches_a_colleagues_file_only_without_telephones(
    app, session, county, client_as, large
):
    browser, leader = client_as(county.officer()), client_as(county.officer(Role.LEADER))
    _, personal = asked(browser, session, fields=["phone"])
    _, plain = asked(browser, session, fields=["organiser"])
    errands.run_all(app)

    leader.get(f"/errands/{personal.id}/file", 404)
    leader.get(f"/errands/{plain.id}/file", 200, buffered=True)


def test_a_large_file_is_not_made_while_the_browser_waits(county, client_as, session, large):
    page = client_as(county.officer()).get(f"{EXPORT}/file?view=live", follow_redirects=True)

    assert page.request.path == EXPORT
    assert page.request.args["view"] == "live"
    assert page.soup.select_one(FORM)["method"] == "post"
    assert exported(session) == []


def test_my_last_exports_stand_on_the_page(session, county, client_as, large):
    browser = client_as(county.officer())

    _, errand = asked(browser, session)

    page = browser.get(EXPORT)
    assert page.soup.select_one(f'main a[href="/errands/{errand.id}"]')
    assert "正在排队" in page.soup.select_one("main").text
