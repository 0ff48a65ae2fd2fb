"""What a phone noted is taken once, in its order, and by nobody else."""

import uuid
from datetime import timedelta

import pytest
import sqlalchemy as sa

from tests.factories.county import County
from tests.factories.field import Phone, act, begin, problem
from tests.factories.inspections import checklist, planned_visit, visit_under_way
from tests.factories.registry import closed, institution
from training_oversight import clock, database
from training_oversight.accounts.permissions import Role
from training_oversight.catalogue.models import Checklist
from training_oversight.field.models import FieldAct
from training_oversight.inspections import service as visits
from training_oversight.inspections.models import Finding, NotPossible, Visit, VisitAnswer
from training_oversight.inspections.workflow import VisitState


@pytest.fixture
def officer(county):
    return county.officer()


@pytest.fixture
def other_county(session):
    return County(session, code="990102", name="临溪县")


@pytest.fixture
def phone(client_as, officer):
    return Phone(client_as(officer), officer)


def answers(county, visit):
    county.session.expire_all()
    rows = county.session.scalars(sa.select(VisitAnswer).where(VisitAnswer.visit_id == visit.id))
    return {row.item_code: row.answer.value for row in rows}


def begun_by(county, key):
    return county.session.scalars(sa.select(Visit).where(Visit.client_key == str(key))).one()


def found(county, visit):
    return county.session.scalars(sa.select(Finding).where(Finding.visit_id == visit.id)).all()


def first(county):
    return checklist(county).items[0]["code"]


def test_a_whole_visit_that_the_phone_began_is_there_with_its_times(county, phone):
    key, problem_key = uuid.uuid4(), uuid.uuid4()
    place, codes = institution(county), [one["code"] for one in checklist(county).items]
    ago = clock.now() - timedelta(minutes=40)
    acts = [begin(county, place, key, at=ago)]
    acts += [act("answer", begun=key, item=code, answer="yes", base="") for code in codes[1:]]
    acts += [
        act("answer", begun=key, item=codes[0], answer="no", base=""),
        problem(county, None, of=problem_key, item=codes[0]) | {"visit_key": str(key)},
        act("position", begun=key, latitude=29.56, longitude=106.55, accuracy=8),
        act("finish", begun=key, at=ago + timedelta(minutes=30), representative="陈某",
            representative_role="负责人", statement="", minutes="", unanswered_reason="", whys={}),
    ]  # fmt: skip
    acts[-3].pop("visit_id", None)

    told = phone.send(*acts)

    assert {one["outcome"] for one in told["acts"]} == {"taken"}
    visit = begun_by(county, key)
    assert (visit.state, visit.happened_at, visit.ended_at) == (
        VisitState.DONE, ago, ago + timedelta(minutes=30),
    )  # fmt: skip
    assert (visit.representative, visit.position_accuracy) == ("陈某", 8)
    assert [one.id for one in visit.officers] == [phone.officer.id]
    assert len(answers(county, visit)) == len(codes)
    [one] = found(county, visit)
    assert (one.client_key, one.checklist_item_code) == (str(problem_key), codes[0])


def test_what_is_sent_a_second_time_changes_nothing(county, phone):
    key, place = uuid.uuid4(), institution(county)
    visit = visit_under_way(county, by=phone.officer, officers=[phone.officer])
    acts = [begin(county, place, key), problem(county, visit)]

    first_time, second = phone.send(*acts)["acts"], phone.send(*acts)["acts"]

    assert [one["outcome"] for one in first_time] == ["taken", "taken"]
    assert [one["outcome"] for one in second] == ["again", "again"]
    assert begun_by(county, key)
    assert len(found(county, visit)) == 1


def test_one_key_never_says_two_things(county, phone):
    visit, key = visit_under_way(county, by=phone.officer, officers=[phone.officer]), uuid.uuid4()
    phone.say(act("answer", visit=visit, key=key, item=first(county), answer="yes", base=""))

    again = phone.say(act("answer", visit=visit, key=key, item=first(county), answer="no", base=""))

    assert again["outcome"] == "refused"
    assert answers(county, visit) == {first(county): "yes"}


def test_what_is_refused_does_not_hold_up_what_is_good(county, phone):
    visit = visit_under_way(county, by=phone.officer, officers=[phone.officer])
    unknown = act("answer", visit=visit, item="no-such-question", answer="yes", base="")
    good = act("answer", visit=visit, item=first(county), answer="yes", base="")

    told = phone.send(unknown, good)["acts"]

    assert [one["outcome"] for one in told] == ["refused", "taken"]
    assert "no-such-question" in told[0]["sentence"]


