"""Adding and changing officers, their passwords, and what is printed of their authority."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from training_oversight import audit, database
from training_oversight.accounts import queries, rights_queries
from training_oversight.accounts.authorising import authorise, is_operator, own_matter, settings_of
from training_oversight.accounts.models import (
    Authority,
    Department,
    Division,
    DivisionLevel,
    Officer,
    OfficerRole,
    RightsProposal,
)
from training_oversight.accounts.permissions import Permission, Role
from training_oversight.accounts.service import rights
from training_oversight.accounts.service.sessions import sign_out_everywhere
from training_oversight.audit import EventType
from training_oversight.errors import BadInput, NotFound, NotPermitted, WrongState
from training_oversight.texts import Language, Text

USERNAME = re.compile(r"[a-z0-9][a-z0-9.\-]{1,39}")
USERNAME_SENTENCE = Text("2 to 40 small letters, figures, dots or hyphens.")

ADDED = EventType.declare("officer.added", Text("Officer added"), ["roles"])
SERVICE_ENDED = EventType.declare("officer.service_ended", Text("Service ended"))
SERVICE_RESUMED = EventType.declare("officer.service_resumed", Text("Service resumed"))
AUTHORITY_CHANGED = EventType.declare("authority.changed", Text("Authority changed"))
PASSWORD_CHANGED = EventType.declare("officer.password_changed", Text("Password changed"))
CHANGED = EventType.declare("officer.changed", Text("Officer changed"), ["roles"])


def add(
    session: Session,
    *,
    username: str,
    name: str,
    department: Department,
    division: Division,
    roles: Iterable[Role],
    password_hash: str | None,
    by: Officer,
    certificate_number: str | None = None,
    phone: str | None = None,
    borrowed_from: str | None = None,
    borrowed_until: date | None = None,
    must_change_password: bool = True,
) -> Officer:
    """Add an officer, whose roles wait for a second person unless the operator gives them.

    Raises ``BadInput`` when the user name is none, or is taken.
    """
    _check_ground(department, division, by=by)
    username = queries.folded(username)
    if not USERNAME.fullmatch(username):
        raise BadInput(USERNAME_SENTENCE, {"username": USERNAME_SENTENCE})
    if queries.by_username(session, username) is not None:
        raise _taken(username)
    wanted = sorted(set(roles) - {Role.SYSTEM})
    at_once = wanted if is_operator(by) else []
    officer = Officer(
        username=username,
        name=name,
        department_id=department.id,
        authority_id=department.authority_id,
        division_id=division.id,
        division_path=division.path,
        password_hash=password_hash,
        certificate_number=certificate_number,
        phone=phone,
        borrowed_from=borrowed_from,
        borrowed_until=borrowed_until,
        must_change_password=must_change_password,
        role_rows=[OfficerRole(role=role) for role in at_once],
    )
    if password_hash is not None:
        _known_to(session, officer, by)
    try:
        audit.created(session, officer, ADDED, by=by, roles=[str(role) for role in at_once])
    except sa.exc.IntegrityError as fault:
        # Somebody has taken it since it was looked for. Nothing of this transaction is kept.
        if not database.is_taken(fault):
            raise
        raise _taken(username) from fault
    if wanted != at_once:
        rights.propose(session, officer, {rights.ROLES: [str(role) for role in wanted]}, by=by)
    return officer


def _taken(username: str) -> BadInput:
    """Of all counties in the database: by its name alone an officer is found at sign-in."""
    sentence = Text("The user name %(name)s is taken. Choose another.", name=username)
    return BadInput(sentence, {"username": sentence})


def _check_ground(department: Department, division: Division, *, by: Officer) -> None:
    """A place that the giver covers, a department of their own authority; the operator's: any."""
    if is_operator(by):
        return
    authorise(by, division, Permission.MANAGE_OFFICERS)
    if department.authority_id != by.authority_id:
        raise NotFound


def change(
    session: Session,
    officer: Officer,
    *,
    roles: Iterable[Role],
    by: Officer,
    version: int | None = None,
    **columns: object,
) -> RightsProposal | None:
    """Change an officer's data and take roles away; what gives rights waits and is returned.

    Nobody takes their own administration away.
    """
    rights.administers(by, officer)
    database.locked(session, officer)
    database.seen(officer, version)
    before = {row.role for row in officer.role_rows}
    after = frozenset(roles) - {Role.SYSTEM}
    if by.id == officer.id and Role.ADMINISTRATOR in before - after:
        sentence = Text("You cannot take the administrator's role from yourself.")
        raise BadInput(sentence, {"roles": sentence})
    rights.check_place(session, officer, columns, by=by)
    wanted = rights.divided(session, officer, after, columns)
    old = audit.differences.snapshot(officer)
    for name, value in wanted.at_once.items():
        setattr(officer, name, value)
    if "division_id" in wanted.at_once:
        officer.division_path = session.get_one(Division, officer.division_id).path
    rights.hold(officer, wanted.roles_kept)
    if is_operator(by):
        rights.take(session, officer, wanted.given)
    changes = audit.differences.difference(old, audit.differences.snapshot(officer))
    held = {row.role for row in officer.role_rows}
    if changes or before != held:
        audit.record(session, officer, CHANGED, by=by, changes=changes, roles=sorted(held))
    if wanted.given and not is_operator(by):
        return rights.propose(session, officer, wanted.given, by=by)
    return None


