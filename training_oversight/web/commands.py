"""How commands answer: the result alone on stdout, sentences on stderr, fixed exit codes."""

from __future__ import annotations

import functools
import json
import sys
from collections.abc import Callable, Mapping
from enum import IntEnum
from typing import Any, ParamSpec

import click

from training_oversight.errors import OversightError


class Exit(IntEnum):
    """0 done, 1 fault, 2 usage or unreadable or unknown name, 3 done in part."""

    DONE = 0
    FAULT = 1
    USAGE = 2
    PARTLY = 3


def answer(result: Mapping[str, Any], form: str) -> None:
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
    """Turn an error that a person can understand into a sentence and exit code 2."""

    @functools.wraps(command)
    def spoken(*args: P.args, **kwargs: P.kwargs) -> None:
        try:
            command(*args, **kwargs)
        except OversightError as error:
            click.echo(str(error), err=True)
            sys.exit(Exit.USAGE)

    return spoken
