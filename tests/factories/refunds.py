"""Closing events, and refunds of invented families in every state."""

from tests.factories.enforcement import done
from tests.factories.registry import institution
from training_oversight import clock
from training_oversight.accounts.permissions import Role
from training_oversight.catalogue import queries as catalogue
from training_oversight.refunds import service
from training_oversight.refunds.drafts import RefundDraft
from training_oversight.refunds.families import Family
from training_oversight.refunds.formula import Contract
from training_oversight.refunds.models import EntryWay, RefundWay
from training_oversight.refunds.service import Belongs, PartDraft

# 3,640 yuan for 48 lessons, 20 used: 2,123.33 yuan are left.
CONTRACT = Contract(364_000, 48, 0, 20)
DUE = 212_333


def formula(county, code="by_lesson"):
    known = catalogue.refund_formulas(
        county.session, authority_id=county.authority.id, today=clock.today()
    )
    return next(one for one in known if one.code == code)


def family(county, *, pupil="", parent="霍思远"):
    """Nobody's number: 199 0000 and the serial of the test."""
    return Family(f"1990000{county.next():04}", parent, pupil)


def draft(county, *, contract=CONTRACT, whose=None, course="", code="by_lesson"):
    return RefundDraft(whose or family(county), contract, formula(county, code), course)


def event(county, place=None, *, by=None):
    return done(
        service.open_event,
        place or institution(county),
        happened_on=clock.today(),
        summary="人去楼空，家长围门。",
        by=by or county.officer(),
        today=clock.today(),
    )


def refund(county, place=None, *, event=None, finding=None, by=None, how=EntryWay.COUNTER, **of):
    place = place or (event.institution if event else institution(county))
    return done(
        service.enter,
        place,
        draft(county, **of),
        belongs=Belongs(event, finding),
        how=how,
        by=by or county.officer(),
        today=clock.today(),
    )


def signed_up(county, at=None, **of):
    at = at or event(county)
    return refund(county, event=at, how=EntryWay.SIGN_UP, by=county.system, **of)


def agreed(county, place=None, *, fen=DUE, how=RefundWay.TALK, **of):
    made = refund(county, place, **of)
    agree(county, made, fen=fen, how=how)
    return made


def agree(county, made, *, fen=DUE, how=RefundWay.TALK, by=None):
    done(
        service.agree,
        made,
        fen=fen,
        how=how,
        agreed_on=clock.today(),
        by=by or county.officer(),
        today=clock.today(),
    )


def paid(county, made, fen, *, way=RefundWay.TALK, by=None, **values):
    return done(
        service.pay,
        made,
        PartDraft(clock.today(), fen, way),
        by=by or county.officer(),
        today=clock.today(),
        **values,
    )


def settled(county, place=None, **of):
    made = agreed(county, place, **of)
    paid(county, made, made.due_fen)
    return made


def disputed(county, place=None, **of):
    made = refund(county, place, **of)
    done(service.dispute, made, reason="机构不认合同", by=county.officer())
    return made


def withdrawn(county, place=None, **of):
    made = refund(county, place, **of)
    done(service.withdraw, made, reason="登记有误", by=county.officer(Role.SECTION_HEAD))
    return made


def ended(county):
    made = event(county)
    by = county.officer(Role.SECTION_HEAD)
    done(service.close_event, made, conclusion="已全部退清。", by=by, today=clock.today())
    return made


def told(county, event, text="请携带合同到教育局窗口登记。"):
    by = county.officer(Role.SECTION_HEAD)
    return done(service.announce, event, text=text, by=by, today=clock.today())