def end_service(session: Session, officer: Officer, *, today: date, by: Officer, note: str) -> None:
    """The officer no longer signs in from today on; what they did keeps their name."""
    rights.administers(by, officer)
    if officer.id == by.id:
        raise NotPermitted(Text("You cannot end your own service. Ask another administrator."))
    database.locked(session, officer)
    if officer.ended_on is not None:
        raise WrongState(Text("The service of %(name)s has ended already.", name=officer.name))
    with audit.editing(session, officer, SERVICE_ENDED, by=by, note=note):
        officer.ended_on = today
    if rights_queries.waiting_for(session, officer.id) is not None:
        rights.withdraw(session, officer, by=by)
    sign_out_everywhere(session, officer, by=by)


def check_at_work(officer: Officer, *, on: date, field: str) -> None:
    """Nobody is asked, put in charge or lent to whose service does not cover the day."""
    if not officer.works_on(on):
        sentence = Text("%(name)s no longer works here on %(day)s.", name=officer.name, day=on)
        raise BadInput(sentence, {field: sentence})


def resume_service(session: Session, officer: Officer, *, by: Officer) -> RightsProposal | None:
    """The officer works here again, with the roles of before: so a second person confirms it.

    A new password is set apart from this.
    """
    rights.administers(by, officer)
    database.locked(session, officer)
    if officer.ended_on is None:
        raise WrongState(Text("%(name)s is in service.", name=officer.name))
    if not is_operator(by):
        return rights.propose(session, officer, {rights.RESUMED: True}, by=by)
    with audit.editing(session, officer, SERVICE_RESUMED, by=by):
        officer.ended_on = None
    return None


def choose(session: Session, officer: Officer, *, language: Language, shortcuts_off: bool) -> None:
    """How the officer wants the interface; of no interest to the history."""
    database.locked(session, officer)
    officer.language, officer.shortcuts_off = language, shortcuts_off


def change_authority(
    session: Session, authority: Authority, *, by: Officer, version: int | None, **columns: str
) -> None:
    """What is printed of the authority; papers issued before keep what they said."""
    settings_of(by, authority)
    database.locked(session, authority)
    database.seen(authority, version)
    with audit.editing(session, authority, AUTHORITY_CHANGED, by=by):
        for name, value in columns.items():
            setattr(authority, name, value)


def change_password(
    session: Session, officer: Officer, *, password_hash: str, by: Officer, temporary: bool = False
) -> None:
    """Set a password and end the other sessions, which may be somebody else's.

    A temporary one is known to who made it: that is kept, and the officer reads it.
    """
    if temporary:
        rights.administers(by, officer)
    else:
        sentence = Text("Only a temporary password can be set for somebody else.")
        own_matter(by, officer.id, sentence)
    if temporary and by.id == officer.id:
        raise NotPermitted(Text("Change your own password under “My account”."))
    database.locked(session, officer)
    officer.password_hash = password_hash
    officer.must_change_password = temporary
    if temporary:
        _known_to(session, officer, by)
    audit.record(session, officer, PASSWORD_CHANGED, by=by)
    sign_out_everywhere(session, officer, by=by)


def _known_to(session: Session, officer: Officer, by: Officer) -> None:
    known = not is_operator(by)
    officer.password_set_by_id = by.id if known else None
    officer.password_set_at = database.instant(session) if known else None


def ensure_system(session: Session) -> Officer:
    """The system's own actor, with the ground that it stands on; made with the database."""
    known = queries.by_username(session, queries.SYSTEM_USERNAME)
    if known is not None:
        return known
    top = Division(code="0", name="-", level=DivisionLevel.PROVINCE, path="0/")
    session.add(top)
    session.flush()
    authority = Authority(code="system", name="-", short_name="-", division_id=top.id)
    session.add(authority)
    session.flush()
    department = Department(authority_id=authority.id, code="system", name="-")
    session.add(department)
    session.flush()
    officer = Officer(
        username=queries.SYSTEM_USERNAME,
        name="系统",
        department_id=department.id,
        authority_id=authority.id,
        division_id=top.id,
        division_path=top.path,
        language=Language.CHINESE,
        role_rows=[OfficerRole(role=Role.SYSTEM)],
    )
    session.add(officer)
    session.flush()
    return officer
