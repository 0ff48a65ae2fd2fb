"""Rights are given by two people: one proposes, another confirms, and neither is who gets them.

Rights are roles, and what widens them: another department, a division that is not inside the
present one, a certificate, a later last day, the return of who had left. What takes away is done
by one, at once. The operator's commands give at once: they are a second person themselves.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from training_oversight import audit, database
from training_oversight.accounts import rights_queries as queries
from training_oversight.accounts.authorising import authorise, in_scope
from training_oversight.accounts.models import (
    Decision,
    Department,
    Division,
    Officer,
    OfficerRole,
    RightsProposal,
    Scope,
)
from training_oversight.accounts.permissions import Permission, Role
from training_oversight.audit import EventType
from training_oversight.errors import BadInput, NotFound, NotPermitted, StaleForm, WrongState
from training_oversight.texts import Text

PROPOSED = EventType.declare(
    "officer.rights_proposed", Text("Rights proposed"), ["roles", "wanted"]
)
CONFIRMED = EventType.declare(
    "officer.rights_confirmed", Text("Rights confirmed"), ["roles", "proposed_by"]
)
REFUSED = EventType.declare("officer.rights_refused", Text("Rights refused"), ["proposed_by"])
WITHDRAWN = EventType.declare(
    "officer.rights_withdrawn", Text("Proposed rights withdrawn"), ["proposed_by"]
)
ROLES, RESUMED = "roles", "resumed"
# Columns that give rights when they are set to something more.
WIDENING = (
    "department_id",
    "division_id",
    "certificate_number",
    "borrowed_from",
    "borrowed_until",
)


def administers(by: Officer, officer: Officer) -> None:
    """404 for an officer of another county, 403 for who administers nobody."""
    authorise(by, officer, Permission.MANAGE_OFFICERS)


@dataclass(frozen=True)
class Change:
    """A change of an officer, in what gives rights and what does not."""

    given: Mapping[str, object]
    at_once: Mapping[str, object]
    roles_kept: frozenset[Role]


def divided(
    session: Session, officer: Officer, roles: frozenset[Role], columns: Mapping[str, object]
) -> Change:
    """What of it waits for a second person."""
    present = frozenset(row.role for row in officer.role_rows)
    wider = {
        name
        for name in WIDENING
        if name in columns and _widens(session, officer, name, columns[name])
    }
    if "borrowed_until" in wider:
        wider.add("borrowed_from")
    given = {name: columns[name] for name in columns if name in wider}
    if added := sorted(roles - present):
        given[ROLES] = [role.value for role in added]
    at_once = {name: value for name, value in columns.items() if name not in wider}
    kept = {name: audit.differences.plain(value) for name, value in given.items()}
    return Change(kept, at_once, present & roles)


def _widens(session: Session, officer: Officer, name: str, value: Any) -> bool:
    if value == getattr(officer, name):
        return False
    match name:
        case "division_id":
            path = session.get_one(Division, value).path
            return not Scope(officer.division_path).covers(path)
        case "department_id":
            return True
        case "certificate_number":
            return bool(value)
        case "borrowed_until":
            until = officer.borrowed_until
            return until is not None and (value is None or value > until)
    return False


def check_place(
    session: Session, officer: Officer, wanted: Mapping[str, object], *, by: Officer
) -> None:
    """A division that the giver covers, a department of the officer's own authority."""
    if "division_id" in wanted:
        division = session.get(Division, wanted["division_id"])
        if division is None:
            raise NotFound
        in_scope(by, division)
    if "department_id" in wanted:
        department = session.get(Department, wanted["department_id"])
        if department is None or department.authority_id != officer.authority_id:
            raise NotFound


def propose(
    session: Session, officer: Officer, wanted: Mapping[str, object], *, by: Officer
) -> RightsProposal:
    """Nothing changes until a second person confirms. Raises ``BadInput``."""
    administers(by, officer)
    if officer.id == by.id:
        sentence = Text("Nobody gives rights to themselves. Ask another administrator.")
        raise BadInput(sentence, {ROLES: sentence})
    if queries.waiting_for(session, officer.id) is not None:
        sentence = Text(
            "Rights of %(name)s wait for a second person already. Have them decided first, or "
            "withdraw them.",
            name=officer.name,
        )
        raise BadInput(sentence, {ROLES: sentence})
    proposal = RightsProposal(
        officer=officer,
        division_path=officer.division_path,
        wanted=dict(wanted),
        proposed_by_id=by.id,
        proposed_at=database.instant(session),
    )
    session.add(proposal)
    said = {name: value for name, value in wanted.items() if name != ROLES}
    audit.record(session, officer, PROPOSED, by=by, roles=wanted.get(ROLES, []), wanted=said)
    return proposal


