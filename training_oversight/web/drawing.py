"""Markup that is drawn once and kept: a list shows the same few shapes and words many times."""

from __future__ import annotations

import functools
from collections.abc import Callable

from jinja2 import Environment
from markupsafe import Markup

from training_oversight.web.components import Status
from training_oversight.web.jinja_filters import name_of, shown

Drawn = Callable[..., Markup]


def remembered(macro: Drawn) -> Drawn:
    """A macro that depends on its words alone. ``typed``: words and markup are not the same."""
    return functools.lru_cache(maxsize=2048, typed=True)(macro)


def of_status(macro: Drawn) -> Drawn:
    """A macro of (shape, tone, words), to be called with a ``Status``."""
    drawn = remembered(macro)

    def draw(status: Status) -> Markup:
        return drawn(name_of(status.shape), name_of(status.tone), shown(status.label))

    return draw


def register(environment: Environment) -> None:
    environment.globals.update(remembered=remembered, of_status=of_status)
