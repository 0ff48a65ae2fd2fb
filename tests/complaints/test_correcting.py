"""What was typed wrongly of a call is put right, and what stood there stays readable."""

import dataclasses

import pytest
import sqlalchemy as sa

from tests.factories.complaints import (
    ANSWER,
    WORDS,
    accepted,
    answered,
    assigned,
    desk,
    handler,
    head,
    merged,
    received,
)
from tests.factories.county import County
from tests.factories.ledger import done
from tests.factories.registry import institution
from training_oversight import clock
from training_oversight.audit import Event
from training_oversight.complaints import service
from training_oversight.complaints.kinds import Channel, ComplaintKind, LimitBasis, Step
from training_oversight.complaints.models import Complaint
from training_oversight.complaints.service import Right, limits
from training_oversight.errors import BadInput, NotFound, NotPermitted, WrongState
from training_oversight.places import Position

SECRET = "孩子在二楼上课，老师姓沈。"


def as_it_is(complaint, **values):
    given = Right(
        kind=complaint.kind,
        words=complaint.words,
        division=complaint.division,
        institution=complaint.institution,
        place=complaint.place,
        position=complaint.position,
        violation_code=complaint.violation_code,
        happened=complaint.happened,
        wanted=complaint.wanted,
    )
    return dataclasses.replace(given, **values)


def put_right(county, complaint, *, by=None, reason="登记时听错了。", **values):
    given = {"reason": reason, "by": by or desk(county), "today": clock.today()}
    done(service.correct, complaint, as_it_is(complaint, **values), **given)


def corrections(county):
    return county.session.scalars(
        sa.select(Event).where(Event.verb == "complaint.corrected").order_by(Event.id)
    ).all()


def test_a_described_place_becomes_the_institution_that_it_is(county):
    complaint = received(county, described=True)
    described, place = complaint.place, institution(county)

    put_right(county, complaint, institution=place)

    [event] = corrections(county)
    assert complaint.where == place.name
    assert complaint.place == described
    assert complaint.division_path == place.division_path
    assert event.changes["institution_id"] == [None, place.id]
    assert event.note == "登记时听错了。"


def test_a_wrong_institution_becomes_a_described_place(county):
    complaint, town = received(county), county.townships[1]

    put_right(
        county, complaint, institution=None, place="书院路口", division=town,
        position=Position(31.5, 121.2),
    )  # fmt: skip

    assert (complaint.institution, complaint.where) == (None, "书院路口")
    assert complaint.division_path == town.path
    assert complaint.position == Position(31.5, 121.2)


def test_the_earlier_words_are_kept_and_stand_in_no_history(county):
    complaint = received(county, words=SECRET)

    put_right(county, complaint, words=WORDS, happened="上周六")

    [event], [kept] = corrections(county), complaint.corrections
    assert (kept.words, kept.happened, complaint.words) == (SECRET, "", WORDS)
    assert event.changes["words"] == ["*", "*"]
    assert SECRET not in str(event.changes)


def test_what_is_not_changed_leaves_no_trace(county):
    complaint = received(county)

    put_right(county, complaint)

    assert corrections(county) == []
    assert complaint.corrections == []


def test_another_kind_has_the_limits_of_that_kind(county):
    complaint, plain = accepted(county), accepted(county, kind=ComplaintKind.PETITION)

    put_right(county, complaint, kind=ComplaintKind.PETITION)

    assert complaint.due_on == plain.due_on
    assert [one.step for one in complaint.limits[2:]] == [Step.ACCEPT, Step.ANSWER]


def test_before_acceptance_the_day_of_the_acceptance_is_that_of_the_kind(county):
    complaint, plain = received(county), received(county, kind=ComplaintKind.PETITION)

    put_right(county, complaint, kind=ComplaintKind.PETITION)

    assert complaint.due_on == plain.due_on
    assert limits.own_answer(complaint) is None


