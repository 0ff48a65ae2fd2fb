"""Who worked on a record decides nothing about it, under whatever role and by whatever way."""

import pytest
import sqlalchemy as sa

from tests.factories import ledger, notices, publication
from tests.factories.ledger import done
from training_oversight.accounts import queries as accounts
from training_oversight.accounts import service as officers
from training_oversight.accounts.permissions import Permission, Role
from training_oversight.audit import queries as history
from training_oversight.errors import BadInput, NotPermitted
from training_oversight.ledger import service as items
from training_oversight.ledger import waiting as ledger_waiting
from training_oversight.ledger.models import VerificationMode
from training_oversight.ledger.workflow import ITEM_WORKFLOW, ItemVerb
from training_oversight.notices import queries, service
from training_oversight.notices import waiting as notices_waiting
from training_oversight.notices.models import Notice
from training_oversight.notices.workflow import NOTICE_WORKFLOW, NoticeState, NoticeVerb
from training_oversight.publication import service as publishing
from training_oversight.publication import waiting as publication_waiting
from training_oversight.publication.workflow import PUBLICATION_WORKFLOW, PublicationVerb

# The history is read as JSON, and lists ask it within SQL.
pytestmark = pytest.mark.both_databases


@pytest.fixture
def head(county):
    return county.officer(Role.SECTION_HEAD, name="罗志远")


def open_verbs(one, officer):
    return {move.verb for move in one.workflow.offer(officer, one).open}


def edited(notice, by):
    done(service.update, notice, wording=notices.wording(notice, facts="改写过的事实"), by=by)


def submitted_by(county, notice, by):
    done(service.submit, notice, by=by, today=county.today)


def lent(county, giver, taker):
    """What the taker is while the giver's roles are theirs."""
    done(
        officers.delegate,
        giver,
        taker=taker,
        starts_on=county.today,
        ends_on=county.today,
        reason="出差",
    )
    return accounts.acting(county.session, taker.id, today=county.today)


def test_who_rewrote_a_draft_cannot_approve_it(county, head):
    notice = notices.draft(county)
    edited(notice, head)
    submitted_by(county, notice, notice.drafted_by)

    with pytest.raises(NotPermitted):
        notices.approved(county, notice, head=head)

    assert notice.state is NoticeState.SUBMITTED
    assert NoticeVerb.APPROVE not in open_verbs(notice, head)


def test_who_submitted_anothers_draft_cannot_approve_it(county, head):
    notice = notices.draft(county)
    submitted_by(county, notice, head)

    with pytest.raises(NotPermitted):
        notices.approved(county, notice, head=head)

    assert NoticeVerb.APPROVE in open_verbs(notice, county.officer(Role.SECTION_HEAD))


def test_who_returned_a_draft_with_what_to_change_may_approve_it_later(county, head):
    notice = notices.submitted(county)
    done(service.return_, notice, note="写得更具体", by=head)
    submitted_by(county, notice, notice.drafted_by)

    notices.approved(county, notice, head=head)

    assert notice.state is NoticeState.APPROVED


def test_no_list_offers_an_approval_to_who_worked_on_the_notice(county, head, client_as):
    other = county.officer(Role.SECTION_HEAD, name="沈其然")
    notice = notices.draft(county)
    edited(notice, head)
    named = client_as(notice.drafted_by).get(f"/notices/{notice.id}/edit").text
    submitted_by(county, notice, notice.drafted_by)
    browser = client_as(head)

    waits = [
        len(county.session.execute(notices_waiting.notices_to_approve(one)).all())
        for one in (head, other)
    ]
    listed = county.session.scalars(sa.select(Notice.id).where(queries.waiting_for(head))).all()
    pages = [client.get("/notices").text for client in (browser, client_as(other))]

    assert (other.name in named, head.name in named) == (True, False)
    assert (waits, listed) == ([0, 1], [])
    assert ["/approve" in page for page in pages] == [False, True]
    assert browser.get(f"/notices/{notice.id}/approve", status=403)


def test_a_lent_right_does_not_approve_what_its_lender_wrote(county, head):
    notice = notices.submitted(county, by=head)
    acting = lent(county, head, county.officer())

    with pytest.raises(NotPermitted, match="罗志远委托的权限"):
        notices.approved(county, notice, head=acting)

    assert NoticeVerb.APPROVE not in open_verbs(notice, acting)
    clause = NOTICE_WORKFLOW.clause(NoticeVerb.APPROVE, acting, Notice)
    assert county.session.scalars(sa.select(Notice.id).where(clause)).all() == []


def test_whoever_one_wrote_for_is_a_party_too(county, head):
    deputy = county.officer(Role.PUBLISHER, name="程向南")
    notice = notices.draft(county)
    edited(notice, lent(county, head, deputy))
    submitted_by(county, notice, notice.drafted_by)

    with pytest.raises(NotPermitted):
        notices.approved(county, notice, head=head)

    edit = history.history(county.session, notice)[1]
    assert edit.actor_name == "程向南"
    assert edit.facts["acted_for"] == {"id": head.id, "name": "罗志远"}
    clause = NOTICE_WORKFLOW.clause(NoticeVerb.APPROVE, head, Notice)
    assert county.session.scalars(sa.select(Notice.id).where(clause)).all() == []


