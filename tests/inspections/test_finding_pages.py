"""Problems and answers, as they are entered on the pages."""

import pytest

from tests.factories import inspections as made
from tests.factories.inspections import all_of
from tests.factories.registry import institution
from tests.factories.uploads import photo, upload
from training_oversight.inspections.models import Answer, Finding
from training_oversight.inspections.workflow import FindingState

TEXT = b"this is no photo"


@pytest.mark.parametrize(
    ("data", "name", "status", "words"),
    [
        (b"\xff\xd8\xff" + b"0" * 30 * 1024 * 1024, "大.jpg", 413, "30.1 MB"),
        (TEXT, "现场.jpg", 422, "不是照片"),
        (photo((9000, 9000), mode="1"), "巨幅.png", 422, "9000"),
        (photo()[:60], "半张.png", 422, "半张.png"),
    ],
    ids=["30 MB", "text", "huge pixels", "truncated"],
)
def test_a_bad_photo_is_refused_and_the_problem_comes_back_filled_in(
    county, client_as, session, data, name, status, words
):
    visit = made.visit_under_way(county)

    page = client_as(county.officer()).submit(
        f"/visits/{visit.id}/problems/new?item=fee_period",
        status=status,
        facts=made.FACTS,
        photos=upload(data, name),
    )
    page.request.environ["wsgi.input"].close()

    assert words in page.soup.select_one(".error-summary").text
    assert page.soup.select_one("[name=facts]").text.strip() == made.FACTS
    assert all_of(session, Finding) == []


def test_a_problem_from_a_question_answers_it(county, client_as, session):
    visit = made.visit_under_way(county)
    browser = client_as(county.officer())

    browser.submit(
        f"/visits/{visit.id}/problems/new?item=fee_period",
        violation_type_id=str(made.violation_type(county, "loans").id),
        facts=made.FACTS,
        photos=[upload(photo(), "一.png"), upload(photo((50, 30)), "二.png")],
    )

    finding = all_of(session, Finding)[0]
    assert finding.violation_type.code == "loans"
    assert finding.checklist_item_code == "fee_period"
    session.refresh(visit)
    assert [(a.item_code, a.answer) for a in visit.answers] == [("fee_period", Answer.NO)]
    assert len(browser.get(f"/visits/findings/{finding.id}").soup.select(".shots img")) == 2


def test_the_type_that_a_question_suggests_stands_first_and_is_not_chosen(county, client_as):
    """证照未悬挂 is not yet 未经审批: the officer says which it is."""
    visit = made.visit_under_way(county)

    form = client_as(county.officer()).get(f"/visits/{visit.id}/problems/new?item=licence").soup

    empty, first, *_rest = form.select("[name=violation_type_id] option")
    assert (empty["value"], empty.text) == ("", "请选择")
    assert first["value"] == str(made.violation_type(county, "unlicensed").id)
    assert not form.select("[name=violation_type_id] option[selected]:not([value=''])")
    assert not form.select("[name=severity][checked]")


def test_without_a_type_a_problem_comes_back_and_says_so(county, client_as, session):
    visit = made.visit_under_way(county)

    page = client_as(county.officer()).submit(
        f"/visits/{visit.id}/problems/new?item=licence", status=422, facts=made.FACTS
    )

    assert "请选择违规类型" in page.soup.select_one("#violation_type_id-error").text
    assert all_of(session, Finding) == []


@pytest.mark.parametrize(("chosen", "kept"), [(None, "serious"), ("grave", "grave")])
def test_the_severity_is_that_of_the_type_unless_another_is_chosen(
    county, client_as, session, chosen, kept
):
    visit, kind = made.visit_under_way(county), made.violation_type(county, "fees")

    client_as(county.officer()).submit(
        f"/visits/{visit.id}/problems/new",
        violation_type_id=str(kind.id), facts=made.FACTS, severity=chosen,
    )  # fmt: skip

    assert kind.severity.value == "serious"
    assert all_of(session, Finding)[0].severity.value == kept


def test_the_beginnings_offered_are_those_of_the_question(county, client_as):
    visit, browser = made.visit_under_way(county), client_as(county.officer())

    def offered(asked):
        page = browser.get(f"/visits/{visit.id}/problems/new{asked}").soup
        return [one.text for one in page.select(".quick button")]

    assert offered("?item=fee_period") == ["票据：__", "每人：__元", "涉及学生：__人"]
    assert offered("?item=exits") == ["位置：__", "堵塞物：__"]
    assert offered("") == []


def test_an_answer_saves_itself_and_says_when(county, client_as, session):
    visit = made.visit_under_way(county)
    browser = client_as(county.officer())

    said = browser.post(
        f"/visits/{visit.id}/answers", {"item": "fee_period", "answer": "yes"}, status=200
    )

    assert said.json == {"saved_at": "09:00", "answered": 1}


@pytest.mark.parametrize(
    "data", [{"item": "nonsense", "answer": "yes"}, {"item": "fee_period", "answer": "perhaps"}]
)
def test_an_answer_that_cannot_be_kept_says_why(county, client_as, data):
    visit = made.visit_under_way(county)

    said = client_as(county.officer()).post(f"/visits/{visit.id}/answers", data, status=422)

    assert said.json["sentence"]


def test_an_answer_without_its_token_is_refused(app, county, client_as):
    visit = made.visit_under_way(county)
    browser = client_as(county.officer())

    said = browser.http.post(f"/visits/{visit.id}/answers", data={"item": "fee_period"})

    assert said.status_code == 400


def test_without_script_one_button_saves_the_whole_page(county, client_as, session):
    visit = made.visit_under_way(county)
    url = f"/visits/{visit.id}/inspect"

    page = client_as(county.officer()).submit(
        url, form="#answers", **{"answer-fee_period": "yes", "answer-exits": "na"}
    )

    assert page.soup.select_one("[data-answered]").text == "2"


@pytest.mark.parametrize(
    ("step", "state"),
    [("fix", FindingState.FIXED_ON_SPOT), ("set-aside", FindingState.SET_ASIDE)],
)
def test_a_problem_is_decided_with_a_word_why(county, client_as, session, step, state):
    finding = made.finding(county, made.visit(county))
    browser = client_as(county.officer())
    refused = browser.submit(f"/visits/findings/{finding.id}/{step}", status=422)

    browser.submit(f"/visits/findings/{finding.id}/{step}", note="当场清理，负责人签字")

    assert refused.soup.select_one("#note-error")
    session.refresh(finding)
    assert finding.state is state


def test_a_problem_from_a_document_needs_no_visit(county, client_as, session):
    place = institution(county)

    client_as(county.officer()).submit(
        f"/visits/findings/new?institution={place.id}",
        source="document",
        violation_type_id=str(made.violation_type(county).id),
        found_on="2026-10-12",
        facts=made.FACTS,
    )

    finding = all_of(session, Finding)[0]
    assert (finding.source_kind, finding.source_key, finding.visit_id) == ("document", None, None)


def test_a_problem_is_changed_until_it_is_decided(county, client_as, session):
    visit = made.visit_under_way(county)
    finding = made.finding(county, visit)

    client_as(county.officer()).submit(
        f"/visits/{visit.id}/problems/{finding.id}", facts="收据15张。", severity="grave"
    )

    session.refresh(finding)
    assert (finding.facts, finding.severity.value) == ("收据15张。", "grave")
