"""What files of institutions lack: each a question to the register, and how many answer to it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from training_oversight.accounts.models import Division, DivisionLevel, Officer
from training_oversight.accounts.permissions import Permission
from training_oversight.desk import gaps
from training_oversight.desk.gaps import Scope
from training_oversight.inspections.listed import never_visited
from training_oversight.ledger.models import RectificationItem
from training_oversight.registry import queries as registry
from training_oversight.registry.models import Institution, LegalForm
from training_oversight.registry.queries import PermitFilter
from training_oversight.texts import Text

Clause = sa.ColumnElement[bool]
P = Permission
# Something of the file itself, whatever it is: the same for everybody, so visits are left out.
ANY = "any"


@dataclass(frozen=True)
class Gap:
    """One thing that should be on file. ``clause`` is over live institutions; ``how`` says who
    mends it where."""

    name: str
    label: Text
    clause: Callable[[Scope, date], Clause]
    how: Text
    permission: Permission = P.VIEW_REGISTRY


def live(scope: Scope) -> Clause:
    """What is still on the register; closed records are not filled in any more."""
    return sa.and_(scope.clause(Institution.division_path), *registry.live())


def _without(column: Any) -> Callable[[Scope, date], Clause]:
    return lambda _scope, _today: sa.and_(column.is_(None))


def _no_officer(_scope: Scope, today: date) -> Clause:
    return registry.nobodys(today)


def _no_township(_scope: Scope, _today: date) -> Clause:
    """Filed under the county itself."""
    county = sa.select(Division.id).where(
        Division.id == Institution.division_id, Division.level != DivisionLevel.TOWNSHIP
    )
    # Also on the map, which reads the divisions beside the institutions.
    return county.correlate(Institution).exists()


def _no_position(_scope: Scope, _today: date) -> Clause:
    return registry.has_position(yes=False)


def _no_permit(_scope: Scope, today: date) -> Clause:
    return registry.permit_clause(PermitFilter.NEVER, today)


def _no_reason(_scope: Scope, _today: date) -> Clause:
    return registry.unexplained()


def _no_code(_scope: Scope, _today: date) -> Clause:
    """Registered in some form, so that it has a code which is not on file."""
    registered = sa.and_(
        Institution.legal_form.is_not(None), Institution.legal_form != LegalForm.UNREGISTERED
    )
    return sa.and_(registered, Institution.uscc.is_(None))


def _no_account(_scope: Scope, today: date) -> Clause:
    """Who trains with a permit takes money in advance into a supervised account."""
    return sa.and_(Institution.fund_account.is_(None), registry.licensed_sql(today))


def _never_visited(_scope: Scope, _today: date) -> Clause:
    return never_visited()


def _ending(scope: Scope, today: date) -> Clause:
    return gaps.endings_without_owner(scope, today)


INSTITUTIONS = (
    Gap(
        *("owner", Text("No officer in charge"), _no_officer),
        Text("Tick them on the list and name an officer in one act"),
    ),
    Gap(
        *("department", Text("No industry department")),
        _without(Institution.industry_department_id),
        Text("It follows from the kind, by the county's settings"),
    ),
    Gap(
        *("kind", Text("Kind not known"), _without(Institution.kind_code)),
        Text("Found out at the next visit"),
    ),
    Gap(
        *("township", Text("No township"), _no_township),
        Text("Change the entry, or import the list with the township"),
    ),
    Gap(
        *("position", Text("No position of the venue"), _no_position),
        Text("Set on the map, or recorded on a visit"),
    ),
    Gap(
        *("phone", Text("No telephone number"), _without(Institution.phone)),
        Text("Change the entry, or import the list with the number"),
    ),
    Gap(
        *("permit", Text("No permit on file"), _no_permit),
        Text("Record the paper; who has none is dealt with as unlicensed"),
    ),
    Gap(
        *("reason", Text("New permit of a subject institution, without a reason"), _no_reason),
        Text("Correct the paper: its day of issue, or why it exists"),
    ),
    Gap(
        *("code", Text("Registered, but no credit code"), _no_code),
        Text("Change the entry, or import the list with the code"),
    ),
    Gap(
        *("visit", Text("Never visited"), _never_visited),
        Text("Plan a visit; who did not get in has not visited"),
        permission=P.VIEW_VISITS,
    ),
    Gap(
        *("platform", Text("No number on the national platform")),
        _without(Institution.platform_id),
        Text("Entered on the platform first, then on file"),
    ),
    Gap(
        *("account", Text("Licensed, but no prepaid-fund account"), _no_account),
        Text("Ask the institution for its supervised account"),
    ),
    Gap(
        *("ending", Text("Licence coming to its end, nobody in charge"), _ending),
        Text("Name the officer, who is then told of it"),
    ),
)


def of_officer(officer: Officer) -> list[Gap]:
    return [gap for gap in INSTITUTIONS if officer.may(gap.permission)]


def clause(name: str, scope: Scope, today: date) -> Clause:
    """Live institutions that lack the thing of that name, or anything at all."""
    wanted = [
        gap
        for gap in INSTITUTIONS
        if gap.name == name or (name == ANY and gap.permission is P.VIEW_REGISTRY)
    ]
    return sa.and_(live(scope), sa.or_(*(gap.clause(scope, today) for gap in wanted)))


@dataclass(frozen=True)
class Counted:
    """How many are on the register, and how many of them lack what."""

    live: int
    lacking: Mapping[str, int]
    # Items of the ledger, for who may see it.
    items: Mapping[str, int]


ITEMS: Mapping[str, Callable[[Scope, date], Clause]] = {
    "owner": gaps.no_owner,
    "step": lambda scope, _today: gaps.no_next_step(scope),
}


def counted(session: Session, officer: Officer, *, today: date) -> Counted:
    """Every count that should be 0, in one query that reads the register once."""
    scope, names = officer.scope, [*(gap.name for gap in of_officer(officer)), ANY]
    asked = [clause(name, scope, today) for name in names]
    sums = [sa.func.coalesce(sa.func.sum(sa.case((one, 1), else_=0)), 0) for one in asked]
    items = ITEMS if officer.may(P.VIEW_LEDGER) else {}
    of_items = [
        sa.select(sa.func.count())
        .select_from(RectificationItem)
        .where(condition(scope, today))
        .scalar_subquery()
        for condition in items.values()
    ]
    row = session.execute(
        sa.select(sa.func.count(), *sums, *of_items).select_from(Institution).where(live(scope))
    ).one()
    return Counted(
        live=row[0],
        lacking=dict(zip(names, row[1 : 1 + len(names)], strict=True)),
        items=dict(zip(items, row[1 + len(names) :], strict=True)),
    )
