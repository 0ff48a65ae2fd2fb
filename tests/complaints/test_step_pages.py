"""Each step of a complaint on its page, and what lists, files and drafts show."""

import io
from datetime import timedelta

import pytest
import sqlalchemy as sa
from werkzeug.datastructures import FileStorage

from tests.factories import inspections
from tests.factories.complaints import (
    ACCOUNT,
    ANSWER,
    REPORTER,
    WORDS,
    accepted,
    answered,
    assigned,
    called,
    closed,
    desk,
    handler,
    head,
    merged,
    objected,
    received,
    submitted,
    told,
)
from tests.factories.ledger import done
from tests.factories.registry import institution
from tests.factories.uploads import photo
from training_oversight import clock, database
from training_oversight.complaints import service
from training_oversight.complaints.kinds import ComplaintKind, Satisfaction
from training_oversight.complaints.models import Complaint
from training_oversight.complaints.workflow import ComplaintState
from training_oversight.files import service as files
from training_oversight.files.models import Attachment


def latest(county):
    return county.session.scalars(sa.select(Complaint).order_by(Complaint.id.desc())).first()


STEPS = {
    "decline": (received, desk, {"reason": "不属于本局，已告知城管热线。"}, "declined"),
    "settle": (
        lambda county: received(county, kind=ComplaintKind.INQUIRY),
        desk,
        {"truth": "not_examined", "reasons": "按名单答复。", "words": "请看公示名单。"},
        "answered",
    ),
    "object": (assigned, handler, {"ground": "合同归市场监管。"}, "objected"),
    "decide": (objected, head, {"reason": "市场监管牵头。"}, "assigned"),
    "return": (submitted, head, {"reason": "写明日期。"}, "assigned"),
    "urge": (assigned, desk, {"note": "请尽快答复。"}, "assigned"),
    "handler": (assigned, desk, {}, "assigned"),
    "platform": (received, desk, {}, "received"),
    "again": (closed, head, {"decision": "again", "reason": "又停课了。"}, "assigned"),
}


@pytest.mark.parametrize("step", STEPS)
def test_every_step_has_a_page_that_takes_it(client_as, county, step):
    make, who, answers, state = STEPS[step]
    complaint, officer = make(county), who(county)
    market = str(county.departments["market"].id)
    answers = dict(answers)
    if step in ("object", "decide"):
        answers["department_id"] = market
    if step == "platform":
        answers["on"] = county.today.isoformat()

    client_as(officer).submit(f"/complaints/{complaint.id}/{step}", **answers)

    assert complaint.state == state


def test_it_is_merged_by_its_number(client_as, county):
    into = accepted(county)
    complaint = received(county, into.institution)
    browser, address = client_as(desk(county)), f"/complaints/{complaint.id}/merge"

    refused = browser.submit(address, 422, into="TS-2020-0001")
    browser.submit(address, into=into.number.lower())

    assert "没有编号为TS-2020-0001的工单" in refused.text
    assert complaint.merged_into_id == into.id


def test_a_visit_is_linked_from_the_order(client_as, county):
    place = institution(county)
    complaint, visit = assigned(county, place), inspections.visit(county, place)
    browser = client_as(handler(county))

    page = browser.submit(f"/complaints/{complaint.id}/visits", visit=str(visit.id))

    assert f"/visits/{visit.id}" in page.text


def test_the_institution_shows_what_was_complained_of(client_as, county):
    complaint = assigned(county)

    page = client_as(county.officer()).get(f"/institutions/{complaint.institution_id}")

    assert complaint.number in page.text
    assert WORDS not in page.text


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ("channel=phone", True),
        ("channel=letter", False),
        ("kind=complaint", True),
        ("due=late", False),
        ("due=soon", False),
        ("mine=1", False),
        ("q=TS-{year}-0001", True),
        ("q=别处", False),
        ("department={department}", True),
        ("township=000000", True),
    ],
)
def test_the_list_is_narrowed_by_what_is_asked(client_as, county, asked, shown):
    complaint = assigned(county)
    asked = asked.format(year=county.today.year, department=complaint.department_id)

    page = client_as(desk(county)).get(f"/complaints?state=assigned&{asked}")

    assert (complaint.number in page.soup.select_one("main").text) is shown


def test_what_is_late_is_said_in_the_title_and_the_row(client_as, county, at):
    complaint = assigned(county)
    at(complaint.due_on + timedelta(days=3))

    page = client_as(desk(county)).get("/complaints?state=assigned&due=late")

    assert "逾期3天" in page.text


def test_a_pin_in_the_sea_of_words_is_refused_and_kept(client_as, county):
    browser = client_as(desk(county))
    given = {"kind": "report", "words": WORDS, "anonymous": "yes", "channel": "phone"}

    refused = browser.submit(
        "/complaints/new", 422, place="书院路", position="不知道",
        township=county.townships[0].code, **given,
    )  # fmt: skip

    assert "不知道" in refused.text


def test_what_lies_near_a_pin_is_offered_with_its_distance(client_as, county):
    received(county, described=True, latitude=31.5, longitude=121.2)
    http = client_as(desk(county)).http

    near = http.get("/complaints/beside?place=路口&position=31.5005,121.2&datum=wgs84").text
    far = http.get("/complaints/beside?place=别的地方&position=31.6,121.2&datum=wgs84").text

    assert "米" in near
    assert "TS-" not in far


