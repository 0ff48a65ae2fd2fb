"""Which answers are approved first and which beginnings are offered, the county says."""

from datetime import timedelta

import pytest

from tests.factories.complaints import ANSWER, assigned, desk, handler, received, submitted
from tests.factories.ledger import done
from training_oversight import clock
from training_oversight.accounts.permissions import Role
from training_oversight.catalogue import queries as catalogue
from training_oversight.catalogue.models import AnswerRule, Phrase, PhraseUse
from training_oversight.complaints import service
from training_oversight.complaints.kinds import ComplaintKind
from training_oversight.complaints.service import Right
from training_oversight.complaints.workflow import ComplaintState
from training_oversight.errors import Blocked


def set_rule(county, client_as, kind, *, approved):
    client_as(county.officer(Role.ADMINISTRATOR)).submit(
        f"/settings/answer-rules/entry/{kind}", approved="y" if approved else None, source="县局定"
    )


def test_what_is_shipped_is_what_the_county_had(county):
    approved = catalogue.approved_kinds(
        county.session, authority_id=county.authority.id, today=clock.today()
    )

    assert approved == {"complaint", "report", "petition"}
    assert {kind: received(county, kind=kind).needs_approval for kind in ComplaintKind} == {
        kind: kind in approved for kind in ComplaintKind
    }


def test_a_kind_that_the_county_lets_go_is_answered_without_approval(county, client_as):
    before = assigned(county)
    set_rule(county, client_as, "complaint", approved=False)
    after = assigned(county)

    done(service.answer, after, ANSWER, by=handler(county), today=clock.today())
    with pytest.raises(Blocked):
        done(service.answer, before, ANSWER, by=handler(county), today=clock.today())

    assert after.state is ComplaintState.ANSWERED
    assert before.needs_approval


def test_a_kind_that_the_county_adds_is_submitted(county, client_as):
    set_rule(county, client_as, "inquiry", approved=True)

    assert submitted(county, kind=ComplaintKind.INQUIRY).state is ComplaintState.SUBMITTED


def test_the_rule_of_a_day_gone_by_stays_readable(county, client_as, at):
    before = clock.today()
    at(before + timedelta(3))
    set_rule(county, client_as, "inquiry", approved=True)
    ours = {"authority_id": county.authority.id}

    then = catalogue.approved_kinds(county.session, today=before, **ours)
    now = catalogue.approved_kinds(county.session, today=clock.today(), **ours)

    assert now - then == {"inquiry"}


def test_an_order_of_another_kind_has_the_rule_of_that_kind(county):
    complaint = received(county)
    right = Right(ComplaintKind.INQUIRY, complaint.words, complaint.division, complaint.institution)

    given = {"reason": "是咨询。", "by": desk(county), "today": clock.today()}
    done(service.correct, complaint, right, **given)

    assert not complaint.needs_approval


def offered(page):
    return [one.text for one in page.soup.select(".quick button")]


def test_beginnings_are_the_countys_own_and_the_shipped_ones(county, client_as):
    administrator, clerk = client_as(county.officer(Role.ADMINISTRATOR)), client_as(desk(county))
    shipped = offered(clerk.get("/complaints/new"))

    administrator.submit(
        "/settings/phrases/new",
        code="call_stairs",
        name="楼道里堆放桌椅：",
        use="call",
        enabled="y",
    )
    administrator.submit("/settings/phrases/entry/call_refund", enabled=None)
    now = offered(clerk.get("/complaints/new"))

    assert shipped[0] == "停课后不退剩余课时费："
    assert now == [*shipped[1:], "楼道里堆放桌椅："]
    assert "您反映的问题已收悉。" in offered(
        client_as(handler(county)).get(f"/complaints/{assigned(county).id}/answer")
    )


def test_each_beginning_is_offered_in_one_place(county):
    ours = {"authority_id": county.authority.id, "today": clock.today()}
    every = [one.name for one in catalogue.entries(county.session, Phrase, **ours)]

    found = [catalogue.phrases(county.session, use, **ours) for use in PhraseUse]

    assert sorted(name for names in found for name in names) == sorted(every)
    assert all(found)
    assert catalogue.entries(county.session, AnswerRule, **ours)