def test_ones_own_right_needs_nobody_elses(county, head):
    acting = lent(county, head, county.officer())
    notice = notices.submitted(county, by=acting)

    notices.approved(county, notice, head=head)

    assert notice.approved_by_id == head.id
    assert acting.acts_for(Permission.APPROVE_NOTICE).id == head.id
    assert acting.acts_for(Permission.DRAFT_NOTICE) is None


def test_the_record_says_for_whom_somebody_acted(county, head, client_as):
    deputy = county.officer(name="程向南")
    notice = notices.submitted(county)
    notices.approved(county, notice, head=lent(county, head, deputy))

    page = client_as(head).get(f"/notices/{notice.id}").text

    assert "程向南（代罗志远）" in page


def test_who_cut_a_list_is_offered_no_review_of_it(county, client_as):
    both = county.officer(Role.PUBLISHER, Role.SECTION_HEAD)
    publication.owed(county)
    publication.owed(county)
    listed = publication.draft(county)
    done(publishing.remove, listed.entries[0], reason="正在核实", by=both, today=county.today)
    publication.submitted(county, listed)

    offered = client_as(both).get("/publications").soup.select("td.s-end a")

    assert PublicationVerb.APPROVE not in open_verbs(listed, both)
    assert PUBLICATION_WORKFLOW.turns(both, [listed], PublicationVerb.APPROVE) == set()
    assert offered == []
    assert county.session.execute(publication_waiting.publications_to_approve(both)).all() == []


def charged(one, to, by):
    done(
        items.edit,
        one,
        measure=one.measure,
        responsible_party=one.responsible_party,
        responsible_person=one.responsible_person,
        officer_in_charge=to,
        by=by,
    )


def test_who_hands_a_rectification_on_does_not_verify_it(county):
    first, second = county.officer(), county.officer()
    one = ledger.item(county, in_charge=first)
    charged(one, second, by=first)
    ledger.applied(county, one)

    with pytest.raises(NotPermitted):
        ledger.verified(county, one, by=first)

    assert ItemVerb.PASS not in open_verbs(one, first)
    assert ITEM_WORKFLOW.turns(first, [one], ItemVerb.PASS) == set()
    assert county.session.execute(ledger_waiting.items_to_verify(first)).all() == []


def test_who_hands_everything_over_verifies_none_of_it(county):
    first, second = county.officer(), county.officer()
    one = ledger.item(county, in_charge=first)
    done(items.hand_over, first, taker=second, by=first)
    ledger.applied(county, one)

    with pytest.raises(NotPermitted):
        ledger.verified(county, one, by=first)


def test_a_head_who_gave_it_to_another_officer_may_verify(county, head):
    first, second = county.officer(), county.officer()
    one = ledger.item(county, in_charge=first)
    charged(one, second, by=head)
    ledger.applied(county, one)

    ledger.verified(county, one, by=head)

    assert one.verified_by_id == head.id


def test_who_typed_in_the_report_may_verify(county):
    typist = county.officer()
    one = ledger.item(county, in_charge=county.officer())
    done(
        items.apply,
        one,
        report="已改好",
        received_on=county.today,
        by=typist,
        today=county.today,
        calendar=ledger.calendar(county),
    )

    ledger.verified(county, one, by=typist)

    assert one.verified_by_id == typist.id


def test_a_re_check_that_was_returned_bars_from_closing_too(county, head):
    one = ledger.verified(county, by=head)
    done(
        items.return_,
        one,
        reason="照片不清楚",
        by=county.officer(Role.SECTION_HEAD),
        today=county.today,
        calendar=ledger.calendar(county),
    )
    ledger.verified(county, one)

    with pytest.raises(NotPermitted):
        ledger.closed(county, one, by=head)

    assert county.session.execute(ledger_waiting.items_to_close(head)).all() == []


def test_a_close_out_names_no_verifier_who_answered_for_it(county, head, client_as):
    first = county.officer(name="江一苇")
    one = ledger.item(county, in_charge=first)
    charged(one, county.officer(), by=first)

    page = client_as(head).get(f"/items/{one.id}/close-directly").soup

    assert first.name not in page.select_one("select[name=verified_by_id]").text


def test_no_close_out_counts_as_verified_by_who_answered_for_it(county, head):
    first = county.officer()
    one = ledger.item(county, in_charge=first)
    charged(one, county.officer(), by=first)
    look = items.Recheck(VerificationMode.DOCUMENTS, county.today, "看过照片和发票。")

    with pytest.raises(BadInput) as refused:
        done(
            items.close_directly,
            one,
            reason=ledger.close_reason(county, "fixed_on_spot"),
            recheck=look,
            verified_by=first,
            by=head,
            today=county.today,
        )

    assert set(refused.value.fields) == {"verified_by_id"}
