"""The findings of a visit, and the answers to its checklist."""

from datetime import date

import pytest

from tests.factories import inspections as made
from tests.factories.inspections import by_service, events
from training_oversight import clock
from training_oversight.audit import queries as history
from training_oversight.catalogue.models import Severity
from training_oversight.errors import BadInput, StaleForm, WrongState
from training_oversight.inspections import queries, service
from training_oversight.inspections.models import (
    Answer,
    FindingState,
    VisitState,
)
from training_oversight.inspections.service import Handling


def yes(county):
    return {item["code"]: Answer.YES for item in made.checklist(county).items}


def test_a_visit_brings_its_findings_with_what_was_done_about_each(county):
    found = [
        made.finding_draft(county),
        made.finding_draft(county, handling=Handling.FIXED, note="当场清理通道"),
        made.finding_draft(county, handling=Handling.SET_ASIDE, note="查无实据"),
    ]

    visit = made.visit(county, findings=found)

    assert [one.state for one in visit.findings] == [
        FindingState.PENDING,
        FindingState.FIXED_ON_SPOT,
        FindingState.SET_ASIDE,
    ]
    assert visit.findings[0].title == "现场查收据12张，其中4张为半年卡，每张6800元"


@pytest.mark.parametrize("verb", [service.fix_on_spot, service.set_aside])
def test_a_finding_is_not_decided_without_a_word_why(county, verb):
    finding, officer = made.finding(county), county.officer()
    word = "note" if verb is service.fix_on_spot else "reason"

    with pytest.raises(BadInput):
        by_service(verb, finding, by=officer, **{word: " "})

    assert finding.state is FindingState.PENDING


def test_a_finding_that_is_decided_stays(county):
    finding, officer = made.finding(county), county.officer()
    by_service(service.set_aside, finding, reason="重复记录", by=officer)

    with pytest.raises(WrongState):
        by_service(service.fix_on_spot, finding, note="已清理", by=officer)

    assert (finding.state, finding.decided_note) == (FindingState.SET_ASIDE, "重复记录")


def test_a_finding_is_corrected_only_by_who_saw_its_present_state(county):
    finding, officer = made.finding(county), county.officer()
    stale = finding.version
    changed = made.finding_draft(county, severity=Severity.GRAVE)
    by_service(service.change_finding, finding, changed, by=officer, version=stale)

    with pytest.raises(StaleForm):
        by_service(service.change_finding, finding, changed, by=officer, version=stale)

    assert finding.severity is Severity.GRAVE


def test_a_finding_of_tomorrow_is_refused(county):
    with pytest.raises(BadInput) as refused:
        made.finding(county, found_on=date(2026, 10, 16))

    assert set(refused.value.fields) == {"found_on"}


def test_every_answer_is_kept_at_once_and_the_last_one_counts(county, session):
    visit = made.visit_under_way(county)
    officer = county.officer()

    by_service(service.save_answer, visit, "fee_period", Answer.NO, by=officer)
    by_service(service.save_answer, visit, "fee_period", Answer.YES, by=officer)
    by_service(service.save_answer, visit, "fee_period", Answer.YES, by=officer)

    assert [(a.item_code, a.answer) for a in queries.answers(session, visit)] == [
        ("fee_period", Answer.YES)
    ]
    assert events(session, visit).count("visit.answered") == 2


def test_a_page_of_answers_costs_as_much_as_one_answer(county, session, queries_of):
    few, many = made.visit_under_way(county), made.visit_under_way(county)
    officer, page = county.officer(), yes(county)
    with queries_of(session) as of_one:
        by_service(service.save_answer, few, "fee_period", Answer.YES, by=officer)

    with queries_of(session) as of_all:
        by_service(service.save_answers, many, page, by=officer)

    assert len(page) > 10
    assert len(of_all) <= len(of_one) < 10
    newest = history.history(session, many)[0]
    assert newest.facts["answers"] == dict.fromkeys(page, "yes")


def test_a_question_that_the_checklist_does_not_have_is_refused(county):
    visit = made.visit_under_way(county)

    with pytest.raises(BadInput):
        by_service(service.save_answer, visit, "nonsense", Answer.YES, by=county.officer())

    assert visit.answers == []


def test_a_visit_with_open_questions_is_finished_only_with_a_reason(county):
    visit, officer = made.visit_under_way(county), county.officer()
    with pytest.raises(BadInput):
        by_service(service.finish, visit, by=officer)

    by_service(service.finish, visit, by=officer, unanswered_reason="负责人不在场")

    assert (visit.state, visit.unanswered_reason) == (VisitState.DONE, "负责人不在场")


def test_a_visit_with_all_answers_is_finished_without_a_reason(county):
    visit, officer = made.visit_under_way(county), county.officer()
    by_service(service.save_answers, visit, yes(county), by=officer)

    by_service(service.finish, visit, by=officer)

    assert visit.state is VisitState.DONE
    assert visit.ended_at == clock.now()


def test_answers_of_a_visit_that_is_done_are_not_changed(county):
    visit = made.visit(county, checklist=made.checklist(county), answers=yes(county))

    with pytest.raises(WrongState):
        by_service(service.save_answer, visit, "licence", Answer.NO, by=county.officer())

    assert visit.answers[0].answer is Answer.YES
