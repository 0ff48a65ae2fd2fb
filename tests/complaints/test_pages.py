"""The pages of complaints, for each role that uses them."""

import sqlalchemy as sa

from tests.factories.complaints import (
    ACCOUNT,
    REPORTER,
    WORDS,
    accepted,
    answered,
    assigned,
    called,
    desk,
    handler,
    head,
    received,
)
from tests.factories.registry import institution
from training_oversight.accounts.permissions import Role
from training_oversight.complaints.kinds import Satisfaction
from training_oversight.complaints.models import Complaint, ComplaintContact
from training_oversight.complaints.workflow import ComplaintState


def latest(county):
    return county.session.scalars(sa.select(Complaint).order_by(Complaint.id.desc())).first()


def test_a_call_becomes_an_order_with_a_code_to_read_back(client_as, county):
    place = institution(county)

    page = client_as(desk(county)).submit(
        "/complaints/new",
        institution=str(place.id),
        kind="complaint",
        words=WORDS,
        anonymous="no",
        name=REPORTER.name,
        phone=REPORTER.phone,
        channel="phone",
    )

    complaint = latest(county)
    code = complaint.tracking_code
    assert page.soup.select_one(".spoken-code").text == f"{code[:3]} {code[3:6]} {code[6:]}"
    assert complaint.institution_id == place.id
    assert complaint.reachable
    assert county.session.scalar(sa.select(ComplaintContact.complaint_id)) == complaint.id


def test_a_described_place_needs_its_township_and_keeps_what_was_typed(client_as, county):
    browser = client_as(desk(county))
    given = {"kind": "report", "words": WORDS, "anonymous": "yes", "channel": "phone"}

    refused = browser.submit("/complaints/new", 422, place="书院路口楼上", **given)
    browser.submit(
        "/complaints/new", place="书院路口楼上", township=county.townships[0].code, **given
    )

    assert "请选乡镇街道" in refused.text
    assert WORDS in refused.text
    assert latest(county).division_path == county.townships[0].path


def test_one_more_caller_is_added_to_an_open_order(client_as, county):
    first = assigned(county)

    client_as(desk(county)).submit(
        "/complaints/new",
        institution=str(first.institution_id),
        kind="complaint",
        words="也没退钱。",
        anonymous="yes",
        channel="phone",
        into=str(first.id),
    )

    assert latest(county).merged_into_id == first.id
    assert latest(county).state is ComplaintState.MERGED


def test_only_the_desk_and_the_named_handler_read_the_words_of_the_reporter(client_as, county):
    named = handler(county)
    complaint = assigned(county, to=named)
    address = f"/complaints/{complaint.id}"

    seen = {
        who: WORDS in client_as(officer).get(address).text
        for who, officer in {
            "desk": desk(county),
            "handler": named,
            "colleague": county.officer(),
            "head": head(county),
            "leader": county.officer(Role.LEADER),
            "observer": county.officer(Role.OBSERVER),
        }.items()
    }

    assert seen == {
        "desk": True, "handler": True, "colleague": False, "head": False, "leader": False,
        "observer": False,
    }  # fmt: skip
    assert ACCOUNT in client_as(head(county)).get(address).text


def test_a_look_at_the_contact_asks_why_and_stands_in_the_history(client_as, county):
    complaint = received(county)
    browser = client_as(desk(county))
    address = f"/complaints/{complaint.id}/contact"

    before = browser.get(address).text
    refused = browser.submit(address, 422, why="")
    shown = browser.submit(address, 200, why="回访核实退费金额")

    assert REPORTER.phone not in before
    assert REPORTER.phone not in refused.text
    assert REPORTER.phone in shown.text
    assert shown.headers["Cache-Control"] == "no-store"
    assert "回访核实退费金额" in browser.get(f"/complaints/{complaint.id}").text


def test_the_contact_is_refused_to_everybody_else(client_as, county):
    complaint = assigned(county)

    for officer in (head(county), county.officer(), county.officer(Role.LEADER)):
        client_as(officer).get(f"/complaints/{complaint.id}/contact", status=403)


def test_a_department_reads_its_own_orders_alone(client_as, county):
    own, other = assigned(county, department="market"), assigned(county)
    browser = client_as(handler(county, "market"))

    page = browser.get("/complaints?state=assigned").text

    assert own.number in page
    assert other.number not in page
    browser.get(f"/complaints/{other.id}", status=404)


def test_an_order_travels_from_the_call_to_the_call_back(client_as, county):
    clerk, worker, decider = desk(county), county.officer(), head(county)
    complaint = received(county, by=clerk)
    address = f"/complaints/{complaint.id}"
    office, field, chief = client_as(clerk), client_as(worker), client_as(decider)
    day = county.today.isoformat()

    office.submit(address, form=f"form[action='{address}/accept']")
    office.submit(
        f"{address}/assign",
        department_id=str(county.departments["education"].id),
        handler_id=str(worker.id),
        account=ACCOUNT,
    )
    field.submit(f"{address}/answer", truth="true", reasons="到场核实。", words="已责令退费。")
    chief.submit(f"{address}/approve")
    office.submit(f"{address}/call", called_on=day, called_by="office", satisfaction="dissatisfied")
    chief.submit(f"{address}/again", decision="again", reason="没有说明退费日期。")
    field.submit(f"{address}/answer", truth="true", reasons="已退。", words="10月20日前退清。")
    chief.submit(f"{address}/approve")
    office.submit(f"{address}/call", called_on=day, called_by="office", satisfaction="satisfied")
    office.submit(f"{address}/close")

    assert complaint.state is ComplaintState.CLOSED
    assert [one.words for one in complaint.answers] == ["已责令退费。", "10月20日前退清。"]


def test_the_board_says_how_many_and_whose(client_as, county):
    assigned(county, department="market")
    received(county)

    page = client_as(desk(county)).get("/complaints").soup

    tabs = [one.text.split() for one in page.select(".tabs a")]
    assert ["已登记（待受理）", "1"] in tabs
    assert ["办理中", "1"] in tabs
    assert page.select_one("tbody tr .s-end a").text == "受理"


def test_a_draft_survives_and_ends_with_the_order(client_as, county):
    browser = client_as(desk(county))
    browser.submit("/complaints/new", draft="1", words="说到一半", place="书院路")

    page = browser.get("/complaints/new")

    assert page.soup.select_one("textarea[name=words]").text.strip() == "说到一半"
    assert page.soup.select_one("input[name=place]")["value"] == "书院路"


def test_who_is_not_satisfied_only_proposes(client_as, county):
    complaint = answered(county)
    called(county, complaint, Satisfaction.DISSATISFIED)

    page = client_as(desk(county)).get(f"/complaints/{complaint.id}").text

    assert complaint.state is ComplaintState.ANSWERED
    assert "先由科室负责人决定是否重办" in page


def test_similar_orders_stand_at_the_side_while_one_types(client_as, county):
    complaint = accepted(county)

    address = f"/complaints/beside?institution={complaint.institution_id}"
    page = client_as(desk(county)).http.get(address)

    assert f"并入{complaint.number}" in page.text
