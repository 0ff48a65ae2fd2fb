"""Overdue items, and cases and tasks at each stage."""

from datetime import timedelta

from tests.factories import ledger
from tests.factories.inspections import violation_type
from tests.factories.ledger import close_reason
from tests.factories.registry import institution
from training_oversight import audit, clock, database
from training_oversight.accounts.permissions import Role
from training_oversight.audit import EventType
from training_oversight.catalogue.models import Severity
from training_oversight.enforcement import queries, service
from training_oversight.enforcement.models import Trigger
from training_oversight.enforcement.workflow import TaskState
from training_oversight.inspections.models import Finding
from training_oversight.ledger.models import LimitBasis, RectificationItem
from training_oversight.ledger.workflow import ItemState


def item(county, place=None, *, due_on=None, code="safety_hazard", **values):
    """A row of the ledger, overdue since four days unless told."""
    place = place or institution(county)
    kind = violation_type(county, code)
    due_on = due_on or clock.today() - timedelta(days=4)
    found = {
        "authority_id": place.authority_id,
        "division_path": place.division_path,
        "institution_id": place.id,
        "violation_type_id": kind.id,
        "severity": Severity.SERIOUS,
        "title": values.pop("title", "安全出口被器材柜堵塞"),
        "facts": "二楼东侧安全出口前放有器材柜两个。",
        "found_on": due_on - timedelta(days=15),
    }
    if values.get("applied_on"):
        values["applied_by_id"] = county.system.id
    number = county.next()
    with database.transaction() as session:
        finding = Finding(
            **found,
            source_kind="document",
            entered_by_id=county.system.id,
            entered_at=database.instant(session),
        )
        ledger.recorded(session, finding, "finding.added", by=county.system)
        made = RectificationItem(
            **found,
            finding_id=finding.id,
            violation_code=code,
            year=due_on.year,
            serial=number,
            registered_on=found["found_on"],
            registered_by_id=county.system.id,
            due_on=due_on,
            due_basis=LimitBasis.ON_THE_SPOT,
            sort_due=due_on,
            **({"state": ItemState.OPEN} | values),
        )
        ledger.recorded(session, made, "item.registered", by=county.system)
    return made


def done(verb, *subject, **values):
    """One call of the service in a transaction of its own."""
    with database.transaction() as session:
        return verb(session, *subject, **values)


def convener(county):
    return county.officer(Role.SECTION_HEAD, name="罗志远")


def liaison(county, department="fire", name="卢岩"):
    return county.officer(Role.LIAISON, department=department, name=name)


def raised_case(county, place=None, **values):
    """What the morning job makes of one overdue item; fire and housing would be asked."""
    overdue = item(county, place, **values)
    place = overdue.institution
    done(service.raise_items, place, by=county.system, today=clock.today())
    return queries.live_case(county.session, place.id)


def case_by_hand(county, place=None, *, departments=("police", "market"), by=None, **values):
    given = {
        "trigger": Trigger.UNLICENSED,
        "summary": "住宅内无证培训，负责人拒绝提供证件。",
        "asked": "核实组织者身份，维持检查秩序。",
    }
    return done(
        service.open_by_hand,
        place or institution(county),
        departments=[county.departments[code] for code in departments],
        by=by or county.officer(),
        today=clock.today(),
        **(given | values),
    )


def convened_case(county, place=None, *, by=None, case=None, **values):
    case = case or raised_case(county, place, **values)
    done(
        service.convene,
        case,
        decided_by="顾明川",
        decided_on=clock.today(),
        document="澄双减组批〔2026〕11号",
        by=by or convener(county),
        today=clock.today(),
    )
    return case


def task_of(county, case, department="fire"):
    tasks = queries.standing_tasks(county.session, case.id, states=TaskState)
    key = county.departments[department].id
    return [task for task in tasks if task.department_id == key][-1]


def returned_task(county, case=None, *, department="fire", to="police"):
    case = case or convened_case(county)
    task = task_of(county, case, department)
    done(
        service.return_,
        task,
        ground="居民住宅的日常消防监督由公安派出所负责。",
        department=county.departments[to],
        by=liaison(county, department),
        today=clock.today(),
    )
    return task


def written_off(county, case):
    """Every item of the case, closed directly as the register records it."""
    head, verifier = county.officer(Role.SECTION_HEAD).id, county.officer(Role.INSPECTOR).id
    reason, today = close_reason(county, "stopped").id, clock.today()
    with database.transaction() as session:
        for entry in queries.live_entries(session, case):
            one, closed = entry.item, EventType.known["item.close_directly"]
            states = (one.state.value, ItemState.CLOSED.value)
            with audit.editing(session, one, closed, by=county.system, states=states):
                one.verified_on, one.verified_by_id = today, verifier
                one.closed_on, one.closed_by_id, one.close_reason_id = today, head, reason
                one.state = ItemState.CLOSED


def reported_task(county, case, *, department="fire"):
    task = task_of(county, case, department)
    officer = liaison(county, department)
    done(service.accept, task, by=officer, today=clock.today())
    done(service.report, task, result="已到场检查，出口畅通。", by=officer, today=clock.today())
    return task
