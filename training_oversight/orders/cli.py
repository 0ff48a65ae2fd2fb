"""``complaints import``."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

import click
from flask.cli import with_appcontext

from training_oversight import clock
from training_oversight.accounts.cli import actor
from training_oversight.accounts.models import Officer
from training_oversight.accounts.permissions import Permission
from training_oversight.accounts.which_county import chosen
from training_oversight.complaints.cli import group
from training_oversight.database import current_session
from training_oversight.errors import NotPermitted
from training_oversight.intake import reading
from training_oversight.law.wording import Joined
from training_oversight.orders import columns, running
from training_oversight.orders.columns import Read
from training_oversight.orders.judging import Outcome
from training_oversight.orders.tallying import Tally
from training_oversight.spreadsheets import Table, open_table
from training_oversight.spreadsheets.tables import runs
from training_oversight.texts import Text
from training_oversight.web.commands import Exit, answer, speaking_errors

CENTRE = "12345"


def _columns(_context: click.Context, _parameter: object, given: tuple[str, ...]) -> dict[str, str]:
    pairs = [one.partition("=") for one in given]
    if any(not sign for _, sign, _ in pairs):
        raise click.BadParameter("write COLUMN=OURS, or COLUMN= for one that is not read")
    return {written.strip(): ours.strip() for written, _, ours in pairs}


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path))
# There is one hotline whose orders come in lists; naming it keeps other lists from being read so.
@click.option(
    "--channel",
    type=click.Choice([CENTRE]),
    required=True,
    expose_value=False,
    help="Whose orders these are.",
)
@click.option("--division", help="Code of the county. Default: the own or first one.")
@click.option("--sheet", help="Which sheet. Default: the first that holds a list.")
@click.option("--header-row", type=click.IntRange(min=1), help="Which row names the columns.")
@click.option(
    "--column",
    "said",
    multiple=True,
    callback=_columns,
    help="How a column is read: its name=ours, or its name= for not at all. May be repeated.",
)
@click.option("--dry-run", is_flag=True, help="Say what would happen and write nothing.")
@click.option("--by", help="Whose name stands in the history. Default: the system.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
@with_appcontext
@speaking_errors
def import_orders(
    file: Path, division: str | None, sheet: str | None, header_row: int | None,
    said: Mapping[str, str], dry_run: bool, by: str | None, form: str,
) -> None:  # fmt: skip
    """Take orders of the 12345 centre in, each number once: what is here already is left as it is.

    A caller who told of the same place before is added to the order that is open.
    """
    session = current_session()
    officer = _officer(actor(session, by))
    place = chosen(session, division, officer)
    table = open_table(file, file.name, columns.KNOWN, sheet=sheet, header_row=header_row)
    read = columns.read(table, columns.said_of(table, said))
    _say_what_is_read(table, read)
    run = running.tried if dry_run else running.written
    tally = run(table.rows(), read.places, place, by=officer, today=clock.today())
    _say_what_is_doubted(tally)
    found = {one: tally.outcomes[one] for one in Outcome}
    # The centre's changes to what is here are named where there are any.
    shown = {
        one.value: count for one, count in found.items() if count or one is not Outcome.CHANGED
    }
    answer({"rows": tally.rows, **shown}, form)
    if tally.rejected or reading.hidden(table) | reading.not_asked(table):
        sys.exit(Exit.PARTLY)


def _officer(officer: Officer) -> Officer:
    if not (officer.may(Permission.LOG_COMPLAINT) and officer.may(Permission.ASSIGN_COMPLAINT)):
        raise NotPermitted(Text("%(name)s may not take orders in.", name=officer.name))
    return officer


def _say_what_is_read(table: Table, read: Read) -> None:
    if read.unread:
        _say(Text("Columns that are not read: %(names)s.", names=Joined(read.unread)))
    for sentence in table.said:
        _say(sentence)
    for why in dict.fromkeys(why for _, why in table.left_out):
        rows = runs(number for number, other in table.left_out if other == why)
        _say(Text("Not read, rows %(rows)s: %(why)s", rows=rows, why=why))


def _say_what_is_doubted(tally: Tally) -> None:
    for one in tally.doubted:
        for why in one.doubts:
            _say(Text("Row %(row)s: %(why)s", row=one.row, why=why))
    for one in tally.rejected:
        _say(Text("Not taken over, row %(row)s: %(why)s", row=one.row, why=one.why))


def _say(sentence: Text) -> None:
    click.echo(str(sentence), err=True)


def register() -> None:
    group.add_command(import_orders)
