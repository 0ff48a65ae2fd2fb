"""``publication export``."""

from __future__ import annotations

from pathlib import Path

import click
import flask
from flask.cli import AppGroup

from training_oversight.database import current_session
from training_oversight.publication import export as static_pages
from training_oversight.web.commands import answer, speaking_errors

group = AppGroup("publication", help="Approved public lists.")


@group.command("export")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
@speaking_errors
def export(folder: Path, form: str) -> None:
    """Write the lists into DIR as pages and tables for another web site, old batches too."""
    done = static_pages.export(current_session(), folder)
    counts = {"publications": done.publications, "withdrawn": done.withdrawn}
    answer(counts | {"files": len(done.files)}, form)


def register(app: flask.Flask) -> None:
    app.cli.add_command(group)
