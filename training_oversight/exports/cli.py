"""``registry export``."""

from __future__ import annotations

import re
from pathlib import Path

import click
from sqlalchemy.orm import Session

from training_oversight import clock
from training_oversight.accounts import queries as accounts
from training_oversight.accounts.cli import actor
from training_oversight.accounts.models import Authority, Division, Officer
from training_oversight.accounts.permissions import Permission
from training_oversight.accounts.which_county import chosen
from training_oversight.audit.foot import foot
from training_oversight.database import current_session, transaction
from training_oversight.errors import BadInput, NotFound, NotPermitted
from training_oversight.exports import layouts, service, writing
from training_oversight.exports import queries as outgoing
from training_oversight.law.wording import Joined
from training_oversight.registry import cells
from training_oversight.registry.cli import group
from training_oversight.registry.columns import BY_FIELD, FIELDS
from training_oversight.spreadsheets.writing import table_suffix
from training_oversight.texts import Text
from training_oversight.web.commands import answer, speaking_errors

FILES = {f".{one.value}": one for one in layouts.FileForm}
SAID_EVERY = 10_000
FORMAT = click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")


@click.command("export")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--division", help="Code of the county or township. Default: the own or first one.")
@click.option("--columns", help="Headers or field names, separated by commas. Default: all.")
@click.option("--platform", is_flag=True, help="The fields that the national platform publishes.")
@click.option("--by")
@FORMAT
@speaking_errors
def export_list(
    file: Path,
    division: str | None,
    columns: str | None,
    platform: bool,
    by: str | None,
    form: str,
) -> None:
    """Write the register to FILE (.xlsx or .csv), ready to be imported again."""
    if platform and columns is not None:
        raise click.UsageError("--platform has columns of its own; leave out --columns.")
    kind = FILES[table_suffix(file)]
    officer = actor(current_session(), by)
    if not officer.may(Permission.EXPORT_REGISTRY):
        raise NotPermitted(Text("%(name)s may not export the register.", name=officer.name))
    layout = layouts.Layout.PLATFORM if platform else layouts.Layout.OWN
    personal = officer.may(Permission.SEE_PERSONAL_DATA)
    arrangement = layouts.arranged(layout, _fields(columns), personal=personal)
    place = chosen(current_session(), division, officer)
    count = _put(file, kind, _order(place, officer, arrangement))
    with transaction() as session:
        service.taken_out(
            session, _authority(session, place), arrangement,
            rows=count, filter=place.name, by=officer,
        )  # fmt: skip
    answer({"rows": count, "file": str(file)}, form)


def _fields(columns: str | None) -> list[str] | None:
    """The fields that headers or names mean. Raises ``BadInput`` for one that nobody knows."""
    if columns is None:
        return None
    known = {**FIELDS, **{field: field for field in BY_FIELD}}
    wanted = [one.strip() for one in re.split("[,，]", columns) if one.strip()]
    unknown = [one for one in wanted if one not in known]
    if unknown:
        raise BadInput(Text("There is no column %(names)s.", names=Joined(unknown)))
    return [known[one] for one in wanted]


def _authority(session: Session, place: Division) -> Authority:
    found = accounts.authority_of(session, place)
    assert found is not None, "the division was chosen by its authority"
    return found


def _order(place: Division, officer: Officer, arrangement: layouts.Arrangement) -> service.Order:
    session = current_session()
    authority = _authority(session, place)
    if not officer.scope.covers(place.path):
        raise NotFound
    keys = outgoing.of_division(authority, place, scope=officer.scope)
    return service.Order(
        keys=outgoing.in_order(session, keys),
        arrangement=arrangement,
        words=cells.words_for(session, authority, today=clock.today()),
    )


def _put(file: Path, kind: layouts.FileForm, order: service.Order) -> int:
    """Write beside the file and rename: half a list never stands under its name."""
    unfinished = file.with_name(f".{file.name}.part")
    rows = service.rows(current_session(), order, heard=say_how_far)
    try:
        writing.write_file(
            unfinished, order.arrangement.header, rows, form=kind, foot=foot(current_session())
        )
        unfinished.replace(file)
    except OSError as error:
        raise BadInput(Text("The file %(name)s cannot be written.", name=str(file))) from error
    finally:
        unfinished.unlink(missing_ok=True)
    return len(order.keys)


def say_how_far(done: int, total: int) -> None:
    if done % SAID_EVERY == 0 and done < total:
        click.echo(
            str(Text("%(done)s of %(total)s rows", done=f"{done:,}", total=f"{total:,}")), err=True
        )


def register() -> None:
    group.add_command(export_list)
