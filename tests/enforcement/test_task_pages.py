"""The pages of a task, for who drafts it and for the department that answers."""

import io

from tests.factories.enforcement import (
    convened_case,
    convener,
    done,
    liaison,
    raised_case,
    returned_task,
    task_of,
)
from tests.factories.registry import institution
from tests.pages import filled_in
from training_oversight import clock
from training_oversight.enforcement import service
from training_oversight.enforcement.workflow import TaskState


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
    url = f"/cases/tasks/{task.id}/accept"
    button = browser.get(f"/cases/tasks/{task.id}").soup.select_one(f"form[action='{url}']")

    answer = browser.post(url, filled_in(button), status=200)
    again = browser.post(url, filled_in(button), status=409)

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


def test_who_redirects_a_task_can_insist_instead(client_as, county):
    task = returned_task(county)

    page = client_as(convener(county)).get(f"/cases/tasks/{task.id}/redirect")

    assert page.soup.select_one(f'main a[href="/cases/tasks/{task.id}/insist"]')


def test_the_office_sees_on_the_task_what_became_of_its_message(client_as, county):
    task = task_of(county, convened_case(county))

    inside = client_as(convener(county)).get(f"/cases/tasks/{task.id}")
    department = client_as(liaison(county)).get(f"/cases/tasks/{task.id}")

    assert "部门任务通知" in inside.text
    assert "待放行" in inside.text
    assert "部门任务通知" not in department.text
