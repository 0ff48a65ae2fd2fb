"""Public lists of an invented county, and served notices for them to rest on."""

from tests.factories import ledger
from training_oversight import database
from training_oversight.accounts.permissions import Role
from training_oversight.catalogue import queries as catalogue
from training_oversight.catalogue.models import Effect, NoticeType
from training_oversight.notices import rectification_list, unlicensed_list
from training_oversight.notices.models import Notice, NoticeItem
from training_oversight.notices.workflow import NoticeState
from training_oversight.publication import service

# The lists that the county has, each with a record that stands on it.
RECTIFICATION, UNLICENSED = rectification_list.RULE, unlicensed_list.RULE
RULES = {rule.kind: rule for rule in (RECTIFICATION, UNLICENSED)}


def publisher(county, **more):
    return county.officer(Role.PUBLISHER, **more)


def approver(county, **more):
    return county.officer(Role.SECTION_HEAD, **more)


def notice_type(county, effect):
    types = catalogue.entries(
        county.session, NoticeType, authority_id=county.authority.id, today=county.today
    )
    return next(one for one in types if one.effect == effect)


def served_notice(county, *items, on=None, state=NoticeState.SERVED, effect=Effect.RECTIFY):
    """A paper over the items, in the state given, as it lies in the table."""
    kind, number, day = notice_type(county, effect), county.next(), on or county.today
    approver = county.officer(Role.SECTION_HEAD)
    served = state in (NoticeState.SERVED, NoticeState.REVOKED)
    ended = state in (NoticeState.WITHDRAWN, NoticeState.REVOKED)
    with database.transaction() as session:
        made = Notice(
            authority_id=county.authority.id,
            division_path=items[0].division_path,
            institution_id=items[0].institution_id,
            type_id=kind.id,
            effect=effect,
            state=state,
            drafted_by_id=county.system.id,
            drafted_on=day,
            submitted_on=day,
            approved_by_id=approver.id,
            approved_on=day,
            service_due_on=day,
            series=kind.code,
            year=county.today.year,
            serial=number,
            number=f"澄教责改〔2026〕{number}号",
            content={},
            content_hash="0" * 64,
            served_on=day if served else None,
            ended_on=day if ended else None,
            ended_reason="另行制发" if ended else "",
        )
        ledger.recorded(session, made, "notice.drafted", by=county.system)
        session.add_all(
            NoticeItem(notice_id=made.id, item_id=one.id, position=place)
            for place, one in enumerate(items, start=1)
        )
    return made


def owed(county, place=None, **more):
    """An item with a served notice that is still to be put right."""
    one = ledger.item(county, place, **more)
    served_notice(county, one)
    return one


def ordered_to_stop(county, place=None, **more):
    """An item about training without approval with a served order to stop."""
    one = ledger.item(county, place, type="unlicensed", **more)
    served_notice(county, one, effect=Effect.STOP)
    return one


STANDING = {RECTIFICATION.kind: owed, UNLICENSED.kind: ordered_to_stop}


def standing(county, rule, place=None):
    """Something that stands on the list."""
    return STANDING[rule.kind](county, place)


def draft(county, *, rule=RECTIFICATION, by=None, correction=""):
    return ledger.done(
        service.prepare,
        rule,
        by=by or publisher(county),
        today=county.today,
        correction=correction,
    )


def submitted(county, one=None, *, by=None, rule=RECTIFICATION):
    by = by or publisher(county)
    one = one or draft(county, by=by, rule=rule)
    ledger.done(service.submit, one, by=by, today=county.today, version=None)
    return one


def published(county, one=None, *, by=None, **more):
    one = one or submitted(county, **more)
    ledger.done(
        service.approve,
        one,
        RULES[one.kind],
        by=by or approver(county),
        today=county.today,
        version=None,
    )
    return one


def refreshed(county, one, *, by):
    ledger.done(service.refresh, one, RULES[one.kind], by=by, today=county.today, version=None)
    return one


def withdrawn(county, one=None, *, reason="名单有误", **more):
    one = one or published(county, **more)
    ledger.done(
        service.withdraw, one, reason=reason, by=approver(county), today=county.today, version=None
    )
    return one
