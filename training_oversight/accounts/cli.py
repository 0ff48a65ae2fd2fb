"""``officers add`` and ``officers reset-password``."""

from __future__ import annotations

import sys

import click
import flask
from flask.cli import AppGroup
from sqlalchemy.orm import Session

from training_oversight.accounts import passwords, queries, service
from training_oversight.accounts.models import Officer
from training_oversight.accounts.permissions import Role
from training_oversight.database import current_session, transaction
from training_oversight.errors import BadInput
from training_oversight.texts import Text
from training_oversight.web.commands import answer, speaking_errors

group = AppGroup("officers", help="Officers and their passwords.")
ROLES = [role.value for role in Role if role is not Role.SYSTEM]


def actor(session: Session, username: str | None) -> Officer:
    """Who a command acts for: ``--by``, else the system. Unknown is a usage error."""
    if username is None:
        return queries.system(session)
    return known(session, username)


def known(session: Session, username: str) -> Officer:
    officer = queries.by_username(session, username)
    if officer is None:
        raise BadInput(Text("There is no officer “%(name)s”.", name=username))
    return officer


def _password(from_stdin: bool) -> str:
    return sys.stdin.readline().rstrip("\n") if from_stdin else passwords.generated()


@group.command("add")
@click.argument("username")
@click.option("--name", required=True)
@click.option("--department", required=True, help="Code of the department.")
@click.option("--division", required=True, help="Code of the division.")
@click.option("--role", "roles", required=True, multiple=True, type=click.Choice(ROLES))
@click.option("--certificate")
@click.option("--password-stdin", "from_stdin", is_flag=True)
@click.option("--by")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
@speaking_errors
def add(
    username: str,
    name: str,
    department: str,
    division: str,
    roles: tuple[str, ...],
    certificate: str | None,
    from_stdin: bool,
    by: str | None,
    form: str,
) -> None:
    """Add an officer. Without --password-stdin a password is made and printed once."""
    password = _password(from_stdin)
    hashed = passwords.hashed(password)
    with transaction() as session:
        place = queries.division_by_code(session, division)
        office = queries.department_for(session, department, place) if place else None
        if place is None or office is None:
            raise BadInput(
                Text(
                    "There is no division %(division)s with a department %(department)s.",
                    division=division,
                    department=department,
                )
            )
        service.add(
            session,
            username=username,
            name=name,
            department=office,
            division=place,
            roles=[role for role in Role if role in roles],
            password_hash=hashed,
            certificate_number=certificate,
            by=actor(session, by),
            must_change_password=not from_stdin,
        )
    answer({"username": username, "password": None if from_stdin else password}, form)


@group.command("reset-password")
@click.argument("username")
@click.option("--password-stdin", "from_stdin", is_flag=True)
@click.option("--by")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
@speaking_errors
def reset_password(
    username: str,
    from_stdin: bool,
    by: str | None,
    form: str,
) -> None:
    """Set a new password, which must be changed at sign-in, and end all sessions."""
    password = _password(from_stdin)
    hashed = passwords.hashed(password)
    known(current_session(), username)
    with transaction() as session:
        service.change_password(
            session,
            known(session, username),
            password_hash=hashed,
            by=actor(session, by),
            temporary=True,
        )
    answer({"username": username, "password": None if from_stdin else password}, form)


def register(app: flask.Flask) -> None:
    app.cli.add_command(group)