def test_a_planned_visit_begins_when_the_phone_says(county, phone):
    visit = planned_visit(county, by=phone.officer, officers=[phone.officer])
    ago = clock.now() - timedelta(minutes=5)

    told = phone.say(act("start", visit=visit, at=ago))

    county.session.refresh(visit)
    assert (told["state"], visit.happened_at) == ("under_way", ago)


def test_two_phones_that_begin_one_planned_visit_begin_it_once(county, phone, client_as):
    colleague = county.officer()
    visit = planned_visit(county, by=phone.officer, officers=[phone.officer, colleague])
    other = Phone(client_as(colleague), colleague)

    assert phone.say(act("start", visit=visit))["outcome"] == "taken"
    assert other.say(act("start", visit=visit))["outcome"] == "taken"


def test_of_two_answers_both_sides_are_shown_and_neither_is_lost(county, phone, client_as):
    colleague = county.officer(name="陈立群")
    visit = visit_under_way(county, by=phone.officer, officers=[phone.officer, colleague])
    other = Phone(client_as(colleague), colleague)
    other.say(act("answer", visit=visit, item=first(county), answer="yes", base=""))

    mine = act("answer", visit=visit, item=first(county), answer="no", base="")
    told = phone.say(mine)

    assert told["outcome"] == "conflict"
    assert (told["theirs"]["by"], told["theirs"]["words"]) == ("陈立群", "符合")
    assert answers(county, visit) == {first(county): "yes"}
    decided = act("answer", visit=visit, item=first(county), answer="no", base="yes")
    assert phone.say(decided)["outcome"] == "taken"
    assert answers(county, visit) == {first(county): "no"}


def test_an_answer_that_is_the_same_is_no_conflict(county, phone, client_as):
    colleague = county.officer()
    visit = visit_under_way(county, by=phone.officer, officers=[phone.officer, colleague])
    given = {"visit": visit, "item": first(county), "answer": "yes", "base": ""}
    Phone(client_as(colleague), colleague).say(act("answer", **given))

    assert phone.say(act("answer", **given))["outcome"] == "taken"


def test_a_visit_that_two_phones_finish_shows_both_sides(county, phone, client_as):
    colleague = county.officer(name="陈立群")
    visit = visit_under_way(county, by=phone.officer, officers=[phone.officer, colleague])
    said = {"visit": visit, "unanswered_reason": "停电", "whys": {}, "statement": "", "minutes": ""}
    other = Phone(client_as(colleague), colleague)
    other.say(act("finish", representative="陈某", representative_role="", **said))

    same = phone.say(act("finish", representative="陈某", representative_role="", **said))
    another = phone.say(act("finish", representative="王某", representative_role="", **said))

    assert same["outcome"] == "taken"
    assert (another["outcome"], another["theirs"]["by"]) == ("conflict", "陈立群")
    county.session.refresh(visit)
    assert visit.representative == "陈某"


def test_a_door_that_was_shut_keeps_the_duty(county, phone):
    visit = planned_visit(county, by=phone.officer, officers=[phone.officer])
    shut = act("not_possible", visit=visit, why="closed_door", note="卷帘门落锁", again_on="")

    told = phone.say(act("start", visit=visit), shut)

    assert told["state"] == "not_possible"
    county.session.refresh(visit)
    assert visit.not_possible is NotPossible.CLOSED
    again = county.session.scalars(
        sa.select(Visit).where(
            Visit.institution_id == visit.institution_id, Visit.state == VisitState.PLANNED
        )
    ).one()
    assert clock.day_of(again.happened_at) == clock.today() + timedelta(days=1)


@pytest.mark.parametrize("slow", [timedelta(days=2), timedelta(days=-2)], ids=["behind", "ahead"])
def test_a_clock_that_is_two_days_wrong_moves_no_visit(county, client_as, officer, slow):
    visit = planned_visit(county, by=officer, officers=[officer])
    phone = Phone(client_as(officer), officer, slow=slow)
    by_the_phone = clock.now() - slow - timedelta(minutes=10)

    told = phone.send(act("start", visit=visit, at=by_the_phone))

    county.session.refresh(visit)
    assert visit.happened_at == clock.now() - timedelta(minutes=10)
    assert "时钟" in told["know"][0]
    [receipt] = county.session.scalars(sa.select(FieldAct))
    assert (receipt.phone_at, receipt.done_at) == (by_the_phone, visit.happened_at)


