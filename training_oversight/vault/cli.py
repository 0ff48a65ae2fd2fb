"""``vault rotate`` and ``vault check``."""

from __future__ import annotations

import sys

import click
import flask
from flask.cli import AppGroup

from training_oversight.texts import Text
from training_oversight.vault import keys, rotating
from training_oversight.vault.rotating import Inventory
from training_oversight.web.commands import Exit, answer, speaking_errors

group = AppGroup("vault", help="What is kept under PROTECTION_KEYS.")
FORMAT = click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")


@group.command("rotate")
@FORMAT
@speaking_errors
def rotate(form: str) -> None:
    """Seal everything under the first key. May be repeated, also after it was cut off."""
    done = rotating.reseal(rotating.tables())
    answer({"key": keys.current().names[0], "rows": done.rows, "lost": done.lost}, form)
    if done.lost:
        _say_lost(done.lost)
        sys.exit(Exit.PARTLY)


@group.command("check")
@FORMAT
@speaking_errors
def check(form: str) -> None:
    """Open everything that is sealed; exit with 1 when something cannot be read."""
    found = rotating.inventory(rotating.tables())
    told: dict[str, object] = {
        "rows": found.rows, "readable": found.readable, "lost": found.lost,
    }  # fmt: skip
    if form == "json":
        columns = [
            {"column": one.column, "rows": one.rows, "readable": one.readable, "lost": one.lost}
            for one in found.columns
        ]
        told |= {"columns": columns, "keys": _keys(found)}
    else:
        told |= {f"key {name}": one["rows"] for name, one in _keys(found).items()}
    answer(told, form)
    if found.lost:
        _say_lost(found.lost)
        sys.exit(Exit.FAULT)


def _keys(found: Inventory) -> dict[str, dict[str, object]]:
    """Each key that is set or that something is sealed under."""
    known = keys.current().names
    return {
        name: {"rows": found.keys[name], "known": name in known, "writes": name in known[:1]}
        for name in [*known, *sorted(found.keys.keys() - set(known))]
    }


def _say_lost(count: int) -> None:
    said = Text(
        "%(count)s names or numbers cannot be read: their key is not among PROTECTION_KEYS, or "
        "they were changed past the program. Put the key back. Without it they are gone for good; "
        "everything else of their records is there.",
        count=count,
    )
    click.echo(str(said), err=True)


def register(app: flask.Flask) -> None:
    app.cli.add_command(group)
