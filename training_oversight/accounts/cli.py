"""``officers add``, ``officers reset-password`` and ``counties add``."""

from __future__ import annotations

import json
import sys
from typing import Any

import click
import flask
from flask.cli import AppGroup
from sqlalchemy.orm import Session

from training_oversight import clock
from training_oversight.accounts import passwords, queries, rights_queries, service
from training_oversight.accounts.models import Authority, Officer, Scope
from training_oversight.accounts.permissions import Role
from training_oversight.database import current_session, transaction
from training_oversight.errors import BadInput
from training_oversight.texts import Text
from training_oversight.web.commands import answer, speaking_errors

group = AppGroup("officers", help="Officers and their passwords.")
counties = AppGroup("counties", help="The counties that work with this database.")
Names = dict[str, str]
ROLES = [role.value for role in Role if role is not Role.SYSTEM]


def actor(session: Session, username: str | None) -> Officer:
    """Who a command acts for: ``--by``, else the system. Unknown is a usage error."""
    if username is None:
        return queries.system(session)
    found = known(session, username)
    service.check_at_work(found, on=clock.today(), field="by")
    return found


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
    hashed = passwords.hashed(password, names=(username, name))
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
        officer = service.add(
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
        waits = rights_queries.waiting_for(session, officer.id)
    result: dict[str, object] = {"username": username, "password": None if from_stdin else password}
    if waits is not None:
        result["waits"] = waits.wanted["roles"]
    answer(result, form)


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
    hashed = passwords.hashed(password, names=(username,))
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


@group.command("waiting")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
@speaking_errors
def waiting(form: str) -> None:
    """Rights that wait for a second person, of every county."""
    found = rights_queries.waiting(current_session(), Scope.everything())
    answer(
        {one.officer.username: json.dumps(one.wanted, ensure_ascii=False) for one in found}, form
    )


@group.command("confirm")
@click.argument("username")
@speaking_errors
def confirm(username: str) -> None:
    """Be the second person for rights that wait, where the office has no other."""
    with transaction() as session:
        service.confirm(session, known(session, username), by=queries.system(session))


def _named(_context: click.Context, _option: click.Parameter, given: tuple[str, ...]) -> Names:
    """``CODE=NAME``, as often as wanted."""
    names: Names = {}
    for one in given:
        code, _, name = one.partition("=")
        if not (code.strip() and name.strip()) or code.strip() in names:
            raise click.BadParameter(f"{one}: CODE=NAME, each code once")
        names[code.strip()] = name.strip()
    return names


@counties.command("add")
@click.argument("code")
@click.argument("name")
@click.option("--short-name", required=True, help="As in the numbers of papers, for instance 澄教.")
@click.option("--authority", "authority_name", default="", help="Default: NAME教育局.")
@click.option("--hotline", default="")
@click.option("--address", default="")
@click.option("--province", default="", help="Name of the province, where it is new.")
@click.option("--prefecture", default="", help="Name of the prefecture, where it is new.")
@click.option("--township", "townships", multiple=True, callback=_named, metavar="CODE=NAME")
@click.option("--department", "departments", multiple=True, callback=_named, metavar="CODE=NAME")
@click.option(
    "--administrator",
    callback=_named,
    multiple=True,
    metavar="USERNAME=NAME",
    help="The county's first; a password is made and printed once.",
)
@click.option("--by")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
@speaking_errors
def add_county(administrator: Names, by: str | None, form: str, **said: Any) -> None:
    """Found a county: its divisions, its authority and the usual departments.

    CODE has six digits; the first two and four are the province and the prefecture.
    """
    made = {username: passwords.generated() for username in administrator}
    hashed = {username: passwords.hashed(password) for username, password in made.items()}
    with transaction() as session:
        authority = service.found_county(
            session, service.CountyDraft(**said), by=actor(session, by)
        )
        _first_administrators(session, authority, administrator, hashed)
        departments = queries.departments(session, authority.id)
    result = {
        "code": authority.code,
        "authority": authority.name,
        "departments": [department.code for department in departments],
        "townships": list(said["townships"]),
    }
    answer(result | ({"passwords": made} if made else {}), form)


def _first_administrators(
    session: Session, authority: Authority, names: Names, hashed: Names
) -> None:
    """The operator gives the first rights of a county; the others wait for a second person."""
    office = queries.department_for(session, "education", authority.division)
    assert office is not None
    for username, name in names.items():
        service.add(
            session,
            username=username,
            name=name,
            department=office,
            division=authority.division,
            roles=[Role.ADMINISTRATOR],
            password_hash=hashed[username],
            by=queries.system(session),
        )


def register(app: flask.Flask) -> None:
    app.cli.add_command(group)
    app.cli.add_command(counties)
