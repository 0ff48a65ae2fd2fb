"""A licence that comes to its end waits on the worklist until somebody says what was done."""

from datetime import date

import pytest
import sqlalchemy as sa

from tests.factories.county import County
from tests.factories.registry import closed, institution
from tests.pages import filled_in
from tests.registry.test_licences import happen
from tests.registry.test_warnings import TODAY, K, days, paper
from training_oversight import clock, database
from training_oversight.accounts.permissions import Role
from training_oversight.audit import Event
from training_oversight.registry import jobs, queries, service
from training_oversight.registry.models import LicenceWarning

# The worklist


ROWS = "table.ledger tbody tr:not(.group):not(.more)"


def waiting(browser):
    return [
        (row.select_one(".verb").text, row.select_one(".s-wide .first").text)
        for row in browser.get("/desk").soup.select(ROWS)
    ]


SOON = TODAY + days(20)


def warned(county, officer=None, until=SOON, **values):
    record = institution(county, officer_in_charge_id=officer.id if officer else None, **values)
    paper(county, until, record)
    jobs.warn_of_licences(TODAY)
    return record


STEP = "处理到期证照"


def test_it_waits_for_the_officer_in_charge_and_is_counted_beside_the_register(county, client_as):
    officer, colleague = county.officer(), county.officer()
    record = warned(county, officer)

    page = client_as(officer).get("/desk")

    assert waiting(client_as(officer)) == [(STEP, record.name)]
    assert waiting(client_as(colleague)) == []
    count = page.soup.select_one('.sidenav a[href="/institutions"] + .count')
    assert count.text == "1"
    assert "11月4日" in page.soup.select_one(ROWS).text


def test_it_follows_when_another_officer_takes_charge(county, client_as):
    before, after = county.officer(), county.officer()
    record = warned(county, before)

    with database.transaction() as session:
        service.assign_officer(session, record, officer=after, by=county.system)

    assert waiting(client_as(before)) == []
    assert waiting(client_as(after)) == [(STEP, record.name)]


def test_with_nobody_in_charge_it_waits_for_the_section_head_and_stands_among_the_gaps(
    county, client_as
):
    record = warned(county)
    head = client_as(county.officer(Role.SECTION_HEAD))

    assert waiting(client_as(county.officer())) == []
    assert waiting(head) == [(STEP, record.name)]
    link = head.get("/desk").soup.select_one('.side-rows a[href="/institutions?gap=ending"]')
    assert link.text == "1家"
    assert record.name in head.get(link["href"]).text


def test_when_the_officer_in_charge_has_left_it_waits_for_the_section_head(county, client_as):
    officer = county.officer(name="程离岗")
    record = warned(county, officer)
    kept = warned(county, county.officer())
    head = client_as(county.officer(Role.SECTION_HEAD))
    assert waiting(head) == []

    leave = client_as(county.officer(Role.ADMINISTRATOR))
    assert "程离岗任1家机构的监管责任人" in leave.get(f"/officers/{officer.id}/end").text
    leave.submit(f"/officers/{officer.id}/end", reason="调离")

    assert waiting(head) == [(STEP, record.name)]
    for gap in ("owner", "ending"):
        found = head.get(f"/institutions?gap={gap}").text
        assert record.name in found
        assert kept.name not in found
    whole = head.get(f"/institutions/{record.id}")
    assert "程离岗（已离岗）" in whole.text
    assert "没有监管责任人" in whole.text


def test_a_sharper_warning_takes_the_place_of_an_earlier_one(county, client_as, at):
    officer = county.officer()
    warned(county, officer, until=TODAY + days(60))
    at(TODAY + days(40))

    jobs.warn_of_licences(TODAY + days(40))

    assert len(waiting(client_as(officer))) == 1


@pytest.mark.parametrize("how", ["renewed", "cancelled", "closed"])
def test_what_is_settled_otherwise_waits_for_nobody_any_more(county, client_as, how):
    officer = county.officer()
    record = warned(county, officer)
    if how == "closed":
        closed(record, county)
    elif how == "cancelled":
        happen(county, record.licences[0], K.CANCELLED, by=county.system)
    else:
        happen(
            county, record.licences[0], K.RENEWED, valid_until=date(2029, 1, 1), by=county.system
        )

    assert waiting(client_as(officer)) == []