def test_the_script_keeps_a_draft_and_says_so(client_as, county):
    browser = client_as(desk(county))
    data = {"csrf_token": browser.token(), "words": "说到一半"}

    answer = browser.http.post("/complaints/new/draft", data=data)

    assert answer.json["kept"] is True
    browser.submit("/complaints/new", form="form[action='/complaints/new/clear']")
    assert "说到一半" not in browser.get("/complaints/new").text


def test_the_code_is_read_back_only_by_who_took_the_call_or_the_desk(client_as, county):
    officer = county.officer()
    complaint = received(county, by=officer)
    address = f"/complaints/{complaint.id}/taken"

    client_as(officer).get(address)
    client_as(desk(county)).get(address)
    client_as(county.officer()).get(address, status=404)


def test_a_word_of_the_reporter_is_kept_as_a_hash(client_as, county):
    given = {"kind": "report", "words": WORDS, "anonymous": "yes", "channel": "phone"}
    browser, place = client_as(desk(county)), institution(county)

    refused = browser.submit(
        "/complaints/new", 422, institution=str(place.id), secret="猫", **given
    )
    browser.submit("/complaints/new", institution=str(place.id), secret="小花猫咪", **given)

    assert "至少填4个字符" in refused.text
    assert latest(county).tracking_hash.startswith("$argon2id$")


def test_who_is_not_called_yet_is_counted(client_as, county):
    complaint = assigned(county)
    another = merged(county, complaint.institution, into=complaint)
    done(service.submit, complaint, ANSWER, by=handler(county), today=clock.today())
    done(service.approve, complaint, by=head(county), today=clock.today())
    day, browser = county.today.isoformat(), client_as(desk(county))
    call = {"called_on": day, "called_by": "office", "satisfaction": "satisfied"}

    first = browser.submit(f"/complaints/{complaint.id}/call?reporter={another.id}", **call)
    second = browser.submit(f"/complaints/{complaint.id}/call", **call)

    assert "还有1人待回访" in first.text
    assert "可以办结" in second.text
    browser.get(f"/complaints/{complaint.id}/call?reporter=999999", status=404)
    browser.get(f"/complaints/{received(county).id}/call", status=409)


def test_the_head_can_leave_the_answer_as_it_is(client_as, county):
    complaint = answered(county)
    called(county, complaint, Satisfaction.DISSATISFIED)

    client_as(head(county)).submit(
        f"/complaints/{complaint.id}/again", decision="stands", reason="已退清。"
    )

    assert complaint.proposals == []


def test_a_contact_that_cannot_be_opened_is_said_to_be_lost(client_as, county):
    complaint = received(county)
    with database.transaction() as session:
        session.execute(sa.text("UPDATE complaint_contact SET phone = :spoilt"), {"spoilt": b"\0"})

    page = client_as(desk(county)).submit(f"/complaints/{complaint.id}/contact", why="回访核实退费")

    assert "已无法读取" in page.text


def test_a_photo_of_the_reporter_stays_with_desk_and_handler_under_a_number(client_as, county, app):
    worker, clerk = county.officer(), desk(county)
    upload = FileStorage(io.BytesIO(photo()), filename="林素问13800138000.png")
    kept = [files.keep(upload, data_dir=app.config["DATA_DIR"])]
    place = institution(county)
    given = {"by": clerk, "now": clock.now(), "today": clock.today(), "kept": kept}
    complaint = done(service.log, told(county, place), REPORTER, **given)
    done(service.accept, complaint, by=clerk, today=clock.today())
    given = {"handler": worker, "helpers": [], "account": ACCOUNT, "by": clerk}
    department = county.departments["education"]
    done(service.assign, complaint, department=department, today=clock.today(), **given)

    [name] = county.session.scalars(sa.select(Attachment.name))
    [key] = county.session.scalars(sa.select(Attachment.id))
    address = f"/complaints/{complaint.id}/files/{key}"
    assert name == "材料1.png"
    client_as(worker).get(address).close()
    client_as(head(county)).get(address, status=404)
    assert name not in client_as(head(county)).get(f"/complaints/{complaint.id}").text


def test_what_came_with_an_answer_is_read_by_all_who_read_the_order(client_as, county, app):
    complaint, worker = assigned(county), handler(county)
    upload = FileStorage(io.BytesIO(photo()), filename="退费凭证.png")
    kept = [files.keep(upload, data_dir=app.config["DATA_DIR"])]
    done(service.submit, complaint, ANSWER, by=worker, today=clock.today(), kept=kept)

    page = client_as(head(county)).get(f"/complaints/{complaint.id}")

    [address] = {one["href"] for one in page.soup.select("main a[href*='/files/']")}
    answer = client_as(head(county)).get(address)

    assert answer.mimetype.startswith("image/")
    answer.close()


def test_every_step_that_a_row_names_leads_to_a_page(client_as, county):
    for make in (received, accepted, assigned, objected, submitted, answered):
        make(county)
    browsers = [client_as(who(county)) for who in (desk, handler, head)]

    for browser in browsers:
        for state in ComplaintState:
            page = browser.get(f"/complaints?state={state.value}").soup
            for link in page.select("tbody .s-end a"):
                browser.get(link["href"])

    assert all(browser.get("/complaints").soup.select("tbody tr") for browser in browsers)
