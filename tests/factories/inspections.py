"""Visits and findings, made through the service."""

from datetime import timedelta

import sqlalchemy as sa

from tests.factories.registry import institution as made_institution
from training_oversight import clock, database
from training_oversight.audit import queries as history
from training_oversight.catalogue.models import Checklist, Severity, ViolationType
from training_oversight.inspections import service, sources
from training_oversight.inspections.models import Approval, VisitKind
from training_oversight.inspections.service import FindingDraft, VisitDraft

FACTS = "现场查收据12张，其中4张为半年卡，每张6800元。"


def violation_type(county, code="fees"):
    """The shipped violation type of that code."""
    return county.session.scalars(
        sa.select(ViolationType).where(
            ViolationType.code == code, ViolationType.authority_id.is_(None)
        )
    ).one()


def checklist(county):
    """The shipped checklist for spot checks."""
    return county.session.scalars(sa.select(Checklist).where(Checklist.code == "spot_check")).one()


def draft(county, institution=None, **values):
    """What two certified officers bring from a routine check of two hours ago."""
    defaults = {
        "place": institution or values.pop("place", None) or made_institution(county),
        "kind": VisitKind.ROUTINE,
        "happened_at": clock.now() - timedelta(hours=2),
        "ended_at": None,
        "officers": values.pop("officers", None) or [county.officer(), county.officer()],
        "approval": Approval.NOT_NEEDED,
    }
    return VisitDraft(**(defaults | values))


def visit(county, institution=None, *, by=None, **values):
    """A visit that is done; a notice can be founded on it."""
    prepared = draft(county, institution, **values)
    with database.transaction() as session:
        return service.log_visit(
            session, draft=prepared, by=by or prepared.officers[0], today=clock.today()
        )


def visit_under_way(county, institution=None, *, by=None, **values):
    """Two officers stand inside with the shipped checklist."""
    usual = {"checklist": checklist(county), "happened_at": clock.now()}
    prepared = draft(county, institution, **(usual | values))
    with database.transaction() as session:
        return service.begin(
            session, draft=prepared, by=by or prepared.officers[0], today=clock.today()
        )


def planned_visit(county, institution=None, *, by=None, **values):
    """A visit planned for tomorrow."""
    tomorrow = {"happened_at": clock.now() + timedelta(days=1)}
    prepared = draft(county, institution, **(tomorrow | values))
    with database.transaction() as session:
        return service.plan(
            session, draft=prepared, by=by or prepared.officers[0], today=clock.today()
        )


def finding_draft(county, code="fees", **values):
    defaults = {
        "violation_type": violation_type(county, code),
        "severity": Severity.SERIOUS,
        "facts": FACTS,
    }
    return FindingDraft(**(defaults | values))


def finding(county, visit=None, institution=None, *, by=None, **values):
    """A finding nobody has decided on; of a visit if one is given, else of a document."""
    place = institution or (visit.institution if visit else made_institution(county))
    defaults = {
        "source": sources.VISIT if visit else "document",
        "source_key": visit.id if visit else None,
        "violation_type": violation_type(county, values.pop("code", "fees")),
        "severity": Severity.SERIOUS,
        "title": "收费超过规定周期",
        "facts": FACTS,
        "found_on": clock.today(),
    }
    officer = by or county.officer()
    with database.transaction() as session:
        return service.add_finding(
            session, place, by=officer, today=clock.today(), **(defaults | values)
        )


def by_service(call, *args, **more):
    with database.transaction() as session:
        return call(session, *args, **more)


def events(session, record):
    return [event.verb for event in history.history(session, record)]


def all_of(session, model):
    return session.scalars(sa.select(model).order_by(model.id)).all()
