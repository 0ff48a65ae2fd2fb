"""What waits for whom, in which order, and what should be empty."""

from datetime import date, timedelta

import pytest

from tests.factories import correspondence, enforcement, inspections, ledger, notices, registry
from training_oversight.accounts.permissions import Role
from training_oversight.desk import queries, unattended
from training_oversight.desk.queries import Urgency

TODAY = date(2026, 10, 15)


@pytest.fixture(autouse=True)
def _an_app_where_no_browser_asks(request):
    if "client_as" not in request.fixturenames:
        request.getfixturevalue("in_app")


def waiting(session, officer):
    return [line.source.name for line in queries.worklist(session, officer, today=TODAY)]


def test_a_report_waits_for_every_verifier_but_the_one_in_charge(session, county):
    in_charge, other = ledger.inspector(county), ledger.inspector(county)
    ledger.applied(county, in_charge=in_charge, due_on=TODAY)

    assert "item-verify" not in waiting(session, in_charge)
    assert "item-verify" in waiting(session, other)


def test_a_close_out_waits_for_an_approver_who_did_not_verify(session, county):
    verifier, head = ledger.section_head(county), ledger.section_head(county)
    ledger.verified(county, by=verifier, due_on=TODAY)

    assert "item-close" not in waiting(session, verifier)
    assert "item-close" in waiting(session, head)


def test_what_is_owed_waits_for_the_officer_in_charge_alone(session, county):
    mine, other = ledger.inspector(county), ledger.inspector(county)
    ledger.item(county, in_charge=mine, due_on=TODAY)

    assert waiting(session, mine).count("item-report") == 1
    assert "item-report" not in waiting(session, other)


def test_an_item_without_a_deadline_waits_for_the_notice_that_sets_it(session, county):
    mine, other = ledger.inspector(county), ledger.inspector(county)
    ledger.item(county, in_charge=mine)

    assert waiting(session, mine).count("item-order") == 1
    assert "item-order" not in waiting(session, other)


def test_after_a_notice_that_sets_no_limit_an_officer_sets_it(client_as, session, county):
    mine = ledger.inspector(county)
    one = ledger.item(county, registry.institution(county), in_charge=mine)
    drafted = notices.draft(county, type="talk", items=[one], by=mine)
    notices.served(county, notices.approved(county, notices.submitted(county, drafted)))

    found = client_as(mine).get("/desk").soup.select_one("a.verb")
    box = client_as(mine).get(f"/items/{one.id}").soup.select_one("#next-step-title")

    assert (found.text, found["href"]) == ("确定期限", f"/items/{one.id}/limit")
    assert "确定期限" in box.text


def test_desk_record_and_ledger_name_the_same_step_before_and_after_the_decision(client_as, county):
    head = county.officer(Role.SECTION_HEAD, Role.INSPECTOR)
    one = ledger.stopped(
        county, due_on=TODAY - timedelta(days=9), second_due_on=TODAY, in_charge=head
    )
    case = enforcement.case_by_hand(county, one.institution, items=[one])
    raised = named(client_as(head), one)

    enforcement.convened_case(county, case=case)
    convened = named(client_as(head), one)

    refunds = "登记退费安置等另计期限事项"
    assert raised == ("研判联合执法", "研判联合执法", {"研判联合执法"})
    assert convened == ("登记整改报告", "登记整改报告", {"登记整改报告", refunds})


def named(browser, item):
    """The next step on the record and in the ledger, and those on the desk."""
    box = browser.get(f"/items/{item.id}").soup.select_one("#next-step-title")
    step = browser.get("/items?view=all").soup.select_one("table.ledger tbody td.s-end .first")
    desk = browser.get("/desk").soup.select("main table.ledger a.verb")
    # What tells the departments is about the case, not about the item.
    verbs = {one.text.strip() for one in desk} - {"放行消息"}
    return box.text.removeprefix("下一步：").strip(), step.text.strip(), verbs


def test_a_visit_without_a_purpose_and_a_raised_case_have_a_name(session, county):
    officer, head = ledger.inspector(county), ledger.section_head(county)
    inspections.planned_visit(county, officers=[officer, head])
    case = enforcement.raised_case(county)

    titles = [line.title for line in queries.worklist(session, head, today=TODAY)]

    assert "日常检查" in titles
    assert case.number in titles


