"""The pages of joint enforcement, for each role that uses them."""

import pytest
import sqlalchemy as sa

from tests.factories.county import County
from tests.factories.enforcement import (
    case_by_hand,
    convened_case,
    convener,
    done,
    item,
    liaison,
    raised_case,
    task_of,
    written_off,
)
from tests.factories.registry import institution
from training_oversight import clock
from training_oversight.accounts.permissions import Role
from training_oversight.enforcement import queries, service
from training_oversight.enforcement.models import JointCase, JointTask
from training_oversight.enforcement.workflow import CaseState


def test_a_section_head_convenes_and_the_page_says_whom_it_tells(client_as, county):
    case, browser = raised_case(county), client_as(convener(county))
    asking = browser.get(f"/cases/{case.id}/convene")

    answer = browser.submit(
        f"/cases/{case.id}/convene",
        decided_by="顾明川",
        decided_on="2026.10.8",
        document="澄双减组批〔2026〕11号",
    )

    assert "澄江县消防救援大队" in asking.soup.select_one(".confirm").text
    assert "已启动联合执法" in answer.text
    assert queries.live_case(county.session, case.institution_id).state == CaseState.CONVENED


def test_a_refused_decision_keeps_what_was_typed(client_as, county):
    case, browser = raised_case(county), client_as(convener(county))

    answer = browser.submit(
        f"/cases/{case.id}/convene", 422, decided_by="顾明川", decided_on="2026-10-16", document=""
    )

    assert answer.soup.select_one("input[name=decided_by]")["value"] == "顾明川"
    assert answer.soup.select_one(".error-summary")
    assert case.state == CaseState.RAISED


def test_an_unlicensed_venue_is_raised_from_its_page(client_as, county):
    place = institution(county)
    late = item(county, place)
    browser = client_as(county.officer())

    page = browser.submit(
        f"/cases/new?institution={place.id}",
        trigger="unlicensed",
        summary="住宅内无证培训。",
        items=[str(late.id)],
        departments=[str(county.departments["police"].id)],
        asked="核实组织者身份。",
    )

    case = queries.live_case(county.session, place.id)
    assert case.number in page.text
    assert "启动联合执法" not in page.soup.select_one(".next-step").text
    assert [entry.item_id for entry in queries.live_entries(county.session, case)] == [late.id]


def test_a_second_case_of_an_institution_leads_to_the_first(client_as, county):
    case = case_by_hand(county)

    page = client_as(county.officer()).get(
        f"/cases/new?institution={case.institution_id}", follow_redirects=True
    )

    assert "已有案件" in page.text


@pytest.mark.parametrize("page", ["items", "tasks/new", "convene", "set-aside"])
def test_the_pages_of_a_raised_case_open(client_as, county, page):
    case = raised_case(county)

    assert client_as(convener(county)).get(f"/cases/{case.id}/{page}").soup.h1


def test_items_are_put_in_and_taken_out(client_as, county):
    place = institution(county)
    case, late = case_by_hand(county, place), item(county, place)
    browser = client_as(county.officer())
    browser.submit(f"/cases/{case.id}/items", items=[str(late.id)])
    (entry,) = queries.live_entries(county.session, case)

    page = browser.submit(f"/cases/{case.id}/items/{entry.id}/remove", reason="已约谈")

    assert f"{late.number}已移出本案" in page.text
    assert queries.live_entries(county.session, case) == []


def test_concluding_says_what_is_cancelled(client_as, county):
    case, browser = convened_case(county), client_as(convener(county))
    asking = browser.get(f"/cases/{case.id}/conclude")

    page = browser.submit(f"/cases/{case.id}/conclude", conclusion="已停止违规培训。")

    assert "2项任务随案取消" in asking.text
    assert "已停止违规培训。" in page.text
    assert not page.soup.select(".next-step")


def test_setting_aside_needs_a_reason(client_as, county):
    case, browser = raised_case(county), client_as(convener(county))

    browser.submit(f"/cases/{case.id}/set-aside", 422, reason="")
    browser.submit(f"/cases/{case.id}/set-aside", reason="已约谈")

    assert county.session.get(JointCase, case.id).state == CaseState.CONCLUDED


