"""The pages of joint enforcement, for each role that uses them."""

import io

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
    returned_task,
    task_of,
    written_off,
)
from tests.factories.registry import institution
from training_oversight import clock
from training_oversight.accounts.permissions import Role
from training_oversight.enforcement import queries, service
from training_oversight.enforcement.models import JointCase, JointTask
from training_oversight.enforcement.workflow import CaseState, TaskState


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


def test_a_department_neither_lists_nor_opens_what_was_not_released(client_as, county):
    case = raised_case(county)
    task, browser = task_of(county, case), client_as(liaison(county))

    listed = browser.get("/cases/tasks")
    browser.get(f"/cases/tasks/{task.id}", 404)

    assert case.institution.name not in listed.text
    assert "这里没有任务" in listed.text


def test_a_liaison_officer_reads_his_task_and_no_more(client_as, county):
    case = convened_case(county, institution(county, phone="13809901234"))
    browser = client_as(liaison(county))
    mine, other = task_of(county, case, "fire"), task_of(county, case, "housing")

    page = browser.get(f"/cases/tasks/{mine.id}")
    browser.get(f"/cases/tasks/{other.id}", 404)
    browser.get(f"/cases/{case.id}", 403)
    browser.get("/cases", 403)

    assert case.institution.name in browser.get("/cases/tasks").text
    assert "文澜街道文澜路" in page.text
    assert "13809901234" not in page.text
    assert "许芸" not in page.text
    assert "澄江县住建局" in page.text
    assert not page.soup.select("a[href^='/items'], a[href^='/institutions']")


def test_accepting_is_one_press_and_a_second_press_says_so(client_as, county):
    task, browser = task_of(county, convened_case(county)), client_as(liaison(county))
    page = browser.get(f"/cases/tasks/{task.id}")

    answer = browser.post(f"/cases/tasks/{task.id}/accept", status=200)
    again = browser.post(f"/cases/tasks/{task.id}/accept", status=409)

    assert page.soup.select_one(f"form[action='/cases/tasks/{task.id}/accept']")
    assert "已签收" in answer.text
    assert "办理中" in again.text


def test_a_return_needs_a_ground_and_the_right_department(client_as, county):
    task, browser = task_of(county, convened_case(county)), client_as(liaison(county))
    url = f"/cases/tasks/{task.id}/return"

    empty = browser.submit(url, 422, ground="", department_id="")
    browser.submit(
        url, ground="由公安派出所负责。", department_id=str(county.departments["police"].id)
    )

    offered = {option.text for option in empty.soup.select("select option")}
    assert "澄江县消防救援大队" not in offered
    assert len(empty.soup.select(".error-summary li")) == 2
    assert task_of(county, task.case).state == TaskState.RETURNED


def test_a_result_is_reported_with_its_papers(client_as, county):
    task, officer = task_of(county, convened_case(county)), liaison(county)
    done(service.accept, task, by=officer, today=clock.today())
    browser = client_as(officer)

    page = browser.submit(
        f"/cases/tasks/{task.id}/report",
        result="已责令搬离器材柜。",
        files=(io.BytesIO(b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"), "检查记录.pdf"),
    )

    link = page.soup.select_one("a[href*='/files/']")["href"]
    assert "检查记录.pdf" in page.text
    sent = browser.get(link)
    sent.close()
    assert sent.mimetype == "application/pdf"
    client_as(liaison(county, "housing")).get(link, 404)


def test_a_text_file_named_jpg_leaves_the_report_as_it_was_typed(client_as, county):
    task, officer = task_of(county, convened_case(county)), liaison(county)
    done(service.accept, task, by=officer, today=clock.today())

    page = client_as(officer).submit(
        f"/cases/tasks/{task.id}/report",
        422,
        result="已责令搬离器材柜。",
        files=(io.BytesIO(b"not a picture"), "照片.jpg"),
    )

    assert "已责令搬离器材柜。" in page.soup.select_one("textarea[name=result]").text
    assert task.state == TaskState.ACCEPTED


def test_a_returned_task_offers_redirecting_and_insisting_on_the_case(client_as, county):
    task = returned_task(county)
    browser = client_as(convener(county))

    box = browser.get(f"/cases/{task.case_id}").soup.select_one(".returned")
    browser.submit(f"/cases/tasks/{task.id}/redirect")

    assert "澄江县公安局" in box.text
    assert [a.text.strip() for a in box.select("a.button")] == [
        "改派澄江县公安局",
        "坚持原派",
        "取消任务",
    ]
    assert task_of(county, task.case, "police").replaces_id == task.id


def test_insisting_gives_the_task_back_to_the_department(client_as, county):
    task = returned_task(county)

    client_as(convener(county)).submit(f"/cases/tasks/{task.id}/insist", reason="属本单位职责")

    page = client_as(liaison(county)).get(f"/cases/tasks/{task.id}")
    assert task_of(county, task.case).state == TaskState.ASKED
    assert "不能再退" in page.soup.select_one(".next-step .locked").text


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


def test_tasks_are_drafted_reworded_released_and_cancelled(client_as, county):
    case, browser = convened_case(county), client_as(convener(county))
    police = str(county.departments["police"].id)
    browser.submit(f"/cases/{case.id}/tasks/new", department_id=police, asked="维持秩序。")
    task = task_of(county, case, "police")

    browser.submit(f"/cases/tasks/{task.id}/edit", asked="维持检查秩序。", due_on="2026-10-20")
    browser.submit(f"/cases/tasks/{task.id}/release")
    released = task_of(county, case, "police").state
    browser.submit(f"/cases/tasks/{task.id}/cancel", reason="已由消防办理")

    task = task_of(county, case, "police")
    assert released == TaskState.ASKED
    assert (task.asked, task.state) == ("维持检查秩序。", TaskState.CANCELLED)


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


def test_who_redirects_a_task_can_insist_instead(client_as, county):
    task = returned_task(county)

    page = client_as(convener(county)).get(f"/cases/tasks/{task.id}/redirect")

    assert page.soup.select_one(f'main a[href="/cases/tasks/{task.id}/insist"]')
