"""What a state goes together with, and in which order days lie: the database itself says so."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from tests.factories import enforcement as joint
from tests.factories import inspections as visits
from tests.factories import ledger as items
from tests.factories import notices, publication
from training_oversight import database

TODAY = date(2026, 10, 15)
BEFORE = TODAY - timedelta(days=1)
LONG_AGO = TODAY - timedelta(days=400)


def convened(county):
    return joint.convened_case(county)


def accepted(county):
    return joint.reported_task(county, joint.convened_case(county))


def owed(county):
    publication.owed(county)
    return publication.draft(county)


def published(county):
    publication.owed(county)
    return publication.published(county)


# How the record is made, and what then is put into its row past every service.
REFUSED = {
    "verified by nobody": (items.verified, {"verified_by_id": None}),
    "verified on no day": (items.verified, {"verified_on": None}),
    "open, yet verified": (items.verified, {"state": "open", "applied_on": None}),
    "waiting, yet verified": (items.verified, {"state": "applied"}),
    "written off without a re-check": (items.closed, {"verified_by_id": None}),
    "written off by nobody": (items.closed, {"closed_by_id": None}),
    "written off for no reason": (items.closed, {"close_reason_id": None}),
    "open, yet written off": (items.closed, {"state": "verified"}),
    "open, yet reported": (items.applied, {"state": "open", "office_due_on": None}),
    "reported by nobody": (items.applied, {"applied_by_id": None}),
    "the office's limit without its turn": (items.item, {"office_due_on": TODAY}),
    "re-checked before the report": (items.verified, {"verified_on": BEFORE}),
    "written off before the re-check": (items.closed, {"closed_on": BEFORE}),
    "reported before it was found": (items.applied, {"applied_on": LONG_AGO}),
    "on the ledger before it was found": (items.item, {"registered_on": LONG_AGO}),
    "submitted on no day": (notices.submitted, {"submitted_on": None}),
    "a draft, yet submitted": (notices.submitted, {"state": "draft"}),
    "approved by nobody": (notices.approved, {"approved_by_id": None}),
    "approved on no day": (notices.approved, {"approved_on": None}),
    "approved without a number": (notices.approved, {"number": None}),
    "waiting, yet numbered": (notices.approved, {"state": "submitted"}),
    "approved before it was submitted": (notices.approved, {"approved_on": BEFORE}),
    "served before it was approved": (notices.served, {"served_on": BEFORE}),
    "served on no day": (notices.served, {"served_on": None}),
    "void on no day": (notices.approved, {"state": "withdrawn"}),
    "void without a reason": (notices.approved, {"state": "withdrawn", "ended_on": TODAY}),
    "in force, yet ended": (notices.served, {"ended_on": TODAY, "ended_reason": "误"}),
    "convened by nobody": (convened, {"convened_by_id": None}),
    "raised, yet convened": (convened, {"state": "raised"}),
    "convened before it was raised": (convened, {"convened_on": LONG_AGO, "decided_on": LONG_AGO}),
    "convened before it was decided": (convened, {"decided_on": TODAY + timedelta(days=1)}),
    "done without a result": (accepted, {"result": ""}),
    "done, reported by nobody": (accepted, {"reported_by_id": None}),
    "answered, yet not released": (accepted, {"released_on": None}),
    "answered before it was accepted": (accepted, {"reported_on": BEFORE}),
    "a list with a number before its approval": (owed, {"year": 2026, "batch": 1}),
    "public without approval": (published, {"approved_by_id": None}),
    "public before it was submitted": (published, {"published_on": BEFORE}),
    "public, yet ended": (published, {"ended_on": TODAY}),
    "ended before it was public": (published, {"state": "withdrawn", "ended_on": BEFORE}),
    "not possible for no reason": (visits.planned_visit, {"state": "not_possible"}),
    "done, yet not possible": (visits.visit, {"not_possible": "refused_entry"}),
    "decided by nobody": (visits.finding, {"state": "fixed_on_spot"}),
}


@pytest.mark.parametrize("name", REFUSED)
def test_the_database_refuses_a_row_that_contradicts_itself(county, session, name):
    make, values = REFUSED[name]
    record = make(county)
    table = type(record).__table__

    with pytest.raises(sa.exc.IntegrityError, match=r"(?i)check"), database.transaction() as one:
        one.execute(sa.update(table).where(table.c.id == record.id).values(**values))


def test_a_visit_does_not_end_before_it_began(county):
    record = visits.visit(county)
    values = {"ended_at": record.happened_at - timedelta(minutes=1)}
    table = type(record).__table__

    with pytest.raises(sa.exc.IntegrityError, match=r"(?i)check"), database.transaction() as one:
        one.execute(sa.update(table).values(**values))


def test_who_is_in_charge_has_not_verified(county):
    record = items.verified(county)
    table = type(record).__table__

    with pytest.raises(sa.exc.IntegrityError, match=r"(?i)check"), database.transaction() as one:
        one.execute(sa.update(table).values(officer_in_charge_id=record.verified_by_id))
