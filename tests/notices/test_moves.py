"""Every state by every verb, who may not decide, and the number."""

import pytest
import sqlalchemy as sa

from tests.factories import ledger, notices, registry
from tests.factories.ledger import done
from training_oversight import database, documents
from training_oversight.accounts.permissions import Permission, Role
from training_oversight.audit import queries
from training_oversight.errors import BadInput, Blocked, NotPermitted, StaleForm, WrongState
from training_oversight.notices import printed, service
from training_oversight.notices.models import Notice, NoticeItem
from training_oversight.notices.workflow import NOTICE_WORKFLOW, NoticeState, NoticeVerb

S, V, P = NoticeState, NoticeVerb, Permission
ALLOWED = {
    (S.DRAFT, V.SUBMIT): (S.SUBMITTED, P.DRAFT_NOTICE),
    (S.DRAFT, V.WITHDRAW): (S.WITHDRAWN, P.DRAFT_NOTICE),
    (S.SUBMITTED, V.RETURN): (S.DRAFT, P.APPROVE_NOTICE),
    (S.SUBMITTED, V.APPROVE): (S.APPROVED, P.APPROVE_NOTICE),
    (S.SUBMITTED, V.WITHDRAW): (S.WITHDRAWN, P.DRAFT_NOTICE),
    (S.APPROVED, V.SERVE): (S.SERVED, P.SERVE_NOTICE),
    (S.APPROVED, V.WITHDRAW): (S.WITHDRAWN, P.APPROVE_NOTICE),
    (S.SERVED, V.REVOKE): (S.REVOKED, P.APPROVE_NOTICE),
}


def test_the_moves_are_exactly_these():
    declared = {
        (state, move.verb): (move.target, move.permission)
        for move in NOTICE_WORKFLOW.moves
        for state in move.sources
    }

    assert declared == ALLOWED


def withdrawn(county):
    notice = notices.draft(county)
    done(service.withdraw, notice, reason="类型选错", by=notice.drafted_by, today=county.today)
    return notice


def revoked(county):
    notice = notices.served(county)
    head = county.officer(Role.SECTION_HEAD)
    done(service.revoke, notice, reason="事实有误", by=head, today=county.today)
    return notice


MADE = {
    S.DRAFT: notices.draft,
    S.SUBMITTED: notices.submitted,
    S.APPROVED: notices.approved,
    S.SERVED: notices.served,
    S.WITHDRAWN: withdrawn,
    S.REVOKED: revoked,
}


def steps(county, head):
    day = {"by": head, "today": county.today}
    calendar = {"calendar": ledger.calendar(county)}
    return {
        V.SUBMIT: (service.submit, day),
        V.RETURN: (service.return_, {"by": head, "note": "事实写得更具体"}),
        V.APPROVE: (service.approve, day | calendar),
        V.SERVE: (service.serve, day | calendar | {"attempt": notices.handing_over(county)}),
        V.WITHDRAW: (service.withdraw, day | {"reason": "重复"}),
        V.REVOKE: (service.revoke, day | {"reason": "事实有误"}),
    }


@pytest.mark.parametrize("verb", NoticeVerb)
@pytest.mark.parametrize("state", NoticeState)
def test_every_verb_works_from_its_own_states_only(county, state, verb):
    notice = MADE[state](county)
    step, values = steps(county, county.officer(Role.SECTION_HEAD))[verb]

    if (state, verb) in ALLOWED:
        done(step, notice, **values)

        assert notice.state is ALLOWED[state, verb][0]
    else:
        with pytest.raises(WrongState):
            done(step, notice, **values)

        assert notice.state is state


def test_every_move_leaves_its_event(county):
    notice = revoked(county)

    verbs = [event.verb for event in queries.history(county.session, notice)]

    assert verbs == [
        "notice.revoke",
        "notice.serve",
        "notice.approve",
        "notice.submit",
        "notice.drafted",
    ]


def test_who_drafted_cannot_approve(county):
    head = county.officer(Role.SECTION_HEAD)
    notice = notices.submitted(county, by=head)

    with pytest.raises(NotPermitted):
        notices.approved(county, notice, head=head)

    assert not [move for move in notice.workflow.offer(head, notice).open if move.verb is V.APPROVE]


def test_the_database_refuses_an_approval_by_who_drafted(county):
    notice = notices.approved(county)

    forged = sa.update(Notice).values(approved_by_id=Notice.drafted_by_id)

    with pytest.raises(sa.exc.IntegrityError, match="approved_by_another"):
        county.session.execute(forged.where(Notice.id == notice.id))


def test_a_returned_draft_carries_what_to_change_until_it_is_submitted_again(county):
    notice = notices.submitted(county)
    head = county.officer(Role.SECTION_HEAD)
    done(service.return_, notice, note="写明班次和人数", by=head)
    returned = notice.returned_note

    notices.submitted(county, notice)

    assert returned == "写明班次和人数"
    assert notice.returned_note == ""


@pytest.mark.parametrize("step", [service.withdraw, service.revoke])
def test_ending_a_notice_needs_a_reason(county, step):
    made = notices.served if step is service.revoke else notices.approved
    notice = made(county)

    with pytest.raises(BadInput):
        done(step, notice, reason=" ", by=county.officer(Role.SECTION_HEAD), today=county.today)


def test_a_form_opened_before_a_change_is_refused(county):
    notice = notices.submitted(county)
    head = county.officer(Role.SECTION_HEAD)

    with pytest.raises(StaleForm):
        done(service.return_, notice, note="x", by=head, version=notice.version - 1)


def test_numbers_run_per_type_and_begin_anew_each_year(county, at):
    first, second = notices.approved(county), notices.approved(county)
    stop = notices.approved(county, type="stop")
    at(county.today.replace(year=2027, month=1, day=4))

    third = notices.approved(county)

    assert [first.number, second.number] == ["澄教责改〔2026〕1号", "澄教责改〔2026〕2号"]
    assert stop.number == "澄教停办〔2026〕1号"
    assert third.number == "澄教责改〔2027〕1号"


def test_a_voided_number_stays_visible_and_is_not_given_again(county):
    first = notices.approved(county)
    head = county.officer(Role.SECTION_HEAD)
    done(service.withdraw, first, reason="文种有误", by=head, today=county.today)

    second = notices.approved(county)

    assert (first.state, first.number) == (S.WITHDRAWN, "澄教责改〔2026〕1号")
    assert second.number == "澄教责改〔2026〕2号"


def test_approval_gives_a_day_for_service(county):
    notice = notices.approved(county)

    assert notice.service_due_on.isoformat() == "2026-10-26"


def test_what_was_approved_stays_as_it_was(county):
    place = registry.institution(county, name="明径艺术培训学校")
    notice = notices.approved(county, institution=place)
    with database.transaction():
        place.name, place.responsible_person = "换名培训中心", "别人"
        county.authority.remedies = "新的救济途径"
        notice.entries[0].requirement = "被改过的要求"

    paper = printed.current(notice)

    assert paper.recipient.name == "明径艺术培训学校"
    assert paper.recipient.responsible_person == "许芸"
    assert paper.requirements[0].text == "搬离器材柜，修复应急灯。"
    assert documents.content_hash(notice.content) == notice.content_hash


def test_an_incomplete_notice_is_not_approved_either(county):
    notice = notices.submitted(county)
    with database.transaction():
        county.session.get(NoticeItem, notice.entries[0].id).requirement = ""

    with pytest.raises(Blocked):
        notices.approved(county, notice)

    assert notice.number is None