def test_nothing_of_another_county_waits(session, county):
    ledger.applied(county, due_on=TODAY)
    township = county.officer(Role.INSPECTOR, division=county.townships[1])

    assert "item-verify" not in waiting(session, township)


@pytest.mark.parametrize(
    ("days", "urgency"),
    [
        (-1, Urgency.OVERDUE),
        (0, Urgency.TODAY),
        (1, Urgency.SOON),
        (7, Urgency.SOON),
        (8, Urgency.LATER),
    ],
)
def test_the_group_follows_from_the_day(session, county, days, urgency):
    mine = ledger.inspector(county)
    ledger.item(county, in_charge=mine, due_on=TODAY + timedelta(days=days))

    lines = queries.worklist(session, mine, today=TODAY)

    assert [line.urgency(TODAY) for line in lines] == [urgency]


def test_the_most_urgent_stands_first(session, county):
    mine = ledger.inspector(county)
    for days in (5, -3, 0):
        ledger.item(county, in_charge=mine, due_on=TODAY + timedelta(days=days))

    lines = queries.worklist(session, mine, today=TODAY)

    assert [line.due_on for line in lines] == sorted(line.due_on for line in lines)


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.SYSTEM])
def test_the_counts_of_the_navigation_add_up_to_the_worklist(session, county, role):
    officer = county.officer(role)
    for make in (ledger.item, ledger.applied, ledger.verified, ledger.closed):
        make(county, in_charge=officer, due_on=TODAY)
    ledger.applied(county)
    ledger.finding(county)

    counted = queries.counts(session, officer, TODAY)

    assert sum(counted.values()) == len(waiting(session, officer))


def test_the_worklist_opens_each_step_and_sums_up_in_the_title_line(client_as, county):
    mine = ledger.inspector(county)
    one = ledger.item(county, in_charge=mine, due_on=TODAY)

    page = client_as(mine).get("/desk")

    assert "等您办1件" in page.soup.select_one(".head-note").text
    assert page.soup.select_one(f'a.verb[href="/items/{one.id}/apply"]')
    assert page.soup.select_one(".sidenav .count, .sidenav [class*=count]").text.strip() == "1"


def test_an_item_without_owner_is_counted_until_it_has_one(session, county):
    ledger.item(county)
    ledger.item(county, in_charge=ledger.inspector(county), due_on=TODAY)

    found = unattended.counted(session, county.officer().scope, today=county.today)

    assert found.items_without_owner == 1


def test_an_item_has_no_next_step_once_its_paper_was_served_and_set_no_limit(session, county):
    mine = ledger.inspector(county)
    one = ledger.item(county, registry.institution(county), in_charge=mine)
    to_draft = without_step(session, county)

    drafted = notices.draft(county, type="talk", items=[one], by=mine)
    on_its_way = without_step(session, county)
    notices.served(county, notices.approved(county, notices.submitted(county, drafted)))

    assert (to_draft, on_its_way, without_step(session, county)) == (0, 0, 1)


def without_step(session, county):
    found = unattended.counted(session, county.officer().scope, today=county.today)
    return found.items_without_next_step


def test_the_number_of_queries_does_not_grow_with_the_work(session, county, client_as, queries_of):
    mine = ledger.inspector(county)
    ledger.item(county, in_charge=mine, due_on=TODAY)
    browser = client_as(mine)
    browser.get("/desk")
    with queries_of() as few:
        browser.get("/desk")
    for days in range(8):
        ledger.item(county, in_charge=mine, due_on=TODAY + timedelta(days=days))

    with queries_of() as many:
        browser.get("/desk")

    assert len(many) == len(few)


def test_the_front_door_leads_an_officer_to_the_desk(client_as, county):
    answer = client_as(county.officer()).get("/", status=302)

    assert answer.location == "/desk"


def opened(session, officer, app):
    """Step -> the address that its line opens, but for messages to departments."""
    with app.test_request_context():
        return {
            line.source.name: line.source.url(line.key)
            for line in queries.worklist(session, officer, today=TODAY)
            if line.source.area != "correspondence.index"
        }


def test_each_line_of_the_ledger_opens_its_own_step(session, county, app):
    mine, head = ledger.inspector(county), ledger.section_head(county)
    owed = ledger.item(county, in_charge=mine, due_on=TODAY)
    checked = ledger.applied(county, due_on=TODAY)
    passed = ledger.verified(county, due_on=TODAY)

    assert opened(session, mine, app) == {
        "item-report": f"/items/{owed.id}/apply",
        "item-verify": f"/items/{checked.id}/verify",
    }
    assert opened(session, head, app)["item-close"] == f"/items/{passed.id}/close"


