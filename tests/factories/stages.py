"""A record of every kind in every state, and what its forms ask for beside the state."""

from datetime import timedelta

from tests.factories import (
    campaigns,
    complaints,
    correspondence,
    enforcement,
    errands,
    inspections,
    leads,
    ledger,
    lists,
    notices,
    publication,
    refunds,
    registry,
    rewards,
)
from tests.factories.ledger import done
from training_oversight.accounts.permissions import Role
from training_oversight.campaigns.workflow import ReportState
from training_oversight.complaints.workflow import ComplaintState
from training_oversight.correspondence.workflow import MessageState
from training_oversight.enforcement import service as enforcing
from training_oversight.enforcement.workflow import CaseState, TaskState
from training_oversight.errands import claims
from training_oversight.errands.workflow import ErrandState
from training_oversight.inspections import service as inspecting
from training_oversight.inspections.models import NotPossible
from training_oversight.inspections.workflow import FindingState, VisitState
from training_oversight.intake import confirming, running, undoing, uploading
from training_oversight.intake.workflow import ImportState
from training_oversight.leads.workflow import LeadState
from training_oversight.ledger.workflow import ItemState
from training_oversight.notices import service as noticing
from training_oversight.notices.workflow import NoticeState
from training_oversight.publication import service as publishing
from training_oversight.publication.workflow import PublicationState
from training_oversight.refunds.workflow import EventState, RefundState
from training_oversight.registry import service as registering
from training_oversight.registry.workflow import InstitutionState
from training_oversight.rewards.workflow import RewardState
from training_oversight.texts import Text


def _head(county):
    return county.officer(Role.SECTION_HEAD)


def _ordered_to_stop(county):
    place = registry.institution(county)
    return _after(registering.order_stop, place, by=_head(county), today=county.today, source="1号")


def _ending(county):
    place = registry.institution(county)
    return _after(
        registering.announce_end,
        place,
        ending_on=county.today + timedelta(days=200),
        reason="租约到期",
        by=_head(county),
        today=county.today,
        version=None,
    )


def _closed(county):
    place = registry.institution(county)
    registry.closed(place, county)
    return place


def _not_possible(county):
    visit = inspections.planned_visit(county)
    return _after(
        inspecting.not_possible,
        visit,
        kind=NotPossible.CLOSED,
        note="门锁着",
        again_on=county.today + timedelta(days=3),
        by=visit.officers[0],
        today=county.today,
    )


def _fixed(county):
    found = inspections.finding(county)
    return _after(inspecting.fix_on_spot, found, note="当场搬走", by=county.officer())


def _set_aside(county):
    found = inspections.finding(county)
    return _after(inspecting.set_aside, found, reason="不属实", by=county.officer())


def _withdrawn_notice(county):
    notice = notices.draft(county)
    by = notice.drafted_by
    return _after(noticing.withdraw, notice, reason="类型选错", by=by, today=county.today)


def _revoked(county):
    notice = notices.served(county)
    by = _head(county)
    return _after(noticing.revoke, notice, reason="事实有误", by=by, today=county.today)


def _concluded(county):
    case = enforcement.convened_case(county)
    by = enforcement.convener(county)
    given = {"conclusion": "已办结", "by": by, "today": county.today}
    return _after(enforcing.conclude, case, **given)


def _asked(county):
    return enforcement.task_of(county, enforcement.convened_case(county))


def _accepted(county):
    task = _asked(county)
    return _after(enforcing.accept, task, by=enforcement.liaison(county), today=county.today)


def _redirected(county):
    task = enforcement.returned_task(county)
    given = {"department": county.departments["police"], "by": enforcement.convener(county)}
    return _after(enforcing.redirect, task, asked="", today=county.today, **given)


def _cancelled(county):
    task, by = _asked(county), enforcement.convener(county)
    return _after(enforcing.cancel, task, reason="不再需要", by=by)


