"""``registry geocode``."""

from __future__ import annotations

import sys

import click

from training_oversight import clock
from training_oversight.accounts.cli import actor
from training_oversight.accounts.permissions import Permission
from training_oversight.database import current_session
from training_oversight.errors import NotPermitted
from training_oversight.maps import locating, queries
from training_oversight.registry.cli import group
from training_oversight.registry.queries import InstitutionFilter
from training_oversight.texts import Text
from training_oversight.web.commands import Exit, answer, speaking_errors

FORMAT = click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")


@click.command("geocode")
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
    wanted = queries.to_locate(officer, InstitutionFilter(), today=clock.today(), again=again)
    ids = list(session.scalars(wanted.limit(limit)))
    tally = locating.locate_all(
        ids,
        finder,
        locating.LocatingTally(),
        by=officer,
        told=lambda so_far: _say(so_far, len(ids)),
    )
    answer(
        {"asked": tally.asked, "found": tally.found, "not_found": len(tally.missed)},
        form,
    )
    if tally.missed:
        sys.exit(Exit.PARTLY)


def _say(tally: locating.LocatingTally, total: int) -> None:
    """Now and then, to who watches; never between the lines of the answer."""
    if tally.asked % 50 == 0 or tally.asked == total:
        click.echo(f"{tally.asked:,}/{total:,}", err=True)


def register() -> None:
    group.add_command(geocode)
