"""``registry import``, ``resume-import`` and ``undo-import``."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from itertools import chain
from pathlib import Path

import click
import flask
from flask.cli import with_appcontext
from sqlalchemy.orm import Session

from training_oversight import clock
from training_oversight.accounts.cli import actor
from training_oversight.accounts.models import Officer
from training_oversight.accounts.permissions import Permission
from training_oversight.accounts.which_county import chosen
from training_oversight.database import current_session, transaction
from training_oversight.errors import BadInput, NotPermitted
from training_oversight.intake import (
    confirming,
    long_work,
    progress,
    queries,
    rejects,
    returning,
    running,
    saying,
    taking,
)
from training_oversight.intake.models import ImportBatch
from training_oversight.intake.rejects import Rejected
from training_oversight.intake.taking import ReadingTally, Wishes
from training_oversight.intake.uploading import Columns
from training_oversight.intake.workflow import ImportState, RowOutcome
from training_oversight.places import Datum
from training_oversight.registry.cli import group
from training_oversight.spreadsheets.writing import table_suffix
from training_oversight.texts import Text
from training_oversight.web.commands import Exit, answer, speaking_errors

BY = click.option("--by", help="Whose name stands in the history. Default: the system.")
FORMAT = click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")


def _columns(_context: click.Context, _parameter: object, given: tuple[str, ...]) -> dict[str, str]:
    pairs = [one.partition("=") for one in given]
    if any(not sign for _, sign, _ in pairs):
        raise click.BadParameter("write COLUMN=OURS, or COLUMN= for one that is not read")
    return {written.strip(): ours.strip() for written, _, ours in pairs}


def _words(
    _context: click.Context, _parameter: object, given: tuple[str, ...]
) -> dict[tuple[str, str], str]:
    found = {}
    for one in given:
        column, colon, rest = one.partition(":")
        word, sign, ours = rest.rpartition("=")
        if not (colon and sign and word.strip()):
            raise click.BadParameter("write COLUMN:WORD=OURS, or COLUMN:WORD= to leave it empty")
        found[column.strip(), word.strip()] = ours.strip()
    return found


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--division", help="Code of the county or township. Default: the own or first one.")
@click.option("--sheet", help="Which sheet. Default: the first that holds a list.")
@click.option("--header-row", type=click.IntRange(min=1), help="Which row names the columns.")
@click.option(
    "--column",
    "columns",
    multiple=True,
    callback=_columns,
    help="How a column is read: its name=ours, or its name= for not at all. May be repeated.",
)
@click.option(
    "--word",
    "words",
    multiple=True,
    callback=_words,
    help="What a word that is not understood means: kind:综合=art, or kind:综合= to leave it "
    "empty. May be repeated.",
)
@click.option(
    "--hidden",
    type=click.Choice(["read", "leave"]),
    help="What becomes of rows that are hidden in the sheet. Default: they are left, which counts "
    "as done in part.",
)
@click.option(
    "--datum",
    type=click.Choice([one.value for one in Datum]),
    help="From which map latitude and longitude come. Default: as in the sender's last list, else "
    "not known: kept as they are, good to a kilometre.",
)
@click.option(
    "--places",
    type=click.Choice(["venues", "apart"]),
    help="What rows of one credit code and several addresses are: venues of one institution, or "
    "institutions of their own. Default: as in the sender's last list, else venues.",
)
@click.option(
    "--sender", default="", help="Who sent it: columns and words are remembered under this."
)
@click.option("--dry-run", is_flag=True, help="Say what would happen and write nothing.")
@click.option("--preview", is_flag=True, help="Stop before writing; somebody decides on its page.")
@click.option("--rejects", "back", type=click.Path(path_type=Path), help="File of returned rows.")
@BY
@FORMAT
@with_appcontext
@speaking_errors
def import_list(
    file: Path, division: str | None, sheet: str | None, header_row: int | None,
    columns: Mapping[str, str], words: Mapping[tuple[str, str], str], hidden: str | None,
    datum: str | None, places: str | None,
    sender: str, dry_run: bool, preview: bool, back: Path | None, by: str | None,
    form: str,
) -> None:  # fmt: skip
    """Take a county's list into the register, in parts: a list of any length.

    Rows that may be institutions known already are returned like those with faults.
    """
    if dry_run and preview:
        raise click.UsageError("--dry-run keeps nothing for a preview; leave one of them out.")
    if back is not None:
        table_suffix(back)
    _check_readable(file)
    session = current_session()
    officer = _officer(session, by)
    place = chosen(session, division, officer)
    ground = queries.ground(session, place, scope=officer.scope, today=clock.today())
    wishes = Wishes(
        sheet, header_row, columns, sender, words, hidden,
        datum=next((one for one in Datum if one.value == datum), None),
        apart=places == "apart" if places else None,
    )  # fmt: skip
    table = taking.columns_of(session, file, wishes, ground)
    saying.what_is_read(table, ground)
    is_whole = taking.is_whole(table, wishes)
    if dry_run:
        tally = ReadingTally()
        # To the last row, whether or not there is a file for them: they are counted on the way.
        _give_back(back, table, list(taking.tried(session, table, ground, tally)))
        _answer(tally, back, form, is_whole=is_whole)
        return
    key = taking.taken_in(
        file, table, place, ground, sender=sender, by=officer,
        folder=flask.current_app.config["DATA_DIR"],
        told=saying.how_far(progress.reading, left=False),
    )  # fmt: skip
    batch = _write(key, table, back, by=by, preview=preview)
    tally = taking.tally_of(current_session(), batch)
    _answer(tally, back, form, batch=batch, is_whole=is_whole)


def _check_readable(file: Path) -> None:
    try:
        file.open("rb").close()
    except OSError as error:
        raise BadInput(Text("The file %(name)s cannot be read.", name=str(file))) from error


def _officer(session: Session, by: str | None) -> Officer:
    officer = actor(session, by)
    if not officer.may(Permission.IMPORT_REGISTRY):
        raise NotPermitted(Text("%(name)s may not import lists.", name=officer.name))
    return officer


def _write(
    key: int, columns: Columns, back: Path | None, *, by: str | None, preview: bool
) -> ImportBatch:
    session = current_session()
    officer = _officer(session, by)
    batch = queries.batch(session, key, scope=officer.scope)
    # Before anything is written: what cannot be given back is not written either.
    _give_back(back, columns, returning.returned(session, key))
    if preview:
        return batch
    before = queries.counts(session, key)
    with transaction() as session:
        confirming.begin(session, batch, by=officer)
    told = saying.how_far(progress.writing)
    after = running.write_list(key, by=officer, today=clock.today(), told=told)
    if after != before:
        _give_back(back, columns, returning.returned(current_session(), key))
    return queries.batch(current_session(), key, scope=officer.scope)


def _give_back(back: Path | None, columns: Columns, rows: Iterable[Rejected]) -> None:
    """Write the file of returned rows, if there are any."""
    rows = iter(rows)
    first = next(rows, None)
    if back is None or first is None:
        return
    csv = table_suffix(back) == ".csv"
    rejects.write_rejects(back, columns.table.written, chain([first], rows), csv=csv)


def _answer(
    tally: ReadingTally,
    back: Path | None,
    form: str,
    *,
    is_whole: bool,
    batch: ImportBatch | None = None,
) -> None:
    """``is_whole``: whether everything in the file was read."""
    found = tally.outcomes
    returned = found[RowOutcome.REJECTED] + found[RowOutcome.POSSIBLE_DUPLICATE]
    answer(
        {
            "list": batch.id if batch is not None else None,
            "rows": tally.rows,
            "created": found[RowOutcome.NEW],
            "updated": found[RowOutcome.CHANGED],
            "unchanged": found[RowOutcome.UNCHANGED],
            "rejected": found[RowOutcome.REJECTED],
            "possible_duplicates": found[RowOutcome.POSSIBLE_DUPLICATE],
            "warnings": tally.warned,
            "rejects_file": str(back) if back is not None and returned else None,
        },
        form,
    )
    if returned or not is_whole:
        sys.exit(Exit.PARTLY)


@click.command("resume-import")
@click.argument("key", metavar="LIST", type=int)
@BY
@FORMAT
@speaking_errors
def resume(key: int, by: str | None, form: str) -> None:
    """Go on with a LIST whose writing, or taking back, was cut off."""
    batch, officer = _list(key, by)
    if batch.state is ImportState.UNDOING:
        _take_back(key, officer, form)
        return
    told = saying.how_far(progress.writing)
    counts = running.write_list(key, by=officer, today=clock.today(), told=told)
    answer({"list": key, **{one.value: count for one, count in counts.items()}}, form)


@click.command("undo-import")
@click.argument("key", metavar="LIST", type=int)
@BY
@FORMAT
@speaking_errors
def undo(key: int, by: str | None, form: str) -> None:
    """Take a LIST back, as long as none of its institutions was touched since."""
    _, officer = _list(key, by)
    _take_back(key, officer, form)


def _list(key: int, by: str | None) -> tuple[ImportBatch, Officer]:
    session = current_session()
    officer = _officer(session, by)
    batch = queries.batch(session, key, scope=officer.scope)
    long_work.check_free(session, batch)
    return batch, officer


def _take_back(key: int, officer: Officer, form: str) -> None:
    told = saying.how_far(progress.undoing)
    counts = running.undo_list(key, by=officer, today=clock.today(), told=told)
    answer({"list": key, **counts}, form)


def register() -> None:
    for command in (import_list, resume, undo):
        group.add_command(command)
