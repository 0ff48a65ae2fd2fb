"""``audit verify`` and ``audit seal``."""

from __future__ import annotations

import dataclasses
import sys
from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path

import click
import flask
from flask.cli import AppGroup

from training_oversight import clock
from training_oversight.audit import seals
from training_oversight.audit.comparing import Loss
from training_oversight.audit.jobs import seal_days
from training_oversight.audit.keeping import write_down
from training_oversight.audit.verifying import VerifiedHistory
from training_oversight.audit.verifying import verify as look
from training_oversight.database import current_session
from training_oversight.texts import Text
from training_oversight.web.commands import Exit, answer, speaking_errors

group = AppGroup("audit", help="The history and its seals.")
# What was begun before midnight is written by then.
MARGIN = timedelta(hours=1)
FORMS = click.Choice(["text", "json"])


@group.command("verify")
@click.option(
    "--seals",
    "kept",
    type=click.File(encoding="utf-8"),
    help="Compare with this file of seals, which was kept outside.",
)
@click.option("--format", "form", type=FORMS, default="text")
@speaking_errors
def verify(kept: Iterable[str] | None, form: str) -> None:
    """Look at the whole history; exit with 1 when something is missing or was changed."""
    verdict = look(current_session(), seals.read(kept or ()))
    told = dataclasses.asdict(verdict) | {"since": verdict.since}
    if form == "text":
        told["lost"] = len(verdict.lost)
        for sentence in _sentences(verdict):
            click.echo(str(sentence), err=True)
    answer(told, form)
    sys.exit(Exit.DONE if verdict.whole else Exit.FAULT)


def _sentences(verdict: VerifiedHistory) -> Iterable[Text]:
    for loss in verdict.lost:
        yield _said(loss)
    if verdict.lost:
        yield Text(
            "Something is missing since %(day)s. Keep this database as it is and compare it with "
            "a backup from before that day.",
            day=verdict.since,
        )


def _said(loss: Loss) -> Text:
    if not loss.missing:
        return Text(
            "%(day)s (seal %(seal)s): the %(events)s events are not those that were sealed.",
            day=loss.day, seal=loss.seal, events=loss.events,
        )  # fmt: skip
    return Text(
        "%(day)s (seal %(seal)s): %(missing)s of %(events)s events are missing: %(records)s.",
        day=loss.day, seal=loss.seal, missing=loss.missing, events=loss.events,
        records=", ".join(loss.records) or Text("of which records cannot be told"),
    )  # fmt: skip


@group.command("seal")
@click.option(
    "--file",
    "path",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write the seals to this file, or add those that it lacks. Keep it elsewhere.",
)
@click.option("--format", "form", type=FORMS, default="text")
@speaking_errors
def seal(path: Path | None, form: str) -> None:
    """Seal the days that are over; the job does it every morning."""
    done = seal_days(clock.day_of(clock.now() - MARGIN)).done
    session = current_session()
    written = write_down(session, path) if path is not None else None
    last = seals.latest(session)
    told: dict[str, object] = {"sealed": done, "written": written}
    if last is not None:
        told |= {"number": last.number, "day": last.day, "events": last.total, "hash": last.hash}
    answer(told, form)


def register(app: flask.Flask) -> None:
    app.cli.add_command(group)
