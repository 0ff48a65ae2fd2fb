"""What is proposed for an officer, in words: what would be given, by whom, who may decide it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from training_oversight.accounts import rights_queries
from training_oversight.accounts.models import Department, Division, Officer, RightsProposal
from training_oversight.accounts.permissions import Permission, Role
from training_oversight.accounts.service.rights import RESUMED, ROLES
from training_oversight.law.wording import Joined
from training_oversight.texts import Text
from training_oversight.web.components import Change


@dataclass(frozen=True)
class Box:
    """One proposal on a page; ``obstacle`` says why this officer does not confirm it."""

    proposal: RightsProposal
    changes: Sequence[Change]
    may_decide: bool
    obstacle: Text | None
    may_withdraw: bool


def box(session: Session, officer: Officer, reader: Officer) -> Box | None:
    found = rights_queries.waiting_for(session, officer.id)
    if found is None:
        return None
    may = reader.may(Permission.CONFIRM_RIGHTS)
    return Box(
        proposal=found,
        changes=changes(session, found),
        may_decide=may,
        obstacle=rights_queries.obstacle(found, reader) if may else None,
        may_withdraw=reader.may(Permission.MANAGE_OFFICERS),
    )


def changes(session: Session, proposal: RightsProposal) -> list[Change]:
    """What would be given, each with what holds now."""
    wanted, officer = proposal.wanted, proposal.officer
    found = []
    if ROLES in wanted:
        own = {row.role for row in officer.role_rows}
        added = own | {Role(one) for one in wanted[ROLES]}  # type: ignore[call-arg]
        found.append(Change(Text("Roles"), _listed(own), _listed(added)))
    if "department_id" in wanted:
        department = session.get_one(Department, wanted["department_id"])
        found.append(Change(Text("Department"), officer.department.name, department.name))
    if "division_id" in wanted:
        division = session.get_one(Division, wanted["division_id"])
        found.append(Change(Text("Division"), officer.division.name, division.name))
    if number := wanted.get("certificate_number"):
        before = officer.certificate_number or Text("Not on record")
        found.append(Change(Text("Enforcement certificate number"), before, number))
    if "borrowed_until" in wanted:
        found.append(_last_day(officer, wanted["borrowed_until"]))
    if wanted.get(RESUMED):
        left = Text("Left on %(day)s", day=officer.ended_on)
        found.append(Change(Text("Service"), left, Text("In service again")))
    return found


def _last_day(officer: Officer, until: str | None) -> Change:
    after = _day(date.fromisoformat(until) if until else None)
    return Change(Text("Last day here"), _day(officer.borrowed_until), after)


def _day(day: date | None) -> Text:
    return Text("%(day)s", day=day) if day else Text("No last day")


def _listed(roles: set[Role]) -> Text:
    """One after the other, in the order of the table."""
    labels = [role.label for role in Role if role in roles]
    return Text("%(names)s", names=Joined(labels)) if labels else Text("None")
