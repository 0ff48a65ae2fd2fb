"""Founding a county: its place among the divisions, its authority, its departments."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

import sqlalchemy as sa
from sqlalchemy.orm import Session

from training_oversight import audit
from training_oversight.accounts import queries
from training_oversight.accounts.models import Authority, Department, Division, DivisionLevel
from training_oversight.audit import EventType
from training_oversight.errors import BadInput
from training_oversight.texts import Text

FOUNDED = EventType.declare("authority.founded", Text("Authority founded"), ["departments"])
DIVISION_ADDED = EventType.declare("division.added", Text("Division added"))

# The departments that the shipped catalogue names, and those that joint enforcement usually asks
# besides. A county may name them otherwise and have more of its own; it keeps the codes.
USUAL_DEPARTMENTS = {
    "education": "教育局",
    "market": "市场监管局",
    "police": "公安局",
    "fire": "消防救援大队",
    "housing": "住建局",
    "civil_affairs": "民政局",
    "culture": "文旅局",
    "sports": "体育局",
    "science": "科技局",
    "health": "卫健局",
    "urban": "城管局",
}
COUNTY_CODE = re.compile(r"\d{6}", re.ASCII)
TOWNSHIP_CODE = re.compile(r"\d{9}", re.ASCII)
DEPARTMENT_CODE = re.compile(r"[a-z][a-z0-9_]*")


@dataclass(frozen=True)
class CountyDraft:
    """What is said of a county when it is founded. Townships and departments: code -> name."""

    code: str
    name: str
    short_name: str
    authority_name: str = ""
    hotline: str = ""
    address: str = ""
    remedies: str = ""
    province: str = ""
    prefecture: str = ""
    townships: Mapping[str, str] = field(default_factory=dict)
    departments: Mapping[str, str] = field(default_factory=dict)


def found_county(session: Session, draft: CountyDraft, *, by: audit.Actor) -> Authority:
    """Make the county's divisions, authority and departments.

    Raises ``BadInput`` for a wrong code, or when the county or a township exists already.
    """
    _check(session, draft)
    county = _ground(session, draft, by=by)
    for code, name in draft.townships.items():
        _division(session, code, name, DivisionLevel.TOWNSHIP, county, by=by)
    authority = Authority(
        code=draft.code,
        name=draft.authority_name or f"{draft.name}教育局",
        short_name=draft.short_name,
        address=draft.address,
        hotline=draft.hotline,
        remedies=draft.remedies,
        division_id=county.id,
    )
    session.add(authority)
    session.flush()
    departments = _departments(authority, draft)
    session.add_all(departments)
    codes = [department.code for department in departments]
    audit.created(session, authority, FOUNDED, by=by, departments=codes)
    return authority


def _departments(authority: Authority, draft: CountyDraft) -> list[Department]:
    usual = {code: f"{draft.name}{name}" for code, name in USUAL_DEPARTMENTS.items()}
    # What acts as the county is its education department, under the same printed name.
    named = {**usual, "education": authority.name, **draft.departments}
    return [
        Department(authority_id=authority.id, code=code, name=name) for code, name in named.items()
    ]


def _ground(session: Session, draft: CountyDraft, *, by: audit.Actor) -> Division:
    """The county's division under its prefecture and province, made where they are missing."""
    province, prefecture = draft.code[:2], draft.code[:4]
    top = queries.division_by_code(session, province) or _division(
        session, province, draft.province or province, DivisionLevel.PROVINCE, None, by=by
    )
    middle = queries.division_by_code(session, prefecture) or _division(
        session, prefecture, draft.prefecture or prefecture, DivisionLevel.PREFECTURE, top, by=by
    )
    return _division(session, draft.code, draft.name, DivisionLevel.COUNTY, middle, by=by)


def _division(
    session: Session,
    code: str,
    name: str,
    level: DivisionLevel,
    parent: Division | None,
    *,
    by: audit.Actor,
) -> Division:
    above, parent_id = (parent.path, parent.id) if parent else ("", None)
    made = Division(code=code, name=name, level=level, parent_id=parent_id, path=f"{above}{code}/")
    audit.created(session, made, DIVISION_ADDED, by=by)
    return made


def _check(session: Session, draft: CountyDraft) -> None:
    if not COUNTY_CODE.fullmatch(draft.code):
        raise BadInput(
            Text("A county's code has six digits; “%(code)s” is not one.", code=draft.code)
        )
    for code in draft.townships:
        if not (TOWNSHIP_CODE.fullmatch(code) and code.startswith(draft.code)):
            raise BadInput(
                Text(
                    "A township's code has nine digits, the first six are the county's; "
                    "“%(code)s” is not one.",
                    code=code,
                )
            )
    for code in draft.departments:
        if not DEPARTMENT_CODE.fullmatch(code):
            raise BadInput(
                Text(
                    "A department's code is a word in small Latin letters; “%(code)s” is not one.",
                    code=code,
                )
            )
    _check_new(session, [draft.code, *draft.townships])


def _check_new(session: Session, codes: list[str]) -> None:
    known = session.scalars(
        sa.select(Division).where(Division.code.in_(codes)).order_by(Division.code).limit(1)
    ).first()
    if known is not None:
        raise BadInput(
            Text("Division %(code)s exists already: %(name)s.", code=known.code, name=known.name)
        )
