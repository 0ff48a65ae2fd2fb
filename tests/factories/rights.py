"""Rights as an invented office gives them: one proposes, another confirms."""

from datetime import date

from training_oversight import database
from training_oversight.accounts import queries, rights_queries, service

TODAY = date(2026, 10, 15)
KEPT = ("name", "department_id", "division_id", "certificate_number", "borrowed_from",
        "borrowed_until")  # fmt: skip


def acting(officer):
    return queries.acting(database.current_session(), officer.id, today=TODAY)


def change(officer, by, *, roles=None, **columns):
    """What the form of the officer's page sends, changed in one thing."""
    by = acting(by)
    held = frozenset(row.role for row in officer.role_rows)
    given = {name: getattr(officer, name) for name in KEPT} | columns
    with database.transaction() as session:
        return service.change(session, officer, roles=roles or held, by=by, **given)


def confirm(officer, by, **more):
    by = acting(by)
    with database.transaction() as session:
        service.confirm(session, officer, by=by, **more)


def waiting(officer):
    return rights_queries.waiting_for(database.current_session(), officer.id)


def own(officer):
    return {row.role for row in officer.role_rows}


def lend(giver, taker):
    with database.transaction() as session:
        service.delegate(session, giver, taker=taker, starts_on=TODAY, ends_on=TODAY, reason="出差")
