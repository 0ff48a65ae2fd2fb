"""Items of an invented county, made as the county makes them: a visit, a finding, a number."""

from datetime import datetime, time, timedelta

from training_oversight import audit, clock, database
from training_oversight.accounts.permissions import Role
from training_oversight.audit import EventType
from training_oversight.catalogue import queries as catalogue
from training_oversight.catalogue.models import CloseReason, ViolationType
from training_oversight.inspections import sources
from training_oversight.inspections.models import (
    Approval,
    Finding,
    Visit,
    VisitKind,
    VisitOfficer,
)
from training_oversight.inspections.workflow import VisitState
from training_oversight.ledger import service
from training_oversight.ledger.clocks import LimitKind
from training_oversight.ledger.models import (
    LimitBasis,
    Verdict,
    VerificationMode,
)
from training_oversight.names import naming
from training_oversight.registry.models import Institution


def done(verb, *subject, **values):
    """One call of the service in a transaction of its own; the values are made before it."""
    with database.transaction() as session:
        return verb(session, *subject, **values)


def calendar(county):
    return catalogue.working_calendar(county.session, authority_id=county.authority.id)


def violation_type(county, code="safety_hazard"):
    return catalogue.entry(
        county.session, ViolationType, code, authority_id=county.authority.id, today=county.today
    )


def close_reason(county, code="rectified"):
    return catalogue.entry(
        county.session, CloseReason, code, authority_id=county.authority.id, today=county.today
    )


def institution(county, name=None, township=0, kind="arts", **values):
    """A row of the register."""
    number = county.next()
    name = name or f"星屿艺术培训中心{number}"
    with database.transaction() as session:
        made = Institution(
            authority_id=county.authority.id,
            division_id=county.townships[township].id,
            division_path=county.townships[township].path,
            name=name,
            match_name=name,
            search_text=naming.search_text(name),
            sort_key=f"XING YU {number:05}",
            kind_code=kind,
            entered_at=database.instant(session),
            **values,
        )
        recorded(session, made, "institution.registered", by=county.system)
    return made


def visit(county, place, *officers, day=None, kind=VisitKind.ROUTINE, state=VisitState.DONE):
    """A finished visit by two officers with certificates, three days ago unless told."""
    day = day or county.today - timedelta(days=3)
    inspected = officers or (inspector(county), inspector(county))
    at = clock.from_local(datetime.combine(day, time(15)))
    with database.transaction() as session:
        made = Visit(
            authority_id=place.authority_id,
            division_path=place.division_path,
            institution_id=place.id,
            kind=kind,
            approval=Approval.APPROVED,
            happened_at=at,
            entered_at=database.instant(session),
            entered_by_id=inspected[0].id,
            state=state,
        )
        recorded(session, made, "visit.logged", by=inspected[0])
        session.add_all(
            VisitOfficer(
                visit_id=made.id, officer_id=one.id, certificate_number=one.certificate_number
            )
            for one in inspected
        )
    return made


def finding(county, place=None, *, on=None, found_on=None, type="safety_hazard", **values):
    """A problem that nobody has decided about yet."""
    place = place or institution(county)
    on = on or visit(county, place, day=found_on or county.today - timedelta(days=30))
    kind = violation_type(county, type)
    given = {
        "title": "安全出口被器材柜堵塞，应急灯失效2盏",
        "facts": "二楼东侧安全出口前放有器材柜两个，应急灯两盏不亮。",
        "severity": kind.severity,
        "source_kind": sources.VISIT,
    }
    with database.transaction() as session:
        made = Finding(
            authority_id=place.authority_id,
            division_path=place.division_path,
            institution_id=place.id,
            source_key=on.id,
            violation_type_id=kind.id,
            found_on=clock.day_of(on.happened_at),
            entered_by_id=on.entered_by_id,
            entered_at=database.instant(session),
            **(given | values),
        )
        recorded(session, made, "finding.added", by=county.system)
    return made


def recorded(session, made, verb, *, by):
    """Put past its service on the table, with the line in the history that it would have."""
    audit.created(session, made, EventType.known[verb], by=by)


def inspector(county, **more):
    return county.officer(Role.INSPECTOR, **more)


def section_head(county, **more):
    return county.officer(Role.SECTION_HEAD, **more)


def item(county, place=None, *, due_on=None, in_charge=None, by=None, limit=None, **of_finding):
    """An item being rectified; with ``due_on`` its deadline runs, ordered on the spot."""
    found = finding(county, place, **of_finding)
    if due_on is not None:
        limit = service.FixedLimit(due_on, LimitBasis.ON_THE_SPOT)
    return done(
        service.register,
        found,
        measure="搬离器材柜，修复应急灯。",
        responsible_party="星屿艺术培训中心",
        responsible_person="许芸",
        officer_in_charge=in_charge,
        limit=limit,
        by=by or inspector(county),
        today=county.today,
        calendar=calendar(county),
    )


def applied(county, one=None, *, received_on=None, **more):
    """An item whose institution has reported."""
    one = one or item(county, **more)
    done(
        service.apply,
        one,
        report="器材柜已搬走，应急灯已换新。",
        received_on=received_on or county.today,
        by=inspector(county),
        today=county.today,
        calendar=calendar(county),
    )
    return one


def verified(county, one=None, *, by=None, verdict=Verdict.PASSED, new_limit=None, **more):
    """An item that another officer has re-checked, by documents."""
    one = one or applied(county, **more)
    done(
        service.verify,
        one,
        recheck=service.Recheck(VerificationMode.DOCUMENTS, county.today, "看过照片和发票。"),
        verdict=verdict,
        new_limit=new_limit,
        by=by or inspector(county),
        today=county.today,
        calendar=calendar(county),
    )
    return one


def closed(county, one=None, *, by=None, **more):
    one = one or verified(county, **more)
    done(
        service.close,
        one,
        reason=close_reason(county),
        note="",
        by=by or section_head(county),
        today=county.today,
    )
    return one


def voided(county, one=None, **more):
    one = one or item(county, **more)
    done(service.void, one, reason="登记重复", by=section_head(county))
    return one


def second_limit(county, one, due_on, *, kind=LimitKind.SETTLEMENT):
    """A limit of its own beside the first, as the service of an order to stop gives it."""
    done(
        service.start,
        one,
        due_on=due_on,
        kind=kind,
        from_day=county.today,
        basis=LimitBasis.SERVICE,
        source="停办5号",
        by=inspector(county),
        calendar=calendar(county),
    )
    return one


def stopped(county, *, due_on, second_due_on, **more):
    """An item under an order to stop: at once, and refunds by a day."""
    return second_limit(county, item(county, due_on=due_on, **more), second_due_on)


def second_met(county, one, *, on=None):
    done(
        service.report_second,
        one,
        met_on=on or county.today,
        report="已退费12户，其余学员转入本县其他机构。",
        by=inspector(county),
        today=county.today,
        calendar=calendar(county),
    )
    return one
