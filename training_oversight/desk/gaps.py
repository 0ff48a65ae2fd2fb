"""缺项: what should be on file of every institution and is not on some.

Each is a ``Gap``: a number on the page of gaps, and a filter of the register that opens its rows.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from training_oversight.accounts.models import Division, DivisionLevel, Officer
from training_oversight.accounts.permissions import Permission
from training_oversight.accounts.placeholders import AnyScope, named
from training_oversight.desk import unattended
from training_oversight.desk.unattended import ScopeClause
from training_oversight.inspections.contributed import never_visited
from training_oversight.registry import queries as registry
from training_oversight.registry.models import Institution, LegalForm
from training_oversight.registry.queries import LicenceGap, PermitFilter
from training_oversight.texts import Text

Clause = sa.ColumnElement[bool]
P = Permission
# Something of the file itself, whatever it is: the same for everybody, so visits are left out.
ANY = "any"
LICENCES = "licences"


@dataclass(frozen=True)
class Gap:
    """One thing that should be on file, as a condition of institutions that lack it.

    ``clause`` is asked of live institutions only. ``how`` tells the officer who fills it in, where.
    """

    name: str
    label: Text
    clause: Callable[[ScopeClause, date], Clause]
    how: Text
    permission: Permission = P.VIEW_REGISTRY
    # The wider gap of which this one is a part. Few institutions have it, so it is counted by a
    # question of its own, not by the one that reads the whole register.
    within: str = ""
    # Counting reads the licences of an institution once for all gaps about them; this bit of the
    # answer stands for the gap.
    flag: LicenceGap | None = None
    # A condition that costs less than ``clause`` when every institution is asked.
    counts: Callable[[], Clause] | None = None


def live(scope: ScopeClause) -> Clause:
    """What is still on the register; closed records are not filled in any more."""
    return sa.and_(scope.clause(Institution.division_path), *registry.live())


def _without(column: sa.SQLColumnExpression[object]) -> Callable[[ScopeClause, date], Clause]:
    return lambda _scope, _today: sa.and_(column.is_(None))


def _no_officer(_scope: ScopeClause, today: date) -> Clause:
    return registry.nobodys(today)


def _no_township(scope: ScopeClause, _today: date) -> Clause:
    """Filed under the county itself."""
    # By another name: the map reads the divisions beside the institutions.
    above = aliased(Division)
    return Institution.division_id.in_(
        sa.select(above.id).where(scope.clause(above.path), above.level != DivisionLevel.TOWNSHIP)
    )


def _no_position(_scope: ScopeClause, _today: date) -> Clause:
    return registry.has_position(yes=False)


def _no_permit(_scope: ScopeClause, today: date) -> Clause:
    return registry.permit_clause(PermitFilter.NEVER, today)


def _no_reason(_scope: ScopeClause, _today: date) -> Clause:
    return registry.unexplained()


def _no_code(_scope: ScopeClause, _today: date) -> Clause:
    """Registered in some form, so that it has a code which is not on file."""
    registered = sa.and_(
        Institution.legal_form.is_not(None), Institution.legal_form != LegalForm.UNREGISTERED
    )
    return sa.and_(registered, Institution.uscc.is_(None))


def _no_account(_scope: ScopeClause, today: date) -> Clause:
    """Who trains with a permit takes money in advance into a supervised account."""
    return sa.and_(Institution.fund_account.is_(None), registry.licensed_sql(today))


def _never_visited(_scope: ScopeClause, _today: date) -> Clause:
    return never_visited()


def _ending(scope: ScopeClause, today: date) -> Clause:
    return unattended.endings_without_owner(scope, today)


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
        counts=lambda: registry.latitude().is_(None),
    ),
    Gap(
        *("phone", Text("No telephone number"), _without(Institution.phone)),
        Text("Change the entry, or import the list with the number"),
    ),
    Gap(
        *("permit", Text("No permit on file"), _no_permit),
        Text("Record the paper; who has none is dealt with as unlicensed"),
        flag=LicenceGap.PERMIT,
    ),
    Gap(
        *("reason", Text("New permit of a subject institution, without a reason"), _no_reason),
        Text("Correct the paper: its day of issue, or why it exists"),
        flag=LicenceGap.REASON,
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
        flag=LicenceGap.ACCOUNT,
    ),
    Gap(
        *("ending", Text("Licence coming to its end, nobody in charge"), _ending),
        Text("Name the officer, who is then told of it"),
        within="owner",
    ),
)


def of_officer(officer: Officer) -> list[Gap]:
    return [gap for gap in INSTITUTIONS if officer.may(gap.permission)]


def clause(name: str, scope: ScopeClause, today: date) -> Clause:
    """Live institutions that lack the thing of that name, or anything at all."""
    wanted = [
        gap
        for gap in INSTITUTIONS
        if gap.name == name or (name == ANY and gap.permission is P.VIEW_REGISTRY)
    ]
    return sa.and_(live(scope), sa.or_(*(gap.clause(scope, today) for gap in wanted)))


@dataclass(frozen=True)
class GapCounts:
    """How many institutions are on the register, and how many of them have each gap."""

    live: int
    lacking: Mapping[str, int]
    # Items of the ledger, for who may see it.
    items: Mapping[str, int]


ITEMS: Mapping[str, Callable[[ScopeClause, date], Clause]] = {
    "owner": unattended.no_owner,
    "step": lambda scope, _today: unattended.no_next_step(scope),
}
COUNTED: Mapping[str, Callable[[ScopeClause, date], sa.ColumnElement[int]]] = {
    "owner": unattended.items_without_owner,
    "step": lambda scope, _today: unattended.items_without_next_step(scope),
}


def counted(session: Session, officer: Officer, *, today: date) -> GapCounts:
    """Every count that should be 0, in one query that reads the register once.

    Each institution is asked once for each thing; whether it lacks anything follows from that.
    """
    names = [*(gap.name for gap in of_officer(officer)), ANY]
    items = COUNTED if officer.may(P.VIEW_LEDGER) else {}
    statement = _counting(tuple(of_officer(officer)), tuple(items), today)
    found = session.execute(statement, named(officer, today)).one()._mapping
    return GapCounts(
        live=found["live"],
        lacking={name: found[name] for name in names},
        items={name: found[f"items_{name}"] for name in items},
    )


@functools.lru_cache(maxsize=16)
def _counting(
    offered: tuple[Gap, ...], items: tuple[str, ...], today: date
) -> sa.Select[*tuple[object, ...]]:
    """The same for every officer who is offered the same: it takes long to put together."""
    scope = AnyScope()
    each = _asked_once(scope, today, offered)
    lacks = {gap: _lacks(each, gap) for gap in offered if not gap.within}
    anything = sa.or_(*(one for gap, one in lacks.items() if gap.permission is P.VIEW_REGISTRY))
    columns: list[sa.ColumnElement[int]] = [
        sa.func.count().label("live"),
        *(_how_many(one).label(gap.name) for gap, one in lacks.items()),
        _how_many(anything).label(ANY),
        *(
            unattended.count_of(Institution, clause(gap.name, scope, today)).label(gap.name)
            for gap in offered
            if gap.within
        ),
        *(COUNTED[name](scope, today).label(f"items_{name}") for name in items),
    ]
    return sa.select(*columns).select_from(each)


def _asked_once(scope: ScopeClause, today: date, offered: Sequence[Gap]) -> sa.Subquery:
    """For each institution a 0 or 1 for every gap, and the bits of ``LicenceGap``.

    The offset keeps databases from merging this into the statement around it, which would ask for
    every gap anew wherever it is used.
    """
    asked = {
        gap.name: gap.counts() if gap.counts else gap.clause(scope, today)
        for gap in offered
        if not gap.within and gap.flag is None
    }
    flags = [sa.case((one, 1), else_=0).label(name) for name, one in asked.items()]
    licences = registry.licence_gap(today).label(LICENCES)
    return sa.select(*flags, licences).where(live(scope)).offset(0).subquery()


def _lacks(each: sa.Subquery, gap: Gap) -> Clause:
    if gap.flag is None:
        return each.c[gap.name] == 1
    return each.c[LICENCES].bitwise_and(int(gap.flag)) > 0


def _how_many(condition: Clause) -> sa.ColumnElement[int]:
    return sa.func.coalesce(sa.func.sum(sa.case((condition, 1), else_=0)), 0)
