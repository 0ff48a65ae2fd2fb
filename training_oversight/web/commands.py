"""How commands answer: the result alone on stdout, sentences on stderr, fixed exit codes."""

from __future__ import annotations

import functools
import json
import sys
from collections.abc import Callable, Mapping
from enum import IntEnum
from typing import ParamSpec

import click
from sqlalchemy.exc import OperationalError, SQLAlchemyError

from training_oversight import database, troubles
from training_oversight.errors import OversightError
from training_oversight.texts import Text


class Exit(IntEnum):
    """0 done, 1 fault, 2 usage or unreadable or unknown name, 3 done in part."""

    DONE = 0
    FAULT = 1
    USAGE = 2
    PARTLY = 3


def answer(result: Mapping[str, object], form: str) -> None:
    """Print a result: one JSON object, or a line per key."""
    if form == "json":
        click.echo(json.dumps(result, ensure_ascii=False, default=str))
        return
    for key, value in result.items():
        if value is not None:
            shown = " ".join(map(str, value)) if isinstance(value, list) else value
            click.echo(f"{key}: {shown}")


P = ParamSpec("P")


def speaking_errors(command: Callable[P, None]) -> Callable[P, None]:
    """Turn an error that a person can understand into a sentence and exit code 2.

    A database that is absent or not set up is a sentence, too, and exit code 1.
    """

    @functools.wraps(command)
    def spoken(*args: P.args, **kwargs: P.kwargs) -> None:
        try:
            command(*args, **kwargs)
        except OversightError as error:
            click.echo(str(error), err=True)
            sys.exit(Exit.USAGE)
        except (SQLAlchemyError, OSError) as fault:
            sentence = _without_a_database(fault)
            if sentence is None:
                raise
            click.echo(f"{sentence}\n{getattr(fault, 'orig', None) or fault}", err=True)
            sys.exit(Exit.FAULT)

    return spoken


def _without_a_database(fault: Exception) -> Text | None:
    """Why nothing can be read or written, if the database as such is the reason."""
    trouble = troubles.of(fault)
    if trouble is not None and trouble is not troubles.GONE:
        return trouble.text
    try:
        if not isinstance(fault, SQLAlchemyError) or database.is_set_up():
            return trouble.text if trouble else None
    except OperationalError:
        return Text("The database does not answer. Check DATABASE_URL and whether it runs.")
    return Text("The database is not set up yet. Run: database upgrade")
