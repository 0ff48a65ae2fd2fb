"""The pages of a visit, from finding the place to its minutes."""

from datetime import date

from tests.factories import inspections as made
from tests.factories.inspections import all_of
from tests.factories.registry import institution
from tests.factories.uploads import photo, upload
from tests.pages import error_links
from training_oversight import clock
from training_oversight.inspections.models import Approval, Finding, Visit
from training_oversight.inspections.workflow import FindingState, VisitState
from training_oversight.places import Position
from training_oversight.registry.models import Institution

YESTERDAY = {"happened_at": "2026-10-14", "happened_time": "14:30", "ended_at": "15:10"}


REASON = {"unanswered_reason": "负责人不在场"}


def said(county):
    """What an officer says of every visit; nothing of it is said beforehand."""
    return {"kind": "routine", "officers": [str(county.officer().id)]}


def test_nothing_is_said_of_a_visit_before_the_officer_does(county, client_as):
    place, browser = institution(county), client_as(county.officer())

    for way in ("", "/planned", "/entered"):
        form = browser.get(f"/visits/new{way}?institution={place.id}").soup.select_one("main form")
        chosen = "[name=kind] option[selected]:not([value=''])"
        assert not form.select(f"[name=approval][checked], [name=officers][checked], {chosen}")


def test_a_visit_of_which_no_approval_is_said_is_saved_and_says_so(county, client_as, session):
    page = client_as(county.officer()).submit(
        entered_url(county), **said(county), **YESTERDAY, **REASON
    )

    assert all_of(session, Visit)[0].approval is Approval.UNSTATED
    assert "还没有人填写本次检查是否经过审批" in page.text
    assert "检查前已批准" not in page.soup.select_one("main").text


def test_a_problem_begun_without_a_word_of_it_is_not_dropped(county, client_as, session):
    begun = {"found-1-violation_type_id": str(made.violation_type(county).id)}

    page = client_as(county.officer()).submit(
        entered_url(county), status=422, **said(county), **YESTERDAY, **REASON, **begun
    )

    assert "请写明看到了什么" in page.text
    assert all_of(session, Visit) == []


def test_an_inspector_finds_the_place_and_begins_a_visit(county, client_as, session):
    place = institution(county, name="飞羽羽毛球训练馆")
    browser = client_as(county.officer())

    found = browser.get("/visits/new?q=飞羽")
    page = browser.submit(found.soup.select_one(".places a")["href"], **said(county))

    visit = all_of(session, Visit)[0]
    assert (visit.institution_id, visit.state) == (place.id, VisitState.UNDER_WAY)
    assert page.soup.select(".question")


def test_a_name_that_nobody_knows_leads_to_the_form_for_an_unknown_place(county, client_as):
    page = client_as(county.officer()).get("/visits/new?q=没有这家")

    assert "没有与“没有这家”相符的机构" in page.text
    assert page.soup.select_one("a[href='/visits/new?place=unknown']")


def test_an_unknown_place_becomes_an_institution_with_its_visit(county, client_as, session):
    browser = client_as(county.officer())

    browser.submit(
        "/visits/new?place=unknown",
        place_name="启衡数学工作室",
        place_address="桂园小区3栋2单元",
        place_division_id=str(county.townships[0].id),
        **said(county),
    )

    place, visit = all_of(session, Institution)[0], all_of(session, Visit)[0]
    assert (place.name, place.informal_name) == ("启衡数学工作室", True)
    assert visit.institution_id == place.id


def test_an_unknown_place_without_a_name_is_asked_for_it(county, client_as, session):
    page = client_as(county.officer()).submit("/visits/new?place=unknown", status=422)

    assert "请填写场所的名称或俗称" in page.text
    assert all_of(session, Institution) == []


def entered_url(county):
    return f"/visits/new/entered?institution={institution(county).id}"


def test_a_visit_is_entered_afterwards_with_a_problem_and_a_photo(county, client_as, session):
    kind = str(made.violation_type(county).id)
    problem = {
        "found-0-facts": made.FACTS,
        "found-0-violation_type_id": kind,
        "found-0-item": "fee_period",
    }
    sent = {"answer-fee_period": "no", "photos": upload(photo()), "position": "29.56, 106.55"}

    page = client_as(county.officer()).submit(
        entered_url(county), **said(county), **YESTERDAY, **REASON, **problem, **sent
    )

    visit, finding = all_of(session, Visit)[0], all_of(session, Finding)[0]
    assert visit.state is VisitState.DONE
    assert f"{clock.local(visit.happened_at):%d %H:%M}" == "14 14:30"
    assert (finding.visit_id, finding.state) == (visit.id, FindingState.PENDING)
    assert len(page.soup.select(".shots img")) == 1
    assert "持证检查人员不足两名" in page.text


def test_a_visit_of_tomorrow_comes_back_filled_in(county, client_as, session):
    wrong = {"happened_at": "2026-10-16", "purpose": "双减专项"}
    answers = said(county) | YESTERDAY | REASON | wrong

    page = client_as(county.officer()).submit(entered_url(county), status=422, **answers)

    assert page.soup.select_one("#happened_at-error")
    assert page.soup.select_one("[name=purpose]")["value"] == "双减专项"
    assert all_of(session, Visit) == []


