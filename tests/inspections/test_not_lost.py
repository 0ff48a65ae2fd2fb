"""不符合 is not lost: a problem, put right on the spot, or a word why it is none."""

import pytest

from tests.factories import inspections as made
from tests.factories.inspections import all_of, by_service
from tests.factories.registry import institution
from training_oversight.errors import BadInput
from training_oversight.inspections import queries, service
from training_oversight.inspections.models import Answer, Finding, Visit
from training_oversight.inspections.workflow import FindingState, VisitState

REASON = {"unanswered_reason": "其余下次检查"}


@pytest.fixture
def visit(county):
    under_way = made.visit_under_way(county)
    no = dict.fromkeys(("licence", "exits"), Answer.NO)
    by_service(service.save_answers, under_way, no, by=county.officer())
    return under_way


def asked(page):
    return [one.text for one in page.soup.select(".unexplained h3")]


def test_finishing_lists_each_and_is_refused_until_something_is_said(county, client_as, visit):
    url, browser = f"/visits/{visit.id}/finish", client_as(county.officer())

    page = browser.submit(url, status=422, **REASON)

    assert asked(page) == ["证照齐全有效并悬挂", "安全出口、疏散通道畅通"]
    assert "请写明问题，或说明为什么不作为问题" in page.soup.select_one("#why_exits-error").text
    assert visit.state is VisitState.UNDER_WAY


def test_a_problem_one_put_right_and_a_word_why_finish_the_visit(county, client_as, session, visit):
    browser, kind = client_as(county.officer()), str(made.violation_type(county).id)
    page = browser.get(f"/visits/{visit.id}/finish")
    fixed = page.soup.select_one("#q-exits a[href*='handling=fixed']")["href"]

    back = browser.submit(fixed, violation_type_id=kind, facts="杂物堵门", note="当场搬开")
    browser.submit(f"/visits/{visit.id}/finish", why_licence="正在年检，有受理单", **REASON)

    assert back.request.path == f"/visits/{visit.id}/finish"
    assert asked(back) == ["证照齐全有效并悬挂"]
    [problem] = all_of(session, Finding)
    assert (problem.checklist_item_code, problem.state) == ("exits", FindingState.FIXED_ON_SPOT)
    session.refresh(visit)
    assert visit.state is VisitState.DONE
    assert "正在年检，有受理单" in browser.get(f"/visits/{visit.id}").text


def test_after_a_problem_one_is_back_at_its_question(county, client_as, visit):
    sent = {"violation_type_id": str(made.violation_type(county).id), "facts": made.FACTS}

    answer = client_as(county.officer()).submit(
        f"/visits/{visit.id}/problems/new?item=exits", status=302, follow=False, **sent
    )

    assert answer.headers["Location"] == f"/visits/{visit.id}/inspect#q-exits"


def test_without_script_saving_the_answers_leads_to_the_first_and_says_how_many(
    county, client_as, visit
):
    browser, url = client_as(county.officer()), f"/visits/{visit.id}/inspect"

    answer = browser.submit(url, status=302, form="#answers", follow=False)

    assert answer.headers["Location"].endswith("#q-licence")
    assert "还有2题答“不符合”，没有写明问题" in browser.get(url).text


def test_a_visit_entered_afterwards_is_saved_and_asks_for_each(county, client_as, session):
    url = f"/visits/new/entered?institution={institution(county).id}"
    sent = {"kind": "routine", "officers": [str(county.officer().id)]} | REASON
    times = {"happened_at": "2026-10-14", "happened_time": "14:30", "ended_at": "15:10"}
    problem = {
        "found-0-violation_type_id": str(made.violation_type(county).id),
        "found-0-facts": made.FACTS,
        "found-0-item": "fee_period",
    }
    answers = {"answer-fee_period": "no", "answer-exits": "no"}
    browser = client_as(county.officer())

    page = browser.submit(url, **sent, **times, **problem, **answers)
    [visit] = all_of(session, Visit)
    ended = visit.ended_at
    browser.submit(f"/visits/{visit.id}/finish", why_exits="临时搬运，已恢复", **REASON)

    assert asked(page) == ["安全出口、疏散通道畅通"]
    session.refresh(visit)
    assert (visit.state, visit.ended_at) == (VisitState.DONE, ended)
    assert all_of(session, Finding)[0].checklist_item_code == "fee_period"


def test_no_other_way_ends_it_either(county, session, visit):
    with pytest.raises(BadInput) as refused:
        by_service(service.finish, visit, by=county.officer(), unanswered_reason="其余下次检查")

    assert sorted(refused.value.fields) == ["why_exits", "why_licence"]
    assert [one.code for one in queries.unexplained(session, visit)] == ["licence", "exits"]
