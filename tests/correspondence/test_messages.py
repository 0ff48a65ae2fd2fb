"""What a step has to tell is written with it, once, and is never called sent before it was."""

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from tests.at_once import at_once
from tests.factories import correspondence, enforcement
from tests.factories.county import County
from tests.factories.enforcement import done
from tests.factories.messages import convene, release, said, written
from tests.factories.registry import institution
from training_oversight import database
from training_oversight.accounts.permissions import Role
from training_oversight.audit import queries as history
from training_oversight.correspondence import channels, queries, service
from training_oversight.correspondence.models import Message
from training_oversight.correspondence.workflow import MessageState
from training_oversight.enforcement import messages
from training_oversight.enforcement import service as joint
from training_oversight.enforcement.models import JointCase, JointTask
from training_oversight.errors import (
    Blocked,
    NotPermitted,
)
from training_oversight.law.sentences import unpacked
from training_oversight.texts import Text

S = MessageState


def test_a_convened_case_writes_a_message_for_every_department_that_is_asked(county, session):
    case = enforcement.convened_case(county)

    found = written(session)

    assert {one.department_name for one in found} == {task.department.name for task in case.tasks}
    assert {one.subject_id for one in found} == {task.id for task in case.tasks}
    assert {(one.kind, one.state, one.subject_kind) for one in found} == {
        ("task.asked", S.WAITING, "joint_task")
    }
    assert {one.division_path for one in found} == {case.division_path}
    assert {one.authority_id for one in found} == {case.authority_id}
    assert all(
        [e.verb for e in history.history(session, one)] == ["message.written"] for one in found
    )


def test_a_message_names_case_institution_and_day_and_nothing_that_was_typed(county, session):
    place = institution(county, phone="13809901234")
    case = enforcement.case_by_hand(
        county, place, asked="请联系许芸，电话13809901234。", departments=("police",)
    )
    enforcement.convened_case(county, case=case)

    [message] = written(session)

    assert case.number in said(message)
    assert place.name in said(message)
    assert "13809901234" not in said(message)
    assert "许芸" not in said(message)


def test_its_words_stay_what_they_were(county, session):
    case = enforcement.convened_case(county)
    before = case.institution.name
    with database.transaction():
        case.institution.name = "改了名字"

    assert before in said(written(session)[0])


def test_a_step_that_fails_leaves_no_message(county, session):
    case, by = enforcement.raised_case(county), enforcement.convener(county)
    seen = []

    def convene_and_break(inside, case):
        convene(inside, case, by=by)
        seen.extend(written(inside))
        raise RuntimeError

    with pytest.raises(RuntimeError):
        done(convene_and_break, case)
    assert seen
    assert written(session) == []


def test_a_draft_tells_nobody(county, session):
    enforcement.raised_case(county)

    assert written(session) == []


def test_a_task_released_later_has_its_own_message(county, session):
    case = enforcement.convened_case(county)
    by = enforcement.convener(county)
    police = county.departments["police"]
    given = {"asked": "核查", "by": by, "today": county.today}
    task = done(joint.draft_task, case, police, **given)

    done(joint.release, task, by=by, today=county.today)

    assert [one.department_id for one in queries.about(session, task)] == [police.id]


def test_a_task_that_is_redirected_tells_the_next_department(county, session):
    task = enforcement.returned_task(county)
    by = enforcement.convener(county)

    made = done(
        joint.redirect,
        task,
        department=county.departments["police"],
        asked="核查",
        by=by,
        today=county.today,
    )

    assert [one.department_name for one in queries.about(session, made)] == ["澄江县公安局"]


def test_a_return_is_told_inside_the_office_at_once(county, session):
    task = enforcement.returned_task(county)

    message = correspondence.message_about(county, task, "task.returned")

    assert message.state is S.READY
    assert message.department_name == "澄江县教育局"
    assert task.department.name in said(message)
    assert [event.verb for event in history.history(session, message)][::-1] in (
        ["message.written", "message.post"],
        ["message.post", "message.written"],
    )


def test_a_return_that_is_not_accepted_is_told_to_the_department(county, session):
    task = enforcement.returned_task(county)

    by = enforcement.convener(county)
    done(joint.insist, task, reason="属本单位职责", by=by, today=county.today)

    message = correspondence.message_about(county, task, "task.insisted")
    assert (message.state, message.department_id) == (S.WAITING, task.department_id)


