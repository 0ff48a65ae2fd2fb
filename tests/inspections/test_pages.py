import io

import pytest
import sqlalchemy as sa
from PIL import Image

from tests.factories import inspections as made
from tests.factories.county import County
from tests.factories.registry import institution
from training_oversight import clock
from training_oversight.accounts.permissions import Role
from training_oversight.inspections.models import Answer, Finding, Visit
from training_oversight.inspections.workflow import FindingState, VisitState
from training_oversight.places import Position
from training_oversight.registry.models import Institution

YESTERDAY = {"happened_at": "2026-10-14", "happened_time": "14:30", "ended_at": "15:10"}
REASON = {"unanswered_reason": "负责人不在场"}


def photo(size=(40, 30), kind="PNG"):
    made_of = io.BytesIO()
    Image.new("RGB", size).save(made_of, kind)
    return made_of.getvalue()


def upload(data, name="现场.png"):
    return (io.BytesIO(data), name)


def all_of(session, model):
    return session.scalars(sa.select(model).order_by(model.id)).all()


def test_an_inspector_finds_the_place_and_begins_a_visit(county, client_as, session):
    place = institution(county, name="飞羽羽毛球训练馆")
    browser = client_as(county.officer())

    found = browser.get("/visits/new?q=飞羽")
    page = browser.submit(found.soup.select_one(".places a")["href"])

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
        "/visits/new?place=unknown", place_name="启衡数学工作室", place_address="桂园小区3栋2单元"
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
    problem = {"found-0-facts": made.FACTS}
    sent = {"answer-fee_period": "no", "photos": upload(photo()), "position": "29.56, 106.55"}

    page = client_as(county.officer()).submit(
        entered_url(county), **YESTERDAY, **REASON, **problem, **sent
    )

    visit, finding = all_of(session, Visit)[0], all_of(session, Finding)[0]
    assert visit.state is VisitState.DONE
    assert f"{clock.local(visit.happened_at):%d %H:%M}" == "14 14:30"
    assert (finding.visit_id, finding.state) == (visit.id, FindingState.PENDING)
    assert len(page.soup.select(".shots img")) == 1
    assert "持证检查人员不足两名" in page.text


def test_a_visit_of_tomorrow_comes_back_filled_in(county, client_as, session):
    answers = YESTERDAY | REASON | {"happened_at": "2026-10-16", "purpose": "双减专项"}

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
    assert all_of(session, Visit) == []


def test_a_form_sent_twice_makes_one_visit(county, client_as, session):
    browser, url = client_as(county.officer()), f"/visits/new?institution={institution(county).id}"
    data = {"once": "the-same", "kind": "routine", "approval": "approved", "checklist_id": "0"}
    data["officers"] = browser.get(url).soup.select_one("[name=officers][checked]")["value"]

    browser.post(url, data)
    again = browser.post(url, data)

    assert len(all_of(session, Visit)) == 1
    assert "没有重复" in again.text or again.status_code == 200


TEXT = b"this is no photo"