def _superseded(county, **of_a_kind):
    first = publication.published(county, **of_a_kind)
    publication.published(county, **of_a_kind)
    return first


def _discarded(county, **of_a_kind):
    listed, by = publication.draft(county, **of_a_kind), publication.publisher(county)
    return _after(publishing.discard, listed, by=by, today=county.today, version=None)


def _errand(county):
    return errands.asked(errands.kind(), by=county.officer())


def _running(county):
    errand = _errand(county)
    done(claims.claim, worker="here")
    return errands.as_it_is(county.session, errand)


def _ended(verb):
    def made(county):
        errand = _running(county)
        given = {"worker": "here", "by": county.system}
        if verb is not errands.service.stopped:
            given["sentence"] = Text("Done")
        done(verb, errand.id, **given)
        return errands.as_it_is(county.session, errand)

    return made


LIST = (lists.HEADER, *lists.many(2))


def _uploaded(county):
    """A list that came in; nobody has said how its columns are read."""
    return lists.uploaded(county.session, county, lists.workbook(*LIST))[0]


def _being_read(county):
    batch, seen = lists.uploaded(county.session, county, lists.workbook(*LIST))
    return _after(uploading.read_here, batch, columns=seen.columns, by=county.system)


def _previewed(county):
    return lists.previewed(county.session, county, lists.workbook(*LIST))


def _being_written(county):
    return _after(confirming.begin, _previewed(county), by=county.system)


def _written(county):
    return lists.imported(county.session, county, lists.workbook(*LIST))[1]


def _being_taken_back(county):
    return _after(undoing.begin, _written(county), by=county.system)


def _taken_back(county):
    batch = _being_taken_back(county)
    running.undo_list(batch.id, by=county.system, today=county.today)
    county.session.refresh(batch)
    return batch


def _list_discarded(county):
    return _after(uploading.discard, _uploaded(county), by=county.system, version=None)


def _after(step, record, **values):
    done(step, record, **values)
    return record


def _with_an_item(make, rule):
    def made(county):
        publication.standing(county, rule)
        return make(county, rule=rule)

    return made


def _lists(rule):
    """A list of that kind in every state; each has somebody on it."""
    made = {
        PublicationState.DRAFT: publication.draft,
        PublicationState.SUBMITTED: publication.submitted,
        PublicationState.PUBLISHED: publication.published,
        PublicationState.WITHDRAWN: publication.withdrawn,
        PublicationState.SUPERSEDED: _superseded,
        PublicationState.DISCARDED: _discarded,
    }
    return {state: _with_an_item(make, rule) for state, make in made.items()}


