"""Two officers press at the same moment, each on a connection of their own: one wins."""

import pytest
import sqlalchemy as sa

from tests.at_once import at_once
from tests.factories import enforcement, ledger, publication, registry
from tests.factories.county import County
from tests.factories.lists import uscc
from training_oversight import database
from training_oversight.accounts.permissions import Role
from training_oversight.audit import Event
from training_oversight.audit import queries as audit
from training_oversight.catalogue import queries as catalogue
from training_oversight.enforcement import service as joint
from training_oversight.enforcement.models import JointCase, JointTask
from training_oversight.inspections.models import Finding
from training_oversight.ledger import service as items
from training_oversight.ledger.models import RectificationItem
from training_oversight.publication import service as lists
from training_oversight.publication.models import Publication
from training_oversight.registry import service as register
from training_oversight.registry.models import Institution


def closing(county):
    one, reason = ledger.verified(county), ledger.close_reason(county)
    key, reason_id, today = one.id, reason.id, county.today

    def close(session, *, by):
        item = session.get_one(RectificationItem, key)
        items.close(
            session, item, reason=session.get_one(type(reason), reason_id), note="", by=by,
            today=today,
        )  # fmt: skip

    return close, Role.SECTION_HEAD, "item.close"


def registering_a_finding(county):
    key, today = ledger.finding(county).id, county.today

    def put_on_ledger(session, *, by):
        items.register(
            session, session.get_one(Finding, key), measure="搬离器材柜。",
            responsible_party="星屿艺术培训中心", responsible_person="许芸",
            officer_in_charge=None, limit=None, by=by, today=today,
            calendar=catalogue.working_calendar(session, authority_id=None),
        )  # fmt: skip

    return put_on_ledger, Role.INSPECTOR, "item.registered"


def the_same_credit_code(county):
    division_id, today = county.townships[0].id, county.today

    def create(session, *, by):
        values = register.InstitutionValues(
            name=f"星屿艺术{by.id}", division_id=division_id, uscc=uscc(1)
        )
        register.create(session, values=values, by=by, today=today)

    return create, Role.INSPECTOR, "institution.registered"


def convening(county):
    key, today = enforcement.raised_case(county).id, county.today

    def convene(session, *, by):
        joint.convene(
            session, session.get_one(JointCase, key), decided_by="顾明川", decided_on=today,
            document="澄双减组批〔2026〕11号", by=by, today=today,
        )  # fmt: skip

    return convene, Role.SECTION_HEAD, "case.convene"


def raising_by_hand(county):
    key, today = registry.institution(county).id, county.today
    department_id = county.departments["police"].id

    def raise_case(session, *, by):
        joint.open_by_hand(
            session, session.get_one(Institution, key), trigger=enforcement.Trigger.UNLICENSED,
            summary="住宅内无证培训。", asked="核实身份。",
            departments=[session.get_one(type(county.departments["police"]), department_id)],
            by=by, today=today,
        )  # fmt: skip

    return raise_case, Role.SECTION_HEAD, None


def publishing(county):
    publication.owed(county)
    key, today = publication.submitted(county).id, county.today

    def approve(session, *, by):
        lists.approve(
            session,
            session.get_one(Publication, key),
            publication.RECTIFICATION,
            by=by,
            today=today,
            version=None,
        )

    return approve, Role.SECTION_HEAD, "publication.approve"


def accepting_a_task(county):
    case = enforcement.convened_case(county)
    key, today = enforcement.task_of(county, case).id, county.today

    def accept(session, *, by):
        joint.accept(session, session.get_one(JointTask, key), by=by, today=today)

    return accept, Role.LIAISON, "task.accept"


@pytest.mark.parametrize(
    "prepared",
    [
        closing, registering_a_finding, the_same_credit_code, convening, raising_by_hand,
        publishing, accepting_a_task,
    ],
)  # fmt: skip
def test_one_of_two_wins_and_the_other_is_told(own, prepared):
    county = County(database.current_session())
    act, role, verb = prepared(county)
    department = "fire" if role is Role.LIAISON else "education"
    officers = [county.officer(role, department=department).id for _ in range(2)]
    database.close_session()

    answers = at_once(act, officers)

    with own.sessions() as session:
        done = session.scalar(
            sa.select(sa.func.count()).select_from(Event).where(Event.verb == verb)
        )
        cases = session.scalar(sa.select(sa.func.count()).select_from(JointCase))
        assert audit.verify(session).broken == []
    assert answers.count(None) == 1, answers
    assert not any(str(answer).startswith("fault") for answer in answers), answers
    assert (done if verb else cases) == 1
