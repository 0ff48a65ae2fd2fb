"""``jobs list``, ``jobs run``, ``jobs start`` and ``serve``."""

from __future__ import annotations

import sys
from datetime import date, datetime

import click
import flask
import sqlalchemy as sa
from flask.cli import AppGroup

from training_oversight import clock
from training_oversight.batches import Outcome
from training_oversight.database import current_session
from training_oversight.errors import NotPermitted
from training_oversight.scheduling import running, serving
from training_oversight.scheduling.models import JobRun
from training_oversight.scheduling.timetable import TIMETABLE, Job
from training_oversight.texts import Text
from training_oversight.web.commands import Exit, answer, speaking_errors

group = AppGroup("jobs", help="What runs by itself.")
FORMAT = click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")


@group.command("list")
@FORMAT
@speaking_errors
def list_jobs(form: str) -> None:
    """Every job, its hour, and when it last finished."""
    latest = (
        sa.select(JobRun.job, sa.func.max(JobRun.slot).label("latest"))
        .where(JobRun.finished_at.is_not(None))
        .group_by(JobRun.job)
    )
    finished = {row.job: row.latest for row in current_session().execute(latest)}
    if form == "json":
        jobs = [
            {"job": job.name, "at": f"{job.at:%H:%M}", "last": finished.get(job.name)}
            for job in TIMETABLE.values()
        ]
        answer({"jobs": jobs}, form)
        return
    for job in TIMETABLE.values():
        click.echo(f"{job.at:%H:%M}  {job.name}  {job.label}")


@group.command("run")
@click.argument("name", type=click.Choice(sorted(TIMETABLE)))
@click.option("--for-day", type=click.DateTime(["%Y-%m-%d"]), help="Default: today.")
@click.option("--after-gap", is_flag=True, help="The clock is right: nothing ran for weeks.")
@click.option("--future", is_flag=True, help="Demo mode only: let a day come that has not.")
@FORMAT
@speaking_errors
def run_job(name: str, for_day: datetime | None, after_gap: bool, future: bool, form: str) -> None:
    """Run one job now, in this process. Done is done, the rest is skipped.

    Refuses a day that has not come, and one that comes weeks after the last that jobs ran for.
    """
    day = for_day.date() if for_day else clock.today()
    outcome = _run(TIMETABLE[name], day, after_gap=after_gap, future=future)
    answer(
        {
            "job": name,
            "for_day": day.isoformat(),
            "done": outcome.done,
            "failed": outcome.failed,
            "skipped": outcome.skipped,
        },
        form,
    )
    sys.exit(Exit.PARTLY if outcome.failed else Exit.DONE)


def _run(job: Job, day: date, *, after_gap: bool, future: bool) -> Outcome:
    if not future:
        return running.run_now(job, day, after_gap=after_gap)
    if not flask.current_app.config["DEMO"]:
        raise NotPermitted(Text("Only the demo county may be shown a day that has not come."))
    return job.run(day)


@group.command("start")
def start_jobs() -> None:
    """Keep the timetable until stopped. ``serve`` does this beside the web server."""
    running.start(_app())


def _app() -> flask.Flask:
    # flask has no way of its own to hand the real app object to a command.
    return flask.current_app._get_current_object()  # type: ignore[attr-defined,no-any-return]


@click.command("serve")
@click.option("--port", type=click.IntRange(1, 65535), envvar="PORT", default=8000)
def serve(port: int) -> None:
    """Serve the pages on 127.0.0.1 and keep the timetable, until Ctrl-C or TERM."""
    if not serving.port_is_free(port):
        click.echo(f"Port {port} is taken; choose another: PORT={port + 1} make run", err=True)
        sys.exit(Exit.FAULT)
    click.echo(f"http://{serving.HOST}:{port}/", err=True)
    sys.exit(serving.serve(_app(), port))


def register(app: flask.Flask) -> None:
    app.cli.add_command(group)
    app.cli.add_command(serve)