def test_a_time_that_is_none_is_refused_beside_its_field(county, client_as):
    answers = YESTERDAY | REASON | {"happened_time": "25:99"}

    page = client_as(county.officer()).submit(entered_url(county), status=422, **answers)

    assert "“25:99”不是时间" in page.soup.select_one("#happened_time-error").text


def test_a_problem_put_right_on_the_spot_says_how(county, client_as, session):
    problem = {"found-0-facts": made.FACTS, "found-0-handling": "fixed"}

    page = client_as(county.officer()).submit(
        entered_url(county), status=422, **YESTERDAY, **REASON, **problem
    )

    assert "请写明怎样改正" in page.text
    assert "#found-0-note" in error_links(page)
    assert all_of(session, Visit) == []


def test_a_form_sent_twice_makes_one_visit(county, client_as, session):
    browser, url = client_as(county.officer()), f"/visits/new?institution={institution(county).id}"
    data = {"once": "the-same", "kind": "routine", "approval": "approved", "checklist_id": "0"}
    data |= said(county)

    browser.post(url, data)
    again = browser.post(url, data)

    assert len(all_of(session, Visit)) == 1
    assert "没有重复" in again.text or again.status_code == 200


def test_a_visit_planned_on_the_page_carries_the_checklist_of_its_kind(county, client_as, session):
    url = f"/visits/new/planned?institution={institution(county).id}"

    client_as(county.officer()).submit(
        url, planned_on="2026-10-20", approval="not_needed", **said(county)
    )

    assert all_of(session, Visit)[0].checklist == made.checklist(county)


def test_a_visit_is_finished_with_a_reason_for_what_is_open(county, client_as, session):
    visit = made.visit_under_way(county)
    browser = client_as(county.officer())
    refused = browser.submit(f"/visits/{visit.id}/finish", status=422)

    browser.submit(f"/visits/{visit.id}/finish", **REASON, representative="许芸", statement="属实")

    assert refused.soup.select(".unanswered li")
    session.refresh(visit)
    assert (visit.state, visit.statement) == (VisitState.DONE, "属实")


def test_the_position_of_the_device_gives_the_distance(county, client_as, session):
    place = institution(county, latitude=29.56, longitude=106.55)
    visit = made.visit_under_way(county, place)

    page = client_as(county.officer()).submit(
        f"/visits/{visit.id}/inspect",
        form="form[data-place]",
        position="29.57, 106.55",
        accuracy="12.4",
        source="device",
    )

    assert "离登记地址1,112米" in page.soup.select_one(".where-words.far").text
    session.refresh(visit)
    assert visit.position_accuracy == 12


def test_a_position_that_is_none_comes_back(county, client_as):
    visit = made.visit_under_way(county)

    page = client_as(county.officer()).submit(
        f"/visits/{visit.id}/position", status=422, position="somewhere"
    )

    assert page.soup.select_one("[name=position]")["value"] == "somewhere"


def test_a_closed_door_plans_the_next_attempt(county, client_as, session):
    visit = made.planned_visit(county)

    page = client_as(county.officer()).submit(
        f"/visits/{visit.id}/not-possible", kind="closed_door", again_on="2026-10-19"
    )

    assert [one.state for one in all_of(session, Visit)] == [
        VisitState.NOT_POSSIBLE,
        VisitState.PLANNED,
    ]
    assert "2026年10月19日" in page.text


def test_the_record_of_a_far_visit_says_so(county, client_as):
    place = institution(county, latitude=29.56, longitude=106.55)
    visit = made.visit(county, place, position=Position(29.58, 106.55))

    page = client_as(county.officer()).get(f"/visits/{visit.id}")

    assert "离登记地址2,224米" in page.soup.select_one(".far").text


def test_a_correction_and_an_approval_stand_in_the_history(county, client_as):
    visit = made.visit(county)
    browser = client_as(county.officer())

    browser.submit(f"/visits/{visit.id}/correct", reason="写错了事由", purpose="双减专项")
    page = browser.submit(
        f"/visits/{visit.id}/approval", approved_by_name="罗志远", approved_on="2026-10-15"
    )

    history = page.soup.select_one(".timeline").text
    assert "写错了事由" in history
    assert "登记审批" in history


def test_the_minutes_print_with_what_was_found(county, client_as):
    visit = made.visit(county, findings=[made.finding_draft(county)], representative="许芸")

    paper = client_as(county.officer()).get(f"/visits/{visit.id}/minutes.pdf")

    assert paper.mimetype == "application/pdf"
    assert paper.data.startswith(b"%PDF")


def test_a_planned_visit_whose_day_has_passed_is_late(county, client_as, at):
    made.planned_visit(county)
    at(date(2026, 10, 19))

    page = client_as(county.officer()).get("/visits?state=planned")

    assert "检查逾期3天" in page.soup.select_one("tbody").text