def test_an_inspector_prepares_and_is_told_who_decides(client_as, county):
    case = raised_case(county)
    browser = client_as(county.officer())

    page = browser.get(f"/cases/{case.id}")
    browser.get(f"/cases/{case.id}/convene", 403)

    assert "科室负责人" in page.soup.select_one(".next-step").text
    assert not page.soup.select(".next-step .button")
    assert page.soup.select(f"a[href='/cases/{case.id}/tasks/new']")


def test_an_observer_reads_and_is_offered_nothing(client_as, county):
    case = convened_case(county)

    page = client_as(county.officer(Role.OBSERVER)).get(f"/cases/{case.id}")

    assert not page.soup.select("main .button")


def test_another_county_is_not_found(client_as, county, session):
    task = task_of(county, convened_case(county))
    elsewhere = County(session, code="990102", name="临川县")
    head, fire = client_as(convener(elsewhere)), client_as(liaison(elsewhere))

    head.get(f"/cases/{task.case_id}", 404)
    head.get(f"/cases/{task.case_id}/convene", 404)
    head.get(f"/cases/new?institution={task.case.institution_id}", 404)
    fire.get(f"/cases/tasks/{task.id}", 404)

    assert "没有这样的案件" in head.get("/cases").text


def test_the_list_filters_by_state_township_and_trigger(client_as, county):
    here = raised_case(county, institution(county, division=county.townships[0]))
    there = case_by_hand(county, institution(county, division=county.townships[1]))
    browser = client_as(convener(county))

    everything = browser.get("/cases")
    south = browser.get(f"/cases?township={county.townships[1].code}")
    overdue = browser.get("/cases?trigger=overdue&state=raised")
    none = browser.get("/cases?state=convened")

    assert (here.number in everything.text, there.number in everything.text) == (True, True)
    assert (here.number in south.text, there.number in south.text) == (False, True)
    assert (here.number in overdue.text, there.number in overdue.text) == (True, False)
    assert here.number not in none.text


def test_the_pages_send_the_same_statements_however_much_there_is(client_as, county, queries_of):
    def sent_by(browser, url):
        browser.get(url)
        with queries_of() as sent:
            browser.get(url)
        return len(sent)

    head, place = convener(county), institution(county)
    case = convened_case(county, place)
    office, department = client_as(head), client_as(liaison(county))
    pages = [(office, "/cases"), (office, f"/cases/{case.id}"), (department, "/cases/tasks")]
    few = [sent_by(browser, url) for browser, url in pages]
    for _ in range(3):
        convened_case(county)
        item(county, place)
    done(service.raise_items, place, by=county.system, today=clock.today())
    done(
        service.draft_task,
        case,
        county.departments["police"],
        asked="维持秩序。",
        by=head,
        today=clock.today(),
    )

    many = [sent_by(browser, url) for browser, url in pages]

    assert many == few
    assert county.session.scalar(sa.select(sa.func.count()).select_from(JointTask)) == 9


def test_what_was_written_off_has_left_the_case(client_as, county):
    head = convener(county)
    case = raised_case(county)
    written_off(county, case)

    browser = client_as(head)
    listed, page = browser.get("/cases"), browser.get(f"/cases/{case.id}")

    step = listed.soup.select_one(f'a[href="/cases/{case.id}/set-aside"]')
    assert step.text == "问题都已销号，可不启动"
    assert "1项，都已销号" in listed.text
    assert "1项，都已销号" in page.soup.select_one("#items").text


def test_a_case_says_how_many_of_its_items_are_still_open(client_as, county):
    place = institution(county)
    case = raised_case(county, place)
    written_off(county, case)
    item(county, place)
    done(service.raise_items, place, by=county.system, today=clock.today())

    page = client_as(convener(county)).get("/cases")

    assert "2项，还有1项未销号" in page.text


def test_the_morning_job_raises_nothing_that_is_written_off(county):
    case = raised_case(county)
    written_off(county, case)

    again = done(service.raise_items, case.institution, by=county.system, today=clock.today())

    assert again == 0