def confirm(session: Session, officer: Officer, *, by: Officer, seen: int | None = None) -> None:
    """The second person says yes: the rights hold from now on."""
    proposal = _open(session, officer, by=by, seen=seen)
    if reason := queries.obstacle(proposal, by):
        raise NotPermitted(reason)
    check_place(session, officer, proposal.wanted, by=by)
    before = audit.differences.snapshot(officer)
    take(session, officer, proposal.wanted)
    changes = audit.differences.difference(before, audit.differences.snapshot(officer))
    _decided(session, proposal, Decision.CONFIRMED, by=by)
    audit.record(
        session, officer, CONFIRMED, by=by, changes=changes,
        roles=sorted(row.role for row in officer.role_rows),
        proposed_by=proposal.proposed_by.name,
    )  # fmt: skip


def refuse(
    session: Session, officer: Officer, *, reason: str, by: Officer, seen: int | None = None
) -> None:
    proposal = _open(session, officer, by=by, seen=seen)
    proposal.reason = reason
    _decided(session, proposal, Decision.REFUSED, by=by)
    name = proposal.proposed_by.name
    audit.record(session, officer, REFUSED, by=by, note=reason, proposed_by=name)


def withdraw(session: Session, officer: Officer, *, by: Officer, seen: int | None = None) -> None:
    """Who administers the officer takes the proposal back."""
    administers(by, officer)
    proposal = _waiting(session, officer, seen)
    _decided(session, proposal, Decision.WITHDRAWN, by=by)
    audit.record(session, officer, WITHDRAWN, by=by, proposed_by=proposal.proposed_by.name)


def take(session: Session, officer: Officer, wanted: Mapping[str, Any]) -> None:
    """Give an officer what is wanted: roles are added, columns set."""
    for name in WIDENING:
        if name in wanted:
            setattr(officer, name, _read(name, wanted[name]))
    if "division_id" in wanted:
        officer.division_path = session.get_one(Division, wanted["division_id"]).path
    if wanted.get(RESUMED):
        officer.ended_on = None
    present = frozenset(row.role for row in officer.role_rows)
    hold(officer, present | {Role(one) for one in wanted.get(ROLES, [])})  # type: ignore[call-arg]


def _read(name: str, value: Any) -> Any:
    return date.fromisoformat(value) if name == "borrowed_until" and value else value


def hold(officer: Officer, roles: frozenset[Role]) -> None:
    """The roles of an officer are these from now on."""
    present = {row.role for row in officer.role_rows}
    if present == roles:
        return
    kept = [row for row in officer.role_rows if row.role in roles]
    # The rows are not columns: without this a second form would not see the change.
    flag_modified(officer, "name")
    officer.role_rows = [*kept, *(OfficerRole(role=role) for role in sorted(roles - present))]


def _open(session: Session, officer: Officer, *, by: Officer, seen: int | None) -> RightsProposal:
    """What waits, for whoever may decide it under a role of their own."""
    authorise(by, officer, Permission.CONFIRM_RIGHTS)
    return _waiting(session, officer, seen)


def _waiting(session: Session, officer: Officer, seen: int | None) -> RightsProposal:
    database.locked(session, officer)
    found = queries.waiting_for(session, officer.id)
    if found is None:
        raise WrongState(Text("No rights of %(name)s wait for a decision.", name=officer.name))
    if seen is not None and seen != found.id:
        raise StaleForm(Text("Other rights are proposed now than this page showed. Look again."))
    return found


def _decided(
    session: Session, proposal: RightsProposal, decision: Decision, *, by: Officer
) -> None:
    proposal.decision, proposal.decided_by_id = decision, by.id
    proposal.decided_at = database.instant(session)