@pytest.mark.parametrize(
    ("data", "name", "status", "words"),
    [
        (b"\xff\xd8\xff" + b"0" * 30 * 1024 * 1024, "大.jpg", 413, "30.1 MB"),
        (TEXT, "现场.jpg", 422, "不是照片"),
        (photo((9000, 9000)), "巨幅.png", 422, "9000"),
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


def test_a_problem_from_a_question_has_its_violation_type_and_answers_it(
    county, client_as, session
):
    visit = made.visit_under_way(county)
    browser = client_as(county.officer())

    browser.submit(
        f"/visits/{visit.id}/problems/new?item=fee_period",
        facts=made.FACTS,
        photos=[upload(photo(), "一.png"), upload(photo((50, 30)), "二.png")],
    )

    finding = all_of(session, Finding)[0]
    item = next(one for one in visit.checklist.items if one["code"] == "fee_period")
    assert finding.violation_type.code == item["violation_type"]
    assert finding.checklist_item_code == "fee_period"
    session.refresh(visit)
    assert [(a.item_code, a.answer) for a in visit.answers] == [("fee_period", Answer.NO)]
    assert len(browser.get(f"/visits/findings/{finding.id}").soup.select(".shots img")) == 2


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
        origin="document",
        found_on="2026-10-12",
        facts=made.FACTS,
    )

    finding = all_of(session, Finding)[0]
    assert (finding.visit_id, finding.origin.value) == (None, "document")


def test_a_problem_is_changed_until_it_is_decided(county, client_as, session):
    visit = made.visit_under_way(county)
    finding = made.finding(county, visit)

    client_as(county.officer()).submit(
        f"/visits/{visit.id}/problems/{finding.id}", facts="收据15张。", severity="grave"
    )

    session.refresh(finding)
    assert (finding.facts, finding.severity.value) == ("收据15张。", "grave")


def test_the_minutes_print_with_what_was_found(county, client_as):
    visit = made.visit(county, findings=[made.finding_draft(county)], representative="许芸")

    paper = client_as(county.officer()).get(f"/visits/{visit.id}/minutes.pdf")

    assert paper.mimetype == "application/pdf"
    assert paper.data.startswith(b"%PDF")


def pages(visit, finding):
    return [
        f"/visits/{visit.id}",
        f"/visits/{visit.id}/minutes.pdf",
        f"/visits/findings/{finding.id}",
    ]


def forms(visit, finding):
    place = visit.institution_id
    return [
        f"/visits/new?institution={place}",
        f"/visits/new/entered?institution={place}",
        f"/visits/new/planned?institution={place}",
        f"/visits/{visit.id}/photos",
        f"/visits/{visit.id}/correct",
        f"/visits/{visit.id}/problems/new",
        f"/visits/findings/{finding.id}/fix",
        f"/visits/findings/new?institution={place}",
    ]


def test_an_observer_reads_and_changes_nothing(county, client_as):
    visit = made.visit(county, representative="许芸")
    finding = made.finding(county, visit)
    browser = client_as(county.officer(Role.OBSERVER))

    record = browser.get(f"/visits/{visit.id}")
    for url in pages(visit, finding):
        browser.get(url)
    for url in forms(visit, finding):
        browser.get(url, status=403)

    assert "许芸" not in record.text
    assert not record.soup.select(".moves a, .moves button, .head-actions a[href*=correct]")


def test_the_hotline_desk_sees_no_visit(county, client_as):
    visit = made.visit(county)
    browser = client_as(county.officer(Role.HOTLINE))

    refused = [browser.get(url, status=403) for url in ("/visits", f"/visits/{visit.id}")]

    assert len(refused) == 2


def test_another_county_finds_nothing_here(county, client_as, session):
    visit = made.visit(county)
    finding = made.finding(county, visit)
    browser = client_as(County(session, code="990102", name="南塘县").officer())

    for url in [*pages(visit, finding), *forms(visit, finding)]:
        browser.get(url, status=404)

    assert visit.institution.name not in browser.get("/visits?state=done").text


def test_a_photo_is_sent_only_under_its_own_visit(county, client_as):
    visit, other = made.visit(county), made.visit(county)
    browser = client_as(county.officer())
    browser.submit(f"/visits/{visit.id}/photos", photos=upload(photo()))
    address = browser.get(f"/visits/{visit.id}").soup.select_one(".shots img")["src"]

    sent = browser.get(address)
    sent.close()
    browser.get(address.replace(f"/visits/{visit.id}/", f"/visits/{other.id}/"), status=404)

    assert sent.mimetype == "image/png"


def test_the_list_shows_each_state_under_its_tab(county, client_as):
    done, planned = made.visit(county), made.planned_visit(county)
    browser = client_as(county.officer())

    waiting = browser.get("/visits").soup.select_one("table").text
    over = browser.get("/visits?state=done").soup.select_one("table").text

    assert planned.institution.name in waiting
    assert planned.institution.name not in over
    assert done.institution.name in over


def test_the_list_narrows_by_kind_officer_township_and_place(county, client_as):
    visit = made.visit(county)
    browser = client_as(county.officer())
    found, lost = f"officer={visit.officers[0].id}", f"officer={county.officer().id}"

    for query in [found, "kind=routine", f"institution={visit.institution_id}"]:
        assert visit.institution.name in browser.get(f"/visits?state=done&{query}").text
    for query in [lost, "kind=joint", f"township={county.townships[2].code}"]:
        page = browser.get(f"/visits?state=done&{query}")
        assert "没有符合筛选条件的检查" in page.text


def test_the_list_makes_as_many_queries_for_five_visits_as_for_one(county, client_as, queries_of):
    browser = client_as(county.officer())
    made.visit(county)
    with queries_of() as for_one:
        browser.get("/visits?state=done")
    for _ in range(4):
        made.visit(county)

    with queries_of() as for_five:
        browser.get("/visits?state=done")

    assert len(for_five) == len(for_one)