def test_the_database_refuses_a_second_message_of_a_kind_about_a_record(county, session):
    task = enforcement.task_of(county, enforcement.convened_case(county))
    given = {"about": task, "to": task.department, "by": enforcement.convener(county)}

    with pytest.raises(IntegrityError):
        done(service.write, messages.ASKED, **given)

    assert len(queries.about(session, task)) == 1


def test_two_who_convene_at_once_write_each_message_once(own):
    county = County(database.current_session())
    case = enforcement.raised_case(county)
    key, asked = case.id, len(case.tasks)
    officers = [county.officer(Role.SECTION_HEAD).id for _ in range(2)]
    database.close_session()

    def act(session, *, by):
        convene(session, session.get_one(JointCase, key), by=by)

    answers = at_once(act, officers)

    with own.sessions() as session:
        assert sorted(map(str, answers)) == ["None", "WrongState"]
        assert len(written(session)) == len(session.scalars(sa.select(JointTask)).all()) == asked


def test_two_who_release_at_once_release_it_once(own):
    county = County(database.current_session())
    message = correspondence.waiting(county)
    key, today = message.id, county.today
    officers = [correspondence.releaser(county).id for _ in range(2)]
    database.close_session()

    def let_out(session, *, by):
        found = session.get_one(Message, key)
        service.release(session, found, channel=channels.NONE, by=by, today=today)

    answers = at_once(let_out, officers)

    with own.sessions() as session:
        assert sorted(map(str, answers)) == ["None", "WrongState"]
        verbs = [one.verb for one in history.history(session, session.get_one(Message, key))]
        assert verbs.count("message.release") == 1


def test_without_a_channel_a_release_says_that_nothing_was_sent(county):
    message = correspondence.waiting(county)
    head = correspondence.releaser(county)

    answer = release(message, by=head, version=message.version)

    assert str(answer).startswith("未发送")
    assert message.department_name in str(answer)
    assert (message.state, message.sent_at) == (S.RELEASED, None)
    assert (message.released_on, message.released_by_id) == (county.today, head.id)
    assert (message.channel, unpacked([message.answer])) == ("none", [answer])


def test_what_a_channel_took_is_sent_only_when_it_says_so(county):
    message, head, carrier = (
        correspondence.waiting(county),
        correspondence.releaser(county),
        correspondence.Carrier(),
    )

    release(message, by=head, channel=carrier)

    assert carrier.taken == [(message.id, head.id)]
    assert (message.state, message.channel) == (S.RELEASED, "carrier")

    done(service.sent, message, answer=Text("Released."), by=county.system)

    assert message.state is S.SENT
    assert message.sent_at is not None


def test_no_person_can_say_that_a_channel_sent_it(county):
    message = correspondence.released(county)

    with pytest.raises(NotPermitted):
        done(service.sent, message, answer=Text("Released."), by=correspondence.releaser(county))


def test_what_is_not_wanted_any_more_is_not_released(county):
    message = correspondence.unwanted(county)

    with pytest.raises(Blocked):
        release(message, by=correspondence.releaser(county))

    assert message.state is S.WAITING


def accept(county, task):
    done(joint.accept, task, by=enforcement.liaison(county), today=county.today)


def cancel(county, task):
    done(joint.cancel, task, reason="不再需要", by=enforcement.convener(county))


def conclude(county, task):
    by, today = enforcement.convener(county), county.today
    done(joint.conclude, task.case, conclusion="已办结", by=by, today=today)


def give_back(county, task):
    done(
        joint.return_,
        task,
        ground="不归本单位",
        department=county.departments["police"],
        by=enforcement.liaison(county),
        today=county.today,
    )


@pytest.mark.parametrize("step", [accept, cancel, conclude, give_back])
@pytest.mark.parametrize("stage", [correspondence.waiting, correspondence.released])
def test_what_shows_that_nobody_need_be_told_ends_the_message(county, session, stage, step):
    message = stage(county)

    step(county, session.get_one(JointTask, message.subject_id))

    assert message.state is S.SETTLED
    assert "message.settle" in [event.verb for event in history.history(session, message)]


def test_what_was_passed_on_stays_so_when_the_department_answers(county, session):
    message = correspondence.handed_over(county)

    accept(county, session.get_one(JointTask, message.subject_id))

    assert message.state is S.HANDED_OVER
