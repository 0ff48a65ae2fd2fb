"""``registry import``, ``registry export`` and ``registry geocode``."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click
import flask
from flask.cli import AppGroup
from sqlalchemy.orm import Session

from training_oversight import clock
from training_oversight.accounts.cli import actor
from training_oversight.accounts.permissions import Permission
from training_oversight.database import current_session, transaction
from training_oversight.errors import BadInput, NotPermitted
from training_oversight.registry import locating
from training_oversight.registry import queries as registry
from training_oversight.registry.exporting import cli as exporting
from training_oversight.registry.importing import confirming, queries, rejects, running, service
from training_oversight.registry.importing.service import Look
from training_oversight.registry.models import RowOutcome
from training_oversight.registry.which_county import chosen
from training_oversight.spreadsheets import Sheet
from training_oversight.texts import Text
from training_oversight.web.commands import Exit, answer, speaking_errors

group = AppGroup("registry", help="The register of institutions.")
FORMAT = click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")


@group.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--division", help="Code of the county or township. Default: the own or first one.")
@click.option("--dry-run", is_flag=True, help="Say what would happen and write nothing.")
@click.option("--rejects", "back", type=click.Path(path_type=Path), help="File of rejected rows.")
@click.option("--by")
@FORMAT
@speaking_errors
def import_list(
    file: Path,
    division: str | None,
    dry_run: bool,
    back: Path | None,
    by: str | None,
    form: str,
) -> None:
    """Take a county's list (.xlsx or .csv) into the register."""
    if back is not None:
        rejects.table_suffix(back)
    sheet = service.opened(_content(file), file.name)
    if dry_run:
        seen = _dry(sheet, division, back, by)
    else:
        seen = _written(sheet, file=file, division=division, back=back, by=by)
    answer(_result(seen, back), form)
    if seen.count(RowOutcome.REJECTED):
        sys.exit(Exit.PARTLY)


def _dry(sheet: Sheet, division: str | None, back: Path | None, by: str | None) -> Look:
    seen, _ = _look(current_session(), sheet, division, by)
    _give_back(seen, back)
    return seen


def _written(
    sheet: Sheet, *, file: Path, division: str | None, back: Path | None, by: str | None
) -> Look:
    with transaction() as session:
        seen, ground = _look(session, sheet, division, by)
        officer = actor(session, by)
        batch = service.preview(session, seen, ground, filename=file.name, by=officer)
        # Before anything is written: what cannot be given back is not written either.
        _give_back(seen, back)
        confirming.begin(session, batch, by=officer)
    running.write_list(batch.id, by=officer, today=clock.today())
    return seen


def _look(
    session: Session, sheet: Sheet, division: str | None, by: str | None
) -> tuple[Look, queries.Ground]:
    officer = actor(session, by)
    if not officer.may(Permission.IMPORT_REGISTRY):
        raise NotPermitted(Text("%(name)s may not import lists.", name=officer.name))
    ground = queries.ground(
        session, chosen(session, division, officer), scope=officer.scope, today=clock.today()
    )
    seen = service.look(session, sheet, ground)
    if seen.unread:
        click.echo(str(service.unread_sentence(seen.unread)), err=True)
    return seen, ground


def _content(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise BadInput(Text("The file %(name)s cannot be read.", name=str(file))) from error


def _give_back(seen: Look, back: Path | None) -> None:
    if back is not None and seen.count(RowOutcome.REJECTED):
        rejects.write_rejects(
            back, seen.sheet.header, seen.rejected(), csv=rejects.table_suffix(back) == ".csv"
        )


def _result(seen: Look, back: Path | None) -> Mapping[str, Any]:
    rejected = seen.count(RowOutcome.REJECTED)
    return {
        "rows": len(seen.rows),
        "created": seen.count(RowOutcome.NEW),
        "updated": seen.count(RowOutcome.CHANGED),
        "unchanged": seen.count(RowOutcome.UNCHANGED),
        "rejected": rejected,
        "warnings": seen.warnings,
        "rejects_file": str(back) if back is not None and rejected else None,
    }


@group.command("geocode")
@click.option("--limit", type=click.IntRange(min=1), default=locating.MOST_AT_ONCE)
@click.option("--again", is_flag=True, help="Ask again where an address was found before.")
@click.option("--by", required=True, help="Whose county: its institutions, its map service.")
@FORMAT
@speaking_errors
def geocode(limit: int, again: bool, by: str, form: str) -> None:
    """Ask the county's map service for the addresses that have no position."""
    session = current_session()
    officer = actor(session, by)
    if not officer.may(Permission.EDIT_REGISTRY):
        raise NotPermitted(Text("%(name)s may not change the register.", name=officer.name))
    finder = locating.finder_of(session, officer)
    wanted = registry.to_locate(officer, registry.Wanted(), today=clock.today(), again=again)
    ids = list(session.scalars(wanted.limit(limit)))
    tally = locating.locate_all(
        ids, finder, locating.Tally(), by=officer, told=lambda so_far: _say(so_far, len(ids))
    )
    answer(
        {"asked": tally.asked, "found": tally.found, "not_found": len(tally.missed)},
        form,
    )
    if tally.missed:
        sys.exit(Exit.PARTLY)


def _say(tally: locating.Tally, total: int) -> None:
    """Now and then, to who watches; never between the lines of the answer."""
    if tally.asked % 50 == 0 or tally.asked == total:
        click.echo(f"{tally.asked:,}/{total:,}", err=True)


def register(app: flask.Flask) -> None:
    group.add_command(exporting.export_list)
    app.cli.add_command(group)
