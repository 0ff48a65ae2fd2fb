"""Which areas there are: a package is one by having the file, no list names it."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from types import ModuleType

HERE = Path(__file__).parent


def every(role: str) -> Iterator[ModuleType]:
    """The modules of that name, ``area`` or ``models``, of all packages that have one.

    In the order of the packages' names: what must stand before something else says so itself,
    by an ``order`` or by the step that it needs.
    """
    for package in sorted(one.name for one in iter_modules([str(HERE)]) if one.ispkg):
        if any(one.name == role for one in iter_modules([str(HERE / package)])):
            yield import_module(f"training_oversight.{package}.{role}")