def test_a_day_of_the_centre_stays_whatever_the_kind(county):
    complaint = received(
        county, channel=Channel.CENTRE, outside_number="DH1", outside_due_on=county.today
    )
    done(service.accept, complaint, by=desk(county), today=clock.today())

    put_right(county, complaint, kind=ComplaintKind.PETITION)

    assert complaint.due_on == county.today
    assert limits.own_answer(complaint).basis is LimitBasis.ORDER


@pytest.mark.parametrize("wrong", [{"institution": None, "place": ""}])
def test_an_order_is_somewhere(county, wrong):
    with pytest.raises(BadInput):
        put_right(county, received(county), **wrong)


def test_a_place_outside_the_officers_ground_is_refused(county):
    complaint = received(county, described=True)
    elsewhere = County(county.session, code="990201", name="邻江县")

    for there in (
        {"division": elsewhere.townships[0]},
        {"institution": institution(elsewhere)},
    ):
        with pytest.raises(NotFound):
            put_right(county, complaint, **there)


def test_who_took_it_in_puts_it_right_until_it_is_accepted(county):
    worker, colleague = county.officer(), county.officer()
    complaint = received(county, by=worker)

    with pytest.raises(NotPermitted):
        put_right(county, complaint, by=colleague, words=SECRET)
    put_right(county, complaint, by=worker, words=SECRET)
    done(service.accept, complaint, by=desk(county), today=clock.today())
    with pytest.raises(NotPermitted):
        put_right(county, complaint, by=worker, words=WORDS)


def test_what_was_answered_or_merged_stays_as_it_was_answered(county):
    for complaint in (answered(county), merged(county)):
        with pytest.raises(WrongState):
            put_right(county, complaint, words=SECRET)


def test_others_neither_open_nor_send_the_page(county, client_as):
    complaint = assigned(county)

    for officer, status in ((head(county), 403), (handler(county, "market"), 403)):
        client_as(officer).get(f"/complaints/{complaint.id}/correct", status=status)


def test_the_page_shows_what_stands_and_the_record_what_was_put_right(county, client_as):
    place = institution(county, name="青禾艺术培训中心")
    other = institution(county, name="澄光书院")
    complaint = received(county, place, words=SECRET)
    url = f"/complaints/{complaint.id}"
    browser = client_as(desk(county))

    shown = browser.get(f"{url}/correct")
    refused = browser.submit(f"{url}/correct", 422, institution=str(other.id), reason="")
    page = browser.submit(
        f"{url}/correct", institution=str(other.id), kind="report", words=WORDS,
        reason="登记时选错了机构",
    )  # fmt: skip

    assert SECRET in shown.text
    assert "澄光书院" in refused.text
    assert "青禾艺术培训中心" in page.soup.select_one(".timeline").text
    assert "登记时选错了机构" in page.soup.select_one(".timeline").text
    assert SECRET in page.soup.select_one("main details").text
    assert SECRET not in client_as(head(county)).get(url).text


def test_looking_places_up_without_script_keeps_what_was_typed(county, client_as):
    place = institution(county, name="青禾艺术培训中心")
    complaint = received(county, described=True)

    page = client_as(desk(county)).submit(
        f"/complaints/{complaint.id}/correct", look="1", institution="", place="青禾", words=SECRET
    )

    assert place.name in page.text
    assert SECRET in page.text
    assert county.session.get(Complaint, complaint.id).words != SECRET


def test_the_answered_order_opens_no_page_of_correction(county, client_as):
    complaint = answered(county, written=ANSWER)

    client_as(desk(county)).get(f"/complaints/{complaint.id}/correct", status=409)
    assert "更正工单" not in client_as(desk(county)).get(f"/complaints/{complaint.id}").text


def test_in_another_county_there_is_no_such_order(county):
    complaint, other = received(county), County(county.session, code="990201", name="邻江县")

    with pytest.raises(NotFound):
        put_right(county, complaint, by=desk(other))