def test_each_line_of_a_case_opens_its_own_step(session, county, app):
    head = enforcement.convener(county)
    case = enforcement.raised_case(county)

    assert opened(session, head, app)["case-decide"] == f"/cases/{case.id}/convene"


def test_a_case_without_tasks_waits_for_one(session, county, app):
    head = enforcement.convener(county)
    case = enforcement.case_by_hand(county, departments=())

    assert opened(session, head, app) == {"case-prepare": f"/cases/{case.id}/tasks/new"}


def test_a_case_of_which_all_is_written_off_waits_to_be_set_aside(session, county, app):
    head = enforcement.convener(county)
    case = enforcement.raised_case(county)

    enforcement.written_off(county, case)

    assert opened(session, head, app) == {"case-drop": f"/cases/{case.id}/set-aside"}


def test_a_convened_case_of_which_all_is_written_off_waits_to_be_concluded(session, county, app):
    head = enforcement.convener(county)
    case = enforcement.convened_case(county)

    enforcement.written_off(county, case)

    assert opened(session, head, app) == {"case-finish": f"/cases/{case.id}/conclude"}


def test_a_case_is_concluded_when_every_department_has_answered(session, county, app):
    head = enforcement.convener(county)
    case = enforcement.convened_case(county)
    before = opened(session, head, app)

    for department in ("fire", "housing"):
        enforcement.reported_task(county, case, department=department)

    assert before == {}
    assert opened(session, head, app) == {"case-conclude": f"/cases/{case.id}/conclude"}


def test_a_running_announcement_waits_for_its_thirtieth_day(session, county, app):
    mine = ledger.inspector(county)
    paper = notices.approved(county, by=mine)
    before = opened(session, mine, app)

    notices.announced(county, paper, by=mine)

    assert before["notice-serve"] == f"/notices/{paper.id}/serve"
    line = queries.worklist(session, mine, today=TODAY)[-1]
    assert line.source.name == "notice-announced"
    assert line.due_on == TODAY + timedelta(days=32)


def test_the_catalogue_is_read_once_however_many_kinds_of_steps_wait(session, county, queries_of):
    head = ledger.section_head(county)
    ledger.applied(county, due_on=TODAY)
    enforcement.raised_case(county)
    ledger.verified(county, due_on=TODAY)

    with queries_of() as sent:
        lines = queries.worklist(session, head, today=TODAY)

    assert len({line.source.name for line in lines}) > 1
    tables = ("institution_kind", "day_limit", "calendar_day")
    asked = [sum(f"FROM {table}" in statement for statement in sent) for table in tables]
    assert max(asked) == 1, dict(zip(tables, asked, strict=True))


def test_only_what_somebody_waits_for_is_read(county, session, queries_of):
    officer = county.officer(Role.SECTION_HEAD)
    assert officer.permissions

    with queries_of() as asked:
        queries.worklist(session, officer, today=county.today)
    for _ in range(2):
        ledger.applied(county)
    with queries_of() as with_two:
        lines = queries.worklist(session, officer, today=county.today)

    assert len([one for one in asked if "LIMIT" in one]) == 0
    assert len([one for one in with_two if "LIMIT" in one]) == 1
    assert len(lines) == 2


def test_a_message_waits_for_a_release_and_then_to_be_passed_on(session, county):
    head, inspector = correspondence.releaser(county), ledger.inspector(county)
    message = correspondence.waiting(county)

    before = [line for line in messages(session, head) if line.key == message.id]
    correspondence.let_out(message, by=head)
    after = [line for line in messages(session, head) if line.key == message.id]

    assert [line.source.name for line in before] == ["message-release"]
    assert [line.source.name for line in after] == ["message-pass-on"]
    assert {line.title for line in before + after} == {message.department_name}
    assert all(line.institution and line.due_on for line in before + after)
    assert messages(session, inspector) == []
    assert queries.counts(session, head, TODAY)["correspondence.index"] == 2


def messages(session, officer):
    lines = queries.worklist(session, officer, today=TODAY)
    return [line for line in lines if line.source.area == "correspondence.index"]
