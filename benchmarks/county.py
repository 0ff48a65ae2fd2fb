"""A county with many items, written straight into the tables: only its size matters here."""

from __future__ import annotations

from datetime import date, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from training_oversight import clock, database
from training_oversight.accounts import queries as accounts
from training_oversight.accounts import service as accounts_service
from training_oversight.accounts.models import (
    Authority,
    Department,
    Division,
    DivisionLevel,
    Officer,
)
from training_oversight.accounts.permissions import Role
from training_oversight.catalogue.models import CloseReason, Severity, ViolationType
from training_oversight.inspections.models import Finding
from training_oversight.ledger.models import RectificationItem
from training_oversight.ledger.workflow import ItemState
from training_oversight.registry.models import Institution

TOWNS = 12
PER_INSTITUTION = 5
KINDS = ("subject", "arts", "sports", "science", "care")


def build(items: int, *, overdue: bool = False) -> Officer:
    """Fill the present database; returns the section head who will look at it.

    With ``overdue`` every item is open and past its deadline; else one in three is
    closed, and the deadlines lie on both sides of today.
    """
    with database.transaction() as session:
        head = founded(session)
        towns = session.scalars(
            sa.select(Division).where(Division.level == DivisionLevel.TOWNSHIP)
        ).all()
        places = _institutions(session, head, towns, items // PER_INSTITUTION)
        _items(session, head, places, items, overdue=overdue)
    return head


def founded(session: Session) -> Officer:
    """A county, its townships and departments; returns the head of its section."""
    county = Division(code="990101", name="量尺县", level=DivisionLevel.COUNTY, path="99/990101/")
    session.add(county)
    session.flush()
    session.add_all(
        Division(
            code=f"990101{n:03}",
            name=f"{n}号镇",
            level=DivisionLevel.TOWNSHIP,
            parent_id=county.id,
            path=f"{county.path}990101{n:03}/",
        )
        for n in range(TOWNS)
    )
    authority = Authority(
        code="990101", name="量尺县教育局", short_name="量教", division_id=county.id
    )
    session.add(authority)
    session.flush()
    offices = [
        Department(authority_id=authority.id, code=code, name=code)
        for code in ("education", "market", "police", "fire", "housing", "civil_affairs")
    ]
    session.add_all(offices)
    session.flush()
    return accounts_service.add(
        session,
        username="bench",
        name="量尺",
        department=offices[0],
        division=county,
        roles=[Role.SECTION_HEAD],
        password_hash=None,
        by=accounts.system(session),
        must_change_password=False,
    )


def _institutions(
    session: Session, head: Officer, towns: list[Division], count: int
) -> list[tuple[int, str]]:
    at = database.instant(session)
    rows = [
        {
            "authority_id": head.authority_id,
            "division_id": towns[n % TOWNS].id,
            "division_path": towns[n % TOWNS].path,
            "name": f"量尺培训中心{n}",
            "match_name": f"量尺培训中心{n}",
            "search_text": f"量尺培训中心{n} LIANGCHI",
            "sort_key": f"liang chi {n:06}",
            "kind_code": KINDS[n % len(KINDS)],
            "state": "operating",
            "aliases": [],
            "stages": [],
            "informal_name": False,
            "department_overridden": False,
            "note": "",
            "entered_at": at,
            "version": 1,
        }
        for n in range(count)
    ]
    session.execute(sa.insert(Institution), rows)
    found = session.execute(
        sa.select(Institution.id, Institution.division_path).order_by(Institution.id)
    )
    return [(row.id, row.division_path) for row in found]


def _items(
    session: Session,
    head: Officer,
    places: list[tuple[int, str]],
    count: int,
    *,
    overdue: bool,
) -> None:
    types = session.execute(sa.select(ViolationType.id, ViolationType.code)).all()
    today = clock.today()
    session.execute(
        sa.insert(Finding),
        [
            _finding(session, head, places[n % len(places)], types[n % len(types)].id, today)
            for n in range(count)
        ],
    )
    keys = session.scalars(sa.select(Finding.id).order_by(Finding.id)).all()
    written_off = _written_off(session, head, today)
    on_ledger = dict.fromkeys(written_off) | {"state": ItemState.OPEN}
    session.execute(
        sa.insert(RectificationItem),
        [
            _item(head, places[n % len(places)], types[n % len(types)], n, key, today, overdue)
            | (on_ledger if overdue or n % 3 else written_off)
            for n, key in enumerate(keys)
        ],
    )


def _written_off(session: Session, head: Officer, today: date) -> dict[str, object]:
    """What the row of an item that was verified and closed has beside the others."""
    return {
        "state": ItemState.CLOSED,
        "verified_on": today,
        "verified_by_id": accounts.system(session).id,
        "closed_on": today,
        "closed_by_id": head.id,
        "close_reason_id": session.scalars(sa.select(CloseReason.id).limit(1)).one(),
    }


def _finding(
    session: Session, head: Officer, place: tuple[int, str], type_id: int, today: date
) -> dict[str, object]:
    return {
        "authority_id": head.authority_id,
        "division_path": place[1],
        "institution_id": place[0],
        "source_kind": "self_check",
        "violation_type_id": type_id,
        "severity": Severity.SERIOUS,
        "title": "安全出口被器材柜堵塞",
        "facts": "安全出口被器材柜堵塞。",
        "found_on": today - timedelta(days=60),
        "entered_by_id": head.id,
        "entered_at": database.instant(session),
        "state": "registered",
        "decided_note": "",
        "decided_by_id": head.id,
        "version": 1,
    }


def _item(
    head: Officer,
    place: tuple[int, str],
    kind: sa.Row[tuple[int, str]],
    n: int,
    finding_id: int,
    today: date,
    overdue: bool,
) -> dict[str, object]:
    due = today - timedelta(days=1 + n % 40) if overdue else today + timedelta(days=n % 90 - 45)
    return {
        "authority_id": head.authority_id,
        "division_path": place[1],
        "institution_id": place[0],
        "finding_id": finding_id,
        "year": today.year,
        "serial": n + 1,
        "violation_type_id": kind.id,
        "violation_code": kind.code,
        "severity": list(Severity)[n % 3],
        "title": "安全出口被器材柜堵塞",
        "facts": "安全出口被器材柜堵塞。",
        "measure": "搬离。",
        "responsible_party": "量尺培训中心",
        "responsible_person": "",
        "officer_in_charge_id": head.id,
        "found_on": today - timedelta(days=60),
        "registered_on": today - timedelta(days=59),
        "registered_by_id": head.id,
        "due_on": due,
        "due_basis": "fixed_date",
        "due_source": "",
        "sort_due": due,
        "report": "",
        "listed": False,
        "repeated": False,
        "version": 1,
    }
