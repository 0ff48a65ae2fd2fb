"""What ``registry import`` says on the way, beside its answer."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import click

from training_oversight.intake import confirming, reading, running, taking
from training_oversight.intake.queries import Ground
from training_oversight.intake.uploading import Columns
from training_oversight.law.wording import Joined
from training_oversight.registry.columns import BY_FIELD
from training_oversight.spreadsheets import Table
from training_oversight.spreadsheets.tables import runs
from training_oversight.texts import Text

# So often at most is said how far it is.
STEPS = 20


def what_is_read(columns: Columns, ground: Ground) -> None:
    if columns.unread:
        names = Joined(columns.unread)
        click.echo(str(Text("Columns that are not read: %(names)s.", names=names)), err=True)
    for said in [*columns.table.said, *_left_out(columns.table)]:
        click.echo(str(said), err=True)
    for one in taking.unsure(columns):
        sentence = Text(
            "“%(column)s” is read as “%(field)s”, %(how)s. Another way: --column.",
            column=one.key,
            field=BY_FIELD[one.field].label,
            how=one.how,
        )
        click.echo(str(sentence), err=True)
    for one in taking.left_unread(columns):
        sentence = Text(
            "“%(column)s” may be “%(field)s”, which is not certain: it is not read. To read it: "
            "--column.",
            column=one.key,
            field=BY_FIELD[one.perhaps].label,
        )
        click.echo(str(sentence), err=True)
    if "latitude" in columns.fields and columns.manner.datum is None:
        sentence = Text(
            "Nobody said from which map latitude and longitude come: they are kept as they are, "
            "good to a kilometre. To say it: --datum."
        )
        click.echo(str(sentence), err=True)
    for word in taking.not_understood(columns, ground):
        sentence = Text(
            "“%(word)s” under “%(column)s” is not understood (%(count)s rows). Say what it means: "
            "--word.",
            word=word.written,
            column=BY_FIELD[word.field].label,
            count=word.count,
        )
        click.echo(str(sentence), err=True)


def how_far(how: Callable[[int, int | None], Text], *, left: bool = True) -> running.Told:
    """Tells who watches a list of several parts; ``left``: the second figure is what is left."""
    said = -1

    def told(done: int, other: int) -> None:
        nonlocal said
        count = done + other if left else other
        if count > confirming.AT_ONCE and (step := done * STEPS // count) != said:
            said = step
            click.echo(str(how(done, count)), err=True)

    return told


def _left_out(table: Table) -> Iterator[Text]:
    """The rows that are not read, by why."""
    for why, rows in reading.by_reason(table.left_out):
        yield Text("Not read, rows %(rows)s: %(why)s", rows=runs(rows), why=why)
