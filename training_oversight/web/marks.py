"""Who may use an address, said on the view itself. ``accounts.guard`` enforces it.

A view without a mark is refused to everybody, and a test names it.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import Any, Final

PUBLIC: Final = "public"
SIGNED_IN: Final = "signed-in"

Access = str | tuple[StrEnum, ...]
View = Callable[..., Any]


def _marked(view: View, access: Access) -> View:
    view.access = access  # type: ignore[attr-defined]
    return view


def public(view: View) -> View:
    """Anybody may read this, signed in or not."""
    return _marked(view, PUBLIC)


def signed_in(view: View) -> View:
    """Every officer may use this for their own account."""
    return _marked(view, SIGNED_IN)


def requires(*permissions: StrEnum) -> Callable[[View], View]:
    """Officers who hold any one of the permissions may use this."""
    return lambda view: _marked(view, permissions)


def takes_films(view: View) -> View:
    """A film may come here: the request may be longer than others."""
    view.takes_films = True  # type: ignore[attr-defined]
    return view


def recorded(view: View) -> View:
    """Reading this is written down, because something leaves the office with it.

    Every other address answers a reader without changing anything; tests/architecture holds both.
    """
    view.is_recorded = True  # type: ignore[attr-defined]
    return view


def is_recorded(view: View) -> bool:
    return getattr(view, "is_recorded", False)


def is_for_films(view: View) -> bool:
    return getattr(view, "takes_films", False)


def access_of(view: View) -> Access | None:
    return getattr(view, "access", None)