# What the officer did


def open_warning(session):
    return session.scalars(sa.select(LicenceWarning).order_by(LicenceWarning.id.desc())).first()


def test_what_was_done_is_recorded_and_ends_the_waiting(county, session, client_as):
    officer = county.officer()
    record = warned(county, officer)
    browser = client_as(officer)
    link = browser.get("/desk").soup.select_one("a.verb")["href"]

    page = browser.submit(link, how="reminded", note="10月20日前来办")

    assert "已登记：已提醒机构办理" in page.text
    assert waiting(browser) == []
    event = queries.history(session, record)[0]
    assert (event.verb, event.note) == ("licence.warning_answered", "10月20日前来办")
    warning = open_warning(session)
    assert (warning.seen_by_id, warning.seen_at) == (officer.id, clock.now())


def test_an_answer_settles_the_milder_warnings_of_the_same_end_and_not_the_sharper_to_come(
    county, session, client_as, at
):
    officer = county.officer()
    warned(county, officer, until=TODAY + days(60))
    at(TODAY + days(40))
    jobs.warn_of_licences(TODAY + days(40))
    browser = client_as(officer)

    browser.submit(f"/institutions/licence-warnings/{open_warning(session).id}", how="reminded")
    assert waiting(browser) == []

    at(TODAY + days(61))
    jobs.warn_of_licences(TODAY + days(61))
    assert len(waiting(client_as(officer))) == 1


def test_the_second_of_two_who_answer_is_told_so(county, session, client_as):
    warned(county, county.officer())
    url = f"/institutions/licence-warnings/{open_warning(session).id}"
    one, other = client_as(county.officer()), client_as(county.officer())
    form = other.get(url).soup.select_one("main form[method=post]")
    one.submit(url, how="reminded")

    page = other.post(url, data=filled_in(form) | {"how": "applied_for"}, status=409)

    assert "已经有人处理" in page.text
    answers = [e for e in session.scalars(sa.select(Event)) if e.verb == "licence.warning_answered"]
    assert len(answers) == 1


@pytest.mark.parametrize("answers", [{}, {"how": "otherwise"}])
def test_it_must_be_said_what_was_done(county, session, inspector, answers):
    warned(county)

    page = inspector.submit(
        f"/institutions/licence-warnings/{open_warning(session).id}", 422, **answers
    )

    assert page.soup.select_one(".error-summary a")


def test_a_foreign_warning_is_not_found(county, session, client_as):
    warned(county)
    foreign = County(session, code="990202", name="临湖县").officer(Role.SECTION_HEAD)

    client_as(foreign).get(f"/institutions/licence-warnings/{open_warning(session).id}", 404)


def test_a_paper_given_up_leads_to_the_end_of_the_paper(county, client_as):
    officer = county.officer()
    record = warned(county, officer)
    browser = client_as(officer)
    link = browser.get("/desk").soup.select_one("a.verb")["href"]

    page = browser.submit(link, how="handed_back")

    assert "请在这里登记哪天交回证照" in page.text
    assert page.soup.select_one("[name=kind][checked]")["value"] == K.CANCELLED.value
    assert f"/institutions/{record.id}/licences/" in page.request.path


def test_the_renewal_is_one_press_away_with_its_kind_chosen(county, client_as):
    officer = county.officer()
    warned(county, officer)
    browser = client_as(officer)
    warning = browser.get(browser.get("/desk").soup.select_one("a.verb")["href"])

    link = next(a["href"] for a in warning.soup.select("main a.button") if "换证" in a.text)

    chosen = browser.get(link).soup.select_one("[name=kind][checked]")
    assert chosen["value"] == K.RENEWED.value


def test_an_earlier_warning_leads_to_the_one_that_waits(county, session, client_as, at):
    officer = county.officer()
    warned(county, officer, until=TODAY + days(60))
    earlier = open_warning(session).id
    at(TODAY + days(40))
    jobs.warn_of_licences(TODAY + days(40))

    page = client_as(officer).get(
        f"/institutions/licence-warnings/{earlier}", follow_redirects=True
    )

    assert page.request.path.endswith(f"/{open_warning(session).id}")
    assert page.soup.select("[name=how]")