STAGES = {
    "institution": {
        InstitutionState.OPERATING: registry.institution,
        InstitutionState.ORDERED_TO_STOP: _ordered_to_stop,
        InstitutionState.ENDING: _ending,
        InstitutionState.CLOSED: _closed,
    },
    "visit": {
        VisitState.PLANNED: inspections.planned_visit,
        VisitState.UNDER_WAY: inspections.visit_under_way,
        VisitState.DONE: inspections.visit,
        VisitState.NOT_POSSIBLE: _not_possible,
    },
    "finding": {
        FindingState.PENDING: inspections.finding,
        FindingState.REGISTERED: lambda county: ledger.item(county).finding,
        FindingState.FIXED_ON_SPOT: _fixed,
        FindingState.SET_ASIDE: _set_aside,
    },
    "errand": {
        ErrandState.WAITING: _errand,
        ErrandState.RUNNING: _running,
        ErrandState.DONE: _ended(errands.service.finished),
        ErrandState.FAILED: _ended(errands.service.failed),
        ErrandState.CANCELLED: _ended(errands.service.stopped),
    },
    "batch": {
        ImportState.UPLOADED: _uploaded,
        ImportState.READING: _being_read,
        ImportState.PREVIEWED: _previewed,
        ImportState.WRITING: _being_written,
        ImportState.CONFIRMED: _written,
        ImportState.UNDOING: _being_taken_back,
        ImportState.UNDONE: _taken_back,
        ImportState.DISCARDED: _list_discarded,
    },
    "campaign": campaigns.STATES,
    "report": {
        ReportState.OWED: campaigns.owed,
        ReportState.REPORTED: campaigns.reported,
        ReportState.ZERO: campaigns.zero,
        ReportState.RETURNED: campaigns.returned,
        ReportState.WAIVED: campaigns.waived,
    },
    "item": {
        ItemState.OPEN: ledger.item,
        ItemState.APPLIED: ledger.applied,
        ItemState.VERIFIED: ledger.verified,
        ItemState.CLOSED: ledger.closed,
        ItemState.VOID: ledger.voided,
    },
    "notice": {
        NoticeState.DRAFT: notices.draft,
        NoticeState.SUBMITTED: notices.submitted,
        NoticeState.APPROVED: notices.approved,
        NoticeState.SERVED: notices.served,
        NoticeState.WITHDRAWN: _withdrawn_notice,
        NoticeState.REVOKED: _revoked,
    },
    "case": {
        CaseState.RAISED: enforcement.raised_case,
        CaseState.CONVENED: enforcement.convened_case,
        CaseState.CONCLUDED: _concluded,
    },
    "task": {
        TaskState.DRAFTED: lambda county: enforcement.task_of(
            county, enforcement.raised_case(county)
        ),
        TaskState.ASKED: _asked,
        TaskState.ACCEPTED: _accepted,
        TaskState.DONE: lambda county: enforcement.reported_task(
            county, enforcement.convened_case(county)
        ),
        TaskState.RETURNED: enforcement.returned_task,
        TaskState.REDIRECTED: _redirected,
        TaskState.CANCELLED: _cancelled,
    },
    "complaint": {
        ComplaintState.RECEIVED: complaints.received,
        ComplaintState.ACCEPTED: complaints.accepted,
        ComplaintState.ASSIGNED: complaints.assigned,
        ComplaintState.OBJECTED: complaints.objected,
        ComplaintState.SUBMITTED: complaints.submitted,
        ComplaintState.ANSWERED: complaints.answered,
        ComplaintState.CLOSED: complaints.closed,
        ComplaintState.DECLINED: complaints.declined,
        ComplaintState.MERGED: complaints.merged,
    },
    "lead": {
        LeadState.OPEN: leads.lead,
        LeadState.FOLLOWED: leads.followed,
        LeadState.HANDED_ON: leads.handed_on,
        LeadState.SET_ASIDE: leads.set_aside,
    },
    "refund": {
        RefundState.SIGNED_UP: refunds.signed_up,
        RefundState.ENTERED: refunds.refund,
        RefundState.AGREED: refunds.agreed,
        RefundState.DISPUTED: refunds.disputed,
        RefundState.SETTLED: refunds.settled,
        RefundState.WITHDRAWN: refunds.withdrawn,
    },
    "event": {
        EventState.OPEN: refunds.event,
        EventState.CLOSED: refunds.ended,
    },
    "reward": {
        RewardState.PROPOSED: rewards.proposed,
        RewardState.APPROVED: rewards.approved,
        RewardState.PAID: rewards.paid,
        RewardState.REFUSED: rewards.refused,
        RewardState.WITHDRAWN: rewards.withdrawn,
    },
    "message": {
        MessageState.WAITING: correspondence.waiting,
        MessageState.RELEASED: correspondence.released,
        MessageState.SENT: correspondence.sent,
        MessageState.HANDED_OVER: correspondence.handed_over,
        MessageState.DROPPED: correspondence.dropped,
        MessageState.SETTLED: correspondence.settled,
        MessageState.READY: correspondence.ready,
    },
    "publication:rectification": _lists(publication.RECTIFICATION),
    "publication:unlicensed": _lists(publication.UNLICENSED),
}