def test_a_position_that_is_none_on_earth_is_left_out(county, phone):
    visit = visit_under_way(county, by=phone.officer, officers=[phone.officer])

    told = phone.say(act("position", visit=visit, latitude=129.5, longitude=106.5, accuracy=5))

    county.session.refresh(visit)
    assert (told["outcome"], visit.latitude) == ("taken", None)


def test_an_institution_that_was_joined_meanwhile_keeps_the_visit(county, phone):
    gone, kept, key = institution(county), institution(county), uuid.uuid4()
    with database.transaction() as session:
        session.merge(gone).merged_into_id = kept.id

    told = phone.say(begin(county, gone, key))

    assert begun_by(county, key).institution_id == kept.id
    assert kept.name in told["know"][0]


def test_an_institution_that_was_closed_meanwhile_keeps_the_visit(county, phone):
    place, key = institution(county), uuid.uuid4()
    closed(place, county)

    assert phone.say(begin(county, place, key))["outcome"] == "taken"


def test_the_version_that_the_phone_asked_holds(county, phone):
    key, place, asked = uuid.uuid4(), institution(county), checklist(county)
    with database.transaction() as session:
        session.merge(asked).valid_to = clock.today() - timedelta(days=1)

    phone.say(begin(county, place, key))

    assert begun_by(county, key).checklist_id == asked.id


def test_a_problem_that_was_written_on_is_one_problem(county, phone):
    visit = visit_under_way(county, by=phone.officer, officers=[phone.officer])
    key = uuid.uuid4()

    phone.send(problem(county, visit, of=key), problem(county, visit, of=key, facts="半年卡6张。"))

    [one] = found(county, visit)
    assert one.facts == "半年卡6张。"


def test_a_problem_without_a_kind_or_facts_says_what_is_missing(county, phone):
    visit = visit_under_way(county, by=phone.officer, officers=[phone.officer])

    nameless = phone.say(problem(county, visit, violation_type_id=None))
    empty = phone.say(problem(county, visit, facts=" "))

    assert "问题类型" in nameless["sentence"]
    assert empty["outcome"] == "refused"
    assert found(county, visit) == []


def test_who_inspects_is_said_on_the_spot(county, phone):
    colleague = county.officer()
    visit = visit_under_way(county, by=phone.officer, officers=[phone.officer])

    phone.say(act("team", visit=visit, officers=[phone.officer.id, colleague.id]))

    county.session.expire_all()
    assert {one.id for one in visit.officers} == {phone.officer.id, colleague.id}
    stranger = county.officer(Role.HOTLINE)
    refused = phone.say(act("team", visit=visit, officers=[stranger.id]))
    assert refused["outcome"] == "refused"


def test_nobody_sends_what_another_has_noted(county, phone):
    visit = visit_under_way(county, by=phone.officer, officers=[phone.officer])
    first_officer = county.officer(name="周敏")
    answered = act("answer", visit=visit, item=first(county), answer="yes", base="")

    told = phone.send(answered, officer=first_officer, status=403)

    assert "周敏" in told["sentence"]
    assert answers(county, visit) == {}


def test_a_visit_of_another_county_is_not_there(county, phone, other_county):
    foreign = visit_under_way(other_county)

    told = phone.say(act("answer", visit=foreign, item=first(county), answer="yes", base=""))

    assert (told["outcome"], "管辖" in told["sentence"]) == ("refused", True)


@pytest.mark.parametrize(
    "body",
    [b"", b"[]", b"{", b'{"acts": 5}', b'{"officer": "x", "acts": []}', b"\xff\xfe"],
)
def test_what_no_phone_writes_is_refused_with_a_sentence(phone, body):
    reply = phone.browser.http.post("/field/acts", data=body, headers=phone.token)

    assert reply.status_code in (403, 422)
    assert reply.json["sentence"]


@pytest.mark.parametrize(
    "spoilt",
    [
        {"key": "x"}, {"kind": "delete"}, {"at": "gestern"}, {"at": "2026-10-15T10:00:00"},
        {"visit_id": -1}, {"visit_id": "1; DROP"}, {"answer": "maybe"}, {"item": ["a"]},
    ],
    ids=str,
)  # fmt: skip
def test_an_act_that_no_phone_writes_is_refused_alone(county, phone, spoilt):
    visit = visit_under_way(county, by=phone.officer, officers=[phone.officer])
    good = act("answer", visit=visit, item=first(county), answer="yes", base="")

    told = phone.send(good | spoilt, good)["acts"]

    assert [one["outcome"] for one in told] == ["refused", "taken"]


