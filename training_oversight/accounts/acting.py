"""Who takes the step of a form, on which day, and which version of the record they looked at."""

from __future__ import annotations

from datetime import date
from typing import Any, Protocol, TypedDict

import flask

from training_oversight import clock
from training_oversight.accounts.guard import current_officer
from training_oversight.accounts.models import Officer
from training_oversight.web.forms import OversightForm


class Seen(TypedDict):
    by: Officer
    version: int


class SeenToday(Seen):
    today: date


def by(form: OversightForm) -> Seen:
    """For a step in which the day does not matter: ``service.drop(…, **acting.by(form))``."""
    return {"by": current_officer(), "version": form.seen_version}


def today(form: OversightForm) -> SeenToday:
    return {"by": current_officer(), "version": form.seen_version, "today": clock.today()}


class Moves(Protocol):
    """A record whose steps are a table."""

    @property
    def workflow(self) -> Any: ...


def opening(record: Moves, verb: object) -> None:
    """The page of a step is opened only for who can take it now: else 403 or 409 says who or why.

    What was sent is judged by the service, so that a refusal keeps what was typed.
    """
    if flask.request.method == "GET":
        record.workflow.check(current_officer(), record, verb)
