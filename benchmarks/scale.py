"""Pages in a database that holds a whole country: 401,050 institutions, 1.2 million items.

One request at a time, with nothing kept from the page before, beside the least that the database
could do: reading the fifty rows of the list by their keys.
"""

from __future__ import annotations

import os
import statistics
from collections.abc import Callable
from contextvars import Context
from datetime import timedelta
from http import HTTPStatus
from typing import Any

import flask
import sqlalchemy as sa
from sqlalchemy.orm import Session

from benchmarks import country, databases, filling, pages
from training_oversight import clock, database
from training_oversight.accounts import queries as accounts
from training_oversight.accounts import service as accounts_service
from training_oversight.accounts.models import Authority, Department, Division, Officer
from training_oversight.accounts.permissions import Role
from training_oversight.audit import answers
from training_oversight.catalogue.models import CloseReason, ViolationType
from training_oversight.database import Database
from training_oversight.inspections.models import Finding
from training_oversight.ledger.models import RectificationItem
from training_oversight.registry.models import Institution, Licence, Venue

SIZE = int(os.environ.get("BENCH_INSTITUTIONS", country.INSTITUTIONS))
COPIES = 25
ITEMS_EACH = 3
CLOSED_OF_SIX = 3
APPLIED = 5
# As long as a statement is new, the driver of PostgreSQL sends it in full.
WARMING, ROUNDS = 6, 9
LIST = 50
PAGES = {
    "ledger": "/items",
    "ledger, overdue": "/items?view=overdue",
    "institutions": "/institutions",
    "desk": "/desk",
    "gaps": "/desk/gaps",
}