def test_answers_after_the_end_are_shown_beside_who_ended_it(county, phone):
    visit = visit_under_way(county, by=phone.officer, officers=[phone.officer])
    with database.transaction() as session:
        visits.finish(session, session.merge(visit), by=phone.officer, unanswered_reason="停电")

    told = phone.say(act("answer", visit=visit, item=first(county), answer="no", base=""))

    assert (told["outcome"], told["theirs"]["by"]) == ("conflict", phone.officer.name)


def test_a_visit_that_is_over_does_not_begin_again(county, phone):
    visit = visit_under_way(county, by=phone.officer, officers=[phone.officer])
    with database.transaction() as session:
        visits.finish(session, session.merge(visit), by=phone.officer, unanswered_reason="停电")

    told = phone.send(
        act("start", visit=visit),
        act("position", visit=visit, latitude=29.5, longitude=106.5, accuracy=5),
    )["acts"]

    assert [one["outcome"] for one in told] == ["conflict", "taken"]
    county.session.refresh(visit)
    assert visit.latitude is None


def test_an_answer_that_stood_at_the_end_is_no_conflict(county, phone):
    visit = visit_under_way(county, by=phone.officer, officers=[phone.officer])
    given = {"visit": visit, "item": first(county), "answer": "yes", "base": ""}
    phone.say(act("answer", **given))
    with database.transaction() as session:
        visits.finish(session, session.merge(visit), by=phone.officer, unanswered_reason="停电")

    assert phone.say(act("answer", **given))["outcome"] == "taken"


def test_a_visit_begins_at_a_place_that_the_phone_names(county, phone):
    nowhere = begin(county, institution(county), uuid.uuid4(), institution_id=None)

    assert phone.say(nowhere)["outcome"] == "refused"


def test_what_belongs_to_a_beginning_that_never_came_waits_for_it(county, phone):
    lost = act("answer", begun=uuid.uuid4(), item=first(county), answer="yes", base="")

    told = phone.say(lost)

    assert (told["outcome"], "还没有被收下" in told["sentence"]) == ("refused", True)


def test_a_problem_that_was_decided_on_stays_as_it_is(county, phone):
    visit, key = visit_under_way(county, by=phone.officer, officers=[phone.officer]), uuid.uuid4()
    phone.say(problem(county, visit, of=key, handling="not_registered", note="已查清"))

    same = phone.say(problem(county, visit, of=key))
    changed = phone.say(problem(county, visit, of=key, facts="另有6张。"))

    assert (same["know"], same["outcome"]) == ([], "taken")
    assert "保持原样" in changed["know"][0]
    assert found(county, visit)[0].facts != "另有6张。"


def test_a_door_that_two_found_shut_is_shut_once(county, phone):
    visit = planned_visit(county, by=phone.officer, officers=[phone.officer])
    said = {"visit": visit, "note": "", "again_on": "2026-10-20"}
    phone.say(act("not_possible", why="closed_door", **said))

    same = phone.say(act("not_possible", why="closed_door", **said))
    other = phone.say(act("not_possible", why="moved_out", **said))

    assert [same["outcome"], other["outcome"]] == ["taken", "conflict"]
    days = county.session.scalars(
        sa.select(Visit.happened_at).where(Visit.state == VisitState.PLANNED)
    )
    assert [f"{clock.day_of(one)}" for one in days] == ["2026-10-20"]


def test_a_checklist_of_another_county_is_none_of_ours(county, phone, other_county):
    with database.transaction() as session:
        theirs = Checklist(
            authority_id=other_county.authority.id, code="own", name="外县", name_en="", kinds=[],
            items=[], valid_from=clock.today(),
        )  # fmt: skip
        session.add(theirs)

    for key in (theirs.id, 999_999):
        told = phone.say(begin(county, institution(county), uuid.uuid4(), checklist_id=key))
        assert told["outcome"] == "refused"


def test_an_act_that_is_at_fault_is_named_and_holds_up_no_other(county, phone, caplog):
    visit = visit_under_way(county, by=phone.officer, officers=[phone.officer])
    poison = act("answer", visit=visit, item=first(county), answer="yes", base="")
    good = act("answer", visit=visit, item=first(county), answer="yes", base="")
    with database.transaction() as session:
        session.execute(sa.text("ALTER TABLE visit_answer RENAME TO gone"))
    told = phone.send(poison)["acts"]
    with database.transaction() as session:
        session.execute(sa.text("ALTER TABLE gone RENAME TO visit_answer"))

    assert (told[0]["outcome"], "系统的问题" in told[0]["sentence"]) == ("refused", True)
    assert phone.say(good)["outcome"] == "taken"
    assert caplog.records