def run(app: flask.Flask) -> None:
    counties = max(31, country.COUNTIES * SIZE // country.INSTITUTIONS)
    print(f"Pages at {SIZE:,} institutions and {SIZE * ITEMS_EACH:,} items, {counties:,} counties")
    for name, held in databases.of_both():
        began = clock.elapsed()
        if not _known():
            fill(held)
        officers = _known()
        print(f"{name}: filled in {clock.elapsed() - began:.0f} s", flush=True)
        bare, _ = _best_and_median(_reading_by_key(held))
        for place, officer in officers.items():
            for page, path in PAGES.items():
                best, median = _best_and_median(_asking(app, officer, path))
                ratio = f"bare {bare:.2f} ms   1 : {best / bare:.0f}"
                print(f"  {place:9} {page:16} best {best:6.1f} ms, median {median:6.1f}   {ratio}")


def fill(held: Database, size: int = SIZE) -> None:
    """A few of each county one by one, the rest as copies of those, made by the database."""
    counties = max(31, country.COUNTIES * size // country.INSTITUTIONS)
    with filling.at_once(held):
        country.build(size // COPIES, counties)
        with database.transaction() as session:
            _copies(session, size // COPIES)
            _items(session, _officers(session)["county"])


def _copies(session: Session, written: int) -> None:
    def moved(column: Any, n: Any) -> Any:
        return column + n * written

    def told_apart(column: Any, n: Any) -> Any:
        return column + "-" + sa.cast(n, sa.Text())

    filling.multiply(
        session, Institution, COPIES,
        id=moved, name=told_apart, sort_key=told_apart, uscc=told_apart,
    )  # fmt: skip
    filling.multiply(session, Venue, COPIES, id=moved, institution_id=moved)
    filling.multiply(session, Licence, COPIES, id=moved, institution_id=moved, number=told_apart)


def _known() -> dict[str, Officer]:
    """The officers of a database that was filled before."""
    with database.transaction() as session:
        known = {
            name: session.scalars(
                sa.select(Officer).where(Officer.username == f"bench-{name}")
            ).first()
            for name in ("county", "province")
        }
    return {name: one for name, one in known.items() if one is not None}


def _officers(session: Session) -> dict[str, Officer]:
    """The head of a county in the middle of the country, and somebody of a whole province."""
    county = session.scalars(
        sa.select(Division).where(Division.level == "county").order_by(Division.path).offset(15)
    ).first()
    assert county is not None
    province = session.scalars(
        sa.select(Division).where(Division.path == county.path.split("/")[0] + "/")
    ).one()
    authority = session.scalars(
        sa.select(Authority).where(Authority.division_id == county.id)
    ).one()
    office = Department(authority_id=authority.id, code="education", name="education")
    session.add(office)
    session.flush()
    return {
        name: accounts_service.add(
            session,
            username=f"bench-{name}",
            name=name,
            department=office,
            division=division,
            roles=[Role.SECTION_HEAD, Role.INSPECTOR],
            password_hash=None,
            by=accounts.system(session),
            must_change_password=False,
        )
        for name, division in (("county", county), ("province", province))
    }


def _items(session: Session, closer: Officer) -> None:
    """Three at every institution, in two statements: open, late, with the office, closed."""
    system, today = accounts.system(session), clock.today()
    one = session.scalars(sa.select(ViolationType).order_by(ViolationType.id)).first()
    reason = session.scalars(sa.select(CloseReason).order_by(CloseReason.id)).first()
    assert one is not None
    assert reason is not None
    each = filling.numbers(ITEMS_EACH).subquery()
    place = Institution
    key = (place.id - 1) * ITEMS_EACH + each.c.n + 1
    _insert(session, Finding, {
        "id": key, "authority_id": place.authority_id, "division_path": place.division_path,
        "institution_id": place.id, "source_kind": "self_check", "violation_type_id": one.id,
        "severity": "serious", "title": "安全出口被器材柜堵塞", "facts": "安全出口被器材柜堵塞。",
        "found_on": today - timedelta(days=60), "entered_by_id": system.id,
        "entered_at": database.instant(session), "state": "registered", "decided_note": "",
        "decided_by_id": system.id, "version": 1,
    }, each)  # fmt: skip
    part = key % 6
    closed = part < CLOSED_OF_SIX
    due = sa.case(
        *((part == n, today + timedelta(days=days)) for n, days in ((3, -20), (4, 5))),
        else_=today + timedelta(days=30),
    )
    _insert(session, RectificationItem, {
        "id": key, "authority_id": place.authority_id, "division_path": place.division_path,
        "institution_id": place.id, "finding_id": key, "year": today.year, "serial": key,
        "violation_type_id": one.id, "violation_code": one.code, "severity": "serious",
        "title": "安全出口被器材柜堵塞", "facts": "安全出口被器材柜堵塞。", "measure": "搬离。",
        "responsible_party": "", "responsible_person": "", "found_on": today - timedelta(days=60),
        "registered_on": today - timedelta(days=59), "registered_by_id": system.id,
        "state": sa.case((closed, "closed"), (part == APPLIED, "applied"), else_="open"),
        "applied_on": sa.case((part == APPLIED, today - timedelta(days=2))),
        "applied_by_id": sa.case((part == APPLIED, system.id)),
        "office_due_on": sa.case((part == APPLIED, today + timedelta(days=5))), "report": "",
        "verified_on": sa.case((closed, today)), "verified_by_id": sa.case((closed, system.id)),
        "closed_on": sa.case((closed, today)), "closed_by_id": sa.case((closed, closer.id)),
        "close_reason_id": sa.case((closed, reason.id)),
        "due_on": due, "due_basis": "fixed_date", "due_source": "", "sort_due": due,
        "due_provisional": sa.false(), "second_provisional": sa.false(),
        "listed": sa.false(), "repeated": sa.false(), "version": 1,
    }, each)  # fmt: skip


def _insert(session: Session, model: Any, values: dict[str, Any], each: Any) -> None:
    # Not cast: SQLite would make a number of a day.
    columns = [
        value if isinstance(value, sa.ColumnElement | sa.orm.InstrumentedAttribute)
        else sa.literal(value, model.__table__.c[name].type)
        for name, value in values.items()
    ]  # fmt: skip
    rows = sa.select(*columns).select_from(Institution).join(each, sa.true())
    session.execute(sa.insert(model).from_select(list(values), rows, include_defaults=False))


def _reading_by_key(held: Database) -> Callable[[], None]:
    def read() -> None:
        with held.engine.connect() as connection:
            connection.execute(
                sa.select(RectificationItem.__table__).where(RectificationItem.id <= LIST)
            ).all()

    return read


def _asking(app: flask.Flask, officer: Officer, path: str) -> Callable[[], None]:
    browser = app.test_client()
    name, _, value = pages.cookie(app, officer).partition("=")
    browser.set_cookie(name, value)

    def ask() -> None:
        answers.forget()
        # A context of its own, as a server gives it: nothing is left of the page before.
        answer = Context().run(browser.get, path)
        assert answer.status_code == HTTPStatus.OK, (path, answer.status_code)

    return ask


def _best_and_median(do: Callable[[], None]) -> tuple[float, float]:
    """Milliseconds: what it takes, and what it took among the other work of the machine."""
    for _ in range(WARMING):
        do()
    times = []
    for _ in range(ROUNDS):
        began = clock.elapsed()
        do()
        times.append(1000 * (clock.elapsed() - began))
    return min(times), statistics.median(times)
